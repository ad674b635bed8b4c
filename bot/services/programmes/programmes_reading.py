"""Reading programmes: what they offer, who leads them, and when their next rounds are."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, func, select

from bot.domain.errors import RuleBroken
from bot.domain.kinds import Kind
from bot.domain.states import RoundState
from bot.services.context import Context
from bot.services.programmes.cadences import coming
from bot.services.programmes.views_programmes import ProgrammeView, RoundView
from bot.services.seeing import see_person
from bot.services.views import PersonView
from bot.store.tables import Enrolment, Lead, Person, Programme, Round, Workspace

DATES_SHOWN = 3


async def programme_view(ctx: Context, *, programme_id: int) -> ProgrammeView:
    """The programme with its leads and next dates; KeyError when there is none."""
    async with ctx.db.read() as session:
        row = await session.get(Programme, programme_id)
        if row is None:
            raise KeyError(programme_id)
        (view,) = await programme_views(ctx, session, [row])
        return view


async def programme_of(ctx: Context, *, workspace_id: int, programme_id: int) -> ProgrammeView:
    """The same for somebody of this workspace; RuleBroken "not_yours" for another's, or none."""
    async with ctx.db.read() as session:
        row = await session.get(Programme, programme_id)
        if row is None or row.workspace_id != workspace_id:
            raise RuleBroken("not_yours")
        (view,) = await programme_views(ctx, session, [row])
        return view


async def in_channel(ctx: Context, *, workspace_id: int, channel: str) -> ProgrammeView | None:
    """The programme of a channel (Slack's id), None when it has none."""
    async with ctx.db.read() as session:
        statement = select(Programme).where(
            Programme.workspace_id == workspace_id, Programme.channel == channel
        )
        rows = list((await session.execute(statement)).scalars())
        views = await programme_views(ctx, session, rows)
    return views[0] if views else None


def see_round(row: Round, programme: ProgrammeView, answer: bool | None = None) -> RoundView:
    """A round as it is; `answer` is what its reader said to the notice."""
    return RoundView(
        id=row.id,
        programme=programme,
        number=row.number,
        part=row.part,
        due_on=row.due_on,
        runs_at=row.runs_at,
        state=row.state,
        run=row.run,
        seed=row.seed,
        answer=answer,
        meets_at=row.meets_at,
        place=row.place,
    )


async def programme_views(
    ctx: Context, session: AsyncSession, rows: Sequence[Programme]
) -> tuple[ProgrammeView, ...]:
    """Views of these programmes, in their order."""
    if not rows:
        return ()
    ids = [row.id for row in rows]
    leads = await _leads(ctx, session, rows)
    counted = await _enrolled(session, ids)
    announced = await announced_rounds(session, ids)
    return tuple(
        see_programme(
            row,
            leads=leads.get(row.id, ()),
            enrolled=counted.get(row.id, 0),
            next_dates=dates_of(row, ctx.now(), announced.get(row.id)),
        )
        for row in rows
    )


def dates_of(row: Programme, now: datetime, announced: Round | None) -> tuple[datetime, ...]:
    """When the next rounds run (UTC): one that was announced, and those to come."""
    if row.archived_at is not None:
        return ()
    by_name = dict(coming(row, now, DATES_SHOWN))
    if announced is not None and announced.runs_at > now:
        by_name[announced.due_on] = announced.runs_at
    return tuple(sorted(by_name.values())[:DATES_SHOWN])


def see_programme(
    row: Programme,
    *,
    leads: Sequence[PersonView] = (),
    enrolled: int = 0,
    next_dates: Sequence[datetime] = (),
) -> ProgrammeView:
    """The view of a row, which need not be written down yet (its id is 0 then)."""
    return ProgrammeView(
        id=row.id or 0,
        workspace_id=row.workspace_id,
        name=row.name,
        channel=row.channel or "",
        announcement=row.announcement,
        contacts=row.contacts,
        kinds=tuple(kind for kind in Kind if kind.value in row.kinds),
        shape=row.shape,
        round_kind=row.round_kind,
        every=row.every,
        weekday=row.weekday,
        month_day=row.month_day,
        runs_at=row.runs_at,
        zone=row.zone,
        is_opt_in=row.is_opt_in,
        approval=row.approval,
        length_minutes=row.length_minutes,
        capacity=row.capacity,
        must_differ=tuple(row.must_differ),
        must_share=tuple(row.must_share),
        repeat_window=row.repeat_window,
        weights=dict(row.weights),
        with_trios=row.with_trios,
        country=row.country,
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        retention_days=row.retention_days,
        is_archived=row.archived_at is not None,
        leads=tuple(leads),
        enrolled=enrolled,
        next_dates=tuple(next_dates),
    )


async def _leads(
    ctx: Context, session: AsyncSession, rows: Iterable[Programme]
) -> dict[int, tuple[PersonView, ...]]:
    """By programme; the open one is led by the workspace's admins."""
    found: dict[int, tuple[PersonView, ...]] = {}
    statement = (
        select(Lead.programme_id, Person)
        .join(Person, col(Person.id) == Lead.person_id)
        .where(col(Lead.programme_id).in_([row.id for row in rows]))
        .order_by(col(Lead.id))
    )
    for programme_id, person in await session.execute(statement):
        found[programme_id] = (*found.get(programme_id, ()), see_person(person, ctx.now()))
    for row in rows:
        if row.channel is None:
            admins = (
                select(Person)
                .where(
                    Person.workspace_id == row.workspace_id,
                    col(Person.is_admin).is_(True),
                    col(Person.is_deleted).is_(False),
                )
                .order_by(col(Person.id))
            )
            people = (await session.execute(admins)).scalars()
            found[row.id] = tuple(see_person(each, ctx.now()) for each in people)
    return found


async def _enrolled(session: AsyncSession, ids: Sequence[int]) -> dict[int, int]:
    statement = (
        select(Enrolment.programme_id, func.count(func.distinct(Enrolment.person_id)))
        .where(col(Enrolment.programme_id).in_(ids), col(Enrolment.ended_at).is_(None))
        .group_by(col(Enrolment.programme_id))
    )
    return dict((await session.execute(statement)).all())


async def announced_rounds(session: AsyncSession, ids: Sequence[int]) -> dict[int, Round]:
    """The round of each programme that was announced and has not run yet."""
    statement = (
        select(Round)
        .where(
            col(Round.programme_id).in_(ids),
            Round.state == RoundState.ANNOUNCED,
            Round.part == 0,
        )
        .order_by(col(Round.runs_at).desc())
    )
    return {row.programme_id: row for row in (await session.execute(statement)).scalars()}


async def channel_of_team(session: AsyncSession, team_id: str, channel: str) -> int | None:
    """The id of the programme of a channel, by Slack's ids of the team and the channel."""
    statement = (
        select(Programme.id)
        .join(Workspace, col(Workspace.id) == Programme.workspace_id)
        .where(Workspace.slack_team_id == team_id, Programme.channel == channel)
    )
    return (await session.execute(statement)).scalar_one_or_none()
