"""Trouble on demand, and rate limits."""

import asyncio
from datetime import timedelta

import pytest
from aiohttp import ClientError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.sandbox.limits import Limits
from bot.sandbox.screen.person import Person
from bot.sandbox.server import Server
from bot.sandbox.workspace import Workspace
from tests.sandbox.conftest import ShiftedClock, Town
from tests.sandbox.lunch import invitation
from tests.sandbox.test_api_calls import refusal


@pytest.fixture
async def client(ws: Workspace, server: Server) -> AsyncWebClient:
    """A client that tries nothing again."""
    return AsyncWebClient(token=ws.bot_token, base_url=server.api_url, retry_handlers=[])


async def test_a_429_says_how_long_to_wait(client: AsyncWebClient, ws: Workspace) -> None:
    ws.faults.add("chat.postMessage", "429", retry_after=7)
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel=ws.user("mira").id, text="x")
    assert caught.value.response.status_code == 429
    assert caught.value.response.headers["Retry-After"] == "7"
    assert (await client.chat_postMessage(channel=ws.user("mira").id, text="x"))["ok"]


async def test_a_500_does_nothing(client: AsyncWebClient, ws: Workspace) -> None:
    ws.faults.add("*", "500")
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel=ws.user("mira").id, text="x")
    assert caught.value.response.status_code == 500
    Person(ws, "mira").never_reads("x")


async def test_an_error_of_choice_for_the_calls_that_match(
    client: AsyncWebClient, ws: Workspace
) -> None:
    ws.faults.add("chat.postMessage", "ok_false:fatal_error", match=lambda a: a["text"] == "b")
    mira = ws.user("mira").id
    await client.chat_postMessage(channel=mira, text="a")
    assert await refusal(client.chat_postMessage(channel=mira, text="b")) == "fatal_error"


async def test_a_time_out_after_the_effect(client: AsyncWebClient, ws: Workspace) -> None:
    ws.faults.add("chat.postMessage", "timeout_after_effect", hold=0.01)
    with pytest.raises(ClientError):
        await client.chat_postMessage(channel=ws.user("mira").id, text="it is there")
    await Person(ws, "mira").reads("it is there", timeout=0)


async def test_a_dropped_connection_has_no_effect(client: AsyncWebClient, ws: Workspace) -> None:
    ws.faults.add("chat.postMessage", "drop_connection")
    with pytest.raises(ClientError):
        await client.chat_postMessage(channel=ws.user("mira").id, text="never there")
    Person(ws, "mira").never_reads("never there")


async def test_the_sdk_posts_twice_after_a_lost_answer(ws: Workspace, server: Server) -> None:
    careless = AsyncWebClient(token=ws.bot_token, base_url=server.api_url)
    ws.faults.add("chat.postMessage", "timeout_after_effect", hold=0.01)
    await careless.chat_postMessage(channel=ws.user("mira").id, text="twice")
    assert len([s for s in Person(ws, "mira").screen() if s.has("twice")]) == 2


async def test_a_response_url_can_fail_too(ws: Workspace, server: Server) -> None:
    hook = AsyncWebhookClient(ws.hooks.issue(ws.user("mira").id, ws.channel("general").id))
    ws.faults.add("response_url", "429", retry_after=2)
    refused = await hook.send(text="x")
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "2")
    assert (await hook.send(text="x")).status_code == 200


def test_an_unknown_fault_is_refused(ws: Workspace) -> None:
    with pytest.raises(ValueError, match="unknown fault"):
        ws.faults.add("*", "gremlins")


async def test_an_event_is_delivered_again_after_its_ack(town: Town) -> None:
    town.ws.faults.duplicate_events()
    await town.person("mira").says("leeks")
    await town.ws.delivery.idle()
    ids = [b["event_id"] for b in town.heard]
    assert len(ids) == 2
    assert len(set(ids)) == 1


async def test_an_event_is_delivered_twice_at_once(town: Town) -> None:
    town.ws.faults.parallel_duplicates()
    await town.person("mira").says("leeks")
    await town.ws.delivery.idle()
    ids = [b["event_id"] for b in town.heard if b["event"].get("user") != town.ws.bot_user_id]
    assert len(ids) == 2
    assert len(set(ids)) == 1


async def test_an_event_is_overtaken_by_the_next(town: Town) -> None:
    mira = town.person("mira")
    town.ws.faults.late_events()
    await mira.says("first")
    await mira.says("second")
    await town.ws.delivery.idle()
    own = town.ws.bot_user_id
    said = [e["text"] for e in town.heard_events("message") if e.get("user") != own]
    assert said == ["second", "first"]


async def test_two_people_press_one_button_at_once(town: Town) -> None:
    mira, omar = town.person("mira"), town.person("omar")
    general = town.ws.channel("general").id
    await town.app.client.chat_postMessage(channel=general, text="x", blocks=invitation("stew"))
    await asyncio.gather(mira.clicks("I am in"), omar.clicks("I am in"))
    pressed = [b["user"]["name"] for b in town.heard if b["type"] == "block_actions"]
    assert sorted(pressed) == ["mira", "omar"]


async def test_one_message_a_second_in_a_channel(
    client: AsyncWebClient, ws: Workspace, clock: ShiftedClock
) -> None:
    ws.limits = Limits(clock)
    mira, omar = ws.user("mira").id, ws.user("omar").id
    for _ in range(2):
        await client.chat_postMessage(channel=mira, text="x")
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel=mira, text="x")
    assert caught.value.response["error"] == "ratelimited"
    assert int(caught.value.response.headers["Retry-After"]) in (1, 2)
    assert (await client.chat_postMessage(channel=omar, text="x"))["ok"]
    clock.shift += timedelta(seconds=2)
    assert (await client.chat_postMessage(channel=mira, text="x"))["ok"]


async def test_twenty_lists_a_minute(
    client: AsyncWebClient, ws: Workspace, clock: ShiftedClock
) -> None:
    ws.limits = Limits(clock)
    for _ in range(20):
        await client.users_list()
    assert await refusal(client.users_list()) == "ratelimited"
    clock.shift += timedelta(minutes=1)
    assert (await client.users_list())["ok"]
