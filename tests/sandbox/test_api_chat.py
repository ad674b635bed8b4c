"""chat.*: who may post where, and what becomes of it."""

from datetime import timedelta

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.sandbox.screen.person import Person
from bot.sandbox.server import Server
from bot.sandbox.workspace import Workspace
from tests.sandbox.conftest import ShiftedClock
from tests.sandbox.lunch import invitation
from tests.sandbox.test_api_calls import refusal


async def test_a_user_id_means_the_dm_with_the_app(client: AsyncWebClient, ws: Workspace) -> None:
    mira = Person(ws, "mira")
    answer = await client.chat_postMessage(channel=mira.id, text="Soup is <on>")
    assert answer["channel"] == ws.app_dm(mira.id).id
    await mira.reads("Soup is", where="dm")


@pytest.mark.parametrize(
    ("channel", "error"),
    [
        ("C0NOWHERE", "channel_not_found"),
        ("secret", "channel_not_found"),
        ("random", "not_in_channel"),
        ("clank", "cannot_dm_bot"),
        ("slackbot", "cannot_dm_bot"),
        ("lunch", "cannot_dm_bot"),
    ],
)
async def test_where_the_app_may_not_post(
    client: AsyncWebClient, ws: Workspace, channel: str, error: str
) -> None:
    handles = {u.handle: u.id for u in ws.users.values()}
    names = {c.name: c.id for c in ws.conversations.values()}
    where = (handles | names).get(channel, channel)
    assert await refusal(client.chat_postMessage(channel=where, text="x")) == error


async def test_a_deactivated_person_gets_it_without_a_word(
    client: AsyncWebClient, ws: Workspace
) -> None:
    answer = await client.chat_postMessage(channel=ws.user("gone").id, text="hello?")
    assert answer["ok"]


async def test_bad_blocks_are_refused_with_the_place(client: AsyncWebClient, ws: Workspace) -> None:
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(
            channel=ws.user("mira").id, text="x", blocks=[{"type": "header"}]
        )
    assert caught.value.response["error"] == "invalid_blocks"
    messages = caught.value.response["response_metadata"]["messages"]
    assert messages == ["[ERROR] missing required field: text [json-pointer:/blocks/0]"]


async def test_timestamps_follow_the_clock_and_never_repeat(
    client: AsyncWebClient, ws: Workspace
) -> None:
    mira = ws.user("mira").id
    stamps = [(await client.chat_postMessage(channel=mira, text="x"))["ts"] for _ in range(3)]
    assert sorted(set(stamps)) == stamps
    assert int(float(stamps[0])) == int(ws.clock.now().timestamp())


async def test_metadata_comes_back_from_history_when_asked_for(
    client: AsyncWebClient, ws: Workspace
) -> None:
    job = {"event_type": "job", "event_payload": {"id": 7}}
    answer = await client.chat_postMessage(channel=ws.user("mira").id, text="x", metadata=job)
    channel = answer["channel"]
    shown = await client.conversations_history(channel=channel, include_all_metadata=True)
    assert shown["messages"][0]["metadata"] == job
    bare = await client.conversations_history(channel=channel)
    assert "metadata" not in bare["messages"][0]


async def test_odd_metadata_is_refused(client: AsyncWebClient, ws: Workspace) -> None:
    call = client.chat_postMessage(
        channel=ws.user("mira").id, text="x", metadata={"event_type": "", "event_payload": {}}
    )
    assert await refusal(call) == "invalid_metadata_format"


async def test_an_update_keeps_the_blocks_it_does_not_name(
    client: AsyncWebClient, ws: Workspace
) -> None:
    mira = Person(ws, "mira")
    posted = await client.chat_postMessage(channel=mira.id, text="x", blocks=invitation("stew"))
    channel, ts = posted["channel"], posted["ts"]
    await client.chat_update(channel=channel, ts=ts, text="never mind")
    await mira.reads("stew for lunch?")
    await client.chat_update(channel=channel, ts=ts, text="never mind", blocks=[])
    await mira.reads("never mind")
    mira.never_reads("stew")


