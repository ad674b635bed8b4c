"""Channels the app is in, or is not: what it may see and say there, and what it hears of."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.screen.person import Person, Refused
from bot.sandbox.server import Server, serve
from bot.sandbox.workspace import Workspace
from tests.sandbox import lunch
from tests.sandbox.conftest import CHANNELS, PEOPLE, ShiftedClock
from tests.sandbox.test_api_calls import refusal

EVENTS = (
    "member_joined_channel",
    "member_left_channel",
    "channel_archive",
    "channel_unarchive",
    "channel_rename",
    "group_archive",
    "group_unarchive",
    "channel_left",
    "group_left",
    "user_change",
)


def manifest(*more_scopes: str, without: str = "", events: tuple[str, ...] = EVENTS) -> Any:
    """Lunch, with other scopes and events."""
    scopes = [*lunch.MANIFEST["oauth_config"]["scopes"]["bot"], *more_scopes]
    kept = [s for s in scopes if s != without]
    settings = lunch.MANIFEST["settings"] | {"event_subscriptions": {"bot_events": list(events)}}
    return lunch.MANIFEST | {"oauth_config": {"scopes": {"bot": kept}}, "settings": settings}


@pytest.fixture
def ws(clock: ShiftedClock) -> Workspace:
    """The app may read public and private channels here."""
    allowed = manifest("channels:history", "groups:read", "groups:history")
    return Workspace(allowed, PEOPLE, clock, channels=CHANNELS)


@pytest.fixture
async def server(ws: Workspace) -> AsyncIterator[Server]:
    async with serve(ws) as served:
        yield served


def heard(ws: Workspace) -> list[dict[str, Any]]:
    """The events the app was sent, oldest first (nobody is there to take them)."""
    seen: list[dict[str, Any]] = []
    for record in ws.traffic:
        event = record.payload["event"] if record.kind == "event" else None
        if event and event not in seen:
            seen.append(event)
    return seen


async def test_a_channel_is_described(client: AsyncWebClient, ws: Workspace) -> None:
    general = ws.channel("general")
    about = (await client.conversations_info(channel=general.id))["channel"]
    assert about["name"] == "general"
    assert about["creator"] == ws.user("mira").id
    assert about["is_channel"]
    assert about["is_member"]
    assert about["context_team_id"] == ws.team_id
    told = ("is_archived", "is_private", "is_im", "is_mpim", "is_group", "is_ext_shared")
    assert not any(about[key] for key in told)
    assert "num_members" not in about
    counted = await client.conversations_info(channel=general.id, include_num_members=True)
    assert counted["channel"]["num_members"] == 4
    random = await client.conversations_info(channel=ws.channel("random").id)
    assert not random["channel"]["is_member"]
    secret = client.conversations_info(channel=ws.channel("secret").id)
    assert await refusal(secret) == "channel_not_found"


@pytest.mark.parametrize(
    ("scope", "where"), [("channels:read", "general"), ("groups:read", "secret")]
)
async def test_each_sort_of_channel_has_its_scope(
    clock: ShiftedClock, scope: str, where: str
) -> None:
    poor = Workspace(manifest("groups:read", without=scope), PEOPLE, clock, channels=CHANNELS)
    async with serve(poor) as server:
        client = AsyncWebClient(token=poor.bot_token, base_url=server.api_url)
        await Person(poor, "omar").invites_app("secret")
        channel = poor.channel(where).id
        assert await refusal(client.conversations_info(channel=channel)) == "missing_scope"
        assert await refusal(client.conversations_members(channel=channel)) == "missing_scope"
        await Person(poor, "omar").removes_app("secret")
        await poor.delivery.idle()
        kinds = [e["type"] for e in heard(poor)]
        assert kinds == ([] if where == "secret" else ["member_joined_channel", "group_left"])


async def test_members_come_in_pages(client: AsyncWebClient, ws: Workspace) -> None:
    channel, seen, cursor = ws.channel("general").id, [], ""
    while True:
        got = await client.conversations_members(channel=channel, limit=3, cursor=cursor)
        seen += got["members"]
        cursor = got["response_metadata"]["next_cursor"]
        if not cursor:
            break
    assert seen == ws.channel("general").members


async def test_the_app_speaks_where_it_is(client: AsyncWebClient, ws: Workspace) -> None:
    random, secret = ws.channel("random").id, ws.channel("secret").id
    assert await refusal(client.chat_postMessage(channel=random, text="x")) == "not_in_channel"
    assert await refusal(client.chat_postMessage(channel=secret, text="x")) == "channel_not_found"
    omar = Person(ws, "omar")
    await omar.types("/invite @lunch", channel="secret")
    await client.chat_postMessage(channel=secret, text="Soup, secretly")
    await omar.reads("Soup, secretly", where="#secret")
    await omar.archives("secret")
    assert await refusal(client.chat_postMessage(channel=secret, text="x")) == "is_archived"
    shown = client.chat_postEphemeral(channel=secret, user=omar.id, text="x")
    assert await refusal(shown) == "is_archived"
    assert (await client.conversations_info(channel=secret))["channel"]["is_archived"]
    with pytest.raises(Refused, match="archived"):
        await omar.says("hello?", channel="secret")


async def test_chat_write_public_opens_public_channels(clock: ShiftedClock) -> None:
    ws = Workspace(manifest("chat:write.public"), PEOPLE, clock, channels=CHANNELS)
    async with serve(ws) as server:
        client = AsyncWebClient(token=ws.bot_token, base_url=server.api_url)
        await client.chat_postMessage(channel=ws.channel("random").id, text="Soup for all")
        await Person(ws, "mira").reads("Soup for all", where="#random")
        shut = client.chat_postMessage(channel=ws.channel("secret").id, text="x")
        assert await refusal(shut) == "channel_not_found"


async def test_comings_and_goings_are_told(server: Server, ws: Workspace) -> None:
    mira, random = Person(ws, "mira"), ws.channel("random").id
    await mira.leaves("random")
    await mira.joins("random")
    assert heard(ws) == []
    await mira.invites_app("random")
    await mira.invites("ada", "random")
    await mira.removes("ada", "random")
    await mira.removes_app("random")
    await mira.leaves("random")
    await ws.delivery.idle()
    joined, ada_in, ada_out, left = heard(ws)
    assert joined["user"] == ws.bot_user_id
    assert joined["inviter"] == mira.id
    assert joined["channel_type"] == "C"
    assert ada_in["user"] == ada_out["user"] == ws.user("ada").id
    assert ada_out["type"] == "member_left_channel"
    assert left == {
        "type": "channel_left",
        "channel": random,
        "actor_id": mira.id,
        "event_ts": left["event_ts"],
    }


@pytest.mark.parametrize(("name", "word"), [("general", "channel"), ("secret", "group")])
async def test_what_becomes_of_a_channel_is_told(
    server: Server, ws: Workspace, name: str, word: str
) -> None:
    omar, channel = Person(ws, "omar"), ws.channel(name)
    if channel.private:
        await omar.invites_app(name)
    await omar.archives(name)
    with pytest.raises(Refused, match="archived"):
        await omar.renames(name, "closed")
    await omar.unarchives(name)
    await omar.renames(name, "kitchen")
    await ws.delivery.idle()
    kinds = [e["type"] for e in heard(ws) if e["type"] != "member_joined_channel"]
    assert kinds[:2] == [f"{word}_archive", f"{word}_unarchive"]
    if word == "channel":
        renamed = heard(ws)[-1]["channel"]
        assert (renamed["id"], renamed["name"]) == (channel.id, "kitchen")
    assert ws.channel("kitchen") is channel
    again = await omar.creates_channel(name)
    assert again.id != channel.id


async def test_the_app_hears_nothing_of_channels_it_is_not_in(
    server: Server, ws: Workspace
) -> None:
    omar = Person(ws, "omar")
    await omar.archives("random")
    await omar.unarchives("random")
    await omar.renames("random", "chance")
    await ws.delivery.idle()
    assert heard(ws) == []


async def test_only_what_the_manifest_subscribes_to(clock: ShiftedClock) -> None:
    ws = Workspace(manifest(events=("channel_left",)), PEOPLE, clock, channels=CHANNELS)
    async with serve(ws):
        mira = Person(ws, "mira")
        await mira.archives("general")
        await mira.unarchives("general")
        await mira.removes_app("general")
        await ws.delivery.idle()
    assert [e["type"] for e in heard(ws)] == ["channel_left"]


async def test_a_thread_is_read_root_first(client: AsyncWebClient, ws: Workspace) -> None:
    general, mira = ws.channel("general").id, Person(ws, "mira")
    meta = {"event_type": "round", "event_payload": {"round": "1"}}
    root = await client.chat_postMessage(channel=general, text="Round 1", metadata=meta)
    for word in ("one", "two"):
        await mira.says(word, thread="Round 1")
    await client.chat_postMessage(channel=general, text="three", thread_ts=root["ts"])
    where = {"channel": general, "ts": root["ts"]}
    got = await client.conversations_replies(**where, include_all_metadata=True)
    assert [m["text"] for m in got["messages"]] == ["Round 1", "one", "two", "three"]
    assert got["messages"][0]["metadata"] == meta
    assert got["messages"][0]["reply_count"] == 3
    assert got["messages"][0]["reply_users"] == [mira.id, ws.bot_user_id]
    assert got["messages"][1]["parent_user_id"] == ws.bot_user_id
    page = await client.conversations_replies(**where, limit=2)
    assert page["has_more"]
    cursor = page["response_metadata"]["next_cursor"]
    rest = await client.conversations_replies(**where, limit=2, cursor=cursor)
    assert [m["text"] for m in rest["messages"]] == ["Round 1", "three"]
    history = await client.conversations_history(channel=general)
    assert [m["text"] for m in history["messages"]] == ["Round 1"]
    missing = client.conversations_replies(channel=general, ts="1.0")
    assert await refusal(missing) == "thread_not_found"
    assert [s.text for s in mira.thread("Round 1")] == ["Round 1", "one", "two", "three"]


async def test_slacks_own_commands_answer_like_slackbot(ws: Workspace, server: Server) -> None:
    mira = Person(ws, "mira")
    await mira.types("/invite @nobody", channel="random")
    await mira.reads("Nobody here is called @nobody.", where="#random")
    await mira.types("/invite @lunch @ada", channel="random")
    assert {ws.bot_user_id, ws.user("ada").id} <= set(ws.channel("random").members)
    await mira.types("/remove @lunch", channel="random")
    assert ws.bot_user_id not in ws.channel("random").members
    await mira.types("/rename chance", channel="random")
    await mira.types("/status Baking", channel="chance")
    assert mira.user.status_text == "Baking"
    await mira.types("/archive", channel="chance")
    assert ws.channel("chance").archived


async def test_guests_and_strangers_to_a_channel_change_nothing(ws: Workspace) -> None:
    gus, ada = Person(ws, "gus"), Person(ws, "ada")
    with pytest.raises(Refused, match="guests"):
        await gus.creates_channel("mine")
    with pytest.raises(Refused, match="not in this conversation"):
        await ada.renames("random", "mine")
    with pytest.raises(Refused, match="taken"):
        await ada.creates_channel("random")
    with pytest.raises(Refused, match="small letters"):
        await ada.creates_channel("My Channel")


async def test_a_line_in_the_channel_is_nothing_unread(ws: Workspace) -> None:
    mira, omar = Person(ws, "mira"), Person(ws, "omar")
    random = ws.channel("random")
    before = omar.client.unread(random)
    await mira.invites("ada", "random")
    assert omar.client.unread(random) == before
    await omar.reads("Ada Okafor has joined the channel", where="#random")


async def test_nothing_is_changed_where_the_app_is_not(
    client: AsyncWebClient, ws: Workspace
) -> None:
    omar, random = Person(ws, "omar"), ws.channel("random").id
    await omar.invites_app("random")
    posted = await client.chat_postMessage(channel=random, text="Soup")
    where = {"channel": random, "ts": posted["ts"]}
    await client.chat_update(**where, text="Stew")
    await omar.archives("random")
    assert await refusal(client.chat_update(**where, text="x")) == "is_inactive"
    await omar.unarchives("random")
    await omar.removes_app("random")
    assert await refusal(client.chat_update(**where, text="x")) == "cant_update_message"
    assert await refusal(client.chat_delete(**where)) == "cant_delete_message"
