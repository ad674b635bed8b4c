"""Two companies install one Lantern in a browser, and see nothing of each other."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import cast
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from sqlmodel import select

from bot.ops.install import Installing
from bot.references import LENGTH
from bot.sandbox.apps.shared_app import CODE_LIVES_FOR
from bot.store.tables import Installation, OAuthState, Person, Workspace
from tests.scenarios.acts import accepts, asks_flash, bot_messages, offers_to_mentor
from tests.scenarios.forged import button, forge_click
from tests.scenarios.marks import sqlite_only
from tests.support.company import STAFF, Company
from tests.support.facts import Facts
from tests.support.logged import logged
from tests.support.street import House, Street, TeamSpec
from tests.support.street import street as running_street


@pytest.fixture
async def street(tmp_path: Path, database_url: str) -> AsyncIterator[Street]:
    """Acme and Beta, next to each other."""
    teams = (TeamSpec("Acme", STAFF), TeamSpec("Beta", STAFF))
    async with running_street(tmp_path, *teams, database_url=database_url) as running:
        yield running


def as_company(house: House) -> Company:
    """What the acts of the other scenarios need of a company is what a house has."""
    return cast("Company", house)


async def test_two_companies_run_sessions_at_once(street: Street) -> None:
    for name in ("Acme", "Beta"):
        status, said = await street.installs(name)
        assert status == 200
        assert "Lantern is installed" in said
    acme, beta = street["Acme"], street["Beta"]
    for house, topic in ((acme, "Anvils"), (beta, "Bicycles")):
        await offers_to_mentor(as_company(house), "bruno")
        await asks_flash(as_company(house), "ada", topic=topic)
    for house, topic, other in ((acme, "Anvils", "Bicycles"), (beta, "Bicycles", "Anvils")):
        await house["bruno"].reads(topic)
        await accepts(as_company(house), "bruno")
        await house["ada"].reads("You have a", where="group")
        assert not bot_messages(as_company(house), "bruno", other)
        assert len(bot_messages(as_company(house), "ada", "You have a")) == 1
    facts = Facts(street.bots[0].ctx.db)
    assert len(await facts.all(Workspace)) == 2
    assert {p.workspace_id for p in await facts.all(Person)} == {1, 2}


async def test_a_button_of_the_other_company_does_nothing(street: Street) -> None:
    for name in ("Acme", "Beta"):
        await street.installs(name)
        await offers_to_mentor(as_company(street[name]), "bruno")
    await asks_flash(as_company(street["Acme"]), "ada", topic="Anvils")
    await asks_flash(as_company(street["Beta"]), "ada", topic="Bicycles")
    theirs = button(await street["Beta"]["bruno"].reads("Bicycles"), "I can help")
    await forge_click(street["Acme"]["bruno"], theirs)
    await street.settle()
    assert not bot_messages(as_company(street["Beta"]), "ada", "You have a")
    assert not bot_messages(as_company(street["Acme"]), "ada", "You have a")


async def test_installing_again_changes_nothing_but_the_token(street: Street) -> None:
    await street.installs("Acme")
    await offers_to_mentor(as_company(street["Acme"]), "bruno")
    status, said = await street.installs("Acme")
    assert status == 200
    assert "installed here before" in said
    await asks_flash(as_company(street["Acme"]), "ada")
    await accepts(as_company(street["Acme"]), "bruno")
    await street["Acme"]["ada"].reads("You have a", where="group")
    facts = Facts(street.bots[0].ctx.db)
    assert [row.version for row in await facts.all(Installation)] == [2]


async def test_what_comes_from_a_team_without_lantern_goes_no_further(street: Street) -> None:
    await street.installs("Acme")
    beta = street["Beta"]
    beta.workspace.install("commands", beta["ada"].id)  # Slack knows of it, and we do not
    await beta["ada"].types("/mentoring help")
    await beta["ada"].says("Hello")
    await street.settle()
    outcomes = {r.outcome for r in beta.workspace.traffic if r.direction == "out"}
    assert outcomes == {"ok"}
    assert not [r for r in beta.workspace.traffic if r.kind == "api"]
    assert len(await Facts(street.bots[0].ctx.db).all(Workspace)) == 0


@sqlite_only
async def test_a_cancelled_installation_says_so_and_may_begin_again(street: Street) -> None:
    async with street.browser() as browser:
        page = await browser.begins()
        back = await browser.chooses(page, street["Acme"].workspace.team_id, "cancel")
        status, said = await browser.goes(back)
        assert (status, "Nothing was installed" in said) == (200, True)
        assert "Begin again" in said
        assert (await browser.installs(street["Acme"].workspace.team_id))[0] == 200


@sqlite_only
async def test_a_state_is_good_once(street: Street) -> None:
    async with street.browser() as browser:
        page = await browser.begins()
        team = street["Acme"].workspace.team_id
        back = await browser.chooses(page, team)
        assert (await browser.goes(back))[0] == 200
        status, said = await browser.goes(back)
        assert status == 400
        assert "used already" in said
        another = await browser.chooses(page, team)  # the same state with another code
        assert (await browser.goes(another))[0] == 400


@sqlite_only
async def test_a_state_is_good_for_ten_minutes(street: Street) -> None:
    async with street.browser() as browser:
        back = await browser.chooses(await browser.begins(), street["Acme"].workspace.team_id)
        street.clock.let_pass(CODE_LIVES_FOR + timedelta(seconds=1))
        status, said = await browser.goes(back)
    assert status == 400
    assert "Ten minutes have gone by" in said
    assert await Facts(street.bots[0].ctx.db).all(Installation) == []


@sqlite_only
async def test_a_state_is_good_in_its_own_browser(street: Street) -> None:
    """Otherwise somebody could be sent a link that puts another's workspace into their hands."""
    async with street.browser() as mine, street.browser() as yours:
        team = street["Acme"].workspace.team_id
        for prepared in (False, True):
            back = await mine.chooses(await mine.begins(), team)
            if prepared:  # a cookie of one's own does not help
                await yours.begins()
            status, said = await yours.goes(back)
            assert status == 400
            assert "another browser" in said
            assert (await mine.goes(back))[0] == 400  # it is used up all the same
    assert await Facts(street.bots[0].ctx.db).all(Installation) == []


