"""What waits is counted by its state, and the database is not asked for every look."""

from datetime import timedelta

from sqlalchemy import update
from sqlmodel import col

from bot.domain.job_kinds import JobKind
from bot.domain.states import JobState
from bot.ops.metrics import Metrics
from bot.ops.scrape import Scrape
from bot.services.context import Context
from bot.store.backlog import Backlog, backlog, totals
from bot.store.tables import Job
from tests.scheduling.clubs import Club
from tests.support.clock import HandClock
from tests.support.facts import Facts

HOUR = timedelta(hours=1)


async def _change(facts: Facts, job: Job, **values: object) -> None:
    async with facts.db.work() as work:
        await work.session.execute(update(Job).where(col(Job.id) == job.id).values(**values))
        await work.commit()


async def _jobs(facts: Facts, clock: HandClock) -> None:
    """One in each state there is, and two that are due."""
    ada = await facts.person()
    jobs = [await facts.job(JobKind.PAUSE_CARD, recipient=ada) for _ in range(6)]
    now, wall = clock.now(), clock.wall()
    await _change(facts, jobs[0], due_at=now - HOUR)
    lapsed = {"leased_by": "gone", "leased_until": wall - HOUR}
    await _change(facts, jobs[1], due_at=now - HOUR / 2, **lapsed)
    await _change(facts, jobs[2], due_at=now - 2 * HOUR, leased_by="one", leased_until=wall + HOUR)
    await _change(facts, jobs[3], due_at=now - 3 * HOUR, leased_until=wall + HOUR)
    await _change(facts, jobs[4], due_at=now + HOUR)
    await _change(facts, jobs[5], due_at=now - 4 * HOUR, state=JobState.DEAD)


async def test_every_state(context: Context, facts: Facts, clock: HandClock) -> None:
    await _jobs(facts, clock)
    found = await backlog(context.db, now=clock.now(), wall=clock.wall())
    assert found == Backlog(2, 1, 1, 1, oldest_due_at=clock.now() - HOUR)


async def test_nothing_waits(context: Context, clock: HandClock) -> None:
    found = await backlog(context.db, now=clock.now(), wall=clock.wall())
    assert found == Backlog(0, 0, 0, 0, oldest_due_at=None)


async def test_the_database_is_seldom_asked(
    context: Context, facts: Facts, clock: HandClock
) -> None:
    scrape = Scrape(context, Metrics())
    assert 'lantern_backlog_jobs{state="due"} 0.0' in (await scrape.text()).decode()
    await _jobs(facts, clock)
    assert 'lantern_backlog_jobs{state="due"} 0.0' in (await scrape.text()).decode()
    scrape._backlog_at -= 3600
    page = (await scrape.text()).decode()
    assert 'lantern_backlog_jobs{state="due"} 2.0' in page
    assert "lantern_backlog_oldest_seconds 3600.0" in page
    assert "lantern_database_unread 0.0" in page


async def test_a_database_that_is_away_is_a_number(context: Context) -> None:
    class Away:
        def read(self) -> None:
            raise ConnectionError

    object.__setattr__(context, "db", Away())
    page = (await Scrape(context, Metrics()).text()).decode()
    assert "lantern_database_unread 1.0" in page


async def test_totals(context: Context, club: Club) -> None:
    found = await totals(context.db)
    assert (found.matches, found.rounds, found.sessions) == ({}, {}, {})
