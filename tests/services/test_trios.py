"""Three people in one session: two who learn, and one they learn from."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

import pytest

from bot.domain.errors import NotAllowed
from bot.domain.job_kinds import JobKind
from bot.domain.kinds import Kind, Outcome, Role
from bot.domain.programmes import Shape
from bot.domain.states import SessionState
from bot.scheduling.jobs import thanks_card
from bot.scheduling.steps import Say
from bot.services import reading
from bot.services.people import meet
from bot.services.sessions import actions, closing, following, preparing, timing, words
from bot.services.views import SessionView
from bot.store.tables import ActionItem, Draft, Person, Place, Session, ThankYou
from tests.services.rounds import AREA, Rounds
from tests.services.story import Story, breaks
from tests.services.test_races import profile_of


@dataclass
class Trio:
    """The three, and their session."""

    rounds: Rounds
    story: Story
    session_id: int

    async def seen(self) -> SessionView:
        return await reading.session_view(self.story.ctx, session_id=self.session_id)

    async def row(self) -> Session:
        row: Session = await self.story.facts.one(Session, self.session_id)
        return row

    async def held(self) -> SessionView:
        """Their hour is over, and nobody said yet whether it took place."""
        view = await self.seen()
        await timing.set_time(
            self.story.ctx, actor_id=view.people[2].id, session_id=view.id, typed="Friday 10am"
        )
        view = await self.seen()
        await self.story.at(view.starts_at, hours=2)
        return view

    async def says(self, person_id: int, outcome: Outcome) -> SessionView:
        view = await self.seen()
        await following.report_outcome(
            self.story.ctx,
            actor_id=person_id,
            session_id=view.id,
            plan=view.plan,
            outcome=outcome,
        )
        return await self.seen()

    async def recipients(self, *kinds: JobKind) -> Counter[int | None]:
        return Counter(job.recipient_id for job in await self.story.jobs(*kinds))


@pytest.fixture
async def trio(rounds: Rounds, story: Story) -> Trio:
    """Grace has what the other two seek."""
    await rounds.set(shape=Shape.PEERS, round_kind=Kind.SPOT, must_share=[])
    for name in ("Ada", "Ben"):
        person = await rounds.enrol(name, Role.MENTEE)
        await rounds.take_part(person, Role.MENTOR, areas=["data"], capacity=4)
    grace = await rounds.enrol("Grace", Role.MENTEE, areas=["data"])
    await rounds.take_part(grace, Role.MENTOR, areas=[AREA], capacity=4)
    await rounds.opened()
    (session,) = await rounds.sessions()
    assert session.third_id is not None
    return Trio(rounds, story, session.id)


async def test_three_are_told(trio: Trio) -> None:
    view = await trio.seen()
    mentor, mentee, third = [one.id for one in view.people]
    assert await trio.recipients(JobKind.INTRODUCTION) == {None: 1}
    assert await trio.recipients(JobKind.CHECKLIST) == {mentor: 1, mentee: 1, third: 1}
    assert await trio.recipients(JobKind.AGENDA_ASK) == {mentee: 1, third: 1}
    assert (view.mentor.name, view.third is not None) == ("Grace", True)


async def test_each_sees_it_in_their_role(trio: Trio) -> None:
    view = await trio.seen()
    mentor, mentee, third = view.people
    assert [view.role_of(one.id) for one in view.people] == [
        Role.MENTOR,
        Role.MENTEE,
        Role.MENTEE,
    ]
    assert (view.other(third.id), view.other(mentee.id)) == (mentor, mentor)
    assert view.other(mentor.id) == mentee
    assert view.others(third.id) == (mentor, mentee)
    assert view.mentees == (mentee, third)
    for one in view.people:
        mine = await reading.overview(trio.story.ctx, person_id=one.id)
        assert [each.id for each in mine.sessions] == [view.id]
        await reading.access_session(trio.story.ctx, actor_id=one.id, session_id=view.id)
    stranger = await trio.story.facts.person("Stranger")
    with breaks("not_yours"):
        await reading.access_session(trio.story.ctx, actor_id=stranger.id, session_id=view.id)
    with pytest.raises(ValueError, match="not part"):
        view.role_of(stranger.id)


async def test_the_mentor_sees_when_both_are_ready(trio: Trio) -> None:
    view = await trio.seen()
    mentor, mentee, third = [one.id for one in view.people]
    for one, ready in ((third, False), (mentee, True)):
        mine = await reading.checklist_of(trio.story.ctx, view, person_id=one)
        await preparing.tick(
            trio.story.ctx,
            actor_id=one,
            session_id=view.id,
            ticked=[item.key for item in mine.items],
        )
        view = await trio.seen()
        theirs = await reading.checklist_of(trio.story.ctx, view, person_id=mentor)
        assert (view.is_ready(one), theirs.other_ready) == (True, ready)
    assert not view.is_ready(mentor)


async def test_either_who_learns_writes_the_agenda(trio: Trio) -> None:
    view = await trio.seen()
    mentor, mentee, third = [one.id for one in view.people]
    who: dict[str, Any] = {"session_id": view.id}
    form = preparing.AgendaForm(topics=["From the third"])
    with breaks("not_yours"):
        await preparing.write_agenda(trio.story.ctx, actor_id=mentor, form=form, **who)
    await preparing.write_agenda(trio.story.ctx, actor_id=third, form=form, **who)
    form = preparing.AgendaForm(topics=["From the mentee"])
    await preparing.write_agenda(trio.story.ctx, actor_id=mentee, form=form, **who)
    view = await trio.seen()
    assert view.agenda is not None
    assert view.agenda.topics == ("From the mentee",)
    assert await trio.recipients(JobKind.AGENDA_CARD) == {mentor: 1}
    assert await trio.recipients(JobKind.AGENDA_SAVED) == {third: 1, mentee: 1}


async def test_plain_words_of_the_third_are_an_agenda(trio: Trio) -> None:
    third = (await trio.seen()).people[2].id
    await words.take_words(trio.story.ctx, actor_id=third, text="How to say no")
    view = await trio.seen()
    assert view.agenda is not None
    assert view.agenda.topics == ("How to say no",)


async def test_everything_with_a_time_is_for_three(trio: Trio) -> None:
    view = await trio.held()
    everyone = dict.fromkeys((one.id for one in view.people), 1)
    for kind in (
        JobKind.REMINDER_DAY,
        JobKind.REMINDER_SOON,
        JobKind.START_CARD,
        JobKind.OUTCOME_ASK,
        JobKind.OUTCOME_NUDGE,
    ):
        assert await trio.recipients(kind) == everyone, kind
    mentees = dict.fromkeys((one.id for one in view.mentees), 1)
    assert await trio.recipients(JobKind.AGENDA_NUDGE) == mentees


@pytest.mark.parametrize("who", [0, 1, 2])
async def test_any_yes_is_believed(trio: Trio, who: int) -> None:
    people = [one.id for one in (await trio.held()).people]
    others = [one for one in people if one != people[who]]
    view = await trio.says(others[0], Outcome.NO)
    assert view.state is SessionState.SCHEDULED
    view = await trio.says(others[1], Outcome.NO)
    assert view.state is SessionState.SCHEDULED
    view = await trio.says(people[who], Outcome.YES)
    assert (view.state, view.answer_of(people[who])) == (SessionState.HELD, Outcome.YES)
    mentees = {one.id: 1 for one in view.mentees}
    assert await trio.recipients(JobKind.ACTION_ASK) == mentees
    assert await trio.recipients(JobKind.THANKS_ASK) == dict.fromkeys(people, 1)


async def test_three_times_no_is_no(trio: Trio) -> None:
    for one in (await trio.held()).people:
        view = await trio.says(one.id, Outcome.NO)
    assert view.state is SessionState.MISSED


async def test_silence_of_one_is_settled_at_the_deadline(trio: Trio) -> None:
    view = await trio.held()
    for one in view.people[:2]:
        await trio.says(one.id, Outcome.NO)
    await following.outcome_deadline(trio.story.ctx, session_id=view.id, plan=view.plan)
    assert (await trio.seen()).state is SessionState.MISSED


async def test_not_yet_of_the_third(trio: Trio) -> None:
    third = (await trio.held()).people[2].id
    view = await trio.says(third, Outcome.NOT_YET)
    assert (view.state, view.starts_at) == (SessionState.MATCHED, None)


async def test_thanks_go_to_the_other_side(trio: Trio) -> None:
    mentor, mentee, third = [one.id for one in (await trio.held()).people]
    await trio.says(mentee, Outcome.YES)
    for one in (mentor, mentee, third):
        await following.thank(
            trio.story.ctx, actor_id=one, session_id=trio.session_id, text=f"From {one}"
        )
    cards = await trio.story.jobs(JobKind.THANKS_CARD)
    assert sorted((job.recipient_id or 0, job.note) for job in cards if job.note) == [
        (mentor, following.THIRD)
    ]
    assert await trio.recipients(JobKind.THANKS_CARD) == {mentor: 2, mentee: 1, third: 1}
    for job in cards:  # each card has the words of who wrote it
        said = await thanks_card.prepare(trio.story.ctx, job)
        assert isinstance(said, Say)
        writer = third if job.note else {mentor: mentee}.get(job.recipient_id or 0, mentor)
        assert (said.facts["text"], said.facts["other"].id) == (f"From {writer}", writer)
    view = await trio.seen()
    assert all(view.has_thanked(one.id) for one in view.people)
    with breaks("thanked_already"):
        await following.thank(
            trio.story.ctx, actor_id=third, session_id=trio.session_id, text="Again"
        )


async def test_thanks_go_to_whom_of_two_is_there(trio: Trio) -> None:
    held = await trio.held()
    mentor, gone, third = held.people[0], held.people[1], held.people[2]
    await trio.says(third.id, Outcome.YES)
    row = await trio.story.facts.one(Person, gone.id)
    await meet(trio.story.ctx, profile=profile_of(row, is_deleted=True))
    await following.thank(
        trio.story.ctx, actor_id=mentor.id, session_id=trio.session_id, text="Thank you"
    )
    assert await trio.recipients(JobKind.THANKS_CARD) == {third.id: 1}


async def test_next_steps_are_seen_by_all_three(trio: Trio) -> None:
    mentor, mentee, third = [one.id for one in (await trio.held()).people]
    await trio.says(mentor, Outcome.YES)
    stranger = await trio.story.facts.person("Stranger")
    items = [
        actions.ActionForm(text="Mine"),
        actions.ActionForm(text="Theirs", owner="them"),
        actions.ActionForm(text="The mentee's", owner=str(mentee)),
        actions.ActionForm(text="Nobody's", owner=str(stranger.id)),
    ]
    await actions.add_actions(
        trio.story.ctx, actor_id=third, session_id=trio.session_id, items=items
    )
    owners = [each.owner_id for each in await trio.story.facts.all(ActionItem)]
    assert owners == [third, mentor, mentee, mentor]
    assert await trio.recipients(JobKind.ACTION_LIST) == {mentor: 1, mentee: 1}
    assert await trio.recipients(JobKind.ACTION_SAVED) == {third: 1}
    assert len((await trio.seen()).actions) == 4


@pytest.mark.parametrize("timed", [False, True])
@pytest.mark.parametrize("who", [0, 1, 2])
@pytest.mark.parametrize("leaves", [False, True])
async def test_when_one_goes_two_go_on(trio: Trio, who: int, leaves: bool, timed: bool) -> None:
    before = await trio.seen()
    gone = before.people[who]
    if timed:
        await timing.set_time(
            trio.story.ctx, actor_id=gone.id, session_id=before.id, typed="Friday 10am"
        )
    await trio.story.say_all()
    person = await trio.story.facts.one(type(trio.rounds.lead), gone.id)
    if leaves:
        await meet(trio.story.ctx, profile=profile_of(person, is_deleted=True))
    else:
        await timing.cancel(trio.story.ctx, actor_id=gone.id, session_id=before.id)
    view = await trio.seen()
    assert view.third is None
    assert {one.id for one in view.people} == {one.id for one in before.people} - {gone.id}
    assert view.state is (SessionState.SCHEDULED if timed else SessionState.MATCHED)
    assert view.mentor == (before.people[2] if who == 0 else before.mentor)
    news = await trio.story.jobs(JobKind.PLAIN_ANSWER)
    assert {job.recipient_id for job in news} == {one.id for one in view.people}
    assert {job.note for job in news} == {"one_of_three_left"}
    assert len(await trio.story.facts.all(Place)) == (0 if who == 0 else 1)
    together = await trio.story.jobs(JobKind.INTRODUCTION)
    assert [job.slack_ts for job in together] == [None]  # of three; not for the two alone
    assert view.group_channel is None
    files = await trio.story.waiting(JobKind.CALENDAR_FILE, session_id=before.id)
    assert len(files) == timed  # it says who still comes
    pending = await trio.story.waiting(session_id=before.id)
    assert gone.id not in {job.recipient_id for job in pending}
    learner = view.mentee.id
    kind = JobKind.AGENDA_NUDGE if timed else JobKind.TIME_NUDGE
    assert learner in {job.recipient_id for job in await trio.story.waiting(kind)}
    with breaks("not_yours"):
        await reading.access_session(trio.story.ctx, actor_id=gone.id, session_id=before.id)


async def test_then_the_two_may_call_it_off(trio: Trio) -> None:
    people = [one.id for one in (await trio.seen()).people]
    for one in people[:0:-1]:
        await timing.cancel(trio.story.ctx, actor_id=one, session_id=trio.session_id)
    assert (await trio.row()).state is SessionState.CANCELLED
    assert await trio.story.facts.all(Place) == []
    with breaks("session_over", kind=NotAllowed):
        await timing.cancel(trio.story.ctx, actor_id=people[0], session_id=trio.session_id)


async def test_what_took_place_is_not_left(trio: Trio) -> None:
    people = [one.id for one in (await trio.held()).people]
    await trio.says(people[0], Outcome.YES)
    with breaks("session_held", kind=NotAllowed):
        await timing.cancel(trio.story.ctx, actor_id=people[2], session_id=trio.session_id)
    assert (await trio.row()).third_id == people[2]


async def test_erasing_takes_the_words_of_all_three(trio: Trio) -> None:
    people = [one.id for one in (await trio.held()).people]
    await trio.says(people[0], Outcome.YES)
    third: dict[str, Any] = {"actor_id": people[2], "session_id": trio.session_id}
    await following.thank(trio.story.ctx, text="zebra", **third)
    await trio.story.facts.add(
        Draft(person_id=people[2], text="zebra", made_at=trio.story.ctx.now())
    )
    await closing.close_session(trio.story.ctx, session_id=trio.session_id)
    await closing.erase_session(trio.story.ctx, session_id=trio.session_id)
    assert [each.text for each in await trio.story.facts.all(ThankYou)] == [None]
    assert [each.text for each in await trio.story.facts.all(Draft)] == [None]
    jobs = await trio.story.jobs(session_id=trio.session_id)
    assert jobs


@pytest.mark.parametrize("who", ["Ada", "Ben", "Grace"])
async def test_one_of_three_who_left_before_it_opened(
    rounds: Rounds, story: Story, who: str
) -> None:
    await rounds.set(shape=Shape.PEERS, must_share=[])
    people = {name: await rounds.enrol(name, *Role) for name in ("Ada", "Ben", "Grace")}
    row = await rounds.planned()
    await rounds.change(people[who], is_deleted=True)
    row = await rounds.opened(row)
    (session,) = await rounds.sessions()
    there = {session.mentor_id, session.mentee_id}
    assert there == {each.id for each in people.values()} - {people[who].id}
    assert (session.third_id, row.gone) == (None, [people[who].id])
    assert await rounds.unmatched() == []
    assert (await rounds.review(row)).opened == 1
