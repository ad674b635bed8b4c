"""One's own profile, and what follows from it for whoever looks for a time."""

from datetime import time
from typing import Any

import pytest

from bot.domain.job_kinds import JobKind
from bot.domain.kinds import Role
from bot.domain.states import JobState
from bot.services import profile
from bot.services.errors import AlreadyDone
from bot.services.profile import ProfileForm
from bot.services.programmes import enrolling
from bot.services.programmes.enrolling import EnrolForm
from bot.services.sessions import slots
from bot.store.tables import Person
from tests.services.rounds import Rounds
from tests.services.story import Story, breaks

FULL = ProfileForm(
    windows=["thu_pm", "tue_am"],
    booking_url="https://cal.example.com/ada",
    opens_at=time(8),
    closes_at=time(15, 30),
    languages=["en", "DE", "en"],
    department=" Design \n and research ",
    location="London",
    country="gb",
)


async def test_it_is_kept_and_shown_again(story: Story, mentee: Person) -> None:
    await profile.save_profile(story.ctx, actor_id=mentee.id, form=FULL)
    shown = await profile.profile(story.ctx, person_id=mentee.id)
    assert shown.windows == ("tue_am", "thu_pm")
    assert (shown.opens_at, shown.closes_at) == (time(8), time(15, 30))
    assert shown.languages == ("en", "de")
    assert (shown.department, shown.country) == ("Design and research", "GB")
    told = await story.job(JobKind.PLAIN_ANSWER)
    assert (told.recipient_id, told.note) == (mentee.id, "profile_saved")
    await profile.save_profile(story.ctx, actor_id=mentee.id, form=ProfileForm())
    empty = await profile.profile(story.ctx, person_id=mentee.id)
    assert (empty.windows, empty.booking_url, empty.country) == ((), "", "")
    assert empty.opens_at == time(8)  # a form without hours leaves them as they are


@pytest.mark.parametrize(
    ("given", "key", "field"),
    [
        ({"booking_url": "http://cal.example.com"}, "link_https", "booking_url"),
        ({"booking_url": "https://x@evil.example/"}, "link_https", "booking_url"),
        ({"opens_at": time(17), "closes_at": time(9)}, "hours_order", "closes_at"),
        ({"opens_at": time(9), "closes_at": time(9)}, "hours_order", "closes_at"),
        ({"windows": ["sat_am"]}, "unknown_choice", "windows"),
        ({"languages": ["English"]}, "unknown_choice", "languages"),
        ({"languages": [f"a{chr(97 + n)}" for n in range(11)]}, "too_many_choices", "languages"),
        ({"country": "Atlantis"}, "unknown_choice", "country"),
        ({"department": "x" * 121}, "too_long", "department"),
    ],
)
async def test_what_can_be_wrong(
    story: Story, mentee: Person, given: dict[str, Any], key: str, field: str
) -> None:
    with breaks(key, field):
        await profile.save_profile(story.ctx, actor_id=mentee.id, form=ProfileForm(**given))
    row = await story.facts.one(Person, mentee.id)
    assert (row.opens_at, row.windows, row.booking_url) == (time(9), [], "")


async def test_joining_a_programme_keeps_hours_of_ones_own(rounds: Rounds, story: Story) -> None:
    await rounds.set(opens_at=time(10), closes_at=time(18))
    mine = await story.facts.person("Ada")
    form = ProfileForm(opens_at=time(7), closes_at=time(15))
    await profile.save_profile(story.ctx, actor_id=mine.id, form=form)
    await enrolling.enrol(
        story.ctx,
        actor_id=mine.id,
        programme_id=rounds.programme.id,
        form=EnrolForm(roles=[Role.MENTEE]),
    )
    row = await story.facts.one(Person, mine.id)
    assert (row.opens_at, row.closes_at) == (time(7), time(15))


async def test_an_empty_list_of_times_is_looked_for_again(story: Story) -> None:
    mentor = await story.facts.mentor("Chen", zone="Asia/Singapore")
    mentee = await story.facts.person("Ada")
    session = await story.matched(mentor, mentee)
    await slots.propose(story.ctx, session_id=session.id)
    await story.say_all(JobKind.SLOTS)
    form = ProfileForm(opens_at=time(6), closes_at=time(15))
    await profile.save_profile(story.ctx, actor_id=mentee.id, form=form)
    anew = await story.jobs(JobKind.SLOTS, state=JobState.PENDING)
    assert {job.recipient_id for job in anew} == {mentor.id, mentee.id}
    await slots.propose(story.ctx, session_id=session.id)
    shown = await slots.slots_view(story.ctx, await story.seen(session), person_id=mentee.id)
    assert shown.slots
    assert all(time(6) <= slot.local.time() < time(9) for slot in shown.slots)


async def test_a_mentors_link_stands_where_a_time_is_looked_for(
    story: Story, mentee: Person, mentor: Person
) -> None:
    session = await story.matched(mentor, mentee)
    await story.say_all(JobKind.INTRODUCTION)
    link = ProfileForm(booking_url="https://cal.example.com/grace")
    await profile.save_profile(story.ctx, actor_id=mentor.id, form=link)
    assert await story.waiting(JobKind.INTRODUCTION)
    assert (await story.seen(session)).mentor.booking_url == link.booking_url
    await story.say_all(JobKind.INTRODUCTION)
    await profile.save_profile(story.ctx, actor_id=mentee.id, form=link)
    assert not await story.waiting(JobKind.INTRODUCTION)  # only the mentor's calendar is booked


async def test_the_same_form_twice_counts_once(story: Story, mentee: Person) -> None:
    await profile.save_profile(story.ctx, actor_id=mentee.id, form=FULL, receipt="modal:1")
    with pytest.raises(AlreadyDone):
        await profile.save_profile(
            story.ctx, actor_id=mentee.id, form=ProfileForm(), receipt="modal:1"
        )
    assert (await story.facts.one(Person, mentee.id)).booking_url == FULL.booking_url
