"""A relationship ends: by one of the two, by both at once, by time, or because somebody left (6.5).

Nobody is asked why. Both are led through what was gained, a word of thanks, and what is next.
"""

from datetime import datetime

from pydantic import BaseModel
from sqlalchemy import update
from sqlmodel import col, or_, select

from bot.domain.job_kinds import JobKind
from bot.domain.states import RelationshipState, SessionState, advance
from bot.domain.words import check_text
from bot.services.access import hold_routing
from bot.services.context import Context
from bot.services.growing import keeping
from bot.services.growing.meeting_again import open_first, sessions_of
from bot.services.growing.relationships import (
    LIVE,
    access_relationship,
    let_go,
    plan_erasure,
    touch_cards,
)
from bot.services.jobs import job_to
from bot.services.sessions.calling_off import call_off
from bot.store.tables import Agreement, Job, Person, Relationship, Session, TaskDone
from bot.store.work import Work

SHORT = 1000  # characters of what was gained, and of the thanks


class LookBack(BaseModel, frozen=True):
    """What one of the two writes at the end: for the partner, and for themselves to see."""

    gained: str = ""
    thanks: str = ""
    keeps: bool = False


async def end(
    ctx: Context,
    *,
    actor_id: int,
    relationship_id: int,
    form: LookBack,
    receipt: str | None = None,
) -> None:
    """End it, or look back on one that has ended; both may press it at once, and either is heard.

    Raises RuleBroken "too_long" at "gained" or "thanks", "not_yours"; NotAllowed
    "relationship_drafting" before it was signed, "relationship_over" for one that never was, or
    whose words are deleted.
    """
    async with ctx.db.work() as work:
        await work.once(receipt, ctx.now())
        actor = await work.session.get_one(Person, actor_id)
        await hold_routing(work, actor.workspace_id)
        row = await access_relationship(work, actor_id, relationship_id)
        if row.state is not RelationshipState.ENDED or row.erased_at is not None:
            await end_row(ctx, work, row, by=actor)
        await _look_back(ctx, work, row, actor_id, form)
        await touch_cards(ctx, work, row)
        await work.commit()


async def end_row(ctx: Context, work: Work, row: Relationship, *, by: Person | None) -> None:
    """It is over: what was planned falls away, both are led through the end.

    `by` nobody means that its time was over. The caller holds the routing and the relationship.
    """
    now = ctx.now()
    row.state, row.ended_at = advance(row.state, "end"), now
    row.ended_by_id = by.id if by else None
    await work.cancel_unsaid(Job.relationship_id == row.id, reason="ended")
    for session in await sessions_of(work, row):
        if _falls_away(session, by, now):
            await call_off(ctx, work, session, by=by, note="relationship_over")
    for each in (row.mentee_id, row.mentor_id):
        person = await work.session.get_one(Person, each)
        key = f"relationship:{row.id}:end:{each}"
        await work.plan(job_to(person, JobKind.END_CARD, key, now=now, relationship_id=row.id))
    await plan_erasure(ctx, work, row)
    await touch_cards(ctx, work, row)


def _falls_away(session: Session, by: Person | None, now: datetime) -> bool:
    """Whether a session is called off with it; one that has its time may be the last of all."""
    if session.starts_at is None:
        return session.state is SessionState.MATCHED
    return session.state is SessionState.SCHEDULED and by is not None and session.starts_at > now


async def start_afresh(ctx: Context, *, actor_id: int, relationship_id: int) -> None:
    """After a long silence the two go on: it is counted anew, and there is a session to be timed.

    Raises RuleBroken "not_yours"; NotAllowed "relationship_…" unless it is active.
    """
    async with ctx.db.work() as work:
        row = await access_relationship(work, actor_id, relationship_id)
        advance(row.state, "end")  # only what could be ended can go on
        row.fresh_at = ctx.now()
        statement = select(Agreement).where(
            Agreement.relationship_id == row.id, col(Agreement.version) == row.version
        )
        agreement = (await work.session.execute(statement)).scalar_one()
        ahead = (SessionState.MATCHED, SessionState.SCHEDULED)
        if not any(each.state in ahead for each in await sessions_of(work, row)):
            await open_first(ctx, work, row, agreement)
        await touch_cards(ctx, work, row)
        await work.commit()


async def part(ctx: Context, work: Work, gone: Person) -> None:
    """Somebody left the workspace: what they had is over, and their partner is led through it.

    Their sessions are dealt with by the caller, who holds the routing.
    """
    theirs = or_(col(Relationship.mentor_id) == gone.id, col(Relationship.mentee_id) == gone.id)
    statement = (
        select(Relationship)
        .where(theirs, col(Relationship.state).in_(LIVE))
        .order_by(col(Relationship.id))
        .with_for_update(key_share=True)
    )
    for row in (await work.session.execute(statement)).scalars().all():
        if row.state is RelationshipState.ACTIVE:
            await end_row(ctx, work, row, by=gone)
            continue
        other = row.mentor_id if row.mentee_id == gone.id else row.mentee_id
        await let_go(ctx, work, row, tell=(other,), note="gone")


async def erase_relationship(ctx: Context, *, relationship_id: int) -> None:
    """Delete what the two wrote; who, when and for how long stays for the counts."""
    now = ctx.now()
    async with ctx.db.work() as work:
        row = await work.lock(Relationship, relationship_id)
        if row is None or row.state in LIVE or row.erased_at is not None:
            return
        row.erased_at, row.gained = now, None
        for statement in (
            update(Agreement).where(col(Agreement.relationship_id) == row.id).values(content=None),
            update(TaskDone).where(col(TaskDone.relationship_id) == row.id).values(note=None),
        ):
            await work.session.execute(statement)
        others = col(Job.kind) != JobKind.ERASE
        await work.cancel_unsaid(Job.relationship_id == row.id, others, reason="erased")
        await work.touch(Job.relationship_id == row.id, others, now=now)
        await work.commit()


async def _look_back(
    ctx: Context, work: Work, row: Relationship, actor_id: int, form: LookBack
) -> None:
    """Keep what somebody wrote, and begin to keep in touch once both would like to."""
    written = {
        "gained": check_text(form.gained, field="gained", limit=SHORT, required=False),
        "thanks": check_text(form.thanks, field="thanks", limit=SHORT, required=False),
        "keeps": form.keeps,
    }
    row.gained = {**(row.gained or {}), str(actor_id): written}  # anew, so that it is seen
    pair = (row.mentor_id, row.mentee_id)
    if all(row.gained.get(str(each), {}).get("keeps") for each in pair):
        await keeping.begin(
            ctx,
            work,
            a=row.mentor_id,
            b=row.mentee_id,
            programme_id=row.programme_id,
            mentor_id=row.mentor_id,
        )
