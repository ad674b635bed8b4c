"""A programme with rounds, for tests: told by what its leads and its people do."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from typing import Any

from sqlmodel import select

from bot.domain.job_kinds import JobKind
from bot.domain.kinds import Kind, Role
from bot.domain.programmes import Approval, Shape
from bot.domain.states import RoundState
from bot.services.context import Context
from bot.services.programmes.views_programmes import PairView, ReviewView
from bot.services.rounds import opening, reviewing, running
from bot.store.tables import (
    Enrolment,
    Lead,
    Person,
    Programme,
    Round,
    RoundLeft,
    RoundPair,
    RoundReply,
    Session,
)
from tests.services.story import Story

AREA, OTHER_AREA = "engineering", "writing"
WINDOWS = ["mon_am", "wed_pm"]


@dataclass
class Rounds:
    """One programme in a channel, its lead, and one round after another."""

    story: Story
    programme: Programme
    lead: Person
    _numbers: Any = field(default_factory=lambda: count(1))

    @property
    def ctx(self) -> Context:
        return self.story.ctx

    async def enrol(self, name: str, *roles: Role, **columns: Any) -> Person:
        """Somebody who takes part in these roles (as a mentee, if none is named).

        Columns of a person are theirs, the others of each of their enrolments.
        """
        own = Person.model_fields.keys() - Enrolment.model_fields.keys() - {"windows"}
        theirs = {key: columns.pop(key) for key in list(columns) if key in own}
        person = await self.story.facts.person(name, **theirs)
        for role in roles or (Role.MENTEE,):
            await self.take_part(person, role, **columns)
        return person

    async def mentor(self, name: str, **columns: Any) -> Person:
        return await self.enrol(name, Role.MENTOR, **columns)

    async def take_part(self, person: Person, role: Role, **columns: Any) -> Enrolment:
        given = {"areas": [AREA], "windows": WINDOWS, "created_at": self.ctx.now(), **columns}
        row = Enrolment(programme_id=self.programme.id, person_id=person.id, role=role, **given)
        added: Enrolment = await self.story.facts.add(row)
        return added

    async def round(self, **columns: Any) -> Round:
        """A round that was announced, and runs now."""
        number = next(self._numbers)
        given = {
            "due_on": date(2026, 11, 1) + timedelta(days=number),
            "number": number,
            "runs_at": self.ctx.now(),
            "state": RoundState.ANNOUNCED,
            "seed": 7,
            "made_at": self.ctx.now() - timedelta(days=1),
            **columns,
        }
        row: Round = await self.story.facts.add(Round(programme_id=self.programme.id, **given))
        return row

    async def planned(self, **columns: Any) -> Round:
        """A round with a plan."""
        return await self.run(await self.round(**columns))

    async def run(self, row: Round) -> Round:
        await running.begin(self.ctx, round_id=row.id)
        await running.run(self.ctx, round_id=row.id)
        return await self.seen(row)

    async def opened(self, row: Round | None = None, **approved: Any) -> Round:
        """A round whose plan was approved and went out."""
        row = row or await self.planned()
        if row.state is RoundState.PLANNED:
            await self.approve(row, **approved)
        await opening.open_pairs(self.ctx, round_id=row.id)
        return await self.seen(row)

    async def approve(self, row: Round, run: int | None = None, **given: Any) -> None:
        given = {"actor_id": self.lead.id, **given}
        seen = row.run if run is None else run
        await reviewing.approve(self.ctx, round_id=row.id, run=seen, **given)

    async def seen(self, row: Round) -> Round:
        found: Round = await self.story.facts.one(Round, row.id)
        return found

    async def review(self, row: Round) -> ReviewView:
        return await reviewing.review(self.ctx, round_id=row.id)

    async def pairs(self, row: Round) -> list[RoundPair]:
        return await self._rows(RoundPair, row)

    async def left(self, row: Round) -> list[RoundLeft]:
        return await self._rows(RoundLeft, row)

    async def _rows(self, table: Any, row: Round) -> list[Any]:
        async with self.ctx.db.read() as session:
            statement = select(table).where(table.round_id == row.id).order_by(table.id)
            return list((await session.scalars(statement)).all())

    async def together(self, row: Round) -> set[tuple[str, str]]:
        """The plan as names: mentee, mentor."""
        names = {each.id: each.name for each in await self.story.facts.all(Person)}
        return {(names[each.mentee_id], names[each.mentor_id]) for each in await self.pairs(row)}

    async def pair_of(self, row: Round, person: Person) -> PairView:
        """The one pair of somebody, as leads see it."""
        note = f"person:{person.id}"
        page = await reviewing.pairs_page(self.ctx, round_id=row.id, note=note)
        (pair,) = page.pairs
        return pair

    async def sessions(self) -> list[Session]:
        return await self.story.facts.all(Session)

    async def says(self, row: Round, person: Person, is_in: bool) -> None:
        reply = RoundReply(
            round_id=row.id, person_id=person.id, is_in=is_in, answered_at=self.ctx.now()
        )
        await self.story.facts.add(reply)

    async def change(self, person: Person, **columns: Any) -> None:
        """Let a person's columns be so from now on."""
        async with self.ctx.db.work() as work:
            row = await work.session.get_one(Person, person.id)
            for name, value in columns.items():
                setattr(row, name, value)
            await work.commit()

    async def set(self, **columns: Any) -> None:
        """Let the programme's columns be so from now on."""
        async with self.ctx.db.work() as work:
            row = await work.session.get_one(Programme, self.programme.id)
            for name, value in columns.items():
                setattr(row, name, value)
            await work.commit()

    async def unmatched(self) -> list[int | None]:
        """Who is told that nobody was found."""
        return [each.recipient_id for each in await self.story.jobs(JobKind.UNMATCHED)]


async def a_programme(story: Story, **columns: Any) -> Rounds:
    """A programme of pairs whose plans a lead approves, where sharing a topic is not a must."""
    workspace = await story.facts.workspace()
    given = {
        "name": "Engineering mentoring",
        "channel": "C0ENG",
        "shape": Shape.PAIRS,
        "round_kind": Kind.FLASH,
        "approval": Approval.LEAD,
        "must_share": ["topic"],
        "must_differ": ["reporting_line"],
        "created_at": story.ctx.now(),
        **columns,
    }
    programme = await story.facts.add(Programme(workspace_id=workspace.id, **given))
    lead = await story.facts.person("Lea Lead")
    await story.facts.add(
        Lead(programme_id=programme.id, person_id=lead.id, made_at=story.ctx.now())
    )
    return Rounds(story, programme, lead)
