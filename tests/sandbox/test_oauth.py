"""Installing a shared app by OAuth: the page, the code, the token, and how they end."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.apps.shared_app import Organisation, SharedApp
from bot.sandbox.people import PersonSpec
from bot.sandbox.server import Server, serve
from bot.sandbox.shapes import Json
from bot.sandbox.workspace import Workspace
from tests.sandbox import lunch
from tests.sandbox.conftest import MONDAY, PEOPLE, ShiftedClock

BACK = "https://lunch.example.com/oauth"


@dataclass
class Street:
    """Two companies, one of them in an organisation with a third, and an app for all of them."""

    app: SharedApp
    server: Server
    teams: dict[str, Workspace]
    clock: ShiftedClock
    browser: aiohttp.ClientSession

    def link(self, **changed: str) -> str:
        asked = {"client_id": self.app.client_id, "scope": "chat:write,commands", "state": "s1"}
        query = asked | {"redirect_uri": BACK} | changed
        return f"{self.server.url}oauth/v2/authorize?{urlencode(query)}"

    async def chooses(self, team: str, choice: str = "allow", **changed: str) -> dict[str, str]:
        """What the browser brings back to the app."""
        form = {"team": self.teams[team].team_id, "choice": choice}
        if team == "roof":
            organisation = self.teams["roof"].organisation
            assert organisation is not None
            form["team"] = organisation.id
        async with self.browser.post(
            self.link(**changed), data=form, allow_redirects=False
        ) as answer:
            assert answer.status == 302
            where = answer.headers["Location"]
        assert where.startswith(f"{BACK}?")
        return {key: value[0] for key, value in parse_qs(urlsplit(where).query).items()}

    async def access(self, code: str, **changed: str) -> Any:
        given = {"client_id": self.app.client_id, "client_secret": self.app.client_secret}
        client = AsyncWebClient(base_url=self.server.api_url)
        data = given | {"code": code, "redirect_uri": BACK} | changed
        return await client.api_call("oauth.v2.access", data=data)

    async def installs(self, team: str) -> str:
        brought = await self.chooses(team)
        return str((await self.access(brought["code"]))["access_token"])

    def client(self, token: str, **more: Any) -> AsyncWebClient:
        return AsyncWebClient(token=token, base_url=self.server.api_url, **more)


@pytest.fixture
async def street() -> AsyncIterator[Street]:
    async with open_street(lunch.MANIFEST) as street:
        yield street


@asynccontextmanager
async def open_street(manifest: Json) -> AsyncIterator[Street]:
    """Nothing is installed yet."""
    clock = ShiftedClock(MONDAY)
    app = SharedApp("Lunch", clock, [BACK])
    org = Organisation("Roof")
    acme = Workspace(manifest, PEOPLE, clock, name="Acme", app=app)
    roof = Workspace(manifest, PEOPLE, clock, name="Roof One", app=app, organisation=org)
    both = PersonSpec("ida", "Ida Both", home="Roof One")
    attic = Workspace(manifest, [both], clock, name="Attic", app=app, organisation=org)
    teams = {"acme": acme, "roof": roof, "attic": attic}
    async with (
        serve(acme, more=[roof, attic], request_url="http://127.0.0.1:9/") as server,
        aiohttp.ClientSession() as browser,
    ):
        yield Street(app, server, teams, clock, browser)


async def refused(call: Any) -> str:
    with pytest.raises(SlackApiError) as caught:
        await call
    return str(caught.value.response["error"])


async def test_the_page_offers_the_teams_and_two_answers(street: Street) -> None:
    async with street.browser.get(street.link()) as answer:
        page = await answer.text()
    assert answer.status == 200
    for words in ("Acme", "Attic", "Roof (all of it)", "Allow", "Cancel", "chat:write, commands"):
        assert words in page


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"client_id": "1.2"}, "invalid_client_id"),
        ({"redirect_uri": "https://elsewhere.example.com/oauth"}, "bad_redirect_uri"),
        ({"redirect_uri": f"{BACK}er"}, "bad_redirect_uri"),
        ({"scope": ""}, "no_scopes"),
        ({"scope": "admin"}, "invalid_scope"),
    ],
)
async def test_a_wrong_link_leads_nowhere(
    street: Street, changed: dict[str, str], said: str
) -> None:
    for way in ("GET", "POST"):
        async with street.browser.request(
            way, street.link(**changed), allow_redirects=False
        ) as answer:
            assert answer.status == 400
            assert said in await answer.text()


async def test_cancelling_brings_an_error_and_the_state(street: Street) -> None:
    assert await street.chooses("acme", "cancel") == {"error": "access_denied", "state": "s1"}


async def test_a_code_is_exchanged_for_a_token_of_that_team(street: Street) -> None:
    brought = await street.chooses("acme")
    assert brought["state"] == "s1"
    answer = await street.access(brought["code"])
    acme = street.teams["acme"]
    assert answer["team"] == {"id": acme.team_id, "name": "Acme"}
    assert (answer["is_enterprise_install"], answer["enterprise"]) == (False, None)
    assert answer["bot_user_id"] == acme.bot_user_id
    who = await street.client(answer["access_token"]).auth_test()
    assert who["team_id"] == acme.team_id


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"client_secret": "wrong"}, "bad_client_secret"),
        ({"client_id": "1.2"}, "invalid_client_id"),
        ({"code": "made-up"}, "invalid_code"),
        ({"redirect_uri": f"{BACK}/other"}, "bad_redirect_uri"),
    ],
)
async def test_what_does_not_fit_is_refused(
    street: Street, changed: dict[str, str], error: str
) -> None:
    code = (await street.chooses("acme"))["code"]
    assert await refused(street.access(**({"code": code} | changed))) == error


@pytest.mark.filterwarnings("ignore:BasicAuth is deprecated")
async def test_the_sdk_sends_the_credentials_by_http_basic(street: Street) -> None:
    client = AsyncWebClient(base_url=street.server.api_url)
    given = {"client_id": street.app.client_id, "redirect_uri": BACK}
    code = (await street.chooses("acme"))["code"]
    secret = street.app.client_secret
    wrong = client.oauth_v2_access(**given, client_secret="wrong", code=code)
    assert await refused(wrong) == "bad_client_secret"
    answer = await client.oauth_v2_access(**given, client_secret=secret, code=code)
    assert answer["access_token"] == street.teams["acme"].bot_token


async def test_a_code_is_good_once_and_for_ten_minutes(street: Street) -> None:
    first, second = [(await street.chooses("acme"))["code"] for _ in range(2)]
    await street.access(first)
    assert await refused(street.access(first)) == "code_already_used"
    street.clock.shift += timedelta(minutes=11)
    assert await refused(street.access(second)) == "invalid_code"


async def test_each_teams_token_reaches_that_team(street: Street) -> None:
    acme, attic = await street.installs("acme"), await street.installs("attic")
    names = [(await street.client(token).auth_test())["team"] for token in (acme, attic)]
    assert names == ["Acme", "Attic"]
    assert await refused(street.client("xoxb-unknown").auth_test()) == "invalid_auth"


async def test_a_removed_app_needs_another_token(street: Street) -> None:
    old = await street.installs("acme")
    assert await street.installs("acme") == old  # installing it again changes nothing
    street.teams["acme"].uninstall(error="token_revoked")
    assert await refused(street.client(old).auth_test()) == "token_revoked"
    new = await street.installs("acme")
    assert new != old
    assert await refused(street.client(old).auth_test()) == "token_revoked"
    assert (await street.client(new).auth_test())["team"] == "Acme"


async def test_an_app_may_remove_itself_and_give_up_its_token(street: Street) -> None:
    token = await street.installs("acme")
    await street.client(token).auth_revoke()
    assert await refused(street.client(token).auth_test()) == "token_revoked"
    token = await street.installs("acme")
    await street.client(token).apps_uninstall(
        client_id=street.app.client_id, client_secret=street.app.client_secret
    )
    assert await refused(street.client(token).auth_test()) == "account_inactive"


async def test_one_token_for_a_whole_organisation(street: Street) -> None:
    brought = await street.chooses("roof")
    answer = await street.access(brought["code"])
    assert (answer["team"], answer["is_enterprise_install"]) == (None, True)
    token, attic = answer["access_token"], street.teams["attic"]
    who = street.client(token, team_id=attic.team_id)
    (ida,) = [u for u in (await who.users_list())["members"] if u["name"] == "ida"]
    assert ida["team_id"] == street.teams["roof"].team_id
    assert attic.team_id in ida["enterprise_user"]["teams"]
    assert await refused(street.client(token).users_list()) == "missing_argument"
    assert attic.organisation is not None
    attic.organisation.granted.discard(attic.team_id)
    assert await refused(who.users_list()) == "team_access_not_granted"
    attic.uninstall()
    assert await refused(who.users_list()) == "account_inactive"
