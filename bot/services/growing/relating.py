"""Two people go on formally: asking, beginning, thinking better of it (6)."""

from sqlmodel import and_, col, select

from bot.domain.errors import RuleBroken
from bot.domain.job_kinds import JobKind
from bot.domain.states import RelationshipState, SessionState, advance
from bot.services.access import active_person, people_in
from bot.services.context import Context
from bot.services.growing.drafting import draft
from bot.services.growing.relationships import (
    LIVE,
    access_relationship,
    let_go,
    plan_turn,
    touch_cards,
)
from bot.services.jobs import job_to
from bot.services.requests.capacity import has_mentees_enough
from bot.store.tables import Agreement, Relationship, Session
from bot.store.work import Work

HELD = (SessionState.HELD, SessionState.CLOSED)


async def begin(ctx: Context, work: Work, *, session: Session) -> Relationship:
    """Both of a session want to go on formally: an agreement is drafted, and shown to both.

    Where they have a relationship already, that one; one that only one had asked for becomes a
    draft. The caller holds the session.
    """
    row = await _live(ctx, work, session, asked_by_id=None)
    await _draft_once(ctx, work, row)
    return row


async def ask(ctx: Context, *, actor_id: int, session_id: int, receipt: str | None = None) -> None:
    """One of a session's two would like to go on formally, and the other is asked kindly.

    Where the other has asked already, both want it: the agreement is drafted. Raises RuleBroken
    "not_yours", "not_held" before it took place, "deactivated" of a partner who left,
    "formal_already" where they have or are asked about one, "mentees_enough" (`name`) of a mentor
    who has no room for one more: a single talk can be asked for instead (1.7).
    """
    now = ctx.now()
    async with ctx.db.work() as work:
        await work.once(receipt, now)
        session = await work.lock(Session, session_id)
        if session is None or actor_id not in people_in(session) or session.third_id is not None:
            raise RuleBroken("not_yours")
        if session.state not in HELD:
            raise RuleBroken("not_held")
        other_id = session.mentor_id if actor_id == session.mentee_id else session.mentee_id
        other = await active_person(work, other_id)
        row = await _live(ctx, work, session, asked_by_id=actor_id)
        if row.state is not RelationshipState.DRAFTING or await _is_drafted(work, row):
            raise RuleBroken("formal_already")
        if row.asked_by_id == actor_id:
            if other_id == row.mentor_id and await has_mentees_enough(work, other_id, actor_id):
                raise RuleBroken("mentees_enough", name=other.name)
            key = f"relationship:{row.id}:ask"
            await work.plan(job_to(other, JobKind.FORMAL_ASK, key, now=now, relationship_id=row.id))
        else:
            await _draft_once(ctx, work, row)
        await touch_cards(ctx, work, row)
        await work.commit()


async def agree(ctx: Context, *, actor_id: int, relationship_id: int) -> None:
    """The one who was asked would like it too: the agreement is drafted, and shown to both.

    Raises RuleBroken "not_yours" (also for the one who asked), NotAllowed "relationship_…" when it
    is settled.
    """
    async with ctx.db.work() as work:
        row = await access_relationship(work, actor_id, relationship_id)
        if row.asked_by_id == actor_id:
            raise RuleBroken("not_yours")
        advance(row.state, "drop")  # what cannot be let go any more cannot be begun either
        await _draft_once(ctx, work, row)
        await touch_cards(ctx, work, row)
        await work.commit()


async def drop(ctx: Context, *, actor_id: int, relationship_id: int) -> None:
    """One of the two would rather not; the other hears of it, kindly and without a reason.

    Raises RuleBroken "not_yours"; NotAllowed "relationship_…" once it was signed or is over.
    """
    async with ctx.db.work() as work:
        row = await access_relationship(work, actor_id, relationship_id)
        other_id = row.mentor_id if actor_id == row.mentee_id else row.mentee_id
        await let_go(ctx, work, row, tell=(other_id,), note="declined")
        await work.commit()


async def _live(
    ctx: Context, work: Work, session: Session, *, asked_by_id: int | None
) -> Relationship:
    """The one the two have or are about to; made now if there is none, whoever else tries."""
    pair = and_(
        col(Relationship.mentor_id) == session.mentor_id,
        col(Relationship.mentee_id) == session.mentee_id,
    )
    live = select(Relationship).where(pair, col(Relationship.state).in_(LIVE))
    if (row := (await work.session.execute(live)).scalar_one_or_none()) is None:
        await work.ensure(
            Relationship(
                programme_id=session.programme_id,
                mentor_id=session.mentor_id,
                mentee_id=session.mentee_id,
                state=RelationshipState.DRAFTING,
                asked_by_id=asked_by_id,
                began_at=ctx.now(),
            )
        )
        row = (await work.session.execute(live)).scalar_one()
        await plan_turn(ctx, work, row)
    held = await work.lock(Relationship, row.id)
    assert held is not None
    return held


async def _draft_once(ctx: Context, work: Work, row: Relationship) -> None:
    if not await _is_drafted(work, row):
        await draft(ctx, work, row)


async def _is_drafted(work: Work, row: Relationship) -> bool:
    written = select(Agreement.id).where(Agreement.relationship_id == row.id)
    return (await work.session.execute(written)).first() is not None
