"""What leads do with a round's plan: look, lock, veto, swap, and say yes to what they saw (2.5)."""

from datetime import datetime

from sqlalchemy import delete
from sqlmodel import col, func, select

from bot.domain.errors import RuleBroken
from bot.domain.job_kinds import JobKind
from bot.domain.kinds import Role
from bot.domain.programmes import Constraint, Shape
from bot.domain.typed_time import check_start
from bot.domain.words import check_text
from bot.services.context import Context
from bot.services.gathering import Gathered, gather
from bot.services.reading_session import person_views
from bot.services.reviewing_numbers import review
from bot.services.reviewing_pages import left_page, left_view, pairs_page
from bot.services.round_states import (
    access_round,
    approve_row,
    run_again,
    still_planned,
    touch_cards,
)
from bot.services.solving import others_for
from bot.services.views_programmes import AlternativeView
from bot.store.tables import (
    Job,
    Person,
    Programme,
    Round,
    RoundConstraint,
    RoundPair,
)
from bot.store.work import Work

__all__ = [
    "alternatives",
    "approve",
    "constrain",
    "left_page",
    "left_view",
    "pairs_page",
    "review",
    "swap",
    "turn_page",
]

ALTERNATIVES_MAX = 100  # Slack: options of a menu
PAGED = (JobKind.ROUND_PAIRS, JobKind.ROUND_LEFT)


async def turn_page(ctx: Context, *, actor_id: int, job_id: int, note: str) -> None:
    """Show another page of the pairs or of those left, or the pairs of one person, to all leads.

    `note` is "page:2" or "person:17". Raises RuleBroken "unknown_choice", "not_a_lead".
    """
    what, _, number = note.partition(":")
    if what not in ("page", "person") or not number.isdecimal():
        raise RuleBroken("unknown_choice")
    async with ctx.db.work() as work:
        seen = await work.session.get(Job, job_id)
        if seen is None or seen.round_id is None or seen.kind not in PAGED:
            raise RuleBroken("not_a_lead")
        await access_round(work, actor_id, seen.round_id)
        shown = await work.lock(Job, job_id)
        assert shown is not None
        shown.note = note
        await work.session.flush()
        await work.touch(Job.id == job_id, now=ctx.now())
        await work.commit()


async def constrain(ctx: Context, *, actor_id: int, pair_id: int, verb: str) -> None:
    """ "lock" keeps a pair whatever else changes, "unlock" lets it go again: both at once, without
    a new plan. "veto" means not these two, and another plan is made.

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


async def approve(
    ctx: Context,
    *,
    actor_id: int,
    round_id: int,
    run: int,
    meets_at: datetime | None = None,
    place: str = "",
    receipt: str | None = None,
) -> None:
    """The plan that this lead saw (its `run`) goes out; a group flash meets at `meets_at` (UTC).

    Raises RuleBroken "plan_changed" when another plan was made since, "not_a_lead"; for a group
    flash "time_missing", "time_past" and "time_far" at "meets_at", "blank" and "too_long" at
    "place"; NotAllowed "round_approved" with the `name` of whoever was first, or "round_…".
    """
    async with ctx.db.work() as work:
        await work.once(receipt, ctx.now())
        row, programme, actor = await access_round(work, actor_id, round_id)
        await still_planned(work, row)
        if row.run != run:
            raise RuleBroken("plan_changed")
        if programme.shape is Shape.GROUPS and await _has_pairs(work, row.id):
            row.place = check_text(place, field="place")
            row.meets_at = _hour(meets_at, ctx.now())
        await approve_row(ctx, work, row, programme, actor.id)
        await work.commit()


def _hour(meets_at: datetime | None, now: datetime) -> datetime:
    if meets_at is None:
        raise RuleBroken("time_missing", field="meets_at")
    try:
        return check_start(meets_at, now)
    except RuleBroken as broken:
        raise broken.at("meets_at") from None


async def _has_pairs(work: Work, round_id: int) -> bool:
    statement = select(RoundPair.id).where(RoundPair.round_id == round_id).limit(1)
    return (await work.session.execute(statement)).first() is not None


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
