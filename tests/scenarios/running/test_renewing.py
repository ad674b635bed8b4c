"""Tokens that expire are renewed in time, once each, and nobody in Slack notices."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from bot.ops.checks import Wrong, doors
from bot.sandbox.apps.shared_app import Organisation
from bot.slack.errors import TOKEN_VOID, Permanent
from bot.store.tables import Installation, Job
from tests.scenarios.acts import THURSDAY, accepts, asks_flash, offers_to_mentor, sets_time
from tests.scenarios.marks import sqlite_only
from tests.scenarios.running.test_installing import as_company
from tests.support.company import STAFF
from tests.support.facts import Facts
from tests.support.street import Street, TeamSpec
from tests.support.street import street as running_street

UNTIL_DUE = timedelta(hours=9, minutes=1)
UNTIL_EXPIRED = timedelta(hours=12, minutes=1)


@pytest.fixture
async def street(tmp_path: Path, database_url: str) -> AsyncIterator[Street]:
    """Acme has Lantern with a token that expires; on PostgreSQL there are two processes."""
    teams = (TeamSpec("Acme", STAFF), TeamSpec("North", STAFF, Organisation("Roof")))
    processes = 2 if database_url.startswith("postgresql") else 1
    async with running_street(
        tmp_path, *teams, database_url=database_url, processes=processes, rotation=True
    ) as running:
        await running.installs("Acme")
        yield running


async def passes(street: Street, length: timedelta) -> None:
    """Time goes by, on our clock and on Slack's, with the sweeps in it."""
    street.clock.let_pass(length)
    await street["Acme"].until(street.clock.now() + length)


def refreshes(street: Street, outcome: str = "") -> int:
    """How often a refresh token was used (with this outcome)."""
    return len(
        [
            record
            for record in street["Acme"].workspace.traffic
            if record.name == "oauth.v2.access"
            and record.payload.get("grant_type") == "refresh_token"
            and outcome in ("", record.outcome)
        ]
    )


def refusals(street: Street) -> list[str]:
    """What the calls that Slack refused because of their token were told."""
    records = street["Acme"].workspace.traffic
    return [r.outcome for r in records if r.kind == "api" and r.outcome in TOKEN_VOID]


async def row(street: Street) -> Installation:
    found: list[Installation] = await Facts(street.bots[0].ctx.db).all(Installation)
    return found[0]


async def answers(street: Street) -> None:
    """Lantern is there, and Slack takes what it says."""
    await street["Acme"]["ada"].opens_home()
    await street.settle()
    assert street["Acme"].calls("views.publish")


async def finding(street: Street) -> tuple[bool, str]:
    """What the doctor says of the installations, and whether all is well."""
    try:
        return True, await doors.installations(street.settings, street.bots[0].ctx)
    except Wrong as wrong:
        return False, str(wrong)


async def test_renewed_well_before_it_expires(street: Street) -> None:
    await passes(street, UNTIL_DUE - timedelta(minutes=6))
    assert refreshes(street) == 0
    await passes(street, timedelta(minutes=6))
    assert refreshes(street, "ok") == refreshes(street) == 1
    await passes(street, timedelta(hours=5))
    await answers(street)
    assert (refreshes(street), refusals(street)) == (1, [])


async def test_a_session_of_four_days_on_nine_tokens(street: Street) -> None:
    acme = as_company(street["Acme"])
    await offers_to_mentor(acme, "bruno")
    await asks_flash(acme, "ada", topic="Anvils")
    await accepts(acme, "bruno")
    await sets_time(acme, "ada", "Thursday 14:30")
    while street.clock.now() < THURSDAY + timedelta(hours=20):
        await passes(street, timedelta(hours=3))
    for handle in ("ada", "bruno"):
        await street["Acme"][handle].clicks("Yes")
    await street.settle()
    await street["Acme"]["ada"].reads("thank")
    assert refusals(street) == []
    assert refreshes(street, "ok") == refreshes(street) > 8
    assert not [job for job in await Facts(street.bots[0].ctx.db).all(Job) if job.state == "dead"]


async def test_lantern_was_down_for_a_night(street: Street) -> None:
    acme = street["Acme"]
    await offers_to_mentor(as_company(acme), "bruno")
    street.clock.let_pass(UNTIL_EXPIRED)  # real time alone: no sweep saw it coming
    await acme["ada"].types("/mentoring flash")
    words = {"What is it about?": "Anvils", "What do you hope to leave with?": "A hammer"}
    await acme["ada"].fills(words, submit=True)
    await street.settle()
    await acme["bruno"].reads("Anvils")
    assert refreshes(street, "ok") == refreshes(street) == 1
    assert set(refusals(street)) == {"token_expired"}


async def test_however_many_need_it_at_once_slack_is_asked_once(street: Street) -> None:
    gateways = []
    for bot in street.bots:
        assert bot.many is not None
        line = await bot.many.to_team(street["Acme"].workspace.team_id, "")
        assert line is not None
        gateways += [line.gateway] * 4
    street.clock.let_pass(UNTIL_EXPIRED)
    sweeps = [bot.clockwork.sweep() for bot in street.bots]
    whole = await asyncio.gather(*(each.whoami() for each in gateways), *sweeps)
    assert {each.team_id for each in whole if each} == {street["Acme"].workspace.team_id}
    assert refreshes(street, "ok") == refreshes(street) == 1
    assert (await row(street)).version == 2


@pytest.mark.parametrize("fault", ["429", "500", "ok_false:internal_error"])
@sqlite_only
async def test_slack_cannot_renew_it_just_now(street: Street, fault: str) -> None:
    street["Acme"].workspace.faults.add("oauth.v2.access", fault)
    await passes(street, UNTIL_DUE)
    assert refreshes(street, "ok") == 0
    assert (await finding(street))[0]
    await passes(street, timedelta(minutes=6))
    assert refreshes(street, "ok") == 1


