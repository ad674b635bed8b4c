"""Token rotation: access tokens that expire, and refresh tokens that are good once."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.shapes import Json
from tests.sandbox import lunch
from tests.sandbox.test_oauth import Street, open_street, refused

ROTATING = lunch.MANIFEST | {"settings": lunch.MANIFEST["settings"] | {"token_rotation_enabled": 1}}


@pytest.fixture
async def street() -> AsyncIterator[Street]:
    async with open_street(ROTATING) as street:
        yield street


async def installs(street: Street, team: str = "acme") -> Any:
    return await street.access((await street.chooses(team))["code"])


async def refreshes(street: Street, refresh_token: str, **changed: str) -> Any:
    given = {"client_id": street.app.client_id, "client_secret": street.app.client_secret}
    asked: Json = given | {"grant_type": "refresh_token", "refresh_token": refresh_token} | changed
    client = AsyncWebClient(base_url=street.server.api_url)
    return await client.api_call("oauth.v2.access", data=asked)


async def test_a_pair_comes_with_the_installation(street: Street) -> None:
    answer = await installs(street)
    assert answer["access_token"].startswith("xoxe.xoxb-1-")
    assert answer["refresh_token"].startswith("xoxe-1-")
    assert (answer["expires_in"], answer["token_type"]) == (43200, "bot")
    assert answer["authed_user"]["id"]
    assert (await street.client(answer["access_token"]).auth_test())["team"] == "Acme"


async def test_a_token_expires_after_twelve_hours(street: Street) -> None:
    answer = await installs(street)
    street.clock.shift += timedelta(hours=11, minutes=59)
    await street.client(answer["access_token"]).auth_test()
    street.clock.shift += timedelta(minutes=1)
    assert await refused(street.client(answer["access_token"]).auth_test()) == "token_expired"


async def test_a_refresh_token_brings_the_next_pair(street: Street) -> None:
    first = await installs(street)
    second = await refreshes(street, first["refresh_token"])
    assert second["access_token"] != first["access_token"]
    assert second["refresh_token"] != first["refresh_token"]
    assert second["team"]["id"] == street.teams["acme"].team_id
    for answer in (first, second):  # the old one counts until it expires
        await street.client(answer["access_token"]).auth_test()


async def test_two_access_tokens_count_at_a_time(street: Street) -> None:
    first = await installs(street)
    second = await refreshes(street, first["refresh_token"])
    third = await refreshes(street, second["refresh_token"])
    assert await refused(street.client(first["access_token"]).auth_test()) == "token_revoked"
    for answer in (second, third):
        await street.client(answer["access_token"]).auth_test()


async def test_a_refresh_token_used_twice_voids_the_one_that_is_out(street: Street) -> None:
    first = await installs(street)
    second = await refreshes(street, first["refresh_token"])
    assert await refused(refreshes(street, first["refresh_token"])) == "invalid_refresh_token"
    assert await refused(refreshes(street, second["refresh_token"])) == "invalid_refresh_token"


async def test_what_does_not_fit_is_refused(street: Street) -> None:
    first = await installs(street)
    assert await refused(refreshes(street, "xoxe-1-made-up")) == "invalid_refresh_token"
    wrong = refreshes(street, first["refresh_token"], client_secret="wrong")
    assert await refused(wrong) == "bad_client_secret"
    await refreshes(street, first["refresh_token"])


async def test_nothing_counts_once_the_app_is_removed(street: Street) -> None:
    first = await installs(street)
    street.teams["acme"].uninstall(error="token_revoked")
    assert await refused(street.client(first["access_token"]).auth_test()) == "token_revoked"
    assert await refused(refreshes(street, first["refresh_token"])) == "invalid_refresh_token"
    again = await installs(street)
    await street.client(again["access_token"]).auth_test()


async def test_a_whole_organisation_has_a_pair_too(street: Street) -> None:
    first, attic = await installs(street, "roof"), street.teams["attic"]
    second = await refreshes(street, first["refresh_token"])
    assert (second["team"], second["is_enterprise_install"]) == (None, True)
    for answer in (first, second):
        await street.client(answer["access_token"], team_id=attic.team_id).users_list()
    street.clock.shift += timedelta(hours=12)
    expired = street.client(second["access_token"], team_id=attic.team_id)
    assert await refused(expired.users_list()) == "token_expired"
