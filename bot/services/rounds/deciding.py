"""What leads say about single pairs of a plan: locked, not these two, or another mentor (2.5)."""

from sqlalchemy import delete
from sqlmodel import col, func, select

from bot.domain.errors import RuleBroken
from bot.domain.kinds import Role
from bot.domain.programmes import Constraint, Shape
from bot.services.context import Context
from bot.services.programmes.views_programmes import AlternativeView
from bot.services.reading_session import person_views
from bot.services.rounds.gathering import Gathered, gather
from bot.services.rounds.round_making import touch_cards
from bot.services.rounds.round_states import (
    access_round,
    run_again,
    still_planned,
)
from bot.services.rounds.solving import others_for
from bot.store.tables import (
    Person,
    Programme,
    Round,
    RoundConstraint,
    RoundPair,
)
from bot.store.work import Work

ALTERNATIVES_MAX = 100  # Slack: options of a menu


async def constrain(ctx: Context, *, actor_id: int, pair_id: int, verb: str) -> None:
    """Lock a pair, so that it stays whatever else changes, or unlock it: both take effect at once.
    A veto means not these two, and another plan is made.

    Raises RuleBroken "unknown_choice", "not_for_groups" (nobody can be locked there),
    "plan_changed" when another plan was made since, "not_a_lead"; NotAllowed "round_…" unless the
    plan waits for its yes.
    """
    if verb not in ("lock", "unlock", "veto"):
        raise RuleBroken("unknown_choice")
    async with ctx.db.work() as work:
        pair, row, programme, actor = await _access_pair(work, actor_id, pair_id)
        if verb == "lock" and programme.shape is Shape.GROUPS:
            raise RuleBroken("not_for_groups")
        if verb == "veto":
            await _say(ctx, work, row, actor, pair.mentee_id, pair.mentor_id, Constraint.VETO)
            await run_again(ctx, work, row, programme)
        else:
            await _unlock(work, pair)
            if verb == "lock":
                await _say(ctx, work, row, actor, pair.mentee_id, pair.mentor_id, Constraint.LOCK)
            await touch_cards(work, row.id, ctx.now())
        await work.commit()


async def alternatives(ctx: Context, *, actor_id: int, pair_id: int) -> tuple[AlternativeView, ...]:
    """Who else could be the mentor of a pair's mentee, the best first; full ones are among them.

    Raises as `constrain` does.
    """
    async with ctx.db.work() as work:
        pair, row, programme, _ = await _access_pair(work, actor_id, pair_id)
        if programme.shape is Shape.GROUPS:
            raise RuleBroken("not_for_groups")
    gathered = await gather(ctx, round_id=row.id)
    found = [
        each for each in others_for(gathered, pair.mentee_id) if each[0] not in _people_of(pair)
    ][:ALTERNATIVES_MAX]
    async with ctx.db.read() as session:
        people = await person_views(ctx, session, [mentor for mentor, _ in found])
        statement = select(RoundPair.mentor_id, RoundPair.mentee_id, RoundPair.third_id).where(
            RoundPair.round_id == row.id
        )
        rows = (await session.execute(statement)).all()
        if programme.shape is Shape.PEERS:
            taken = {one for each in rows for one in each if one}
        else:
            taken = {mentor for mentor, _, _ in rows}
    return tuple(
        AlternativeView(people[mentor], suitability, mentor in taken)
        for mentor, suitability in found
    )


