"""Whom a round leaves out: they are told why, and come first next time (2.6)."""

from typing import Any

from sqlalchemy import select as columns
from sqlalchemy import union, update
from sqlmodel import col, select

from bot.domain.job_kinds import JobKind
from bot.domain.kinds import Role
from bot.domain.states import RoundState
from bot.services.context import Context
from bot.services.jobs import job
from bot.services.rounds.round_states import round_key
from bot.services.rounds.solutions import NOBODY_LEFT
from bot.store.tables import Enrolment, Person, Programme, Round, RoundLeft, RoundPair
from bot.store.work import Work


async def note_partners(work: Work, row: Round) -> None:
    """Who lost their only partner since the plan was made is left out by it too."""
    statement = select(RoundPair).where(RoundPair.round_id == row.id)
    pairs = list((await work.session.execute(statement)).scalars())
    live = {one for pair in pairs if not pair.is_out for one in _people(pair)}
    known = select(RoundLeft.person_id).where(RoundLeft.round_id == row.id)
    told = live | set(row.gone) | set((await work.session.execute(known)).scalars())
    for pair in pairs:
        for one in _people(pair) if pair.is_out else ():
            if one not in told:
                told.add(one)
                role = Role.MENTOR if one == pair.mentor_id else Role.MENTEE
                work.session.add(
                    RoundLeft(round_id=row.id, person_id=one, role=role, rule=NOBODY_LEFT)
                )
    await work.session.flush()


async def settle_waiting(work: Work, row: Round, programme: Programme) -> None:
    """Who has a partner begins anew; who has none waited for one round more."""
    here = col(Enrolment.programme_id) == programme.id
    for people, waiting in ((_left(row), col(Enrolment.waiting) + 1), (_matched(row), 0)):
        await work.session.execute(
            update(Enrolment)
            .where(here, col(Enrolment.person_id).in_(people))
            .values(waiting=waiting)
            .execution_options(synchronize_session=False)
        )


async def tell_unmatched(ctx: Context, work: Work, row: Round, programme: Programme) -> None:
    """Everybody who was left out hears why, once for all parts of a round."""
    statement = (
        select(Person.id)
        .where(col(Person.id).in_(_left(row)), col(Person.is_deleted).is_(False))
        .order_by(col(Person.id))
    )
    people = (await work.session.execute(statement)).scalars().all()
    await work.plan(
        *(
            job(
                JobKind.UNMATCHED,
                round_key(row.id, "unmatched", one),
                now=ctx.now(),
                workspace_id=programme.workspace_id,
                recipient_id=one,
                programme_id=programme.id,
                round_id=row.id,
            )
            for one in people
        )
    )


def _people(pair: RoundPair) -> tuple[int, ...]:
    people = (pair.mentee_id, pair.mentor_id, pair.third_id)
    return tuple(one for one in people if one is not None)


def _matched(row: Round) -> Any:
    """Everybody in a pair of this round."""
    return _in_pairs(col(RoundPair.round_id) == row.id)


def _left(row: Round) -> Any:
    """Those this part leaves out, but for who found somebody in another, or was told by it."""
    others = columns(col(Round.id)).where(
        col(Round.programme_id) == row.programme_id,
        col(Round.number) == row.number,
        col(Round.id) != row.id,
    )
    on_their_way = others.where(col(Round.state).in_([RoundState.APPROVED, RoundState.OPENED]))
    opened = others.where(col(Round.state) == RoundState.OPENED)
    told = columns(col(RoundLeft.person_id)).where(col(RoundLeft.round_id).in_(opened))
    return columns(col(RoundLeft.person_id)).where(
        col(RoundLeft.round_id) == row.id,
        col(RoundLeft.person_id).not_in(_in_pairs(col(RoundPair.round_id).in_(on_their_way))),
        col(RoundLeft.person_id).not_in(told),
    )


def _in_pairs(where: Any) -> Any:
    live = (where, col(RoundPair.is_out).is_(False))
    sides = (col(RoundPair.mentee_id), col(RoundPair.mentor_id), col(RoundPair.third_id))
    return union(*(columns(side).where(*live, side.is_not(None)) for side in sides))
