"""Keeping in touch: former partners, one talk a quarter, if both feel like it (5).

Each is asked alone. A yes is told to the other by the session alone, a no and a stop by nothing.
"""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, or_, select

from bot.domain.errors import RuleBroken
from bot.domain.job_kinds import JobKind
from bot.domain.kinds import Kind
from bot.domain.states import SessionState
from bot.services.context import Context
from bot.services.jobs import job, job_to
from bot.services.sessions.pairing import bring_together
from bot.store.tables import Job, Match, Person, Session, Tie, TieReply
from bot.store.work import Work

QUARTER = timedelta(weeks=13)
AHEAD = (SessionState.MATCHED, SessionState.SCHEDULED)


async def begin(
    ctx: Context, work: Work, *, a: int, b: int, programme_id: int, mentor_id: int
) -> Tie:
    """Two people (by id) keep in touch from now on; the tie there is, if they do already.

    They are asked in three months for the first time. The caller tells them that it has begun.
    """
    now = ctx.now()
    first, second = sorted((a, b))
    await work.ensure(
        Tie(
            programme_id=programme_id,
            first_id=first,
            second_id=second,
            mentor_id=mentor_id,
            started_at=now,
        )
    )
    live = (Tie.first_id == first, Tie.second_id == second, col(Tie.stopped_at).is_(None))
    tie = (await work.session.execute(select(Tie).where(*live))).scalar_one()
    await _plan_turn(work, tie, (await work.session.get_one(Person, a)).workspace_id, now)
    return tie


async def turn(ctx: Context, *, tie_id: int) -> None:
    """A quarter has gone by: both are asked, unless one stopped or they are to meet anyway."""
    now = ctx.now()
    async with ctx.db.work() as work:
        tie = await work.lock(Tie, tie_id)
        if tie is None or tie.stopped_at is not None or now < turns_at(tie):
            return
        people = [
            await work.session.get_one(Person, each) for each in (tie.first_id, tie.second_id)
        ]
        tie.quarters = (now - tie.started_at) // QUARTER
        if not await _meet_anyway(work, tie):
            await _ask_both(work, tie, people, now)
        await _plan_turn(work, tie, people[0].workspace_id, now)
        await work.touch(Job.tie_id == tie.id, Job.kind == JobKind.KEEP_IN_TOUCH, now=now)
        await work.commit()


async def answer(ctx: Context, *, actor_id: int, tie_id: int, quarter: int, wants: bool) -> None:
    """What one of them feels like this quarter; where both would like to, they get a session.

    It may be changed until then. Raises RuleBroken "not_yours", "question_over" for an older
    quarter or once they have their session, "tie_over" after the actor's own stop.
    """
    now = ctx.now()
    async with ctx.db.work() as work:
        tie = await _access(work, actor_id, tie_id)
        if has_stopped(tie, actor_id):
            raise RuleBroken("tie_over")
        if quarter != tie.quarters or await session_of_quarter(work, tie) is not None:
            raise RuleBroken("question_over")
        await _keep(work, tie, actor_id, wants, now)
        if tie.stopped_at is None and await _both_want(work, tie):
            mentee_id = tie.first_id if tie.mentor_id == tie.second_id else tie.second_id
            await bring_together(
                ctx,
                work,
                programme_id=tie.programme_id,
                mentor_id=tie.mentor_id,
                mentee_id=mentee_id,
                kind=Kind.KEEP_IN_TOUCH,
                tie_id=tie.id,
            )
        await work.touch(Job.tie_id == tie.id, Job.kind == JobKind.KEEP_IN_TOUCH, now=now)
        await work.commit()


async def stop(ctx: Context, *, actor_id: int, tie_id: int) -> None:
    """No more questions about this partner. Nobody is told; a session agreed on stays agreed.

    Raises RuleBroken "not_yours".
    """
    async with ctx.db.work() as work:
        tie = await _access(work, actor_id, tie_id)
        await _stop(ctx, work, tie, actor_id)
        await work.commit()


async def part(ctx: Context, work: Work, gone: Person) -> None:
    """Somebody left the workspace: whoever kept in touch with them is asked no more."""
    statement = (
        select(Tie).where(_of(gone.id)).order_by(col(Tie.id)).with_for_update(key_share=True)
    )
    for tie in (await work.session.execute(statement)).scalars().all():
        await _stop(ctx, work, tie, gone.id)


