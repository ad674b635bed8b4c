"""How things reach the app: retries, lost acks, dropped sockets, signatures, subscriptions."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

from aiohttp import ClientSession, ClientWebSocketResponse, web
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import membership
from bot.sandbox.people import PersonSpec
from bot.sandbox.screen.person import Person
from bot.sandbox.server import Server, serve
from bot.sandbox.workspace import Workspace
from tests.sandbox.conftest import ShiftedClock, Town, over_socket
from tests.sandbox.test_api_calls import refusal

TROUBLE = "We had some trouble connecting. Try again?"


@asynccontextmanager
async def raw_socket(ws: Workspace, server: Server) -> AsyncIterator[ClientWebSocketResponse]:
    """A Socket Mode connection that acks nothing by itself."""
    client = AsyncWebClient(base_url=server.api_url)
    url = (await client.apps_connections_open(app_token=ws.app_token))["url"]
    async with ClientSession() as session, session.ws_connect(url) as socket:
        hello = await socket.receive_json()
        assert hello["type"] == "hello"
        assert hello["connection_info"]["app_id"] == ws.app_id
        yield socket


async def test_an_event_without_ack_comes_again_at_once_after_a_minute_and_after_five(
    ws: Workspace, server: Server, clock: ShiftedClock
) -> None:
    ws.ack_limit = 0.02
    async with raw_socket(ws, server) as socket:
        await Person(ws, "mira").says("hello?")
        await clock.advance(timedelta(minutes=1))
        await clock.advance(timedelta(minutes=5))
        await clock.advance(timedelta(hours=1))
        frames = [await socket.receive_json() for _ in range(4)]
    assert [f["retry_attempt"] for f in frames] == [0, 1, 2, 3]
    assert [f["retry_reason"] for f in frames] == ["", "timeout", "timeout", "timeout"]
    assert len({f["payload"]["event_id"] for f in frames}) == 1
    assert len([r for r in ws.traffic if r.kind == "event"]) == 4


async def test_an_unanswered_command_shows_slacks_own_error(ws: Workspace, server: Server) -> None:
    ws.ack_limit = 0.02
    mira = Person(ws, "mira")
    async with raw_socket(ws, server):
        await mira.types("/lunch")
    await mira.reads('/lunch failed with the error "operation_timeout"', timeout=0)


async def test_a_command_to_nobody_fails_at_once(ws: Workspace, server: Server) -> None:
    mira = Person(ws, "mira")
    await mira.types("/lunch")
    await mira.reads('/lunch failed with the error "dispatch_failed"', timeout=0)
    await mira.types("/brunch")
    await mira.reads("/brunch is not a valid command.", timeout=0)


async def test_a_listener_that_never_acks(town: Town) -> None:
    town.ws.ack_limit = 0.1
    mira = town.person("mira")
    await mira.types("/deaf")
    await mira.reads('/deaf failed with the error "operation_timeout"', timeout=0)


async def test_a_modal_whose_submission_is_lost_says_so_and_stays(socket_town: Town) -> None:
    mira = socket_town.person("mira")
    await mira.types("/lunch")
    await mira.fills({"Dish": "stew"})
    socket_town.ws.ack_limit = 0.0
    await mira.submits()
    assert mira.modal
    assert mira.modal.trouble == TROUBLE
    assert mira.modal.values["Dish"] == "stew"


async def test_what_a_dropped_socket_owed_comes_again(ws: Workspace) -> None:
    async with serve(ws) as server:
        async with raw_socket(ws, server) as socket:
            saying = asyncio.create_task(Person(ws, "mira").says("leeks"))
            first = await socket.receive_json()
            await server.drop_sockets()
        async with raw_socket(ws, server) as socket:
            again = await socket.receive_json()
            await socket.send_json({"envelope_id": again["envelope_id"]})
            await saying
    assert again["payload"] == first["payload"]
    assert again["envelope_id"] != first["envelope_id"]
    assert (again["retry_attempt"], again["retry_reason"]) == (1, "connection_failed")


async def test_a_real_app_comes_back_after_a_drop_and_a_refresh(ws: Workspace) -> None:
    async with over_socket(ws) as town:
        mira = town.person("mira")
        await town.server.drop_sockets()
        await town.server.wait_connected()
        await mira.says("leeks")
        await mira.reads("Soup of leeks")
        await town.server.refresh_sockets()
        await mira.says("beans")
        await mira.reads("Soup of beans")


async def test_an_envelope_goes_to_one_of_several_sockets(ws: Workspace, server: Server) -> None:
    async with raw_socket(ws, server) as one, raw_socket(ws, server) as two:
        heard: list[str] = []

        async def ack(name: str, socket: ClientWebSocketResponse) -> None:
            async for message in socket:
                heard.append(name)
                await socket.send_json({"envelope_id": message.json()["envelope_id"]})

        tasks = [asyncio.create_task(ack(n, s)) for n, s in (("one", one), ("two", two))]
        for n in range(4):
            await Person(ws, "mira").says(str(n))
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    assert sorted(heard) == ["one", "one", "two", "two"]


async def test_a_ticket_opens_one_socket(ws: Workspace, server: Server) -> None:
    client = AsyncWebClient(base_url=server.api_url)
    url = (await client.apps_connections_open(app_token=ws.app_token))["url"]
    async with ClientSession() as session:
        async with session.ws_connect(url):
            pass
        async with session.get(url.replace("ws", "http", 1)) as refused:
            assert refused.status == 401


@asynccontextmanager
async def listening(answer: Callable[[], web.Response]) -> AsyncIterator[tuple[str, list[Any]]]:
    """An HTTP endpoint that keeps what it got: (headers, body)."""
    got: list[Any] = []

    async def receive(request: web.Request) -> web.Response:
        got.append((request.headers.copy(), await request.text()))
        return answer()

    app = web.Application()
    app.router.add_post("/", receive)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/", got
    finally:
        await runner.cleanup()


async def test_http_is_signed_and_encoded_as_slack_does(ws: Workspace) -> None:
    async with listening(web.Response) as (url, got), serve(ws, request_url=url):
        mira = Person(ws, "mira")
        await mira.types("/lunch @omar a & b")
        await mira.says("x")
        await mira.runs_shortcut("lunch_now")
    verifier = SignatureVerifier(ws.signing_secret)
    assert all(verifier.is_valid_request(body, dict(headers)) for headers, body in got)
    kinds = [headers["Content-Type"] for headers, _ in got]
    form = "application/x-www-form-urlencoded"
    assert kinds == [form, "application/json", form]
    assert "command=%2Flunch" in got[0][1]
    assert got[2][1].startswith("payload=%7B")


async def test_http_events_are_tried_again_with_the_reason(
    ws: Workspace, clock: ShiftedClock
) -> None:
    refuse = lambda: web.Response(status=500)  # noqa: E731 - the whole answer
    async with listening(refuse) as (url, got), serve(ws, request_url=url):
        await Person(ws, "mira").says("x")
        await clock.advance(timedelta(minutes=10))
    attempts = [h.get("X-Slack-Retry-Num") for h, _ in got]
    assert attempts == [None, "1", "2", "3"]
    assert {h.get("X-Slack-Retry-Reason") for h, _ in got[1:]} == {"http_error"}


async def test_commands_are_escaped_where_the_manifest_says_so(town: Town) -> None:
    mira, omar = town.person("mira"), town.ws.user("omar")
    await mira.types("/lunch later")
    await mira.types("/raw @omar & <x>")
    await mira.reads("You said @omar &")
    assert town.heard[-1]["text"] == "@omar & <x>"
    town.heard.clear()
    await mira.types("/lunch @omar & <x> in #random")
    random = town.ws.channel("random").id
    expected = f"<@{omar.id}|omar> &amp; &lt;x&gt; in <#{random}|random>"
    assert town.heard[-1]["text"] == expected


async def test_the_app_hears_its_own_messages_as_slack_sends_them(
    ws: Workspace, server: Server, client: AsyncWebClient
) -> None:
    async with raw_socket(ws, server) as socket:
        await client.chat_postMessage(channel=ws.user("mira").id, text="x")
        frame = await socket.receive_json()
        await socket.send_json({"envelope_id": frame["envelope_id"]})
    event = frame["payload"]["event"]
    assert (event["type"], event["bot_id"]) == ("message", ws.bot_id)
    assert event["channel_type"] == "im"


async def test_edits_and_files_come_as_subtypes(town: Town) -> None:
    mira = town.person("mira")
    await mira.says("leeks")
    await mira.edits("leeks", "beans")
    await mira.shares("menu.pdf", comment="look")
    subtypes = [e.get("subtype") for e in town.heard_events("message")]
    assert subtypes == [None, "message_changed", "file_share"]
    changed = town.heard_events("message")[1]
    assert changed["message"]["text"] == "beans"
    assert changed["previous_message"]["text"] == "leeks"
    await mira.reads("menu.pdf")


async def test_only_what_the_manifest_subscribes_to_is_sent(town: Town) -> None:
    mira = town.person("mira")
    await mira.says("not for the app", channel="#general")
    await mira.leaves("#random")
    town.ws.add_person(PersonSpec("new", "New Here"))
    town.ws.deactivate("omar")
    await mira.invites("gus", "#general")
    await town.ws.delivery.idle()
    kinds = [b["event"]["type"] for b in town.heard]
    assert sorted(kinds) == ["member_joined_channel", "user_change"]
    assert town.heard_events("user_change")[0]["user"]["deleted"]


async def test_a_channel_is_renamed_and_closed(town: Town) -> None:
    general = town.ws.channel("general")
    membership.rename(town.ws, general, "everyone")
    await town.ws.delivery.idle()
    membership.archive(town.ws, general, town.ws.user("mira").id)
    await town.ws.delivery.idle()
    assert town.heard_events("channel_rename")[0]["channel"]["name"] == "everyone"
    assert town.heard_events("channel_archive")[0]["channel"] == general.id


async def test_an_uninstalled_app_is_told_and_shut_out(town: Town) -> None:
    town.ws.uninstall()
    await town.ws.delivery.idle()
    assert town.heard_events("tokens_revoked")[0]["tokens"]["bot"] == [town.ws.bot_user_id]
    assert len(town.heard_events("app_uninstalled")) == 1
    assert await refusal(town.app.client.auth_test()) == "account_inactive"