async def swap(
    ctx: Context, *, actor_id: int, pair_id: int, mentor_id: int, receipt: str | None = None
) -> None:
    """Give a pair's mentee another mentor: that pair is locked, the old one vetoed, and the rest
    is planned around them with the same seed.

    Raises RuleBroken at "partner": "lock_forbidden" when a rule keeps the two apart,
    "partner_locked" when all the sessions the mentor may have are locked with others; and as
    `constrain` does.
    """
    async with ctx.db.work() as work:
        _, seen, _, _ = await _access_pair(work, actor_id, pair_id)
    gathered = await gather(ctx, round_id=seen.id)
    async with ctx.db.work() as work:
        await work.once(receipt, ctx.now())
        pair, row, programme, actor = await _access_pair(work, actor_id, pair_id)
        if programme.shape is Shape.GROUPS:
            raise RuleBroken("not_for_groups")
        allowed = {other for other, _ in others_for(gathered, pair.mentee_id)}
        if mentor_id not in allowed - _people_of(pair):
            raise RuleBroken("lock_forbidden", field="partner")
        await _unlock(work, pair)
        await _room_for(work, row, gathered, pair.mentee_id, mentor_id)
        await _say(ctx, work, row, actor, pair.mentee_id, pair.mentor_id, Constraint.VETO)
        await _say(ctx, work, row, actor, pair.mentee_id, mentor_id, Constraint.LOCK)
        await run_again(ctx, work, row, programme)
        await work.commit()


async def _access_pair(
    work: Work, actor_id: int, pair_id: int
) -> tuple[RoundPair, Round, Programme, Person]:
    """A pair of a plan that waits for its yes, its round held for a change."""
    seen = await work.session.get(RoundPair, pair_id)
    if seen is None:
        raise RuleBroken("plan_changed")
    row, programme, actor = await access_round(work, actor_id, seen.round_id)
    await still_planned(work, row)
    pair = await work.lock(RoundPair, pair_id)  # a new plan may have come before the round was ours
    if pair is None:
        raise RuleBroken("plan_changed")
    return pair, row, programme, actor


def _people_of(pair: RoundPair) -> set[int]:
    return {one for one in (pair.mentee_id, pair.mentor_id, pair.third_id) if one is not None}


async def _unlock(work: Work, pair: RoundPair) -> None:
    """Among peers a lock may have been said in the other direction, or about two of three."""
    people = _people_of(pair)
    await work.session.execute(
        delete(RoundConstraint).where(
            col(RoundConstraint.round_id) == pair.round_id,
            col(RoundConstraint.constraint) == Constraint.LOCK,
            col(RoundConstraint.mentee_id).in_(people),
            col(RoundConstraint.mentor_id).in_(people),
        )
    )


async def _say(
    ctx: Context,
    work: Work,
    row: Round,
    actor: Person,
    mentee_id: int,
    mentor_id: int,
    constraint: Constraint,
) -> None:
    """What was said about these two before no longer holds."""
    two = (mentee_id, mentor_id)
    await work.session.execute(
        delete(RoundConstraint).where(
            col(RoundConstraint.round_id) == row.id,
            col(RoundConstraint.mentee_id).in_(two),
            col(RoundConstraint.mentor_id).in_(two),
        )
    )
    await work.add(
        RoundConstraint(
            round_id=row.id,
            mentee_id=mentee_id,
            mentor_id=mentor_id,
            constraint=constraint,
            by_id=actor.id,
            made_at=ctx.now(),
        )
    )


async def _room_for(
    work: Work, row: Round, gathered: Gathered, mentee_id: int, mentor_id: int
) -> None:
    """Raises "partner_locked" when either has no session left beside those that are locked."""
    by_id = {one.id: one for one in gathered.members}
    peers = gathered.shape is Shape.PEERS
    for person, role in ((mentor_id, Role.MENTOR), (mentee_id, Role.MENTEE)):
        side = RoundConstraint.mentor_id if role is Role.MENTOR else RoundConstraint.mentee_id
        mine = col(side) == person
        if peers:
            mine = (col(RoundConstraint.mentor_id) == person) | (
                col(RoundConstraint.mentee_id) == person
            )
        statement = select(func.count()).where(
            RoundConstraint.round_id == row.id,
            RoundConstraint.constraint == Constraint.LOCK,
            mine,
        )
        locked = (await work.session.execute(statement)).scalar_one()
        if locked >= (1 if peers else by_id[person].limit(role)):
            raise RuleBroken("partner_locked", field="partner")
