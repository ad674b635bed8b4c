"""A programme with its channel and its leads, and a round of it."""

import itertools
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.domain.job_kinds import JobKind
from bot.domain.kinds import Kind, Role
from bot.domain.states import JobState, RoundState, SessionState
from bot.store.tables import (
    Enrolment,
    Job,
    Lead,
    Match,
    Person,
    Programme,
    Round,
    RoundPair,
    Session,
)
from tests.support.facts import Facts

_count = itertools.count(1)


@dataclass
class Club:
    """A programme, those who lead it, and how to plan its jobs."""

    facts: Facts
    programme: Programme
    leads: list[Person]

    async def job(self, kind: JobKind, **columns: Any) -> Job:
        """A job about the programme, for its leads or its channel unless a recipient is given."""
        return await self.facts.job(kind, programme_id=self.programme.id, **columns)

    async def join(self, person: Person, role: Role = Role.MENTEE) -> Person:
        await self.facts.add(
            Enrolment(
                programme_id=self.programme.id,
                person_id=person.id,
                role=role,
                created_at=self.facts.now,
            )
        )
        return person

    async def round(self, state: RoundState = RoundState.PLANNED, **columns: Any) -> Round:
        now, number = self.facts.now, next(_count)
        given = {
            "due_on": now.date() + timedelta(days=number),
            "number": number,
            "runs_at": now,
            "made_at": now,
            "run": 1,
            **columns,
        }
        row: Round = await self.facts.add(
            Round(programme_id=self.programme.id, state=state, **given)
        )
        return row

    async def match(self, made_in: Round, mentor: Person, mentee: Person) -> Session:
        """A pair of the round with its session, as opening makes it."""
        facts = self.facts
        match = await facts.add(
            Match(round_id=made_in.id, mentor_id=mentor.id, mentee_id=mentee.id, made_at=facts.now)
        )
        await facts.add(
            RoundPair(
                round_id=made_in.id,
                mentor_id=mentor.id,
                mentee_id=mentee.id,
                match_id=match.id,
            )
        )
        row: Session = await facts.add(
            Session(
                programme_id=self.programme.id,
                match_id=match.id,
                mentor_id=mentor.id,
                mentee_id=mentee.id,
                kind=Kind.FLASH,
                state=SessionState.MATCHED,
                matched_at=facts.now,
            )
        )
        return row


async def a_club(facts: Facts, *leads: Person, **columns: Any) -> Club:
    """A programme in the channel C0CLUB, in London's hours, led by these people."""
    workspace = await facts.workspace()
    given = {"name": "Tea", "channel": "C0CLUB", "zone": "Europe/London", **columns}
    programme = await facts.add(Programme(workspace_id=workspace.id, created_at=facts.now, **given))
    for lead in leads:
        await facts.add(Lead(programme_id=programme.id, person_id=lead.id, made_at=facts.now))
    return Club(facts, programme, list(leads))


async def outcome(facts: Facts, job: Job) -> tuple[JobState, str | None]:
    """What became of a job, and why."""
    row = await facts.one(Job, job.id)
    return row.state, row.reason
