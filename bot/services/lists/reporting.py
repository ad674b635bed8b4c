"""A programme's report: what happened in whole months, counted; no names and no content (2.8)."""

from bot.domain.errors import RuleBroken
from bot.domain.job_kinds import JobKind
from bot.domain.report import Cells, Report, suppressed
from bot.services.access import access_programme, active_person
from bot.services.context import Context
from bot.services.jobs import is_on_its_way, job
from bot.services.lists.reporting_facts import facts_of, report_from
from bot.services.lists.reporting_period import period_of
from bot.store.tables import Programme

DAYS = 90
DAYS_MOST = 730
"""How far back a report may look: two years."""


async def ask_report(
    ctx: Context,
    *,
    actor_id: int,
    programme_id: int,
    days: int = DAYS,
    in_channel: bool = False,
    receipt: str | None = None,
) -> None:
    """A lead wants the report: in their DM, or for the channel to see.

    `days` is made whole months, at least one (see `reporting_period`). Raises RuleBroken
    "not_a_lead", "report_days" (`limit`); for the channel "not_a_channel" in a programme without
    one, and "channel_archived". AlreadyDone for a receipt seen before. One that is on its way
    already comes once.
    """
    if not 1 <= days <= DAYS_MOST:
        raise RuleBroken("report_days", limit=DAYS_MOST)
    async with ctx.db.work() as work:
        await work.once(receipt, ctx.now())
        actor = await active_person(work, actor_id)
        programme = await access_programme(work, actor, programme_id)
        if in_channel:
            _has_channel(programme)
        # Real time: asked for again when it is there, it comes again, though the clock stand still.
        stamp = f"{actor_id}:{ctx.clock.wall().timestamp()}"
        card, files = (
            job(
                kind,
                f"programme:{programme_id}:report:{stamp}:{kind.value}",
                now=ctx.now(),
                workspace_id=programme.workspace_id,
                recipient_id=None if in_channel else actor_id,
                note=f"{days}:channel" if in_channel else str(days),
                programme_id=programme_id,
            )
            for kind in (JobKind.REPORT_CARD, JobKind.REPORT_FILES)
        )
        if not await is_on_its_way(work, card):
            await work.plan(card, files)
        await work.commit()


async def report(ctx: Context, *, programme_id: int, days: int) -> Report:
    """What happened in the last whole months that `days` make; KeyError without the programme.

    Not for anybody's eyes as it is: `cells` leaves out what would say too much about a few.
    """
    async with ctx.db.read() as session:
        programme = await session.get(Programme, programme_id)
        if programme is None:
            raise KeyError(programme_id)
        period = period_of(ctx.now(), days, programme.zone)
        facts = await facts_of(session, programme_id, period)
        return report_from(facts, programme, period, ctx.library)


async def cells(ctx: Context, *, programme_id: int, days: int) -> Cells:
    """What of the report may be shown."""
    return suppressed(await report(ctx, programme_id=programme_id, days=days))


def _has_channel(programme: Programme) -> None:
    if programme.channel is None:
        raise RuleBroken("not_a_channel")
    if programme.archived_at is not None:
        raise RuleBroken("channel_archived")
