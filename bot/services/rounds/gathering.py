"""Who takes part in a round, as matching wants to know them, and what its leads said about it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from bot.domain.kinds import Format, Kind, Role, Window
from bot.domain.programmes import Constraint, Shape
from bot.matching.people import Differ, Member, Rules, Share
from bot.matching.reasons import ROUND_WEIGHTS, WORTH, ReasonKey
from bot.services.context import Context
from bot.services.rounds.gathering_facts import Known, known_of
from bot.store.tables import Enrolment, Person, Programme, Round, RoundConstraint

Ids = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """All that a plan is made from. `run` counts the plans made before, `locked` and `vetoed` are
    (mentee, mentor); a lock of somebody who is not available is left out."""

    round_id: int
    run: int
    shape: Shape
    with_trios: bool
    members: tuple[Member, ...]
    rules: Rules
    at: datetime
    seed: int
    locked: Ids
    vetoed: Ids

    @property
    def available(self) -> frozenset[int]:
        """Everybody who could be given a session in at least one role."""
        return frozenset(one.id for one in self.members if any(one.limit(role) for role in Role))


async def gather(ctx: Context, *, round_id: int) -> Gathered:
    """Everybody of the round as they are now; KeyError when there is no such round.

    Who skips the round, has not said yes to one that asks for it, or has a partner in another part
    of the same round is there without a role; who is paused or on leave is there as paused. Areas
    that are no longer offered are left out.
    """
    async with ctx.db.read() as session:
        row = await session.get(Round, round_id)
        if row is None:
            raise KeyError(round_id)
        programme = await session.get_one(Programme, row.programme_id)
        return await gather_for(ctx, session, programme, row)


async def gather_for(
    ctx: Context, session: AsyncSession, programme: Programme, row: Round
) -> Gathered:
    """`gather` for a round that need not be written down yet."""
    known = await known_of(session, programme, row, ctx.now())
    members = _members(ctx, programme, known)
    free = {one.id for one in members if any(one.limit(role) for role in Role)}
    locked, vetoed = await _constraints(session, row, known.siblings)
    return Gathered(
        round_id=row.id or 0,
        run=row.run,
        shape=programme.shape,
        with_trios=programme.with_trios,
        members=members,
        rules=rules_of(programme),
        at=row.runs_at,
        seed=row.seed,
        locked=tuple(pair for pair in locked if set(pair) <= free),
        vetoed=vetoed,
    )


def rules_of(programme: Programme) -> Rules:
    """The programme's rules as matching knows them; a word it does not know is left out, and
    weights that do not add up (any more) are the usual ones."""
    weights = {
        ReasonKey(key): worth for key, worth in programme.weights.items() if key in set(ReasonKey)
    }
    return Rules(
        must_differ=frozenset(
            Differ(each) for each in programme.must_differ if each in set(Differ)
        ),
        must_share=frozenset(Share(each) for each in programme.must_share if each in set(Share)),
        repeat_window=programme.repeat_window,
        reverse=programme.round_kind is Kind.REVERSE,
        weights=weights if sum(weights.values()) == WORTH else ROUND_WEIGHTS,
    )


async def _constraints(
    session: AsyncSession, row: Round, siblings: Iterable[int]
) -> tuple[Ids, Ids]:
    """What was locked in this round, and vetoed in any part of it."""
    ours = [*siblings, *([row.id] if row.id else [])]
    statement = (
        select(RoundConstraint)
        .where(col(RoundConstraint.round_id).in_(ours))
        .order_by(col(RoundConstraint.id))
    )
    rows = list((await session.execute(statement)).scalars())
    locked = [
        (each.mentee_id, each.mentor_id)
        for each in rows
        if each.constraint is Constraint.LOCK and each.round_id == row.id
    ]
    vetoed = [
        (each.mentee_id, each.mentor_id) for each in rows if each.constraint is Constraint.VETO
    ]
    return tuple(locked), tuple(vetoed)


def _members(ctx: Context, programme: Programme, known: Known) -> tuple[Member, ...]:
    found = [_member(ctx, programme, known, *each) for each in known.enrolled.values()]
    ids = {one.id for one in found}
    # Those above somebody, so that the whole reporting line is known.
    above = [
        Member(id=person, roles=frozenset(), manager_id=manager)
        for person, manager in known.managers.items()
        if person not in ids
    ]
    bosses = set(known.managers.values()) - ids - known.managers.keys()
    return (*found, *above, *(Member(id=boss, roles=frozenset()) for boss in sorted(bosses)))


def _member(
    ctx: Context,
    programme: Programme,
    known: Known,
    person: Person,
    rows: Mapping[Role, Enrolment],
) -> Member:
    mentor, mentee = rows.get(Role.MENTOR), rows.get(Role.MENTEE)
    held = known.held.get(person.id, 0)
    room = max(0, mentor.capacity - held) if mentor is not None else 0
    roles = frozenset(rows)
    if mentor is not None and mentor.taster_only:
        roles -= {Role.MENTOR}
    if person.id in known.out or (
        programme.shape is Shape.PEERS and mentor is not None and room == 0
    ):
        roles = frozenset()
    last = known.last_mentored.get(person.id)
    return Member(
        id=person.id,
        roles=roles,
        seeks=_areas(ctx, mentee),
        offers=_areas(ctx, mentor),
        languages=frozenset(person.languages),
        formats=frozenset(Format(each) for row in rows.values() for each in row.formats),
        department=person.department or None,
        manager_id=person.manager_id,
        zone=person.zone,
        location=person.location or None,
        seniority=person.seniority,
        windows=frozenset(Window(each) for row in rows.values() for each in row.windows),
        as_mentor=room,
        as_mentee=mentee.capacity if mentee is not None else 0,
        past=known.past.get(person.id, {}),
        never=known.never.get(person.id, frozenset()),
        waiting=max(row.waiting for row in rows.values()),
        paused=person.is_paused(known.now) or person.is_away(known.now),
        held=held,
        rested_for=known.now - last if last is not None else None,
    )


def _areas(ctx: Context, row: Enrolment | None) -> tuple[str, ...]:
    """As they were ranked, without those that are no longer offered."""
    return tuple(key for key in row.areas if key in ctx.library.areas) if row else ()