@sqlite_only
@pytest.mark.parametrize("query", ["", "?code=1&state=", "?code=1&state=made-up", "?error=x"])
async def test_what_did_not_begin_here_is_refused(street: Street, query: str) -> None:
    async with street.browser() as browser:
        status, said = await browser.goes(f"{street.address}/slack/oauth_redirect{query}")
    assert status == 400
    assert "did not begin here" in said


@sqlite_only
async def test_a_code_that_slack_does_not_take(street: Street) -> None:
    async with street.browser() as browser:
        state = parse_qs(urlsplit(await browser.begins()).query)["state"][0]
        back = f"{street.address}/slack/oauth_redirect?code=made-up&state={state}"
        status, said = await browser.goes(back)
    assert status == 502
    assert "did not let Lantern in" in said


@sqlite_only
async def test_a_code_is_good_once(street: Street) -> None:
    """Whoever saw the address of an installation cannot make another of it, in no browser."""
    async with street.browser() as mine, street.browser() as yours:
        back = await mine.chooses(await mine.begins(), street["Acme"].workspace.team_id)
        code = parse_qs(urlsplit(back).query)["code"][0]
        assert (await mine.goes(back))[0] == 200
        for browser in (mine, yours):
            state = parse_qs(urlsplit(await browser.begins()).query)["state"][0]
            again = f"{street.address}/slack/oauth_redirect?code={code}&state={state}"
            status, said = await browser.goes(again)
            assert status == 502
            assert "did not let Lantern in" in said
    facts = Facts(street.bots[0].ctx.db)
    assert [row.version for row in await facts.all(Installation)] == [1]


@sqlite_only
@pytest.mark.parametrize("error", ["server_error", "invalid_scope", "<script>rowan</script>"])
async def test_slack_sends_back_with_an_error(street: Street, error: str) -> None:
    async with street.browser() as browser:
        state = parse_qs(urlsplit(await browser.begins()).query)["state"][0]
        back = (
            f"{street.address}/slack/oauth_redirect?{urlencode({'error': error, 'state': state})}"
        )
        status, said = await browser.goes(back)
        assert status in (200, 502)
        assert "is installed" not in said
        assert "<script" not in said
        assert (await browser.goes(back))[0] == 400  # the state is used up
    assert await Facts(street.bots[0].ctx.db).all(Installation) == []


@sqlite_only
@pytest.mark.parametrize("fault", ["500", "429"])
async def test_slack_is_out_of_reach(street: Street, fault: str) -> None:
    async with street.browser() as browser:
        back = await browser.chooses(await browser.begins(), street["Acme"].workspace.team_id)
        street["Acme"].workspace.faults.add("oauth.v2.access", fault)
        status, said = await browser.goes(back)
    assert status == 503
    assert "cannot be reached" in said


@sqlite_only
async def test_a_fault_is_told_with_the_reference_of_the_log(
    street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def breaks(*_: object, **__: object) -> None:
        raise ArithmeticError

    monkeypatch.setattr("bot.services.consenting.begin", breaks)
    with logged() as log:
        async with street.browser() as browser:
            status, said = await browser.goes(f"{street.address}/slack/install")
    (fault,) = [line for line in log.lines() if line["event"] == "fault"]
    assert status == 500
    assert fault["reference"] in said
    assert len(fault["reference"]) == LENGTH


@sqlite_only
async def test_the_pages_carry_no_script_and_let_nothing_in(street: Street) -> None:
    async with street.browser() as browser:
        async with browser.session.get(
            f"{street.address}/slack/oauth_redirect",
            headers={"Accept-Language": "fr-FR,fr;q=0.9,en;q=0.8"},
        ) as answer:
            page, headers = await answer.text(), answer.headers
        async with browser.session.get(
            f"{street.address}/slack/install", allow_redirects=False
        ) as answer:
            cookie = answer.headers["Set-Cookie"]
    assert '<html lang="fr">' in page
    assert "<script" not in page
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    for part in ("HttpOnly", "SameSite=Lax", "Path=/slack", "Max-Age=600"):
        assert part in cookie


@sqlite_only
async def test_behind_a_proxy_that_serves_it_below_another_address(street: Street) -> None:
    """The browser sends a cookie, and follows a link, by the address that it knows."""
    bot = street.bots[0]
    settings = bot.settings.model_copy(update={"public_url": "https://example.com/lantern"})
    served = web.Application()
    Installing(bot.ctx, settings, bot.client, bot.templates).add_routes(served)
    async with TestClient(TestServer(served)) as inside:
        begun = await inside.get("/slack/install", allow_redirects=False)
        refused = await inside.get("/slack/oauth_redirect")
        assert "Path=/lantern/slack;" in begun.headers["Set-Cookie"]
        assert 'href="/lantern/slack/install"' in await refused.text()


@sqlite_only
async def test_neither_state_nor_cookie_is_kept_as_it_is(street: Street) -> None:
    async with street.browser() as browser:
        state = parse_qs(urlsplit(await browser.begins()).query)["state"][0]
        cookies = [cookie.value for cookie in browser.session.cookie_jar]
    async with street.bots[0].ctx.db.read() as session:
        (row,) = (await session.execute(select(OAuthState))).scalars().all()
    assert state not in row.state_hash
    assert row.browser_hash not in cookies
