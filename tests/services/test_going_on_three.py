"""Three are asked alone, compared once, and nobody learns that somebody said no."""

import pytest

from bot.domain.going_on import NOTHING
from bot.domain.going_on_three import keep
from bot.domain.job_kinds import JobKind
from bot.domain.kinds import Outcome
from bot.domain.states import SessionState
from bot.services.sessions import going_on
from bot.services.views import SessionView
from bot.store.tables import GoOn, Match, Person, Session, Tie
from tests.services.story import breaks
from tests.services.test_trios import Trio, trio

__all__ = ["trio"]


@pytest.fixture
async def held(trio: Trio) -> SessionView:
    """The three had their talk."""
    view = await trio.held()
    return await trio.says(view.mentee.id, Outcome.YES)


async def wishes(trio: Trio, who: int, *said: str) -> None:
    await going_on.answer(trio.story.ctx, actor_id=who, session_id=trio.session_id, wishes=said)


async def compared(trio: Trio) -> dict[int | None, str | None]:
    """The moment comes; who is told what."""
    chore = await trio.story.job(JobKind.GO_ON_DEADLINE, session_id=trio.session_id)
    await trio.story.at(chore.due_at)
    await going_on.compare(trio.story.ctx, session_id=trio.session_id)
    return {job.recipient_id: job.note for job in await trio.story.jobs(JobKind.GO_ON_NEWS)}


async def test_all_three_are_asked_until_the_same_moment(trio: Trio, held: SessionView) -> None:
    asked = await trio.story.jobs(JobKind.GO_ON_ASK)
    chore = await trio.story.job(JobKind.GO_ON_DEADLINE)
    assert {job.recipient_id for job in asked} == {one.id for one in held.people}
    assert {job.expires_at for job in asked} == {chore.due_at}


async def test_all_three_again(trio: Trio, held: SessionView) -> None:
    one, two, three = [each.id for each in held.people]
    await wishes(trio, one, "again", keep(two))
    await wishes(trio, two, "again", keep(one))
    await wishes(trio, three, "again")
    told = await compared(trio)
    assert told == {one: "again", two: "again", three: "again"}
    assert not await trio.story.facts.all(Tie), "of several, the one that goes furthest"
    first, new = await trio.story.facts.all(Session)
    assert {new.mentor_id, new.mentee_id, new.third_id} == {one, two, three}
    assert (new.state, new.kind, new.programme_id) == (
        SessionState.MATCHED,
        first.kind,
        first.programme_id,
    )
    before, match = await trio.story.facts.all(Match)
    assert match.round_id == before.round_id
    trio.session_id = new.id
    view = await trio.seen()
    assert view.is_again
    assert view.shape is held.shape
    assert not held.is_again
    introduced = await trio.story.jobs(JobKind.INTRODUCTION, session_id=new.id)
    assert len(introduced) == 1
    trio.session_id = first.id
    await compared(trio)
    assert len(await trio.story.facts.all(Session)) == 2, "comparing twice makes no more"


async def test_what_two_share_is_told_to_the_two(trio: Trio, held: SessionView) -> None:
    one, two, three = [each.id for each in held.people]
    await wishes(trio, one, keep(two), keep(three), "again")
    await wishes(trio, two, keep(one))
    await wishes(trio, three, "no")
    told = await compared(trio)
    assert told == {
        one: f"keep_in_touch:{two}",
        two: f"keep_in_touch:{one}",
        three: NOTHING,
    }
    (tie,) = await trio.story.facts.all(Tie)
    assert {tie.first_id, tie.second_id} == {one, two}
    assert tie.mentor_id == held.mentor.id
    rows = {row.person_id: row.revealed_at for row in await trio.story.facts.all(GoOn)}
    assert rows[three] is None
    assert rows[one] is not None


@pytest.mark.parametrize("others", [("no", "no"), ("again", "no"), ("again", None), (None, None)])
async def test_otherwise_each_hears_the_same_whatever_the_others_said(
    trio: Trio, held: SessionView, others: tuple[str | None, str | None]
) -> None:
    one, two, three = [each.id for each in held.people]
    await wishes(trio, one, "again", keep(two), keep(three))
    for who, said in zip((two, three), others, strict=True):
        if said is not None:
            await wishes(trio, who, said)
    told = await compared(trio)
    assert told[one] == NOTHING
    assert set(told) == {one, *(w for w, s in zip((two, three), others, strict=True) if s)}
    assert not any(row.revealed_at for row in await trio.story.facts.all(GoOn))
    assert len(await trio.story.facts.all(Session)) == 1


async def test_one_who_left_shares_nothing(trio: Trio, held: SessionView) -> None:
    one, two, three = [each.id for each in held.people]
    for who, partner in ((one, two), (two, one), (three, one)):
        await wishes(trio, who, "again", keep(partner))
    async with trio.story.ctx.db.work() as work:
        (await work.session.get_one(Person, three)).is_deleted = True
        await work.commit()
    told = await compared(trio)
    assert (told[one], told[two]) == (f"keep_in_touch:{two}", f"keep_in_touch:{one}")
    assert len(await trio.story.facts.all(Session)) == 1


async def test_ones_own_answer_is_seen_and_changed(trio: Trio, held: SessionView) -> None:
    one, two, _ = [each.id for each in held.people]
    await wishes(trio, one, "again", keep(two))
    ctx, sid = trio.story.ctx, trio.session_id
    mine = await going_on.go_on_view(ctx, session_id=sid, person_id=one)
    assert mine.keeps == (two,)
    assert [each.value for each in mine.wishes] == ["again", "keep_in_touch"]
    await wishes(trio, one, "no")
    mine = await going_on.go_on_view(ctx, session_id=sid, person_id=one)
    assert (mine.keeps, [each.value for each in mine.wishes]) == ((), ["no"])
    for said in (("keep_in_touch",), (keep(one),), ("formal",)):
        with breaks("unknown_choice", "wishes"):
            await wishes(trio, one, *said)
