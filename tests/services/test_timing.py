"""Agreeing a time, moving it, looking for another, calling the session off."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.domain.errors import NotAllowed
from bot.domain.job_kinds import JobKind
from bot.domain.kinds import Format, Outcome
from bot.domain.states import JobState, RequestState, SessionState
from bot.domain.timeline import plan_session
from bot.services.errors import AlreadyDone
from bot.services.sessions import timing
from bot.services.sessions.planning import facts_of
from bot.store.tables import Person, Place, Request, Session
from tests.services.story import Story, breaks

THURSDAY_3PM = datetime(2026, 11, 26, 15, tzinfo=UTC)


async def test_typed_in_the_zone_of_who_types(story: Story, mentor: Person) -> None:
    mentee = await story.facts.person("Dara", zone="America/New_York")
    session = await story.matched(mentor, mentee)
    view = await timing.set_time(
        story.ctx,
        actor_id=mentee.id,
        session_id=session.id,
        typed="Thursday 10am",
        length_minutes=45,
        format="walk",
        place="The park café",
    )
    assert view.starts_at == THURSDAY_3PM
    assert (view.state, view.plan, view.reschedules) == (SessionState.SCHEDULED, 1, 0)
    assert (view.length_minutes, view.format, view.place) == (45, Format.WALK, "The park café")
    assert view.time_set_by is not None
    assert view.time_set_by.id == mentee.id


async def test_what_is_typed_wins_over_what_is_picked(
    story: Story, mentee: Person, mentor: Person
) -> None:
    session = await story.matched(mentor, mentee)
    view = await timing.set_time(
        story.ctx,
        actor_id=mentor.id,
        session_id=session.id,
        starts_at=story.ctx.now() + timedelta(days=9),
        typed="Thursday 3pm",
    )
    assert view.starts_at == THURSDAY_3PM
    assert (view.length_minutes, view.format, view.place) == (30, None, "")


async def test_what_is_not_given_stays(story: Story, mentee: Person, mentor: Person) -> None:
    session = await story.matched(mentor, mentee)
    who: dict[str, Any] = {"actor_id": mentor.id, "session_id": session.id}
    await timing.set_time(
        story.ctx, starts_at=THURSDAY_3PM, length_minutes=60, format="phone", place="07…", **who
    )
    view = await timing.set_time(story.ctx, starts_at=THURSDAY_3PM, **who)
    assert (view.length_minutes, view.format, view.place) == (60, Format.PHONE, "07…")
    assert view.reschedules == 0  # the same hour is no rescheduling


@pytest.mark.parametrize(
    ("typed", "picked", "key", "field"),
    [
        ("", None, "time_missing", "typed"),
        ("whenever", None, "time_unreadable", "typed"),
        ("Thursday", None, "time_no_clock", "typed"),
        ("yesterday 3pm", None, "time_past", "typed"),
        ("28 March 2027 1:30", None, "time_gap", "typed"),  # clocks go forward in London
        ("3 Dec 2027 10:00", None, "time_far", "typed"),
        ("", datetime(2026, 11, 23, 9, tzinfo=UTC), "time_past", "starts_at"),
        ("", datetime(2026, 11, 23, 10, tzinfo=UTC), "time_past", "starts_at"),  # now
        ("", datetime(2027, 11, 23, 10, tzinfo=UTC), "time_far", "starts_at"),
    ],
)
async def test_a_time_that_cannot_be(
    story: Story,
    mentee: Person,
    mentor: Person,
    typed: str,
    picked: datetime | None,
    key: str,
    field: str,
) -> None:
    session = await story.matched(mentor, mentee)
    with breaks(key, field):
        await timing.set_time(
            story.ctx, actor_id=mentee.id, session_id=session.id, typed=typed, starts_at=picked
        )
    row = await story.facts.one(Session, session.id)
    assert (row.state, row.starts_at, row.plan) == (SessionState.MATCHED, None, 0)
    assert not await story.jobs(JobKind.TIME_SET)


async def test_an_hour_that_happens_twice_is_the_first(story: Story, mentor: Person) -> None:
    mentee = await story.facts.person("Dara", zone="America/New_York")
    await story.at(datetime(2027, 10, 25, 12, tzinfo=UTC))
    session = await story.matched(mentor, mentee)
    view = await timing.set_time(
        story.ctx, actor_id=mentee.id, session_id=session.id, typed="7 Nov 2027 1:30"
    )
    assert view.starts_at == datetime(2027, 11, 7, 5, 30, tzinfo=UTC)  # still on daylight time


@pytest.mark.parametrize(
    ("given", "key", "field"),
    [
        ({"length_minutes": 75}, "longer_than_an_hour", "length"),
        ({"length_minutes": 25}, "unknown_choice", "length"),
        ({"length_minutes": 0}, "unknown_choice", "length"),
        ({"format": "carrier pigeon"}, "unknown_choice", "format"),
        ({"place": "x" * 3001}, "too_long", "place"),
    ],
)
async def test_what_else_can_be_wrong(
    story: Story, mentee: Person, mentor: Person, given: dict[str, Any], key: str, field: str
) -> None:
    session = await story.matched(mentor, mentee)
    with breaks(key, field):
        await timing.set_time(
            story.ctx,
            actor_id=mentee.id,
            session_id=session.id,
            starts_at=THURSDAY_3PM,
            **given,
        )
    assert (await story.seen(session)).starts_at is None


async def test_only_the_two_of_them(story: Story, mentee: Person, mentor: Person) -> None:
    session = await story.scheduled(mentor, mentee)
    stranger = await story.facts.person("Noor")
    for act in (
        timing.set_time(
            story.ctx, actor_id=stranger.id, session_id=session.id, starts_at=THURSDAY_3PM
        ),
        timing.find_another_time(story.ctx, actor_id=stranger.id, session_id=session.id),
        timing.cancel(story.ctx, actor_id=stranger.id, session_id=session.id),
        timing.cancel(story.ctx, actor_id=mentee.id, session_id=99),
    ):
        with breaks("not_yours"):
            await act


async def test_every_job_of_the_timeline_is_written(
    story: Story, mentee: Person, mentor: Person
) -> None:
    session = await story.matched(mentor, mentee)
    for step in range(2):
        async with story.ctx.db.work() as work:
            row = await work.session.get_one(Session, session.id)
            planned = plan_session(await facts_of(work, row), story.ctx.now())
        wanted = {(p.kind, p.key, p.recipient_id, p.due_at) for p in planned}
        found = {
            (job.kind, job.dedupe_key, job.recipient_id, job.due_at)
            for job in await story.waiting(session_id=session.id)
        }
        assert wanted <= found
        assert {job.plan for job in await story.waiting(session_id=session.id)} == {None, step}
        await timing.set_time(
            story.ctx, actor_id=mentee.id, session_id=session.id, starts_at=THURSDAY_3PM
        )


async def test_moving_it_plans_anew(story: Story, mentee: Person, mentor: Person) -> None:
    session = await story.scheduled(mentor, mentee)
    await story.say_all(JobKind.TIME_SET, JobKind.INTRODUCTION)
    old = {job.id for job in await story.waiting(plan=1)}
    view = await timing.set_time(
        story.ctx, actor_id=mentor.id, session_id=session.id, starts_at=THURSDAY_3PM
    )
    assert (view.reschedules, view.plan) == (1, 2)
    skipped = {job.id for job in await story.jobs(state=JobState.SKIPPED, reason="replanned")}
    assert old <= skipped
    soon = await story.waiting(JobKind.REMINDER_SOON)
    assert {job.recipient_id for job in soon} == {mentor.id, mentee.id}
    assert {job.due_at for job in soon} == {THURSDAY_3PM - timedelta(minutes=10)}
    # What stands in the group is put right, and the new time said as a message of its own.
    told = await story.waiting(JobKind.INTRODUCTION, JobKind.TIME_SET)
    assert [(job.kind, job.slack_ts is not None) for job in told] == [
        (JobKind.INTRODUCTION, True),
        (JobKind.TIME_SET, True),
        (JobKind.TIME_SET, False),
    ]


async def test_the_same_modal_twice_moves_it_once(
    story: Story, mentee: Person, mentor: Person
) -> None:
    session = await story.matched(mentor, mentee)
    who: dict[str, Any] = {"actor_id": mentee.id, "session_id": session.id, "receipt": "modal:1"}
    await timing.set_time(story.ctx, typed="Thursday 3pm", **who)
    with pytest.raises(AlreadyDone):
        await timing.set_time(story.ctx, typed="Thursday 4pm", **who)
    view = await story.seen(session)
    assert (view.starts_at, view.plan) == (THURSDAY_3PM, 1)


async def test_looking_for_another_time(story: Story, mentee: Person, mentor: Person) -> None:
    session = await story.scheduled(mentor, mentee)
    await timing.find_another_time(
        story.ctx, actor_id=mentor.id, session_id=session.id, reason="I am ill"
    )
    view = await story.seen(session)
    assert (view.state, view.starts_at, view.reschedules) == (SessionState.MATCHED, None, 1)
    assert view.cancel_reason == "I am ill"
    unset = await story.job(JobKind.TIME_UNSET)
    assert (unset.recipient_id, unset.plan) == (None, view.plan)
    nudges = await story.waiting(JobKind.TIME_NUDGE)
    assert [job.recipient_id for job in nudges] == [mentee.id, mentee.id]
    assert not await story.waiting(JobKind.REMINDER_SOON, JobKind.OUTCOME_ASK, JobKind.START_CARD)
    with breaks("session_matched", kind=NotAllowed):
        await timing.find_another_time(story.ctx, actor_id=mentor.id, session_id=session.id)
    await timing.set_time(
        story.ctx, actor_id=mentee.id, session_id=session.id, starts_at=THURSDAY_3PM
    )
    assert (await story.seen(session)).reschedules == 1
    await story.at(THURSDAY_3PM, hours=1)
    await story.reports(mentee, await story.seen(session), Outcome.NOT_YET)
    assert (await story.seen(session)).cancel_reason == ""  # why the first time fell through


async def test_what_changes_a_time_is_known_before_it(
    story: Story, mentee: Person, mentor: Person
) -> None:
    first, later = THURSDAY_3PM, THURSDAY_3PM + timedelta(days=1)
    session = await story.matched(mentor, mentee)
    who: dict[str, Any] = {"actor_id": mentee.id, "session_id": session.id}
    for starts_at in (first, later, first):
        await timing.set_time(story.ctx, starts_at=starts_at, **who)
    news = await story.jobs(JobKind.TIME_SET)
    assert [job.expires_at for job in news] == [first, first, first]
    await timing.find_another_time(story.ctx, **who)
    assert (await story.job(JobKind.TIME_UNSET)).expires_at == first
    await timing.set_time(story.ctx, starts_at=later, **who)
    await timing.cancel(story.ctx, **who)
    assert (await story.job(JobKind.SESSION_CANCELLED)).expires_at == later


async def test_calling_it_off(story: Story, mentee: Person, mentor: Person) -> None:
    session = await story.scheduled(mentor, mentee)
    await story.say_all(JobKind.INTRODUCTION)
    await timing.cancel(
        story.ctx, actor_id=mentee.id, session_id=session.id, reason="Found my answer"
    )
    view = await story.seen(session)
    assert (view.state, view.cancel_reason) == (SessionState.CANCELLED, "Found my answer")
    assert (view.cancelled_by, view.closed_at) == (view.mentee, story.ctx.now())
    assert not await story.facts.all(Place)
    left = {job.kind for job in await story.waiting(session_id=session.id)}
    assert left == {
        JobKind.INTRODUCTION,
        JobKind.SESSION_CANCELLED,
        JobKind.SOMEBODY_ELSE,
        JobKind.CALENDAR_FILE,
        JobKind.ERASE,
    }
    assert (await story.job(JobKind.SESSION_CANCELLED)).recipient_id is None
    assert (await story.job(JobKind.ERASE)).due_at == story.ctx.now() + timedelta(days=90)
    for act in (timing.cancel, timing.find_another_time):
        with breaks("session_over", kind=NotAllowed):
            await act(story.ctx, actor_id=mentor.id, session_id=session.id)
    with breaks("session_over", kind=NotAllowed):
        await timing.set_time(
            story.ctx, actor_id=mentor.id, session_id=session.id, starts_at=THURSDAY_3PM
        )
    (request,) = await story.facts.all(Request)
    assert request.state is RequestState.MATCHED


async def test_a_reason_that_is_too_long(story: Story, mentee: Person, mentor: Person) -> None:
    session = await story.scheduled(mentor, mentee)
    for act in (timing.cancel, timing.find_another_time):
        with breaks("too_long", "why"):
            await act(story.ctx, actor_id=mentee.id, session_id=session.id, reason="x" * 3001)
    assert (await story.seen(session)).state is SessionState.SCHEDULED


async def test_a_session_that_took_place_cannot_be_called_off(
    story: Story, mentee: Person, mentor: Person
) -> None:
    session = await story.held(mentor, mentee)
    with breaks("session_held", kind=NotAllowed):
        await timing.cancel(story.ctx, actor_id=mentee.id, session_id=session.id)


async def test_another_place_is_news_and_no_new_plan(
    story: Story, mentee: Person, mentor: Person
) -> None:
    session = await story.scheduled(mentor, mentee)
    await story.say_all(JobKind.TIME_SET)
    planned = {job.dedupe_key for job in await story.waiting(session_id=session.id)}
    view = await timing.set_time(
        story.ctx,
        actor_id=mentor.id,
        session_id=session.id,
        starts_at=session.starts_at,
        place="The café on the corner",
    )
    assert (view.plan, view.reschedules, view.place) == (1, 0, "The café on the corner")
    first, again = await story.jobs(JobKind.TIME_SET)
    assert (again.plan, again.recipient_id) == (1, None)
    waiting = {job.dedupe_key for job in await story.waiting(session_id=session.id)}
    assert waiting == planned | {first.dedupe_key, again.dedupe_key}
