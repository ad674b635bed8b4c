"""A round as a row: made with all that is said because of it, or called off."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from sqlmodel import col, func, or_, select

from bot.domain.job_kinds import JobKind
from bot.domain.states import JobState, RoundState, advance
from bot.services.context import Context
from bot.services.jobs import job
from bot.store.tables import Job, Programme, Round
from bot.store.work import Work

CARDS = (JobKind.ROUND_REVIEW, JobKind.ROUND_PAIRS, JobKind.ROUND_LEFT)
"""What the leads see of a round."""

AT_A_TIME = 40
A_WHILE = timedelta(minutes=1)
"""So many notices are put right in a while: Slack takes fifty updates a minute from one app, and
what others wait for comes before what ten thousand people may never look at again."""

NOT_APPROVED = (RoundState.ANNOUNCED, RoundState.RUNNING, RoundState.PLANNED)


async def make_round(
    ctx: Context, work: Work, programme: Programme, due_on: date, runs_at: datetime
) -> Round:
    """The round itself, with the leads' card and the hour at which it runs.

    The notices are the caller's to plan.
    """
    now = ctx.now()
    counted = select(func.max(Round.number)).where(Round.programme_id == programme.id)
    row = await work.add(
        Round(
            programme_id=programme.id,
            due_on=due_on,
            number=((await work.session.execute(counted)).scalar_one() or 0) + 1,
            runs_at=runs_at,
            state=RoundState.ANNOUNCED,
            seed=ctx.chance.getrandbits(31),
            made_at=now,
        )
    )
    for kind, what, due_at in (
        (JobKind.ROUND_REVIEW, "review", now),
        (JobKind.ROUND_RUN, "run", runs_at),
    ):
        await work.plan(
            job(
                kind,
                f"round:{row.id}:{what}",
                now=now,
                workspace_id=programme.workspace_id,
                due_at=due_at,
                programme_id=programme.id,
                round_id=row.id,
            )
        )
    return row


async def call_off_rounds(ctx: Context, work: Work, programme: Programme) -> None:
    """Call off every round of the programme that nobody said yes to."""
    for row in await open_rounds(work, programme, NOT_APPROVED):
        await call_off(ctx, work, row)


async def call_off(ctx: Context, work: Work, row: Round) -> None:
    """Nothing more comes of this round; where it was told of, it says so.

    Raises NotAllowed "round_approved" or "round_over".
    """
    row.state = advance(row.state, "cancel")
    await work.cancel_unsaid(Job.round_id == row.id, reason="round_cancelled")
    await touch_cards(work, row.id, ctx.now())
    await touch_notices(work, row.id, ctx.now())


async def touch_cards(work: Work, round_id: int, now: datetime) -> None:
    """What the leads see of this round is said again, as things are now."""
    await work.touch(Job.round_id == round_id, col(Job.kind).in_(CARDS), now=now)


async def touch_notices(work: Work, round_id: int, now: datetime) -> None:
    """Everyone's notice of this round is put right where it stands, some of them each minute."""
    statement = (
        select(Job.id)
        .where(Job.round_id == round_id, Job.kind == JobKind.ROUND_NOTICE)
        .where(or_(col(Job.slack_ts).is_not(None), col(Job.state) == JobState.PENDING))
        .order_by(col(Job.id))
    )
    ids = list((await work.session.execute(statement)).scalars())
    for number, start in enumerate(range(0, len(ids), AT_A_TIME)):
        some = col(Job.id).in_(ids[start : start + AT_A_TIME])
        await work.touch(some, now=now + number * A_WHILE)


async def dates_taken(work: Work, programme: Programme, days: Iterable[date]) -> set[date]:
    """Those of these dates that are the name of a round already."""
    statement = select(col(Round.due_on)).where(
        Round.programme_id == programme.id, Round.part == 0, col(Round.due_on).in_(list(days))
    )
    return set((await work.session.execute(statement)).scalars())


async def open_rounds(
    work: Work, programme: Programme, states: Iterable[RoundState]
) -> list[Round]:
    """The programme's rounds in these states, held for a change, the latest first."""
    statement = (
        select(Round)
        .where(Round.programme_id == programme.id, col(Round.state).in_(list(states)))
        .order_by(col(Round.id).desc())
        .with_for_update(key_share=True)
    )
    return list((await work.session.execute(statement)).scalars())
