"""The people of a programme as a file, in the columns that a list may be sent back in."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.job_kinds import JobKind
from bot.services.access import access_programme, active_person
from bot.services.context import Context
from bot.services.jobs import is_on_its_way, job_to
from bot.services.lists.importing_rows import COLUMNS, cells_of
from bot.services.lists.listing_people import standing_of
from bot.services.lists.sheets import write_sheet

WRITTEN = tuple(column for column in COLUMNS if column != "email")
"""Slack's id says who is meant, and the name is for reading; addresses are not kept."""


async def ask_people(
    ctx: Context, *, actor_id: int, programme_id: int, receipt: str | None = None
) -> None:
    """A lead wants the list of people, in their DM: once, while it is on its way. Raises RuleBroken
    "not_a_lead"."""
    async with ctx.db.work() as work:
        await work.once(receipt, ctx.now())
        actor = await active_person(work, actor_id)
        programme = await access_programme(work, actor, programme_id)
        # Real time: asked for again when it is there, it comes again, though the clock stand still.
        key = f"programme:{programme.id}:people:{actor_id}:{ctx.clock.wall().timestamp()}"
        file = job_to(actor, JobKind.PEOPLE_FILE, key, now=ctx.now(), programme_id=programme.id)
        if not await is_on_its_way(work, file):
            await work.plan(file)
        await work.commit()


@dataclass(frozen=True, slots=True)
class PeopleSheet:
    """The people of a programme, to be written in a language."""

    rows: tuple[dict[str, object], ...]

    def written(self, headings: Mapping[str, str], areas: Mapping[str, str]) -> bytes:
        """The CSV file, with these headings by column and these labels by area."""
        cells = (cells_of(row, areas) for row in self.rows)
        rows = [[row[column] for column in WRITTEN] for row in cells]
        return write_sheet([headings[column] for column in WRITTEN], rows)


async def people_sheet(ctx: Context, *, programme_id: int) -> PeopleSheet:
    """Everybody who takes part, by name: as a CSV file it can be imported as it is.

    What somebody wrote in their own words is not in it, nor whom they would rather not meet.
    """
    areas = ctx.library.areas
    async with ctx.db.read() as session:
        standing = await standing_of(session, programme_id, areas)
    return PeopleSheet(
        tuple(
            {**one.values, "person": slack_id, "name": one.name}
            for slack_id, one in standing.items()
            if one.is_enrolled and one.takes_part
        )
    )
