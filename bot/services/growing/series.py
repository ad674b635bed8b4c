"""A pair works through its series (6.4): begin it, tick what is done, keep a note on it."""

from collections.abc import Collection

from bot.domain.errors import RuleBroken
from bot.domain.series import Series, Task
from bot.domain.states import RelationshipState
from bot.domain.words import check_text
from bot.services.context import Context
from bot.services.growing.library_series import OWN
from bot.services.growing.series_planning import plan_series, plan_stage, replan_tasks
from bot.services.growing.series_reading import done_rows, own_series, series_for
from bot.services.seeing import hours_of
from bot.services.sessions.preparing import meant
from bot.store.tables import Person, Relationship, TaskDone
from bot.store.work import Work

NOTE_MAX = 1000  # characters; several stand on one card


async def begin_series(
    ctx: Context, *, actor_id: int, relationship_id: int, series: str, receipt: str | None = None
) -> None:
    """Either of the two begins a series for both, today on the mentee's calendar.

    Raises RuleBroken "not_yours", "relationship_over", "series_begun" when there is one already,
    "unknown_choice" at "series".
    """
    async with ctx.db.work() as work:
        await work.once(receipt, ctx.now())
        row = await _access(work, actor_id, relationship_id)
        await start(ctx, work, row, series)
        await work.commit()


async def start(ctx: Context, work: Work, row: Relationship, series: str) -> None:
    """`begin_series` inside a transaction that holds the relationship."""
    if row.series_on is not None:
        raise RuleBroken("series_begun", field="series")
    own = series == OWN and await own_series(work.session, row.programme_id) is not None
    if not own and series not in ctx.library.series:
        raise RuleBroken("unknown_choice", field="series")
    mentee = await work.session.get_one(Person, row.mentee_id)
    row.series, row.series_on = series, hours_of(mentee).local_day(ctx.now())
    await plan_series(ctx, work, row)


async def tick_tasks(
    ctx: Context,
    *,
    actor_id: int,
    relationship_id: int,
    ticked: Collection[str],
    shown: Collection[str],
    drawn: Collection[str] | None = None,
) -> None:
    """Make `ticked` what is done of the tasks that were `shown`, keys of the series.

    `drawn` is what stood ticked when it was shown (see `preparing.meant`). Ticking the last task of
    a stage tells both of the next one. Raises RuleBroken "not_yours" for anybody but the mentee,
    "relationship_over".
    """
    async with ctx.db.work() as work:
        row, series = await _access_tasks(ctx, work, actor_id, relationship_id)
        rows = await done_rows(work.session, row.id)
        known = {task.key for task in series.tasks} & set(shown)
        had = {key for key in known if key in rows and rows[key].done_at}
        wanted = known & meant(had, set(ticked), drawn)
        for task in series.tasks:
            if task.key in wanted ^ had:
                await _mark(ctx, work, row, task, rows, is_done=task.key in wanted)
        if wanted != had:
            await _tell_stages(ctx, work, row, series, wanted - had)
            await replan_tasks(ctx, work, row)
        await work.commit()


async def finish_task(ctx: Context, *, actor_id: int, relationship_id: int, task: str) -> None:
    """Tick one task, from the nudge about it; does no harm when it is done. Raises as above."""
    await tick_tasks(
        ctx,
        actor_id=actor_id,
        relationship_id=relationship_id,
        ticked={task},
        shown={task},
    )


async def note_task(
    ctx: Context,
    *,
    actor_id: int,
    relationship_id: int,
    task: str,
    note: str,
    shared: bool,
    receipt: str | None = None,
) -> None:
    """Keep the mentee's note on a task, for them alone or for both; an empty one is taken away.

    Raises RuleBroken "not_yours", "relationship_over", "unknown_choice" at "task", "too_long".
    """
    text = check_text(note, field="note", limit=NOTE_MAX, required=False)
    async with ctx.db.work() as work:
        await work.once(receipt, ctx.now())
        row, series = await _access_tasks(ctx, work, actor_id, relationship_id)
        found = series.task(task)
        if found is None:
            raise RuleBroken("unknown_choice", field="task")
        rows = await done_rows(work.session, row.id)
        kept = rows.get(task) or await _new(work, row, found)
        kept.note, kept.is_shared = text or None, bool(text) and shared
        await replan_tasks(ctx, work, row)
        await work.commit()


async def _access(work: Work, actor_id: int, relationship_id: int) -> Relationship:
    """The relationship, held for a change by one of the two while it lasts."""
    row = await work.lock(Relationship, relationship_id)
    if row is None or actor_id not in (row.mentor_id, row.mentee_id):
        raise RuleBroken("not_yours")
    if row.state is not RelationshipState.ACTIVE:
        raise RuleBroken("relationship_over")
    return row


async def _access_tasks(
    ctx: Context, work: Work, actor_id: int, relationship_id: int
) -> tuple[Relationship, Series]:
    """The same by the mentee, whose tasks they are, with the series."""
    row = await _access(work, actor_id, relationship_id)
    series = await series_for(work.session, row, ctx.library)
    if actor_id != row.mentee_id or series is None:
        raise RuleBroken("not_yours")
    return row, series


async def _mark(
    ctx: Context,
    work: Work,
    row: Relationship,
    task: Task,
    rows: dict[str, TaskDone],
    *,
    is_done: bool,
) -> None:
    kept = rows.get(task.key)
    if kept is None:
        kept = rows[task.key] = await _new(work, row, task)
    kept.done_at = ctx.now() if is_done else None
    kept.title = task.title


async def _new(work: Work, row: Relationship, task: Task) -> TaskDone:
    return await work.add(TaskDone(relationship_id=row.id, task=task.key, title=task.title))


async def _tell_stages(
    ctx: Context, work: Work, row: Relationship, series: Series, fresh: Collection[str]
) -> None:
    """A stage whose last task was ticked just now is told of."""
    rows = await done_rows(work.session, row.id)
    done = {key for key, each in rows.items() if each.done_at}
    for stage in series.stages:
        keys = {task.key for task in stage.tasks}
        if keys & set(fresh) and keys <= done:
            await plan_stage(ctx, work, row, stage.key)