@sqlite_only
async def test_the_apps_secret_is_not_right_any_more(street: Street) -> None:
    street["Acme"].workspace.faults.add("oauth.v2.access", "ok_false:bad_client_secret", times=9)
    with capture_logs() as logs:
        await passes(street, UNTIL_DUE)
    (said,) = [line for line in logs if line["event"] == "token_not_renewed"]
    assert (said["log_level"], said["why"]) == ("error", "bad_client_secret")
    street.clock.let_pass(UNTIL_EXPIRED)
    is_well, words = await finding(street)
    assert not is_well
    assert "1 (Acme) have expired and were not renewed" in words
    street["Acme"].workspace.faults.waiting.clear()
    await answers(street)
    assert (await finding(street))[0]


async def test_one_that_slack_will_not_renew_is_used_up_and_then_void(street: Street) -> None:
    acme = street["Acme"]
    acme.workspace.expiring.newest.spent = True  # somebody else has used it
    with capture_logs() as logs:
        await passes(street, UNTIL_DUE)
    (said,) = [line for line in logs if line["event"] == "token_not_renewable"]
    assert (said["log_level"], said["why"]) == ("error", "invalid_refresh_token")
    assert refreshes(street) == 1
    is_well, words = await finding(street)
    assert not is_well
    assert "will not renew the token of 1 (Acme)" in words
    await passes(street, timedelta(hours=1))
    await answers(street)  # it counts until its time is over
    street.clock.let_pass(timedelta(hours=3))
    with capture_logs() as logs:
        await acme["ada"].types("/mentoring flash")
        await street.settle()
    assert "installation_gone" in [line["event"] for line in logs]
    assert refreshes(street) == 1
    gone = await row(street)
    assert (gone.token, gone.refresh_token, gone.expires_at) == (None, None, None)
    assert "will not renew the token of 1 (Acme)" in (await finding(street))[1]
    await street.installs("Acme")
    assert (await finding(street))[0]
    await answers(street)


@sqlite_only
async def test_a_job_finds_it_void(street: Street) -> None:
    """It waits for the next installation, and no attempt is counted."""
    acme = as_company(street["Acme"])
    await offers_to_mentor(acme, "bruno")
    await asks_flash(acme, "ada", topic="Anvils")
    street["Acme"].workspace.expiring.newest.spent = True
    street.clock.let_pass(UNTIL_EXPIRED)
    await street["Acme"].until(street.clock.now() + timedelta(days=3))
    assert (await row(street)).token is None
    jobs = await Facts(street.bots[0].ctx.db).all(Job)
    waiting = [job for job in jobs if job.state == "pending" and job.leased_until is not None]
    assert waiting
    assert {job.attempts for job in waiting} == {0}


@sqlite_only
async def test_the_answer_to_a_renewal_is_lost(street: Street) -> None:
    """Then the refresh token is gone, and only a new installation helps; nothing pretends."""
    await answers(street)
    street["Acme"].workspace.faults.add("oauth.v2.access", "timeout_after_effect")
    await passes(street, UNTIL_DUE)
    await passes(street, timedelta(minutes=6))
    assert refreshes(street, "invalid_refresh_token") == 1
    assert not (await finding(street))[0]
    asked = await street["Acme"]["ada"].reads("installing me once more", where="dm")
    assert f"{street.address}/slack/install" in asked.text
    await answers(street)
    await street.installs("Acme")
    assert (await finding(street))[0]


async def test_neither_token_is_readable_in_the_database(street: Street) -> None:
    await passes(street, UNTIL_DUE)
    async with street.bots[0].ctx.db.read() as session:
        found = (await session.execute(text("SELECT token, refresh_token FROM installation"))).one()
    newest = street["Acme"].workspace.expiring.newest
    assert not {newest.token, newest.refresh_token} & set(found)
    held = await row(street)
    assert (held.token, held.refresh_token) == (newest.token, newest.refresh_token)


async def test_a_whole_organisations_token_is_renewed_too(street: Street) -> None:
    north = street["North"]
    roof = north.workspace.organisation
    assert roof is not None
    async with street.browser() as browser:
        assert (await browser.installs(roof.id))[0] == 200
    street.clock.let_pass(UNTIL_EXPIRED)
    await north["ada"].types("/mentoring flash")
    words = {"What is it about?": "Snow", "What do you hope to leave with?": "Boots"}
    await north["ada"].fills(words, submit=True)
    await north["ada"].reads("Snow")
    assert roof.expiring is not None
    assert len(roof.expiring.pairs) == 2


@sqlite_only
async def test_a_late_word_about_the_token_before_removes_nothing(street: Street) -> None:
    bot = street.bots[0]
    assert bot.many is not None
    old = await bot.many.to_team(street["Acme"].workspace.team_id, "")
    assert old is not None
    await passes(street, UNTIL_DUE)
    await bot.many.refused(old)
    assert (await row(street)).revoked_at is None
    await answers(street)


@sqlite_only
async def test_without_a_renewal_a_token_that_expired_is_told_as_such(street: Street) -> None:
    """Nothing is asked twice where there is nothing to ask with."""
    bot = street.bots[0]
    assert bot.many is not None
    line = await bot.many.to_team(street["Acme"].workspace.team_id, "")
    assert line is not None
    street["Acme"].workspace.expiring.newest.spent = True
    street.clock.let_pass(UNTIL_EXPIRED)
    with pytest.raises(Permanent, match="token_expired"):
        await line.gateway.whoami()
    assert len(street["Acme"].calls("auth.test")) == 1
