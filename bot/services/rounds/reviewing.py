"""What leads do with a round's plan: look, lock, veto, swap, and say yes to what they saw (2.5)."""

from datetime import datetime

from sqlmodel import select

from bot.domain.errors import RuleBroken
from bot.domain.job_kinds import JobKind
from bot.domain.numbers import whole
from bot.domain.programmes import Shape
from bot.domain.typed.time import check_start
from bot.domain.words import check_text
from bot.services.context import Context
from bot.services.rounds.deciding import alternatives, constrain, swap
from bot.services.rounds.reviewing_numbers import review
from bot.services.rounds.reviewing_pages import left_page, left_view, pairs_page
from bot.services.rounds.round_states import (
    access_round,
    approve_row,
    still_planned,
)
from bot.store.tables import (
    Job,
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

PAGED = (JobKind.ROUND_PAIRS, JobKind.ROUND_LEFT)


async def turn_page(ctx: Context, *, actor_id: int, job_id: int, note: str) -> None:
    """Show another page of the pairs or of those left, or the pairs of one person, to all leads.

    `note` is "page:2" or "person:17". Raises RuleBroken "unknown_choice", "not_a_lead".
    """
    what, _, number = note.partition(":")
    if what not in ("page", "person") or whole(number) is None:
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
