"""A company removes Lantern, in whatever order Slack tells, and has it back."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.job_kinds import JobKind
from bot.domain.states import JobState
from bot.sandbox.apps import installing as slack_installing
from bot.store.tables import Installation, Job, Person, Workspace
from tests.scenarios.acts import (
    THURSDAY,
    accepts,
    asks_flash,
    offers_to_mentor,
    scheduled,
)
from tests.scenarios.marks import sqlite_only
from tests.scenarios.running.test_installing import as_company
from tests.support.company import STAFF
from tests.support.facts import Facts
from tests.support.street import House, Street, TeamSpec
from tests.support.street import street as running_street

UNINSTALLED, REVOKED = "app_uninstalled", "tokens_revoked"


@pytest.fixture
async def street(tmp_path: Path, database_url: str) -> AsyncIterator[Street]:
    """Acme and Beta, both with Lantern."""
    teams = (TeamSpec("Acme", STAFF), TeamSpec("Beta", STAFF))
    async with running_street(tmp_path, *teams, database_url=database_url) as running:
        for team in teams:
            await running.installs(team.name)
        yield running


async def is_installed(street: Street, name: str) -> bool:
    """Whether Lantern believes that it may speak there."""
    slack_id = street[name].workspace.team_id
    rows = await Facts(street.bots[0].ctx.db).all(Installation)
    (row,) = [each for each in rows if each.slack_id == slack_id]
    return row.revoked_at is None and row.token is not None


def said_calls(house: House) -> int:
    return len(house.calls("chat.postMessage"))


async def test_in_the_middle_of_a_session_and_back(street: Street) -> None:
    acme, beta = street["Acme"], street["Beta"]
    for house in (acme, beta):
        await scheduled(as_company(house))
    acme.workspace.uninstall()
    await street.settle()
    assert not await is_installed(street, "Acme")
    assert await is_installed(street, "Beta")
    before = [said_calls(house) for house in (acme, beta)]
    await acme.until(THURSDAY - timedelta(hours=20))  # the agenda is missing; the day before
    assert said_calls(acme) == before[0]
    assert said_calls(beta) > before[1]
    await street.installs("Acme")
    # What was too late by then is not said; what is not, comes before the talk.
    await acme.until(THURSDAY + timedelta(hours=20))
    for handle in ("ada", "bruno"):
        await acme[handle].clicks("Yes")
    await street.settle()
    await acme["ada"].reads("thank")
    jobs = await Facts(street.bots[0].ctx.db).all(Job)
    assert not [j for j in jobs if j.state is JobState.DEAD]
    kept = [j for j in jobs if j.workspace_id == 1 and j.kind is JobKind.REMINDER_DAY]
    assert JobState.DONE in {j.state for j in kept} <= {JobState.DONE, JobState.SKIPPED}


@sqlite_only
@pytest.mark.parametrize(
    "told",
    [
        (UNINSTALLED, REVOKED),
        (REVOKED, UNINSTALLED),
        (UNINSTALLED,),
        (REVOKED,),
        (REVOKED, REVOKED, UNINSTALLED, UNINSTALLED),
    ],
    ids="-".join,
)
async def test_in_whatever_order_slack_tells(street: Street, told: tuple[str, ...]) -> None:
    acme = street["Acme"]
    acme.workspace.uninstall(told)
    await street.settle()
    assert not await is_installed(street, "Acme")
    assert await is_installed(street, "Beta")
    outcomes = {r.outcome for r in acme.workspace.traffic if r.direction == "out"}
    assert outcomes == {"ok"}
    await street.installs("Acme")
    await acme["ada"].types("/mentoring help")
    await acme["ada"].reads("/mentoring taster")


@sqlite_only
@pytest.mark.parametrize("error", ["token_revoked", "account_inactive", "invalid_auth"])
async def test_a_token_that_turns_out_void_counts_for_no_attempt(
    street: Street, error: str
) -> None:
    acme = street["Acme"]
    await offers_to_mentor(as_company(acme), "bruno")
    await asks_flash(as_company(acme), "ada")
    acme.workspace.faults.add("chat.postMessage", f"ok_false:{error}")
    acme.workspace.uninstall((), error)
    accepting = Facts(street.bots[0].ctx.db)
    waiting = [j for j in await accepting.all(Job) if j.state is JobState.PENDING]
    first = min(waiting, key=lambda j: j.due_at)
    await acme.until(first.due_at + timedelta(minutes=1))
    assert not await is_installed(street, "Acme")
    held = await accepting.one(Job, first.id)
    assert (held.state, held.attempts) == (JobState.PENDING, 0)
    await street.installs("Acme")
    await street.settle()
    assert (await accepting.one(Job, first.id)).state is not JobState.PENDING


@sqlite_only
async def test_a_notice_that_comes_late_removes_nothing(street: Street) -> None:
    acme = street["Acme"]
    acme.workspace.uninstall(())
    await street.installs("Acme")
    for kind in (UNINSTALLED, REVOKED):
        slack_installing.tell(acme.workspace, kind)
    await street.settle()
    assert await is_installed(street, "Acme")
    await offers_to_mentor(as_company(acme), "bruno")
    await asks_flash(as_company(acme), "ada")
    await accepts(as_company(acme), "bruno")
    await acme["ada"].reads("You have a", where="group")


@sqlite_only
async def test_somebodys_own_token_is_not_ours(street: Street) -> None:
    acme = street["Acme"].workspace
    acme.emit({"type": REVOKED, "tokens": {"oauth": ["U1"], "bot": []}, "event_ts": "1.0"})
    await street.settle()
    assert await is_installed(street, "Acme")
    assert not street["Acme"].calls("auth.test")


@sqlite_only
async def test_a_notice_is_heard_again_when_slack_cannot_be_asked(street: Street) -> None:
    acme = street["Acme"].workspace
    acme.faults.add("auth.test", "500")
    acme.uninstall((UNINSTALLED,))
    await street.settle()  # Slack brings it once more at once
    assert not await is_installed(street, "Acme")


@sqlite_only
async def test_a_click_that_finds_the_token_void(street: Street) -> None:
    acme = street["Acme"]
    await offers_to_mentor(as_company(acme), "bruno")
    acme.workspace.uninstall(())
    acme.workspace.installed = True  # Slack has not closed the door on people's side yet
    await acme["ada"].types("/mentoring flash")
    await street.settle()
    assert not await is_installed(street, "Acme")


async def test_what_it_left_is_forgotten_in_time(street: Street) -> None:
    for house in street.houses.values():
        await scheduled(as_company(house))
    street["Acme"].workspace.uninstall()
    await street.settle()
    facts = Facts(street.bots[0].ctx.db)
    (forget,) = [j for j in await facts.all(Job) if j.kind is JobKind.WORKSPACE_FORGET]
    assert forget.workspace_id == 1
    await street["Acme"].until(forget.due_at + timedelta(minutes=1))
    assert [row.id for row in await facts.all(Workspace)] == [2]
    assert {row.workspace_id for row in await facts.all(Person)} == {2}
    assert {row.workspace_id for row in await facts.all(Job)} == {2}
    assert len(await facts.all(Installation)) == 1
    await street.installs("Acme")  # and may begin again, as a stranger
    await street["Acme"]["ada"].types("/mentoring sessions")
    await street["Acme"]["ada"].reads("Nothing is open for you")
