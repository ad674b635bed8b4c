"""Ticking what suits: the first start that suits all is set, once."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

from bot.domain.job_kinds import JobKind
from bot.domain.states import SessionState
from bot.services import reading
from bot.services.sessions import slots, timing
from bot.services.sessions.slots import SlotsView
from bot.services.views import SessionView
from bot.store.tables import Person, Session, SlotTick
from tests.services.story import Story, breaks


@dataclass
class Search:
    """A session without a time, and the starts proposed for it."""

    story: Story
    session: SessionView

    async def shown(self, person_id: int) -> SlotsView:
        await slots.propose(self.story.ctx, session_id=self.session.id)
        session = await self.story.seen(self.session)
        return await slots.slots_view(self.story.ctx, session, person_id=person_id)

    async def keys(self) -> list[str]:
        return [slot.key for slot in (await self.shown(self.session.mentee.id)).slots]

    async def ticks(self, person_id: int, *keys: str, plan: int | None = None) -> SessionView:
        now = await self.story.seen(self.session)
        await slots.tick_slots(
            self.story.ctx,
            actor_id=person_id,
            session_id=self.session.id,
            plan=now.plan if plan is None else plan,
            ticked=set(keys),
        )
        return await self.story.seen(self.session)


def at(key: str) -> datetime:
    return datetime.fromtimestamp(int(key), UTC)


@pytest.fixture
async def search(story: Story, mentee: Person, mentor: Person) -> Search:
    return Search(story, await story.matched(mentor, mentee))


async def test_the_first_that_suits_both_is_set(
    search: Search, story: Story, mentee: Person, mentor: Person
) -> None:
    one, two, three = (await search.keys())[:3]
    asked = await story.waiting(JobKind.SLOTS)
    assert {job.recipient_id for job in asked} == {mentee.id, mentor.id}
    assert (await search.ticks(mentee.id, two, three)).starts_at is None
    shown = await search.shown(mentor.id)
    assert [one.name for one in shown.ticked] == ["Ada"]
    assert (await search.ticks(mentor.id, one)).starts_at is None
    assert (await search.shown(mentor.id)).none_suits_all
    view = await search.ticks(mentor.id, one, three, two)
    assert (view.state, view.starts_at) == (SessionState.SCHEDULED, at(two))
    assert (view.plan, view.reschedules, view.time_set_by) == (1, 0, None)
    assert len(await story.waiting(JobKind.TIME_SET)) == 1
    assert not await story.waiting(JobKind.SLOTS)


async def test_both_tick_in_the_same_second(
    search: Search, story: Story, mentee: Person, mentor: Person
) -> None:
    keys = await search.keys()
    await asyncio.gather(
        *(search.ticks(person.id, *keys[:3], plan=0) for person in (mentee, mentor, mentee))
    )
    view = await story.seen(search.session)
    assert (view.starts_at, view.plan) == (at(keys[0]), 1)
    assert len(await story.jobs(JobKind.TIME_SET)) == 1
    assert len(await story.jobs(JobKind.CALENDAR_FILE)) == 1


async def test_a_tick_can_be_taken_away(
    search: Search, story: Story, mentee: Person, mentor: Person
) -> None:
    one, two, *_ = await search.keys()
    await search.ticks(mentee.id, one, two)
    await search.ticks(mentee.id, two)
    assert [tick.starts_at for tick in await story.facts.all(SlotTick)] == [at(two)]
    assert (await search.ticks(mentor.id, one)).starts_at is None


async def test_what_was_not_proposed_is_dropped(
    search: Search, story: Story, mentee: Person, mentor: Person
) -> None:
    await search.keys()
    sunday = str(int(datetime(2026, 11, 29, 3, tzinfo=UTC).timestamp()))
    for person in (mentee, mentor):
        await search.ticks(person.id, sunday, "now")
    assert await story.facts.all(SlotTick) == []


async def test_a_start_that_has_gone_by_is_not_set(
    search: Search, story: Story, mentee: Person, mentor: Person
) -> None:
    first, *_, last = await search.keys()
    await search.ticks(mentee.id, first, last)
    await story.at(at(first), minutes=1)
    assert (await search.ticks(mentor.id, first)).starts_at is None
    assert first not in await search.keys()
    assert (await search.ticks(mentor.id, first, last)).starts_at == at(last)


async def test_only_they_and_only_while_it_is_open(
    search: Search, story: Story, mentee: Person, mentor: Person
) -> None:
    one, *_ = await search.keys()
    stranger = await story.facts.person("Noor")
    with breaks("not_yours"):
        await search.ticks(stranger.id, one)
    who: dict[str, Any] = {"actor_id": mentee.id, "session_id": search.session.id}
    await timing.set_time(story.ctx, typed="Thursday 3pm", **who)
    with breaks("slots_over"):
        await search.ticks(mentor.id, one, plan=0)
    await timing.find_another_time(story.ctx, **who)
    with breaks("slots_over"):
        await search.ticks(mentor.id, one, plan=0)
    assert (await search.ticks(mentor.id, (await search.keys())[0])).starts_at is None


async def test_when_the_time_falls_through_there_is_a_new_list(
    search: Search, story: Story, mentee: Person, mentor: Person
) -> None:
    one, *_ = await search.keys()
    await search.ticks(mentee.id, one)
    await search.ticks(mentor.id, one)
    await timing.find_another_time(story.ctx, actor_id=mentor.id, session_id=search.session.id)
    asked = await story.waiting(JobKind.SLOTS)
    assert {(job.recipient_id, job.plan) for job in asked} == {(mentee.id, 2), (mentor.id, 2)}
    shown = await search.shown(mentee.id)
    assert shown.slots
    assert not shown.i_ticked


async def test_the_list_is_made_once_for_both(
    search: Search, story: Story, mentee: Person, mentor: Person
) -> None:
    before = await search.keys()
    await story.at(story.ctx.now(), days=2)
    kept = [slot.key for slot in (await search.shown(mentor.id)).slots]
    assert set(kept) < set(before)


async def test_free_windows_that_never_overlap(story: Story) -> None:
    mentor = await story.facts.mentor("Chen", zone="Asia/Singapore")
    mentee = await story.facts.person("Ada", windows=["mon_am"])
    search = Search(story, await story.matched(mentor, mentee))
    shown = await search.shown(mentee.id)
    assert not shown.slots
    assert not shown.were_some
    mine, theirs = shown.free
    assert (mine.windows, mine.opens, mine.closes) == (("mon_am",), time(9), time(13))
    assert (theirs.opens, theirs.closes) == (time(9), time(17))
    assert (theirs.opens_here, theirs.closes_here) == (time(1), time(9))
    # Nothing is lost: a typed time is as good.
    await timing.set_time(
        story.ctx, actor_id=mentee.id, session_id=search.session.id, typed="Thursday 8am"
    )
    assert (await story.seen(search.session)).state is SessionState.SCHEDULED


async def test_what_was_said_last_about_free_hours_counts(story: Story) -> None:
    mentor = await story.facts.mentor("Grace", windows=["tue_am", "wed_am"])
    mentee = await story.facts.person("Ada", windows=["fri_pm"])
    search = Search(story, await story.matched(mentor, mentee, windows=["wed_am", "fri_pm"]))
    starts = [at(key) for key in await search.keys()]
    assert starts
    assert {start.weekday() for start in starts} == {2}


async def test_an_hour_that_is_taken_is_not_proposed(
    story: Story, mentee: Person, mentor: Person
) -> None:
    first = await story.matched(mentor, mentee)
    wednesday = datetime(2026, 11, 25, 9, tzinfo=UTC)
    who: dict[str, Any] = {"actor_id": mentee.id, "session_id": first.id}
    await timing.set_time(story.ctx, starts_at=wednesday, length_minutes=60, **who)
    search = Search(story, await story.matched(mentor, mentee, windows=["wed_am"]))
    starts = [at(key) for key in await search.keys()]
    assert min(starts) >= wednesday + timedelta(hours=1)


async def test_three_have_to_tick(story: Story) -> None:
    session = await a_trio(story)
    search = Search(story, session)
    one, two, *_ = await search.keys()
    first, second, third = (person.id for person in session.people)
    await search.ticks(first, one, two)
    assert (await search.ticks(second, two)).starts_at is None
    assert (await search.ticks(third, one)).starts_at is None
    assert (await search.shown(third)).none_suits_all
    view = await search.ticks(third, one, two)
    assert view.starts_at == at(two)


async def a_trio(story: Story) -> SessionView:
    """A session of three, without a time."""
    people = [await story.facts.person(name) for name in ("Dee", "Eve", "Fay")]
    row: Session = await story.facts.session(people[0], people[1], third_id=people[2].id)
    return await reading.session_view(story.ctx, session_id=row.id)
