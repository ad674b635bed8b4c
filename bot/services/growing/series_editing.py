"""A programme's own series, edited by its leads as text; running pairs keep what they ticked."""

from collections.abc import Sequence
from dataclasses import asdict

from sqlmodel import col, select

from bot.domain.errors import RuleBroken
from bot.domain.series import STAGES_MAX, Series
from bot.domain.states import RelationshipState
from bot.domain.words import check_text
from bot.services.access import access_programme
from bot.services.context import Context
from bot.services.growing.library_series import OWN, parse_stages, stage_text
from bot.services.growing.series_planning import replan_tasks
from bot.services.growing.views_series import SeriesForm
from bot.store.tables import Person, ProgrammeSeries, Relationship
from bot.store.work import Work

NAME_MAX = 60


async def series_form(ctx: Context, *, actor_id: int, programme_id: int) -> SeriesForm:
    """The programme's series as text, or the one that ships to begin with.

    Raises RuleBroken "not_a_lead" for anybody but its leads and the workspace's admins.
    """
    async with ctx.db.work() as work:
        actor = await work.session.get_one(Person, actor_id)
        programme = await access_programme(work, actor, programme_id)
        row = await _row(work, programme_id)
    if row is None:
        shipped = next(iter(ctx.library.series.values()))
        texts = tuple(stage_text(stage) for stage in shipped.stages)
        return SeriesForm(programme.id, programme.name, shipped.name, texts, 0)
    texts = tuple(row.content["texts"])
    return SeriesForm(programme.id, programme.name, row.content["name"], texts, row.version)


async def edit_series(
    ctx: Context,
    *,
    actor_id: int,
    programme_id: int,
    version: int,
    name: str,
    texts: Sequence[str],
    receipt: str | None = None,
) -> int:
    """Make these the stages of the programme's series, and return its version.

    `version` is the one that was edited: RuleBroken "series_changed" when another lead was faster.
    Every other fault is shown at its field (see `library_series.parse_stages`). Pairs on their way
    see the new tasks; what they ticked stays ticked, also of tasks that are gone.
    """
    said = check_text(name, field="name", limit=NAME_MAX)
    series = parse_stages(said, texts[:STAGES_MAX])
    async with ctx.db.work() as work:
        await work.once(receipt, ctx.now())
        actor = await work.session.get_one(Person, actor_id)
        await access_programme(work, actor, programme_id)  # holds it against other leads
        row = await _row(work, programme_id)
        if version != (row.version if row else 0):
            raise RuleBroken("series_changed", field="name")
        content = _content(series, texts)
        if row is None:
            made = ctx.now()
            row = ProgrammeSeries(programme_id=programme_id, by_id=actor_id, edited_at=made)
            row.content = content
            await work.add(row)
        else:
            row.content, row.version = content, row.version + 1
            row.by_id, row.edited_at = actor_id, ctx.now()
        await _show_anew(ctx, work, programme_id)
        await work.commit()
        return row.version


def _content(series: Series, texts: Sequence[str]) -> dict[str, object]:
    """What is kept: the stages as they were understood, and as they were written."""
    stages = [asdict(stage) for stage in series.stages]
    for stage in stages:
        stage["tasks"] = [{**task, "role": str(task["role"])} for task in stage["tasks"]]
    return {"name": series.name, "stages": stages, "texts": [t for t in texts if t.strip()]}


async def _row(work: Work, programme_id: int) -> ProgrammeSeries | None:
    statement = select(ProgrammeSeries).where(ProgrammeSeries.programme_id == programme_id)
    return (await work.session.execute(statement)).scalar_one_or_none()


async def _show_anew(ctx: Context, work: Work, programme_id: int) -> None:
    """The pairs of the programme that work through its own series."""
    statement = (
        select(Relationship)
        .where(
            Relationship.programme_id == programme_id,
            Relationship.series == OWN,
            Relationship.state == RelationshipState.ACTIVE,
        )
        .order_by(col(Relationship.id))
        .with_for_update(key_share=True)
    )
    for row in (await work.session.execute(statement)).scalars().all():
        await replan_tasks(ctx, work, row)
