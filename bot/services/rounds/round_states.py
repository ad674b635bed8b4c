"""A round's changes of state, inside a transaction that holds its row."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import func, select

from bot.domain.errors import NotAllowed, RuleBroken
from bot.domain.job_kinds import JobKind
from bot.domain.states import JobState, RoundState, advance
from bot.services.access import access_programme
from bot.services.context import Context
from bot.services.jobs import job
from bot.services.rounds.round_making import CARDS, touch_cards, touch_notices
from bot.store.tables import Job, Person, Programme, Round
from bot.store.work import Work

FIRST_PAGE = "page:1"


def round_key(round_id: int, *parts: object) -> str:
    """The key of something about a round: "round:9:" and the parts."""
    return ":".join(("round", str(round_id), *(str(part) for part in parts)))


async def access_round(work: Work, actor_id: int, round_id: int) -> tuple[Round, Programme, Person]:
    """The round, held for a change as its programme is, and the lead; or "not_a_lead"."""
    actor = await work.session.get_one(Person, actor_id)
    seen = await work.session.get(Round, round_id)
    if seen is None:
        raise RuleBroken("not_a_lead")
    programme = await access_programme(work, actor, seen.programme_id)
    row = await work.lock(Round, round_id)
    assert row is not None  # rounds are never deleted
    return row, programme, actor


async def still_planned(work: Work, row: Round) -> None:
    """Raises NotAllowed unless there is a plan that waits for its yes: "round_running",
    "round_announced", "round_over", and "round_approved" with the `name` of who said yes (empty:
    nobody had to)."""
    if row.state in (RoundState.APPROVED, RoundState.OPENED):
        by = await work.session.get(Person, row.approved_by_id) if row.approved_by_id else None
        raise NotAllowed("round_approved", name=by.name if by else "", state=row.state.value)
    if row.state is RoundState.CANCELLED:
        raise NotAllowed("round_over", state=row.state.value)
    if row.state is not RoundState.PLANNED:
        raise NotAllowed(f"round_{row.state.value}", state=row.state.value)


async def plan_cards(work: Work, row: Round, programme: Programme, now: datetime) -> None:
    """The card of a round, and under it the pairs and those left; from their first page."""
    keys = zip(CARDS, ("review", "pairs", "left"), strict=True)
    await work.plan(
        *(
            job(
                kind,
                round_key(row.id, part),
                now=now,
                workspace_id=programme.workspace_id,
                programme_id=programme.id,
                round_id=row.id,
                note=None if kind is JobKind.ROUND_REVIEW else FIRST_PAGE,
            )
            for kind, part in keys
        )
    )


async def run_again(ctx: Context, work: Work, row: Round, programme: Programme) -> None:
    """Another plan is wanted; it is made as soon as a process is free."""
    now = ctx.now()
    row.state = advance(row.state, "run")
    runs = select(func.count()).where(Job.round_id == row.id, Job.kind == JobKind.ROUND_RUN)
    number = (await work.session.execute(runs)).scalar_one()
    await work.plan(
        job(
            JobKind.ROUND_RUN,
            round_key(row.id, "run", number),
            now=now,
            workspace_id=programme.workspace_id,
            programme_id=programme.id,
            round_id=row.id,
        )
    )
    await touch_cards(work, row.id, now)


async def is_under_way(session: AsyncSession, row: Round) -> bool:
    """Whether some process makes a plan of this round, or will."""
    waiting = select(Job.id).where(
        Job.round_id == row.id, Job.kind == JobKind.ROUND_RUN, Job.state == JobState.PENDING
    )
    return (await session.execute(waiting)).first() is not None


async def approve_row(
    ctx: Context, work: Work, row: Round, programme: Programme, by_id: int | None
) -> None:
    """The plan goes out; nobody means that nobody had to say yes. From now on nobody may skip."""
    now = ctx.now()
    row.state, row.approved_at, row.approved_by_id = advance(row.state, "approve"), now, by_id
    await work.plan(
        job(
            JobKind.ROUND_OPEN,
            round_key(row.id, "open"),
            now=now,
            workspace_id=programme.workspace_id,
            programme_id=programme.id,
            round_id=row.id,
        )
    )
    await touch_cards(work, row.id, now)
    await touch_notices(work, row.id, now)
