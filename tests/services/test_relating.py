"""Going formal: asked and agreed, one version signed by both, and an end without fault."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.errors import NotAllowed
from bot.domain.job_kinds import JobKind
from bot.domain.states import RelationshipState, SessionState
from bot.services.errors import AlreadyDone, RuleBroken
from bot.services.growing import agreements, ending, reading_growing, relating, turning
from bot.services.growing.agreements import AgreementForm
from bot.services.growing.ending import LookBack
from bot.services.growing.views_growing import RelationshipView
from bot.services.sessions import closing
from bot.services.views import SessionView
from bot.store.tables import Agreement, Person, Relationship, Session, Tie
from tests.services.story import Story, breaks

FORM = AgreementForm(objective="Leading by the summer", goals=["Say no", ""], months=3)
State = RelationshipState


class Formal:
    """Ada and Grace, who talked and may go on formally."""

    def __init__(self, story: Story, mentee: Person, mentor: Person, held: SessionView) -> None:
        self.story, self.ctx, self.held = story, story.ctx, held
        self.mentee, self.mentor = mentee, mentor

    async def row(self) -> Relationship:
        found: list[Relationship] = await self.story.facts.all(Relationship)
        return found[-1]

    async def seen(self, person: Person) -> RelationshipView:
        whose = (await self.row()).id
        return await reading_growing.relationship_view(
            self.ctx, relationship_id=whose, person_id=person.id
        )

    async def begun(self) -> int:
        """Both wished it: there is a draft."""
        async with self.ctx.db.work() as work:
            session = await work.lock(Session, self.held.id)
            assert session is not None
            row = await relating.begin(self.ctx, work, session=session)
            await work.commit()
        return row.id

    async def sign(self, person: Person, version: int = 1) -> None:
        row = await self.row()
        await agreements.sign(self.ctx, actor_id=person.id, relationship_id=row.id, version=version)

    async def revise(self, person: Person, version: int = 1, **more: Any) -> None:
        row = await self.row()
        await agreements.revise(
            self.ctx,
            actor_id=person.id,
            relationship_id=row.id,
            version=version,
            form=FORM.model_copy(update=more),
        )

    async def active(self) -> int:
        relationship_id = await self.begun()
        for person in (self.mentee, self.mentor):
            await self.sign(person)
        return relationship_id

    async def end(self, person: Person, **form: Any) -> None:
        row = await self.row()
        await ending.end(
            self.ctx, actor_id=person.id, relationship_id=row.id, form=LookBack(**form)
        )

    async def ask(self, person: Person) -> None:
        await relating.ask(self.ctx, actor_id=person.id, session_id=self.held.id)


@pytest.fixture
async def formal(story: Story, mentee: Person, mentor: Person) -> Formal:
    return Formal(story, mentee, mentor, await story.held(mentor, mentee))


async def test_the_draft_is_made_of_what_they_wrote(formal: Formal) -> None:
    assert await formal.begun() == await formal.begun()
    seen = await formal.seen(formal.mentor)
    assert seen.agreement is not None
    assert (seen.state, seen.agreement.objective) == (State.DRAFTING, "One thing to try")
    cards = await formal.story.jobs(JobKind.AGREEMENT_CARD)
    assert {card.recipient_id for card in cards} == {formal.mentee.id, formal.mentor.id}
    assert "One thing" not in await formal.story.raw("agreement")


async def test_a_mentor_with_mentees_enough_is_not_asked_for_one_more(formal: Formal) -> None:
    facts, now = formal.story.facts, formal.ctx.now()
    for name in ("Ben", "Chen"):  # she offers two sessions a month
        await facts.add(
            Relationship(
                programme_id=formal.held.programme_id,
                mentor_id=formal.mentor.id,
                mentee_id=(await facts.person(name)).id,
                state=State.ACTIVE,
                began_at=now,
            )
        )
    with breaks("mentees_enough"):
        await formal.ask(formal.mentee)
    assert len(await facts.all(Relationship)) == 2
    await formal.ask(formal.mentor)  # nobody keeps her from offering it
    await formal.ask(formal.mentee)
    assert (await formal.seen(formal.mentee)).agreement is not None


async def test_only_what_both_have_signed_holds(formal: Formal) -> None:
    await formal.begun()
    await formal.sign(formal.mentee)
    await formal.sign(formal.mentee)
    assert (await formal.row()).state is State.DRAFTING
    await formal.sign(formal.mentor)
    row = await formal.row()
    assert (row.state, row.version) == (State.ACTIVE, 1)
    assert row.started_on is not None
    assert row.ends_on is not None
    sessions = [each for each in await formal.story.facts.all(Session) if each.relationship_id]
    assert [each.state for each in sessions] == [SessionState.MATCHED]
    assert len(await formal.story.jobs(JobKind.AGREEMENT_SIGNED)) == 2


async def test_one_edits_while_the_other_signs(formal: Formal) -> None:
    await formal.begun()
    await formal.sign(formal.mentee)
    await formal.revise(formal.mentor)
    with breaks("agreement_changed"):
        await formal.sign(formal.mentor, version=1)
    with breaks("agreement_changed"):
        await formal.revise(formal.mentee, version=1)
    await formal.sign(formal.mentor, version=2)
    assert (await formal.row()).state is State.DRAFTING, "her signature was for the older one"
    await formal.sign(formal.mentee, version=2)
    assert (await formal.row()).version == 2


async def test_signing_and_editing_in_the_same_second(formal: Formal) -> None:
    await formal.begun()
    await formal.sign(formal.mentee)
    done = await asyncio.gather(
        formal.sign(formal.mentor), formal.revise(formal.mentor), return_exceptions=True
    )
    row = await formal.row()
    failed = [each for each in done if each is not None]
    assert all(isinstance(each, RuleBroken) for each in failed), failed
    assert (row.state is State.ACTIVE) == (done[0] is None)


async def test_a_change_holds_once_it_is_signed_anew(formal: Formal) -> None:
    await formal.active()
    before = await formal.row()
    await formal.revise(formal.mentor)
    assert (await formal.row()).ends_on == before.ends_on
    for person in (formal.mentee, formal.mentor):
        await formal.sign(person, version=2)
    after = await formal.row()
    assert after.ends_on is not None
    assert before.ends_on is not None
    assert after.ends_on < before.ends_on
    assert len(await formal.story.facts.all(Agreement)) == 2


@pytest.mark.parametrize(
    ("more", "key", "field"),
    [
        ({"objective": " "}, "blank", "objective"),
        ({"goals": ["x"] * 11}, "too_many_goals", "goals"),
        ({"support": "x" * 2001}, "too_long", "support"),
        ({"every": "four_weeks"}, "unknown_choice", "every"),
        ({"months": 13}, "unknown_choice", "months"),
        ({"length_minutes": 20}, "unknown_choice", "length"),
        ({"activities": ["party"]}, "unknown_choice", "activities"),
        ({"area": "nonsense"}, "unknown_choice", "areas"),
    ],
)
async def test_what_does_not_fit(
    formal: Formal, more: dict[str, Any], key: str, field: str
) -> None:
    await formal.begun()
    with breaks(key, field):
        await formal.revise(formal.mentee, **more)


async def test_a_shorter_time_cannot_have_ended_it(formal: Formal) -> None:
    await formal.active()
    await formal.story.at(formal.ctx.now(), days=95)
    with breaks("months_over", "months"):
        await formal.revise(formal.mentee)


async def test_asking_and_both_asking(formal: Formal) -> None:
    await formal.ask(formal.mentee)
    assert (await formal.story.job(JobKind.FORMAL_ASK)).recipient_id == formal.mentor.id
    row = await formal.row()
    with breaks("not_yours"):
        await relating.agree(formal.ctx, actor_id=formal.mentee.id, relationship_id=row.id)
    await formal.ask(formal.mentor)  # instead of the button: it means the same
    assert len(await formal.story.jobs(JobKind.AGREEMENT_CARD)) == 2
    with breaks("formal_already"):
        await formal.ask(formal.mentor)
    stranger = await formal.story.facts.person("Noor")
    with breaks("not_yours"):
        await relating.agree(formal.ctx, actor_id=stranger.id, relationship_id=row.id)
    with breaks("not_yours"):
        await formal.ask(stranger)


async def test_a_no_is_told_and_they_may_ask_again(formal: Formal) -> None:
    await formal.ask(formal.mentee)
    row = await formal.row()
    await relating.drop(formal.ctx, actor_id=formal.mentor.id, relationship_id=row.id)
    news = await formal.story.job(JobKind.FORMAL_NEWS)
    assert (news.recipient_id, news.note) == (formal.mentee.id, "declined")
    with breaks("relationship_over", kind=NotAllowed):
        await relating.agree(formal.ctx, actor_id=formal.mentor.id, relationship_id=row.id)
    await formal.ask(formal.mentee)
    assert (await formal.row()).id != row.id


async def test_a_draft_that_rests_is_let_go(formal: Formal) -> None:
    relationship_id = await formal.begun()
    await formal.sign(formal.mentee)
    await formal.story.at(formal.ctx.now(), days=6)
    await turning.turn(formal.ctx, relationship_id=relationship_id)
    nudge = await formal.story.job(JobKind.AGREEMENT_NUDGE)
    assert nudge.recipient_id == formal.mentor.id, "who has signed is left in peace"
    await formal.story.at(formal.ctx.now(), days=25)
    await turning.turn(formal.ctx, relationship_id=relationship_id)
    assert (await formal.row()).state is State.DROPPED
    assert len(await formal.story.jobs(JobKind.FORMAL_NEWS, note="lapsed")) == 2


async def test_both_end_it_at_once(formal: Formal) -> None:
    await formal.active()
    await asyncio.gather(
        formal.end(formal.mentee, thanks="From Ada", keeps=True),
        formal.end(formal.mentor, gained="From Grace", keeps=True),
    )
    row = await formal.row()
    assert row.state is State.ENDED
    assert len(await formal.story.jobs(JobKind.END_CARD)) == 2
    assert len(await formal.story.facts.all(Tie)) == 1
    ada = await formal.seen(formal.mentee)
    assert ada.theirs is not None
    assert (ada.theirs.gained, ada.keep_in_touch) == ("From Grace", True)
    live = (SessionState.MATCHED, SessionState.SCHEDULED)
    assert not [each for each in await formal.story.facts.all(Session) if each.state in live]


async def test_nobody_hears_of_a_wish_that_is_not_shared(formal: Formal) -> None:
    await formal.active()
    await formal.end(formal.mentee, keeps=True)
    await formal.end(formal.mentor, keeps=False)
    seen = await formal.seen(formal.mentor)
    assert seen.theirs is not None
    assert (seen.theirs.keeps, seen.keep_in_touch) == (False, False)
    assert not await formal.story.facts.all(Tie)


async def test_what_was_never_signed_cannot_be_ended(formal: Formal) -> None:
    await formal.begun()
    with breaks("relationship_drafting", kind=NotAllowed):
        await formal.end(formal.mentee)


async def test_the_same_submission_counts_once(formal: Formal) -> None:
    relationship_id = await formal.active()
    about: dict[str, Any] = {"actor_id": formal.mentee.id, "relationship_id": relationship_id}
    await ending.end(formal.ctx, form=LookBack(), receipt="one", **about)
    with pytest.raises(AlreadyDone):
        await ending.end(formal.ctx, form=LookBack(), receipt="one", **about)


async def test_its_words_are_sealed_and_deleted(formal: Formal) -> None:
    relationship_id = await formal.active()
    await formal.end(formal.mentee, thanks="zebra")
    assert "zebra" not in await formal.story.raw("relationship")
    await ending.erase_relationship(formal.ctx, relationship_id=relationship_id)
    row = await formal.row()
    assert (row.gained, row.erased_at) == (None, formal.ctx.now())
    assert [each.content for each in await formal.story.facts.all(Agreement)] == [None]
    with breaks("relationship_over", kind=NotAllowed):
        await formal.end(formal.mentor, thanks="too late")
    erase = await formal.story.job(JobKind.ERASE, relationship_id=relationship_id)
    assert erase.due_at - formal.ctx.now() == timedelta(days=90)


async def test_a_session_that_closes_leaves_the_agreement(formal: Formal) -> None:
    await formal.active()
    await closing.close_session(formal.ctx, session_id=formal.held.id)
    await closing.erase_session(formal.ctx, session_id=formal.held.id)
    seen = await formal.seen(formal.mentee)
    assert seen.agreement is not None
    assert seen.agreement.objective == "One thing to try"


async def test_a_turn_too_many_does_no_harm(formal: Formal) -> None:
    relationship_id = await formal.active()
    for _ in range(3):
        await turning.turn(formal.ctx, relationship_id=relationship_id)
    assert (
        len([each for each in await formal.story.facts.all(Session) if each.relationship_id]) == 1
    )
    await turning.turn(formal.ctx, relationship_id=99)
