"""What is tied to a minute has its room among the three of a day, and what goes with it, too."""

from datetime import timedelta
from typing import Any

import pytest

from bot.domain.job_kinds import JobKind
from bot.domain.states import JobState
from bot.domain.timeline.planned import SNOOZED
from bot.scheduling.clockwork import Clockwork
from bot.services import snoozing
from bot.services.context import Context
from bot.slack.errors import Transient
from bot.store.tables import Job, Person, Session
from tests.scheduling.clubs import outcome
from tests.support.clock import MONDAY, HandClock
from tests.support.facts import Facts
from tests.support.gateway import RecordingGateway

MINUTE = timedelta(minutes=1)
SAID, FULL = (JobState.DONE, None), (JobState.SKIPPED, "daily_limit")


@pytest.fixture(autouse=True)
def attached(clock: HandClock, clockwork: Clockwork) -> None:
    """The clock passes every moment at which something is due."""
    clock.attach(clockwork)


@pytest.fixture
async def ada(facts: Facts) -> Person:
    return await facts.person("Ada", dm_channel="DADA")


@pytest.fixture
async def talk(facts: Facts, ada: Person) -> Session:
    return await facts.session(await facts.mentor("Grace"), ada, starts_at=MONDAY + 60 * MINUTE)


async def nudges(facts: Facts, talk: Session, ada: Person, number: int, after: int = 0) -> None:
    for _ in range(number):
        action = await facts.action(talk, ada)
        about: dict[str, Any] = {"session_id": talk.id, "action_id": action.id, "recipient": ada}
        await facts.job(JobKind.ACTION_FOLLOWUP, due_at=MONDAY + after * MINUTE, **about)


async def timely(facts: Facts, talk: Session, ada: Person, kind: JobKind, after: int) -> Job:
    due_at = MONDAY + after * MINUTE
    return await facts.job(kind, session_id=talk.id, plan=1, recipient=ada, due_at=due_at)


async def test_the_end_of_a_talk_goes_with_its_start(
    facts: Facts, clock: HandClock, ada: Person, talk: Session
) -> None:
    await nudges(facts, talk, ada, 1)
    soon = await timely(facts, talk, ada, JobKind.REMINDER_SOON, 50)
    start = await timely(facts, talk, ada, JobKind.START_CARD, 60)
    end = await timely(facts, talk, ada, JobKind.FIVE_MINUTES, 115)
    await clock.advance(120 * MINUTE)
    assert [await outcome(facts, job) for job in (soon, start, end)] == [SAID] * 3


async def test_without_the_start_there_is_no_end(
    facts: Facts, clock: HandClock, ada: Person, talk: Session
) -> None:
    other = await facts.session(await facts.mentor("Joan"), ada, starts_at=MONDAY + 20 * MINUTE)
    for session, after in ((other, 10), (talk, 50)):
        await timely(facts, session, ada, JobKind.REMINDER_SOON, after)
    starts = [
        await timely(facts, session, ada, JobKind.START_CARD, after)
        for session, after in ((other, 20), (talk, 60))
    ]
    ends = [
        await timely(facts, session, ada, JobKind.FIVE_MINUTES, after)
        for session, after in ((other, 45), (talk, 115))
    ]
    await clock.advance(120 * MINUTE)
    for jobs in (starts, ends):
        assert [await outcome(facts, job) for job in jobs] == [SAID, FULL]


async def test_its_room_is_kept_while_slack_is_in_the_way(
    facts: Facts, clock: HandClock, gateway: RecordingGateway, ada: Person, talk: Session
) -> None:
    start = await timely(facts, talk, ada, JobKind.START_CARD, 0)
    await nudges(facts, talk, ada, 3, after=1)
    gateway.fail("post", Transient("ratelimited", 90))
    await clock.advance(2 * MINUTE)
    assert (await outcome(facts, start))[0] is JobState.PENDING
    clock.let_pass(2 * MINUTE)
    await clock.advance(2 * MINUTE)
    assert await outcome(facts, start) == SAID
    assert len(gateway.said) == 3


async def test_in_an_hour_means_in_an_hour(
    context: Context, facts: Facts, clock: HandClock, ada: Person, talk: Session
) -> None:
    """Nothing else takes the room of what its reader put off."""
    await nudges(facts, talk, ada, 3)
    await clock.advance(MINUTE)
    put_off = (await facts.all(Job))[0]
    until = await snoozing.snooze(context, actor_id=ada.id, job_id=put_off.id, choice="hour")
    await nudges(facts, talk, ada, 1, after=30)
    await clock.advance(120 * MINUTE)
    again, other = (await facts.all(Job))[-2:]
    assert SNOOZED in again.dedupe_key
    assert (again.said_at, other.said_at) == (until, None)
    assert other.reason == "moved"


async def test_what_is_put_off_to_one_moment_does_not_wait_for_each_other(
    context: Context, facts: Facts, clock: HandClock, ada: Person, talk: Session
) -> None:
    await nudges(facts, talk, ada, 3)
    await clock.advance(MINUTE)
    for job in await facts.all(Job):
        await snoozing.snooze(context, actor_id=ada.id, job_id=job.id, choice="tomorrow")
    await nudges(facts, talk, ada, 2)
    await clock.advance(24 * 60 * MINUTE)
    again = [job.said_at for job in await facts.all(Job) if SNOOZED in job.dedupe_key]
    assert again == [MONDAY + 23 * 60 * MINUTE] * 3
