"""A process is killed before and after each step of saying something: it is said, and once."""

import itertools
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete

from bot.domain.job_kinds import JobKind
from bot.domain.states import JobState, RoundState
from bot.scheduling.clockwork import Clockwork
from bot.scheduling.deliver import LEASE_FOR, try_say_one
from bot.scheduling.desk import Desk
from bot.slack.errors import Uncertain
from bot.store import claims
from bot.store.tables import Job
from bot.store.work import Work
from tests.scheduling.clubs import Club, a_club, outcome
from tests.support import databases
from tests.support.clock import MONDAY, HandClock
from tests.support.facts import Facts
from tests.support.gateway import RecordingGateway

CALLS = ("post", "upload", "open_dm", "find_posted", "find_files", "user")
RETRY = timedelta(hours=2)  # beyond any back-off
Making = Callable[[Facts], Awaitable[Job]]


class Killed(BaseException):
    """The process is gone: nothing below may record anything."""


class Steps:
    """Kills when `left` steps were taken."""

    def __init__(self) -> None:
        self.left = -1

    def __call__(self) -> None:
        if self.left == 0:
            raise Killed
        self.left -= 1

    def around(self, do: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        async def stepping(*what: Any, **how: Any) -> Any:
            self()
            done = await do(*what, **how)
            self()
            return done

        return stepping


@pytest.fixture
def database_url(sqlite_template: Path, tmp_path: Path) -> str:
    """On SQLite every write is a commit; what a kill leaves behind is the same on both engines."""
    return databases.sqlite_copy(sqlite_template, tmp_path)


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> Steps:
    """Every commit, and every call to Slack, has a moment before and one after it."""
    steps = Steps()
    monkeypatch.setattr(Work, "commit", steps.around(Work.commit))
    for call in CALLS:
        monkeypatch.setattr(RecordingGateway, call, steps.around(getattr(RecordingGateway, call)))
    return steps


async def to_a_pair(facts: Facts) -> Job:
    session = await facts.session(await facts.mentor(), await facts.person())
    return await facts.job(JobKind.INTRODUCTION, session_id=session.id)


async def to_somebody_of_whom_slack_is_asked(facts: Facts) -> Job:
    ada = await facts.person(refreshed_at=MONDAY - timedelta(days=3000))
    return await facts.job(JobKind.PAUSE_CARD, recipient=ada)


async def one_of_three_a_day(facts: Facts) -> Job:
    ada = await facts.person()
    session = await facts.session(await facts.mentor(), ada)
    about = {"session_id": session.id, "action_id": (await facts.action(session, ada)).id}
    return await facts.job(JobKind.ACTION_FOLLOWUP, recipient=ada, **about)


async def to_leads(facts: Facts) -> Job:
    club = await _a_club(facts)
    return await club.job(JobKind.LEAD_NEWS, note="channel_back")


async def under_a_card(facts: Facts) -> Job:
    club = await _a_club(facts)
    row = await club.round(RoundState.PLANNED)
    await club.job(JobKind.ROUND_REVIEW, round_id=row.id)
    return await club.job(JobKind.ROUND_PAIRS, round_id=row.id, note="page:1")


async def a_file(facts: Facts) -> Job:
    starts_at = MONDAY + timedelta(days=1)
    people = await facts.mentor(), await facts.person()
    session = await facts.session(*people, starts_at=starts_at, calendar_sequence=1)
    return await facts.job(JobKind.CALENDAR_FILE, session_id=session.id, plan=1)


async def _a_club(facts: Facts) -> Club:
    leads = [await facts.person(name) for name in ("Ada", "Bo")]
    return await a_club(facts, *leads, channel=f"C{leads[0].slack_id}")


@pytest.mark.parametrize("heard", [True, False], ids=["first", "second"])
@pytest.mark.parametrize(
    "make",
    [
        to_a_pair,
        to_somebody_of_whom_slack_is_asked,
        one_of_three_a_day,
        to_leads,
        under_a_card,
        a_file,
    ],
)
async def test_it_is_said_and_once(
    desk: Desk,
    clockwork: Clockwork,
    facts: Facts,
    clock: HandClock,
    gateway: RecordingGateway,
    steps: Steps,
    make: Making,
    heard: bool,
) -> None:
    """In the first attempt, or in the second after one that arrived and nobody heard of."""
    for step in itertools.count():
        job = await make(facts)
        if not heard:
            call = "upload" if job.kind is JobKind.CALENDAR_FILE else "post"
            gateway.fail(call, Uncertain("timeout"), after_effect=True)
            await clockwork.wake()
            clock.let_pass(RETRY)
        was_killed = await _live(replace(desk, me=f"process {step}"), steps, step)
        for _ in range(2):
            clock.let_pass(RETRY)
            await clockwork.wake()
        assert (step, len(gateway.of_job(job.id))) == (step, 1)
        assert (step, *await outcome(facts, job)) == (step, JobState.DONE, None)
        if not was_killed:
            break
        async with facts.db.work() as work:
            await work.session.execute(delete(Job))
            await work.commit()
        gateway.said.clear()


async def _live(desk: Desk, steps: Steps, left: int) -> bool:
    """Do what is due, and die after so many steps; whether it came to that."""
    ctx = desk.ctx
    steps.left = left
    try:
        jobs = await claims.claim(
            ctx.db,
            me=desk.me,
            now=ctx.now(),
            wall=ctx.clock.wall(),
            lease_for=LEASE_FOR,
            limit=10,
        )
        for job in jobs:
            await try_say_one(desk, job)
    except Killed:
        return True
    finally:
        steps.left = -1
    return False
