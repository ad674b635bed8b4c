"""Every nudge can be put off by the person it is for."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.job_kinds import JobKind
from bot.domain.states import JobState
from bot.services import snoozing
from bot.services.sessions import preparing, timing
from bot.store.tables import Job, Person
from tests.services.story import Story, breaks


def november(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


async def nudge_of(story: Story, kind: JobKind, person: Person) -> Job:
    """A nudge to this person, said when it was due."""
    job = (await story.jobs(kind, recipient_id=person.id))[0]
    await story.at(job.due_at)
    await story.say(job)
    return job


@pytest.mark.parametrize(
    ("said_at", "choice", "until"),
    [
        ((25, 10), "hour", (25, 11)),
        ((25, 16, 30), "hour", (26, 9)),  # after hours: tomorrow morning
        ((25, 10), "tomorrow", (26, 9)),
        ((27, 10), "tomorrow", (30, 9)),  # Friday
        ((25, 10), "next_week", (30, 9)),
        ((27, 16), "next_week", (30, 9)),
    ],
)
async def test_put_off_into_the_persons_own_hours(
    story: Story,
    mentee: Person,
    mentor: Person,
    said_at: tuple[int, ...],
    choice: str,
    until: tuple[int, ...],
) -> None:
    await story.matched(mentor, mentee)
    nudge = (await story.jobs(JobKind.TIME_NUDGE))[0]
    await story.at(november(*said_at))
    await story.say(nudge)
    at = await snoozing.snooze(story.ctx, actor_id=mentee.id, job_id=nudge.id, choice=choice)
    assert at == november(*until)
    later = (await story.jobs(JobKind.TIME_NUDGE, due_at=at))[0]
    assert (later.state, later.recipient_id, later.session_id, later.plan) == (
        JobState.PENDING,
        mentee.id,
        nudge.session_id,
        nudge.plan,
    )
    old = await story.job(id=nudge.id)
    assert (old.snoozed_until, old.state, old.revision) == (at, JobState.PENDING, 2)


async def test_in_the_zone_of_the_person(story: Story, mentor: Person) -> None:
    mentee = await story.facts.person("Dara", zone="America/New_York")
    await story.matched(mentor, mentee)
    nudge = await nudge_of(story, JobKind.TIME_NUDGE, mentee)
    at = await snoozing.snooze(story.ctx, actor_id=mentee.id, job_id=nudge.id, choice="tomorrow")
    assert at.hour == 14  # nine in New York


async def test_put_off_twice_it_comes_once(story: Story, mentee: Person, mentor: Person) -> None:
    await story.matched(mentor, mentee)
    nudge = await nudge_of(story, JobKind.TIME_NUDGE, mentee)
    for choice in ("hour", "tomorrow", "hour", "next_week"):
        until = await snoozing.snooze(story.ctx, actor_id=mentee.id, job_id=nudge.id, choice=choice)
    copies = [job for job in await story.jobs(JobKind.TIME_NUDGE) if ":snoozed:" in job.dedupe_key]
    assert [job.due_at for job in copies] == [until]


async def test_the_copy_can_be_put_off_too(story: Story, mentee: Person, mentor: Person) -> None:
    await story.matched(mentor, mentee)
    nudge = await nudge_of(story, JobKind.TIME_NUDGE, mentee)
    at = await snoozing.snooze(story.ctx, actor_id=mentee.id, job_id=nudge.id, choice="hour")
    copy = await story.job(due_at=at)
    await story.at(at)
    await story.say(copy, "2.2")
    again = await snoozing.snooze(story.ctx, actor_id=mentee.id, job_id=copy.id, choice="hour")
    assert again == at + timedelta(hours=1)
    assert (await story.job(due_at=again)).dedupe_key.count(":snoozed:") == 1


async def test_only_ones_own_nudges(story: Story, mentee: Person, mentor: Person) -> None:
    session = await story.scheduled(mentor, mentee)
    nudge = (await story.jobs(JobKind.CHECKLIST_NUDGE, recipient_id=mentee.id))[0]
    news = await story.job(JobKind.AGENDA_ASK)
    for job_id, actor in ((nudge.id, mentor), (news.id, mentee), (999, mentee)):
        with breaks("not_yours"):
            await snoozing.snooze(story.ctx, actor_id=actor.id, job_id=job_id, choice="hour")
    with breaks("unknown_choice"):
        await snoozing.snooze(story.ctx, actor_id=mentee.id, job_id=nudge.id, choice="never")
    assert session.id


async def test_not_beyond_its_time_even_after_it_was_redrawn(
    story: Story, mentee: Person, mentor: Person
) -> None:
    session = await story.scheduled(mentor, mentee)
    nudge = await nudge_of(story, JobKind.CHECKLIST_NUDGE, mentee)
    await preparing.tick(story.ctx, actor_id=mentee.id, session_id=session.id, ticked=["goal"])
    with breaks("nudge_over"):
        await snoozing.snooze(story.ctx, actor_id=mentee.id, job_id=nudge.id, choice="next_week")
    until = await snoozing.snooze(story.ctx, actor_id=mentee.id, job_id=nudge.id, choice="hour")
    copy = await story.job(due_at=until)
    assert copy.expires_at == nudge.expires_at


async def test_an_offers_reminder_can_be_put_off(
    story: Story, mentee: Person, mentor: Person
) -> None:
    await story.asks(mentee)
    nudge = await nudge_of(story, JobKind.OFFER_REMINDER, mentor)
    until = await snoozing.snooze(story.ctx, actor_id=mentor.id, job_id=nudge.id, choice="hour")
    assert (await story.job(due_at=until)).offer_id == nudge.offer_id


async def test_a_new_time_takes_the_copy_with_it(
    story: Story, mentee: Person, mentor: Person
) -> None:
    session = await story.matched(mentor, mentee)
    nudge = await nudge_of(story, JobKind.TIME_NUDGE, mentee)
    until = await snoozing.snooze(story.ctx, actor_id=mentee.id, job_id=nudge.id, choice="hour")
    await timing.set_time(story.ctx, actor_id=mentee.id, session_id=session.id, typed="Friday 10am")
    assert (await story.job(due_at=until)).state is JobState.SKIPPED
