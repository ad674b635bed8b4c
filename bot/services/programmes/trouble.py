"""What went wrong on the way to Slack, and a programme's leads should hear of."""

from sqlmodel import col, select

from bot.domain.job_kinds import JobKind
from bot.domain.states import RoundState, advance
from bot.services.context import Context
from bot.services.programmes.leads import plan_news
from bot.services.programmes.programmes_life import archive
from bot.services.rounds.round_making import touch_cards
from bot.store.tables import Job, Match, Programme, Round, Session, Workspace
from bot.store.work import Work


async def card_unsure(ctx: Context, *, programme_id: int, job_id: int) -> None:
    """Nobody can tell whether the programme's card stands in its channel: the leads may look."""
    await _news_of_card(ctx, programme_id, "card_unsure", job_id)


async def card_refused(
    ctx: Context, *, programme_id: int, job_id: int, is_outside: bool = False
) -> None:
    """The programme's card is not in its channel; `is_outside`: because Lantern is not in it."""
    note = "taken_out" if is_outside else "card_unsure"
    await _news_of_card(ctx, programme_id, note, job_id)


async def _news_of_card(ctx: Context, programme_id: int, note: str, job_id: int) -> None:
    async with ctx.db.work() as work:
        programme = await work.session.get_one(Programme, programme_id)
        await plan_news(ctx, work, programme, note, once=f"{note}:{job_id}")
        await work.commit()


async def introduction_unsent(ctx: Context, *, session_id: int) -> None:
    """Slack refused a pair's introduction for good. When a round made the pair, its leads hear.

    The round's card says how many there are; the news of it comes once a round.
    """
    async with ctx.db.work() as work:
        round_id = await _round_of(work, session_id)
        if round_id is None:
            return
        session = await work.session.get_one(Session, session_id)
        programme = await work.session.get_one(Programme, session.programme_id)
        card = (Job.round_id == round_id, Job.kind == JobKind.ROUND_REVIEW)
        await work.touch(*card, now=ctx.now())
        news = (Job.round_id == round_id, Job.kind == JobKind.LEAD_NEWS, Job.note == "unsent")
        await work.touch(*news, now=ctx.now())
        once = f"unsent:{round_id}"
        await plan_news(ctx, work, programme, "unsent", once=once, round_id=round_id)
        await work.commit()


async def round_unplanned(ctx: Context, *, round_id: int, job_id: int) -> None:
    """The making of a plan was given up: the round's card has a button to try again, and the leads
    hear of it."""
    async with ctx.db.work() as work:
        row = await work.session.get_one(Round, round_id)
        if row.state not in (RoundState.ANNOUNCED, RoundState.RUNNING):
            return
        programme = await work.lock(Programme, row.programme_id)
        row = await work.lock(Round, round_id) or row
        assert programme is not None
        if row.state is RoundState.ANNOUNCED:  # it did not even begin
            row.state = advance(row.state, "run")
        await touch_cards(work, round_id, ctx.now())
        once = f"unplanned:{job_id}"
        await plan_news(ctx, work, programme, "unplanned", once=once, round_id=round_id)
        await work.commit()


async def channel_archived(ctx: Context, *, programme_id: int) -> None:
    """Slack says so while Lantern posts there: the event of it has not come, or never will."""
    async with ctx.db.read() as session:
        statement = (
            select(Workspace.slack_team_id, Programme.channel)
            .join(Programme, col(Programme.workspace_id) == Workspace.id)
            .where(Programme.id == programme_id)
        )
        team_id, channel = (await session.execute(statement)).one()
    if channel is not None:
        await archive(ctx, team_id=team_id, channel=channel)


async def _round_of(work: Work, session_id: int) -> int | None:
    """The round that made a session's pair, if one did."""
    statement = (
        select(Match.round_id)
        .join(Session, col(Session.match_id) == Match.id)
        .where(Session.id == session_id)
    )
    return (await work.session.scalars(statement)).one_or_none()
