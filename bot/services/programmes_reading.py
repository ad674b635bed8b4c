"""Reading programmes: what they offer, who leads them, and when their next rounds are."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, func, or_, select

from bot.domain.kinds import Kind
from bot.domain.states import RequestState, RoundState
from bot.services.cadences import coming
from bot.services.context import Context
from bot.services.seeing import see_person
from bot.services.views import PersonView
from bot.services.views_programmes import LedView, ProgrammeView, RoundView
from bot.store.tables import Enrolment, Lead, Person, Programme, Request, Round, Workspace

DATES_SHOWN = 3
UNDER_WAY = (
    RoundState.ANNOUNCED,
    RoundState.RUNNING,
    RoundState.PLANNED,
    RoundState.APPROVED,
)


async def programme_view(ctx: Context, *, programme_id: int) -> ProgrammeView:
    """The programme with its leads and next dates; KeyError when there is none."""
    async with ctx.db.read() as session:
        row = await session.get(Programme, programme_id)
        if row is None:
            raise KeyError(programme_id)
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


async def choices_for(
    ctx: Context, *, person_id: int, channel: str | None = None, kind: Kind | None = None
) -> tuple[ProgrammeView, ...]:
    """Where somebody may ask for a session (of that kind): the usual place first.

    The programme of `channel`, where they are typing; then the open one; then those they are
    enrolled in. Outside of a programme's channel the open one comes first.
    """
    enrolled = select(Enrolment.programme_id).where(
        Enrolment.person_id == person_id, col(Enrolment.ended_at).is_(None)
    )
    async with ctx.db.read() as session:
        person = await session.get_one(Person, person_id)
        here = [Programme.channel == channel] if channel else []
        statement = select(Programme).where(
            Programme.workspace_id == person.workspace_id,
            col(Programme.archived_at).is_(None),
            or_(col(Programme.channel).is_(None), col(Programme.id).in_(enrolled), *here),
        )
        rows = [
            row
            for row in (await session.execute(statement)).scalars()
            if kind is None or allows(row, kind)
        ]
        rows.sort(key=lambda row: (row.channel != channel, row.channel is not None, row.name))
        return await programme_views(ctx, session, rows)


def allows(row: Programme, kind: Kind) -> bool:
    """Whether this kind may be asked for there; a programme that names none has them all."""
    return not row.kinds or kind.value in row.kinds


async def led_by(ctx: Context, *, person_id: int) -> tuple[LedView, ...]:
    """The programmes somebody leads, by name; for an admin the workspace's open one too."""
    async with ctx.db.read() as session:
        person = await session.get_one(Person, person_id)
        led = select(Lead.programme_id).where(Lead.person_id == person_id)
        theirs = [col(Programme.id).in_(led)]
        if person.is_admin:
            theirs.append(col(Programme.channel).is_(None))
        statement = (
            select(Programme)
            .where(Programme.workspace_id == person.workspace_id, or_(*theirs))
            .order_by(col(Programme.channel).is_(None), col(Programme.name), col(Programme.id))
        )
        rows = list((await session.execute(statement)).scalars())
        return await led_views(ctx, session, rows)


async def led_views(
    ctx: Context, session: AsyncSession, rows: Sequence[Programme]
) -> tuple[LedView, ...]:
    """These programmes as their leads see them: with their queue, and the round under way."""
    views = await programme_views(ctx, session, rows)
    waiting = await _waiting(session, [row.id for row in rows])
    rounds = await _rounds_under_way(session, [row.id for row in rows])
    return tuple(
        LedView(
            programme=view,
            waiting=waiting.get(view.id, 0),
            round=see_round(rounds[view.id], view) if view.id in rounds else None,
        )
        for view in views
    )


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
        starts_on=row.starts_on,
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


async def _waiting(session: AsyncSession, ids: Sequence[int]) -> dict[int, int]:
    statement = (
        select(Request.programme_id, func.count())
        .where(col(Request.programme_id).in_(ids), Request.state == RequestState.WAITING)
        .group_by(col(Request.programme_id))
    )
    return dict((await session.execute(statement)).all())


async def _rounds_under_way(session: AsyncSession, ids: Sequence[int]) -> dict[int, Round]:
    statement = (
        select(Round)
        .where(col(Round.programme_id).in_(ids), col(Round.state).in_(UNDER_WAY))
        .order_by(col(Round.id))
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