async def test_only_the_apps_own_messages_can_be_changed(
    client: AsyncWebClient, ws: Workspace
) -> None:
    mira = Person(ws, "mira")
    said = await mira.says("mine")
    channel, ts = said.channel, said.ts
    update = client.chat_update(channel=channel, ts=ts, text="x")
    assert await refusal(update) == "cant_update_message"
    assert await refusal(client.chat_delete(channel=channel, ts=ts)) == "cant_delete_message"
    lost = client.chat_update(channel=channel, ts="1.000000", text="x")
    assert await refusal(lost) == "message_not_found"


async def test_a_deleted_message_is_gone(client: AsyncWebClient, ws: Workspace) -> None:
    mira = Person(ws, "mira")
    posted = await client.chat_postMessage(channel=mira.id, text="a secret")
    await mira.reads("a secret")
    await client.chat_delete(channel=posted["channel"], ts=posted["ts"])
    mira.never_reads("a secret")


async def test_an_ephemeral_is_for_one_person(client: AsyncWebClient, ws: Workspace) -> None:
    general = ws.channel("general").id
    await client.chat_postEphemeral(channel=general, user=ws.user("mira").id, text="psst")
    assert (await Person(ws, "mira").reads("psst", where="#general")).ephemeral
    Person(ws, "omar").never_reads("psst")


async def test_an_ephemeral_needs_its_reader_in_the_channel(
    client: AsyncWebClient, ws: Workspace
) -> None:
    general, gus = ws.channel("general").id, ws.user("gus").id
    call = client.chat_postEphemeral(channel=general, user=gus, text="psst")
    assert await refusal(call) == "user_not_in_channel"


async def test_a_broadcast_is_noticed_and_an_escaped_one_is_not(
    client: AsyncWebClient, ws: Workspace
) -> None:
    mira = Person(ws, "mira")
    await client.chat_postMessage(channel=mira.id, text="&lt;!channel&gt; as typed")
    assert (await mira.reads("as typed")).text == "<!channel> as typed"
    assert ws.broadcasts == []
    block = {"type": "section", "text": {"type": "mrkdwn", "text": "<!here> lunch"}}
    await client.chat_postMessage(channel=mira.id, text="x", blocks=[block])
    assert [b.what for b in ws.broadcasts] == ["here"]
    await mira.reads("@here lunch")


async def test_threads_are_kept_apart(client: AsyncWebClient, ws: Workspace) -> None:
    posted = await client.chat_postMessage(channel=ws.user("mira").id, text="root")
    channel, ts = posted["channel"], posted["ts"]
    await client.chat_postMessage(channel=channel, text="leaf", thread_ts=ts)
    history = await client.conversations_history(channel=channel)
    assert [m["text"] for m in history["messages"]] == ["root"]
    assert history["messages"][0]["reply_count"] == 1
    replies = await client.conversations_replies(channel=channel, ts=ts)
    assert [m["text"] for m in replies["messages"]] == ["root", "leaf"]
    lost = client.chat_postMessage(channel=channel, text="x", thread_ts="1.000000")
    assert await refusal(lost) == "thread_not_found"


async def test_a_response_url_works_five_times_in_half_an_hour(
    ws: Workspace, server: Server, clock: ShiftedClock
) -> None:
    mira = Person(ws, "mira")
    hook = AsyncWebhookClient(ws.hooks.issue(mira.id, ws.channel("general").id))
    answers = [(await hook.send(text=f"no {n}")).status_code for n in range(6)]
    assert answers == [200] * 5 + [404]
    late = AsyncWebhookClient(ws.hooks.issue(mira.id, ws.channel("general").id))
    clock.shift += timedelta(minutes=31)
    assert (await late.send(text="late")).status_code == 404
    mira.never_reads("late")


async def test_a_response_url_replaces_and_deletes(
    client: AsyncWebClient, ws: Workspace, server: Server
) -> None:
    mira = Person(ws, "mira")
    general = ws.channel("general").id
    sent = await client.chat_postEphemeral(channel=general, user=mira.id, text="first")
    hook = AsyncWebhookClient(ws.hooks.issue(mira.id, general, sent["message_ts"]))
    await hook.send(text="second", replace_original=True)
    await mira.reads("second")
    mira.never_reads("first")
    await hook.send(delete_original=True)
    mira.never_reads("second")
    await hook.send(text="for all", response_type="in_channel")
    await Person(ws, "omar").reads("for all", where="#general")