def turns_at(tie: Tie) -> datetime:
    """When the next quarter begins (UTC)."""
    return tie.started_at + QUARTER * (tie.quarters + 1)


def has_stopped(tie: Tie, person_id: int) -> bool:
    """Whether this person stopped it, alone or as the other did."""
    return tie.stopped_at is not None and tie.stopped_by_id in (None, person_id)


async def shown_to(session: AsyncSession, person_id: int, now: datetime) -> list[Tie]:
    """The ties of this person that are still shown to them, the oldest first.

    Stopping is silent: what the other stopped is shown until it would be asked about again.
    """
    statement = select(Tie).where(_of(person_id)).order_by(col(Tie.id))
    ties = (await session.execute(statement)).scalars()
    return [tie for tie in ties if _is_shown(tie, person_id, now)]


async def session_of_quarter(work: Work, tie: Tie) -> Session | None:
    """The session that both wanted this quarter."""
    since = tie.started_at + QUARTER * tie.quarters
    statement = (
        select(Session)
        .join(Match, col(Session.match_id) == Match.id)
        .where(Match.tie_id == tie.id, Match.made_at >= since)
    )
    return (await work.session.execute(statement)).scalars().first()


def _of(person_id: int) -> ColumnElement[bool]:
    return or_(col(Tie.first_id) == person_id, col(Tie.second_id) == person_id)


def _is_shown(tie: Tie, person_id: int, now: datetime) -> bool:
    if has_stopped(tie, person_id):
        return False
    return tie.stopped_at is None or now < turns_at(tie)


async def _access(work: Work, actor_id: int, tie_id: int) -> Tie:
    tie = await work.lock(Tie, tie_id)
    if tie is None or actor_id not in (tie.first_id, tie.second_id):
        raise RuleBroken("not_yours")
    return tie


async def _stop(ctx: Context, work: Work, tie: Tie, actor_id: int) -> None:
    now = ctx.now()
    if tie.stopped_at is None:
        tie.stopped_at, tie.stopped_by_id = now, actor_id
    elif tie.stopped_by_id != actor_id:
        tie.stopped_by_id = None  # the other had stopped before, and neither knows of it
    mine = (Job.tie_id == tie.id, Job.recipient_id == actor_id)
    await work.cancel_unsaid(*mine, reason="stopped")
    await work.touch(*mine, now=now)


async def _meet_anyway(work: Work, tie: Tie) -> bool:
    """Whether a session of the two is still to come, whatever it came from."""
    pair = (tie.first_id, tie.second_id)
    statement = select(Session.id).where(
        col(Session.mentor_id).in_(pair),
        col(Session.mentee_id).in_(pair),
        col(Session.state).in_(AHEAD),
    )
    return (await work.session.execute(statement)).first() is not None


async def _ask_both(work: Work, tie: Tie, people: list[Person], now: datetime) -> None:
    for person in people:
        key = f"tie:{tie.id}:{tie.quarters}:ask:{person.id}"
        asked = job_to(
            person, JobKind.KEEP_IN_TOUCH, key, now=now, note=str(tie.quarters), tie_id=tie.id
        )
        asked.expires_at = turns_at(tie)
        await work.plan(asked)


async def _plan_turn(work: Work, tie: Tie, workspace_id: int, now: datetime) -> None:
    due = turns_at(tie)
    key = f"tie:{tie.id}:{tie.quarters + 1}:turn"
    chore = job(
        JobKind.KEEP_TURN, key, now=now, workspace_id=workspace_id, due_at=due, tie_id=tie.id
    )
    await work.plan(chore)


async def _keep(work: Work, tie: Tie, person_id: int, wants: bool, now: datetime) -> None:
    mine = (
        TieReply.tie_id == tie.id,
        TieReply.quarter == tie.quarters,
        TieReply.person_id == person_id,
    )
    reply = (await work.session.execute(select(TieReply).where(*mine))).scalar_one_or_none()
    if reply is not None:
        reply.wants, reply.answered_at = wants, now
        await work.session.flush()
        return
    await work.add(
        TieReply(
            tie_id=tie.id, quarter=tie.quarters, person_id=person_id, wants=wants, answered_at=now
        )
    )


async def _both_want(work: Work, tie: Tie) -> bool:
    statement = select(TieReply.person_id).where(
        TieReply.tie_id == tie.id, TieReply.quarter == tie.quarters, col(TieReply.wants).is_(True)
    )
    return len((await work.session.execute(statement)).all()) == 2
