"""Reading a pair's series: who sees what of it. The mentee's notes are theirs unless shared."""

from collections.abc import Mapping

from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, or_, select

from bot.domain.errors import RuleBroken
from bot.domain.kinds import Role
from bot.domain.series import Series, Stage, Task, due_dates
from bot.domain.states import RelationshipState
from bot.services.context import Context
from bot.services.growing.library_series import OWN, SeriesText
from bot.services.growing.views_series import SeriesChoice, SeriesView, StageView, TaskView
from bot.services.library import Library
from bot.services.reading_session import person_views
from bot.services.seeing import hours_of
from bot.store.tables import Person, ProgrammeSeries, Relationship, TaskDone

LIVE = (RelationshipState.DRAFTING, RelationshipState.ACTIVE)


async def series_view(ctx: Context, *, relationship_id: int, reader_id: int) -> SeriesView:
    """A pair's series as one of the two sees it; RuleBroken "not_yours" for anybody else."""
    async with ctx.db.read() as session:
        row = await session.get(Relationship, relationship_id)
        if row is None or reader_id not in (row.mentor_id, row.mentee_id):
            raise RuleBroken("not_yours")
        return await _view(ctx, session, row, reader_id)


async def series_of(ctx: Context, *, person_id: int) -> tuple[SeriesView, ...]:
    """The series of everyone they go on with formally just now, the oldest first."""
    async with ctx.db.read() as session:
        statement = (
            select(Relationship)
            .where(
                or_(
                    col(Relationship.mentor_id) == person_id,
                    col(Relationship.mentee_id) == person_id,
                ),
                col(Relationship.state) == RelationshipState.ACTIVE,
            )
            .order_by(col(Relationship.id))
        )
        rows = (await session.execute(statement)).scalars().all()
        return tuple([await _view(ctx, session, row, person_id) for row in rows])


async def choices(ctx: Context, *, relationship_id: int) -> tuple[SeriesChoice, ...]:
    """What a pair may begin: their programme's own series first, then those that ship."""
    async with ctx.db.read() as session:
        row = await session.get_one(Relationship, relationship_id)
        own = await own_series(session, row.programme_id)
    found = ({OWN: own} if own else {}) | dict(ctx.library.series)
    return tuple(
        SeriesChoice(key, series.name, tuple(stage.name for stage in series.stages))
        for key, series in found.items()
    )


async def own_series(session: AsyncSession, programme_id: int) -> Series | None:
    """The series that a programme's leads wrote, if they did."""
    statement = select(ProgrammeSeries).where(ProgrammeSeries.programme_id == programme_id)
    row = (await session.execute(statement)).scalar_one_or_none()
    return None if row is None else written(row)


def written(row: ProgrammeSeries) -> Series:
    """What stands in a programme's series; it was checked when it was written."""
    kept = {name: row.content[name] for name in ("name", "stages")}
    return SeriesText.model_validate(kept).series()


async def series_for(session: AsyncSession, row: Relationship, library: Library) -> Series | None:
    """The series a pair works through; None before one was begun, or when it went out of use."""
    if row.series_on is None:
        return None
    if row.series == OWN:
        return await own_series(session, row.programme_id)
    return library.series.get(row.series)


async def done_rows(session: AsyncSession, relationship_id: int) -> dict[str, TaskDone]:
    """What became of a pair's tasks, by key."""
    statement = (
        select(TaskDone)
        .where(TaskDone.relationship_id == relationship_id)
        .order_by(col(TaskDone.id))
    )
    return {row.task: row for row in (await session.execute(statement)).scalars()}


async def _view(
    ctx: Context, session: AsyncSession, row: Relationship, reader_id: int
) -> SeriesView:
    series = await series_for(session, row, ctx.library)
    people = await person_views(ctx, session, (row.mentor_id, row.mentee_id))
    is_mentee = reader_id == row.mentee_id
    rows = await done_rows(session, row.id)
    mentee = await session.get_one(Person, row.mentee_id)
    return SeriesView(
        relationship_id=row.id,
        name=series.name if series else "",
        me=people[reader_id],
        other=people[row.mentor_id if is_mentee else row.mentee_id],
        role=Role.MENTEE if is_mentee else Role.MENTOR,
        is_over=row.state not in LIVE,
        stages=_stages(series, row, mentee, rows, is_mentee=is_mentee) if series else (),
        former=_former(series, rows) if series else (),
    )


def _stages(
    series: Series,
    row: Relationship,
    mentee: Person,
    rows: Mapping[str, TaskDone],
    *,
    is_mentee: bool,
) -> tuple[StageView, ...]:
    assert row.series_on is not None
    hours = hours_of(mentee)
    done = {key: hours.local_day(each.done_at) for key, each in rows.items() if each.done_at}
    due = due_dates(series, row.series_on, done)

    def task(each: Task) -> TaskView:
        kept = rows.get(each.key)
        shown = kept is not None and (is_mentee or kept.is_shared)
        return TaskView(
            key=each.key,
            title=each.title,
            role=each.role,
            purpose=each.purpose,
            tip=each.note,
            due_on=due[each.key],
            done_on=done.get(each.key),
            note=(kept.note or "") if kept and shown else "",
            is_shared=kept is not None and kept.is_shared,
        )

    def stage(each: Stage) -> StageView:
        tasks = tuple(task(one) for one in each.tasks)
        return StageView(each.key, each.name, each.purpose, tasks)

    return tuple(stage(each) for each in series.stages)


def _former(series: Series, rows: Mapping[str, TaskDone]) -> tuple[str, ...]:
    return tuple(
        each.title or key for key, each in rows.items() if each.done_at and not series.task(key)
    )
