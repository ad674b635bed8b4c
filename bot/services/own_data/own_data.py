"""All that Lantern holds about somebody, for themselves, as a file that people can read (9)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.domain.hours import zone_or_utc
from bot.domain.job_kinds import JobKind
from bot.services.access import active_person
from bot.services.context import Context
from bot.services.installations import serving_workspace
from bot.services.jobs import is_on_its_way, job_to
from bot.services.own_data.own_words import Words, labelled, moment, plain
from bot.services.seeing import FORMER
from bot.store.personal import Held, links_to_people, table_of
from bot.store.personal_tables import PERSONAL
from bot.store.tables import Installation, PeopleImport, Person, Programme

INSTALLED: Final = "where you installed Lantern"
LISTED: Final = "lists of people that name you and were not taken over yet"


def not_in_here(words: Words) -> list[str]:
    """What somebody may look for in the file in vain, and why."""
    return [
        words.sentence("own_private"),
        words.sentence("own_slack"),
        words.sentence("own_deleted"),
    ]


async def ask_own_data(ctx: Context, *, actor_id: int, receipt: str | None = None) -> None:
    """Somebody wants all that is held about them, as a file in their DM: once, while it is on its
    way.

    Raises RuleBroken "bot", "guest" or "deactivated".
    """
    async with ctx.db.work() as work:
        await work.once(receipt, ctx.now())
        actor = await active_person(work, actor_id)
        await work.lock(Person, actor_id)
        # Real time: asked for again when it is there, it comes again, though the clock stand still.
        key = f"person:{actor_id}:own_file:{ctx.clock.wall().timestamp()}"
        file = job_to(actor, JobKind.OWN_FILE, key, now=ctx.now())
        if not await is_on_its_way(work, file):
            await work.plan(file)
        await work.commit()


async def own_file(ctx: Context, *, person_id: int, words: Words) -> bytes:
    """The file itself: JSON in UTF-8, indented, every time in the person's own zone.

    What it says is in the language of `words`; what its fields are called is the same in all.
    """
    found = await own_data(ctx, person_id=person_id, words=words)
    return json.dumps(found, ensure_ascii=False, indent=2).encode()


async def own_data(ctx: Context, *, person_id: int, words: Words) -> dict[str, Any]:
    """The same as a dict: headings to rows. A heading under which there is nothing is left out.

    Raises NoResultFound when there is no such person.
    """
    async with ctx.db.read() as session:
        me = await session.get_one(Person, person_id)
        names = await _names(session, me.workspace_id, words)
        reader = _Reader(ctx, session, me, names, words)
        found: dict[str, Any] = {
            "about": words.sentence("own_about", name=me.name),
            "made": moment(ctx.now(), me.zone, words),
            "times": words.sentence("own_times", zone=str(zone_or_utc(me.zone))),
            "not in here": not_in_here(words),
        }
        for held in PERSONAL:
            rows = await reader.rows(held)
            if rows:
                found[held.title] = rows[0] if held.table is Person else rows
        if listed := await reader.listed():
            found[LISTED] = listed
        if installed := await reader.installed():
            found[INSTALLED] = installed
    return found


@dataclass(frozen=True, slots=True)
class _Names:
    """What links say in words."""

    people: Mapping[int, str]
    programmes: Mapping[int, str]


async def _names(session: AsyncSession, workspace_id: int, words: Words) -> _Names:
    people = select(col(Person.id), col(Person.name)).where(
        col(Person.workspace_id) == workspace_id
    )
    named = select(col(Programme.id), col(Programme.name)).where(
        col(Programme.workspace_id) == workspace_id
    )
    gone = words.translations.gettext(FORMER)
    return _Names(
        {row[0]: row[1] or gone for row in await session.execute(people)},
        {row[0]: row[1] for row in await session.execute(named)},
    )


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads one person's rows, table by table."""

    ctx: Context
    session: AsyncSession
    me: Person
    names: _Names
    words: Words

    async def rows(self, held: Held) -> list[dict[str, Any]]:
        """The rows of a table that are theirs, each with labels, without what is empty."""
        mine = self.me.id
        table = table_of(held.table)
        told = [words.told(mine) for words in held.words]
        # The table and not its model: nothing read here is to be written back.
        statement = select(table, *told).where(held.theirs(mine)).order_by(table.c.id)
        width = len(table.columns)
        rows = []
        for row in await self.session.execute(statement):
            values = dict(zip(table.columns.keys(), row[:width], strict=True))
            for words, may in zip(held.words, row[width:], strict=True):
                if not may:
                    values[words.column] = None
                elif words.keyed:
                    values[words.column] = (values[words.column] or {}).get(str(mine))
            rows.append(self._said(held, values))
        return rows

    def _said(self, held: Held, values: Mapping[str, Any]) -> dict[str, Any]:
        people = links_to_people(table_of(held.table))
        said: dict[str, Any] = {}
        for column, value in values.items():
            if column in held.hides or value is None or value in ("", [], {}):
                continue
            if column in people:
                said[labelled(column)] = self._person(value)
            elif column == "programme_id":
                said["programme"] = self.names.programmes.get(value, "")
            else:
                said[labelled(column)] = plain(
                    column, value, self.me.zone, self.ctx.library, self.words
                )
        return said

    def _person(self, person_id: int) -> str:
        if person_id == self.me.id:
            return self.words.translations.gettext("you")
        return self.names.people.get(person_id) or self.words.translations.gettext(FORMER)

    async def installed(self) -> list[dict[str, Any]]:
        """The installations of Lantern that they made, here or in the organisation around it."""
        made = await self.session.execute(
            select(Installation)
            .where(
                col(Installation.installed_by) == self.me.slack_id,
                col(Installation.id).in_(serving_workspace(self.me.workspace_id)),
            )
            .order_by(col(Installation.id))
        )
        return [
            {"name": row.name, "installed": moment(row.installed_at, self.me.zone, self.words)}
            for row in made.scalars()
        ]

    async def listed(self) -> list[dict[str, Any]]:
        """What lists that leads sent say of them, until the lead takes them over or not."""
        batches = await self.session.execute(
            select(PeopleImport)
            .join(Programme, col(Programme.id) == PeopleImport.programme_id)
            .where(
                col(PeopleImport.rows).is_not(None),
                col(Programme.workspace_id) == self.me.workspace_id,
            )
            .order_by(col(PeopleImport.id))
        )
        return [
            {
                "programme": self.names.programmes[batch.programme_id],
                "sent": moment(batch.made_at, self.me.zone, self.words),
                "says": values,
            }
            for batch in batches.scalars()
            for _, slack_id, values in batch.rows or ()
            if slack_id == self.me.slack_id
        ]
