"""Profiles change: statuses, titles, admins, people who leave and come back."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.screen.person import Person, Refused
from bot.sandbox.server import Server, serve
from bot.sandbox.workspace import Workspace
from tests.sandbox.conftest import CHANNELS, PEOPLE, ShiftedClock
from tests.sandbox.test_channels import heard, manifest


@pytest.fixture
async def server(ws: Workspace) -> AsyncIterator[Server]:
    async with serve(ws) as served:
        yield served


async def user(client: AsyncWebClient, ws: Workspace, handle: str) -> dict[str, Any]:
    """What users.info says of somebody."""
    found: dict[str, Any] = (await client.users_info(user=ws.user(handle).id))["user"]
    return found


async def test_a_status_is_shown_told_and_ends_by_itself(
    client: AsyncWebClient, ws: Workspace, clock: ShiftedClock
) -> None:
    mira, until = Person(ws, "mira"), clock.now() + timedelta(hours=2)
    mira.sets_status("On holiday", ":palm_tree:", until)
    profile = (await user(client, ws, "mira"))["profile"]
    assert profile["status_text"] == "On holiday"
    assert profile["status_emoji"] == ":palm_tree:"
    assert profile["status_expiration"] == int(until.timestamp())
    await clock.advance(timedelta(hours=3))
    profile = (await user(client, ws, "mira"))["profile"]
    assert (profile["status_text"], profile["status_expiration"]) == ("", 0)
    await ws.delivery.idle()
    told = [e["user"]["profile"]["status_text"] for e in heard(ws)]
    assert told == ["On holiday", ""]


async def test_somebody_leaves_and_comes_back(client: AsyncWebClient, ws: Workspace) -> None:
    mira = Person(ws, "mira")
    ws.deactivate("mira")
    assert (await user(client, ws, "mira"))["deleted"]
    with pytest.raises(Refused, match="deactivated"):
        mira.sets_status("Gone")
    ws.reactivate("mira")
    mira.sets_status("Back")
    await ws.delivery.idle()
    assert [e["user"]["deleted"] for e in heard(ws)] == [True, False, False]


async def test_admins_and_owners(client: AsyncWebClient, ws: Workspace) -> None:
    assert not (await user(client, ws, "mira"))["is_admin"]
    ws.change_person("mira", is_admin=True)
    ws.change_person("omar", is_owner=True)
    assert (await user(client, ws, "mira"))["is_admin"]
    omar = await user(client, ws, "omar")
    assert omar["is_owner"]
    assert omar["is_admin"]


async def test_people_come_in_pages_the_departed_included(
    client: AsyncWebClient, ws: Workspace
) -> None:
    handles, cursor = [], ""
    while True:
        got = await client.users_list(limit=3, cursor=cursor)
        handles += [m["name"] for m in got["members"]]
        cursor = got["response_metadata"]["next_cursor"]
        if not cursor:
            break
    assert len(handles) == len(set(handles)) == 8
    assert "gone" in handles


async def test_an_address_needs_its_own_scope(clock: ShiftedClock) -> None:
    ws = Workspace(manifest(without="users:read.email"), PEOPLE, clock, channels=CHANNELS)
    async with serve(ws) as server:
        client = AsyncWebClient(token=ws.bot_token, base_url=server.api_url)
        assert "email" not in (await user(client, ws, "mira"))["profile"]
        listed = (await client.users_list())["members"]
        assert not any("email" in m["profile"] for m in listed)
