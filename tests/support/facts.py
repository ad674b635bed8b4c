"""Rows for tests, made quickly and committed: people, a mentor, a request, an offer, a session."""

import itertools
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import SQLModel, select

from bot.domain.job_kinds import JobKind
from bot.domain.kinds import Format, Kind, Role
from bot.domain.ranks import rank_of
from bot.domain.states import ActionState, JobState, OfferState, RequestState, SessionState
from bot.store.engine import Database
from bot.store.tables import (
    ActionItem,
    Enrolment,
    Job,
    Match,
    Offer,
    Person,
    Programme,
    Request,
    Session,
    Workspace,
)
from tests.support.clock import MONDAY

TEAM = "T0LANTERN"


class Facts:
    """Writes facts into a database. Every method takes the columns that matter to the test."""

    def __init__(self, db: Database, now: datetime = MONDAY) -> None:
        self.db = db
        self.now = now
        self._count = itertools.count(1)

    async def add(self, row: Any) -> Any:
        """Commit a row, and return it with its id."""
        async with self.db.work() as work:
            await work.add(row)
            await work.commit()
        return row

    async def one(self, table: type[SQLModel], row_id: int) -> Any:
        """The row as it is in the database now."""
        async with self.db.read() as session:
            return await session.get_one(table, row_id)

    async def all(self, table: type[SQLModel]) -> list[Any]:
        """Every row, the oldest first."""
        async with self.db.read() as session:
            return list((await session.scalars(select(table).order_by("id"))).all())

    async def workspace(self) -> Workspace:
        """The one workspace, with its open programme."""
        found: list[Workspace] = await self.all(Workspace)
        if found:
            return found[0]
        row: Workspace = await self.add(Workspace(slack_team_id=TEAM, created_at=self.now))
        await self.add(Programme(workspace_id=row.id, name="Open", created_at=self.now))
        return row

    async def programme(self) -> Programme:
        await self.workspace()
        found: list[Programme] = await self.all(Programme)
        return found[0]

    async def person(self, name: str = "Ada", **columns: Any) -> Person:
        """Somebody in London, unless told otherwise, whom Lantern has not written to yet."""
        workspace = await self.workspace()
        given = {
            "slack_id": f"U{next(self._count):04}",
            "name": name,
            "zone": "Europe/London",
            "refreshed_at": self.now,
            **columns,
        }
        row: Person = await self.add(Person(workspace_id=workspace.id, **given))
        return row

    async def mentor(self, name: str = "Grace", capacity: int = 2, **columns: Any) -> Person:
        """Somebody who offered to mentor."""
        person = await self.person(name, **columns)
        programme = await self.programme()
        await self.add(
            Enrolment(
                programme_id=programme.id,
                person_id=person.id,
                role=Role.MENTOR,
                capacity=capacity,
                created_at=self.now,
            )
        )
        return person

    async def request(self, mentee: Person, **columns: Any) -> Request:
        """A flash request that is being routed; in the open programme, unless another is named."""
        programme = await self.programme()
        given = {
            "programme_id": programme.id,
            "kind": Kind.FLASH,
            "state": RequestState.ROUTING,
            "topic": "Speaking up in meetings",
            "hoped_for": "One thing to try",
            "questions": [],
            "formats": [Format.VIDEO.value],
            "created_at": self.now,
            **columns,
        }
        row: Request = await self.add(Request(mentee_id=mentee.id, **given))
        return row

    async def offer(self, request: Request, mentor: Person, **columns: Any) -> Offer:
        """The request, put to a mentor who has not answered."""
        given = {
            "state": OfferState.PENDING,
            "made_at": self.now,
            "expires_at": self.now + timedelta(days=2),
            **columns,
        }
        row: Offer = await self.add(Offer(request_id=request.id, mentor_id=mentor.id, **given))
        return row

    async def session(self, mentor: Person, mentee: Person, **columns: Any) -> Session:
        """A session of the two; scheduled if `starts_at` is given, matched otherwise."""
        request = await self.request(mentee, state=RequestState.MATCHED)
        match = await self.add(
            Match(request_id=request.id, mentor_id=mentor.id, mentee_id=mentee.id, made_at=self.now)
        )
        timed = columns.get("starts_at") is not None
        given = {
            "kind": Kind.FLASH,
            "state": SessionState.SCHEDULED if timed else SessionState.MATCHED,
            "plan": int(timed),
            "matched_at": self.now,
            **columns,
        }
        row: Session = await self.add(
            Session(
                programme_id=request.programme_id,
                match_id=match.id,
                mentor_id=mentor.id,
                mentee_id=mentee.id,
                **given,
            )
        )
        return row

    async def action(self, session: Session, owner: Person, **columns: Any) -> ActionItem:
        """An open next step."""
        given = {
            "text": "Ask for feedback",
            "due_on": self.now.date(),
            "state": ActionState.OPEN,
            "made_at": self.now,
            **columns,
        }
        row: ActionItem = await self.add(
            ActionItem(session_id=session.id, owner_id=owner.id, author_id=owner.id, **given)
        )
        return row

    async def job(self, kind: JobKind, **columns: Any) -> Job:
        """A job that waits, due now. `recipient` may be a Person."""
        workspace = await self.workspace()
        recipient: Person | None = columns.pop("recipient", None)
        given = {
            "dedupe_key": f"test:{next(self._count)}",
            "recipient_id": recipient.id if recipient else None,
            "rank": rank_of(kind),
            "due_at": self.now,
            "state": JobState.PENDING,
            "made_at": self.now,
            **columns,
        }
        row: Job = await self.add(Job(kind=kind, workspace_id=workspace.id, **given))
        return row
