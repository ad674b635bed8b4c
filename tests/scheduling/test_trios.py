"""Three in one session: one conversation of all, and each their own messages."""

from datetime import timedelta
from typing import Any

from bot.domain.job_kinds import JobKind
from bot.domain.states import JobState
from bot.scheduling.clockwork import Clockwork
from bot.services import people
from bot.services.context import Context
from bot.services.people import Profile
from bot.services.sessions import timing
from bot.store.tables import Job, Person, Session
from tests.scheduling.clubs import a_club, outcome
from tests.support.clock import MONDAY, HandClock
from tests.support.facts import TEAM, Facts
from tests.support.gateway import RecordingGateway

HOUR = timedelta(hours=1)
FRIDAY_EVENING = MONDAY + timedelta(days=4, hours=10)


async def a_trio(facts: Facts, **third: Any) -> Session:
    club = await a_club(facts, await facts.person("Lead"))
    people = [await facts.person(name) for name in ("Ada", "Bo")]
    cy = await facts.person("Cy", **third)
    session = await club.match(await club.round(), *people)
    async with facts.db.work() as work:
        row = await work.session.get_one(Session, session.id)
        row.third_id = cy.id
        await work.commit()
    session.third_id = cy.id
    return session


async def test_three_share_one_conversation(
    clockwork: Clockwork, facts: Facts, gateway: RecordingGateway
) -> None:
    session = await a_trio(facts)
    job = await facts.job(JobKind.INTRODUCTION, session_id=session.id)
    await clockwork.wake()
    assert await outcome(facts, job) == (JobState.DONE, None)
    assert [len(opened) for opened in gateway.opened] == [3]


async def test_the_third_has_messages_of_their_own(
    clockwork: Clockwork, facts: Facts, gateway: RecordingGateway
) -> None:
    session = await a_trio(facts)
    job = await facts.job(JobKind.CHECKLIST, session_id=session.id, recipient_id=session.third_id)
    await clockwork.wake()
    assert await outcome(facts, job) == (JobState.DONE, None)
    (said,) = gateway.said
    assert said.channel == "D" + gateway.opened[0][0]


async def test_nobody_is_introduced_to_somebody_who_left(
    clockwork: Clockwork, facts: Facts, gateway: RecordingGateway
) -> None:
    session = await a_trio(facts, is_deleted=True)
    await facts.job(JobKind.INTRODUCTION, session_id=session.id)
    await clockwork.wake()
    assert [job.reason for job in await facts.all(Job)] == ["person_gone"]


async def test_that_one_left_is_said_in_the_hours_of_who_reads_it(
    clockwork: Clockwork,
    context: Context,
    facts: Facts,
    gateway: RecordingGateway,
    clock: HandClock,
) -> None:
    """They moved since it was planned: nine in London is night in Los Angeles."""
    clock.attach(clockwork)
    session = await a_trio(facts)
    await clock.move_to(FRIDAY_EVENING)
    await timing.cancel(context, actor_id=session.third_id or 0, session_id=session.id)
    zone = "America/Los_Angeles"
    for each in await facts.all(Person):
        gateway.people[each.slack_id] = {"tz": zone}
        moved = Profile(team_id=TEAM, slack_id=each.slack_id, name=each.name, zone=zone)
        await people.refresh(context, profile=moved)
    await clock.advance(3 * 24 * HOUR)
    said = [job for job in await facts.all(Job) if job.kind is JobKind.PLAIN_ANSWER]
    nine_there = FRIDAY_EVENING + timedelta(days=2, hours=21)
    assert [job.said_at for job in said] == [nine_there] * 2


async def test_that_one_left_is_not_said_of_what_is_off(
    clockwork: Clockwork,
    context: Context,
    facts: Facts,
    gateway: RecordingGateway,
    clock: HandClock,
) -> None:
    clock.attach(clockwork)
    session = await a_trio(facts)
    await clock.move_to(FRIDAY_EVENING)
    await timing.cancel(context, actor_id=session.third_id or 0, session_id=session.id)
    await timing.cancel(context, actor_id=session.mentee_id, session_id=session.id)
    await clock.advance(4 * 24 * HOUR)
    assert {text.split()[0] for text in gateway.texts()} == {"session_cancelled", "somebody_else"}


async def test_what_stands_with_who_left_is_no_failure(
    clockwork: Clockwork, context: Context, facts: Facts
) -> None:
    session = await a_trio(facts)
    theirs: dict[str, Any] = {"session_id": session.id, "recipient_id": session.third_id}
    card = await facts.job(JobKind.CHECKLIST, **theirs)
    await clockwork.wake()
    failed = await facts.job(JobKind.SLOTS, plan=0, attempts=1, reason="ratelimited", **theirs)
    await timing.cancel(context, actor_id=session.third_id or 0, session_id=session.id)
    await timing.cancel(context, actor_id=session.mentee_id, session_id=session.id)
    await clockwork.wake()
    assert await outcome(facts, card) == (JobState.DONE, None)
    assert await outcome(facts, failed) == (JobState.SKIPPED, "stepped_out")


async def test_nothing_is_put_right_any_more_where_who_left_reads_it(
    clockwork: Clockwork,
    context: Context,
    facts: Facts,
    gateway: RecordingGateway,
    clock: HandClock,
) -> None:
    """Neither what was going to be just then."""
    session = await a_trio(facts)
    job = await facts.job(JobKind.INTRODUCTION, session_id=session.id)
    await clockwork.wake()
    (said,) = gateway.of_job(job.id)
    async with facts.db.work() as work:
        await work.touch(Job.id == job.id, now=clock.now())
        await work.commit()
    await timing.cancel(context, actor_id=session.third_id or 0, session_id=session.id)
    await timing.cancel(context, actor_id=session.mentee_id, session_id=session.id)
    await clockwork.wake()
    assert said.versions == ["introduction state=matched"]
    assert await outcome(facts, job) == (JobState.DONE, None)
