"""What became of a lead's list of people, as its card shows it."""

from typing import Any, Final

from bot.domain.job_kinds import JobKind
from bot.services.context import Context
from bot.services.programmes.programmes_reading import programme_views
from bot.services.programmes.views_programmes import ImportView, ProblemView
from bot.services.reading_session import person_views
from bot.services.views import PersonView
from bot.store.tables import Job, PeopleImport, Programme

PROBLEMS_SHOWN: Final = 15
UNKNOWN: Final = "unknown_columns"
"""Columns that were left aside are kept among the problems, of row 0."""


def card_of(import_id: int) -> tuple[Any, ...]:
    """Which job is a list's card, as conditions."""
    return (Job.import_id == import_id, Job.kind == JobKind.IMPORT_CARD)


def state_of(batch: PeopleImport) -> str:
    """ "reading", "ready", "failed", "taken" or "discarded"."""
    if batch.discarded_at is not None:
        return "discarded"
    if batch.taken_at is not None:
        return "taken"
    if batch.failure is not None:
        return "failed"
    return "reading" if batch.read_at is None else "ready"


async def import_view(ctx: Context, *, import_id: int) -> ImportView:
    """A list as the lead who sent it is shown it; KeyError when there is none."""
    async with ctx.db.read() as session:
        batch = await session.get(PeopleImport, import_id)
        if batch is None:
            raise KeyError(import_id)
        programme = await session.get_one(Programme, batch.programme_id)
        (view,) = await programme_views(ctx, session, [programme])
    kept = {(row, key): facts for row, key, facts in batch.problems or ()}
    problems = [ProblemView(*each, facts=kept[each]) for each in kept if each[0]]
    return ImportView(
        id=batch.id,
        programme=view,
        state=state_of(batch),
        new=batch.counts.get("new", 0),
        changed=batch.counts.get("changed", 0),
        unchanged=batch.counts.get("unchanged", 0),
        problems=tuple(problems[:PROBLEMS_SHOWN]),
        problem_count=len(problems),
        unknown_columns=tuple(kept.get((0, UNKNOWN), {}).get("columns", ())),
        failure=batch.failure,
        failure_facts=kept.get((0, batch.failure), {}) if batch.failure else {},
    )


async def sent_by(ctx: Context, *, import_id: int) -> PersonView:
    """The lead who sent a list."""
    async with ctx.db.read() as session:
        batch = await session.get_one(PeopleImport, import_id)
        return (await person_views(ctx, session, [batch.by_id]))[batch.by_id]
