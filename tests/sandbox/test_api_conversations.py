"""conversations.* and users.*: opening, reading, joining, finding people."""

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.screen.person import Person
from bot.sandbox.workspace import Workspace
from tests.sandbox.test_api_calls import refusal


async def test_the_same_people_have_one_conversation(client: AsyncWebClient, ws: Workspace) -> None:
    mira, omar = ws.user("mira").id, ws.user("omar").id
    first = await client.conversations_open(users=[mira, omar])
    again = await client.conversations_open(users=[omar, mira])
    alone = await client.conversations_open(users=[mira])
    assert first["channel"]["id"] == again["channel"]["id"]
    assert again["already_open"]
    assert alone["channel"]["id"].startswith("D")


async def test_all_of_a_group_read_it_and_nobody_else(
    client: AsyncWebClient, ws: Workspace
) -> None:
    mira, omar, ada = (Person(ws, h) for h in ("mira", "omar", "ada"))
    opened = await client.conversations_open(users=[mira.id, omar.id])
    await client.chat_postMessage(channel=opened["channel"]["id"], text="you two")
    await mira.reads("you two", where="group")
    await omar.reads("you two", where="group")
    ada.never_reads("you two")


@pytest.mark.parametrize(
    ("handles", "error"),
    [
        (["gone"], "user_disabled"),
        (["mira", "gone"], "user_disabled"),
        (["zoe"], "user_not_visible"),
        (["clank"], "cannot_dm_bot"),
        (["slackbot"], "cannot_dm_bot"),
        (["lunch"], "cannot_dm_bot"),
        (["nobody"], "user_not_found"),
        ([], "users_list_not_supplied"),
    ],
)
async def test_whom_the_app_cannot_open_a_dm_with(
    client: AsyncWebClient, ws: Workspace, handles: list[str], error: str
) -> None:
    known = {u.handle: u.id for u in ws.users.values()}
    ids = [known.get(handle, "U0NOBODY") for handle in handles]
    assert await refusal(client.conversations_open(users=ids)) == error


async def test_nine_people_are_too_many(client: AsyncWebClient, ws: Workspace) -> None:
    from bot.sandbox.people import PersonSpec

    ids = [ws.add_person(PersonSpec(f"p{n}", f"P {n}")).id for n in range(9)]
    assert (await client.conversations_open(users=ids[:8]))["ok"]
    assert await refusal(client.conversations_open(users=ids)) == "too_many_users"


async def test_scopes_go_by_the_sort_of_conversation(client: AsyncWebClient, ws: Workspace) -> None:
    opened = await client.conversations_open(users=ws.user("mira").id)
    info = await client.conversations_info(channel=opened["channel"]["id"])
    assert info["channel"]["user"] == ws.user("mira").id
    assert await refusal(client.conversations_list(types="private_channel")) == "missing_scope"
    public = await client.conversations_list(types="public_channel")
    assert {c["name"] for c in public["channels"]} == {"general", "random"}


async def test_history_is_for_members(client: AsyncWebClient, ws: Workspace) -> None:
    secret, random = ws.channel("secret").id, ws.channel("random").id
    assert await refusal(client.conversations_history(channel=secret)) == "channel_not_found"
    assert await refusal(client.conversations_history(channel=random)) == "not_in_channel"


async def test_history_comes_newest_first_in_pages(client: AsyncWebClient, ws: Workspace) -> None:
    mira = ws.user("mira").id
    posted = [await client.chat_postMessage(channel=mira, text=str(n)) for n in range(5)]
    channel = posted[0]["channel"]
    first = await client.conversations_history(channel=channel, limit=2)
    cursor = first["response_metadata"]["next_cursor"]
    second = await client.conversations_history(channel=channel, limit=2, cursor=cursor)
    assert [m["text"] for m in first["messages"] + second["messages"]] == ["4", "3", "2", "1"]
    oldest = posted[3]["ts"]
    since = await client.conversations_history(channel=channel, oldest=oldest)
    assert [m["text"] for m in since["messages"]] == ["4"]
    with_it = await client.conversations_history(channel=channel, oldest=oldest, inclusive=True)
    assert [m["text"] for m in with_it["messages"]] == ["4", "3"]


async def test_channels_are_made_joined_and_filled(client: AsyncWebClient, ws: Workspace) -> None:
    made = await client.conversations_create(name="soup-club")
    channel, mira = made["channel"]["id"], ws.user("mira").id
    await client.conversations_invite(channel=channel, users=mira)
    members = await client.conversations_members(channel=channel)
    assert set(members["members"]) == {ws.bot_user_id, mira}
    again = client.conversations_invite(channel=channel, users=mira)
    assert await refusal(again) == "already_in_channel"
    assert await refusal(client.conversations_create(name="soup-club")) == "name_taken"
    assert await refusal(client.conversations_create(name="Soup Club")) == "invalid_name_specials"
    await client.conversations_join(channel=ws.channel("random").id)
    assert ws.bot_user_id in ws.channel("random").members


async def test_users_are_shown_with_zone_title_and_state(
    client: AsyncWebClient, ws: Workspace
) -> None:
    mira = (await client.users_info(user=ws.user("mira").id))["user"]
    assert mira["tz"] == "Europe/Berlin"
    assert mira["tz_offset"] == 3600
    assert mira["profile"]["title"] == "Baker"
    assert mira["profile"]["email"] == "mira@example.com"
    assert (await client.users_info(user=ws.user("gus").id))["user"]["is_restricted"]
    assert (await client.users_info(user=ws.user("clank").id))["user"]["is_bot"]
    assert (await client.users_info(user=ws.user("gone").id))["user"]["deleted"]
    zoe = (await client.users_info(user=ws.user("zoe").id))["user"]
    assert zoe["is_stranger"]
    assert zoe["team_id"] != ws.team_id
    assert await refusal(client.users_info(user="U0NOBODY")) == "user_not_found"


async def test_people_are_listed_and_found_by_email(client: AsyncWebClient, ws: Workspace) -> None:
    listed = await client.users_list()
    handles = {m["name"] for m in listed["members"]}
    assert handles == {"mira", "omar", "ada", "gus", "clank", "gone", "lunch", "slackbot"}
    found = await client.users_lookupByEmail(email="OMAR@example.com")
    assert found["user"]["name"] == "omar"
    assert await refusal(client.users_lookupByEmail(email="x@y.z")) == "users_not_found"
    profile = await client.users_profile_get(user=ws.user("mira").id)
    assert profile["profile"]["fields"]["Xf0DEPARTMENT"]["value"] == "Kitchen"


async def test_files_are_uploaded_shared_and_seen(client: AsyncWebClient, ws: Workspace) -> None:
    mira = Person(ws, "mira")
    channel = ws.app_dm(mira.id).id
    await client.files_upload_v2(
        filename="lunch.ics", content="BEGIN:VCALENDAR", channel=channel, initial_comment="Noon"
    )
    seen = await mira.reads("lunch.ics")
    assert "Noon" in seen.text
    assert list(ws.files.contents.values()) == [b"BEGIN:VCALENDAR"]


async def test_reactions_and_the_team(client: AsyncWebClient, ws: Workspace) -> None:
    posted = await client.chat_postMessage(channel=ws.user("mira").id, text="x")
    where = {"channel": posted["channel"], "timestamp": posted["ts"], "name": "soup"}
    await client.reactions_add(**where)
    assert await refusal(client.reactions_add(**where)) == "already_reacted"
    assert (await client.team_info())["team"]["name"] == "Acme"
