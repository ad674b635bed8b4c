"""Rows of programmes and their rounds, for the tests of what leads and members do."""

from typing import Any

import pytest

from bot.domain.job_kinds import JobKind
from bot.domain.kinds import Role
from bot.domain.programmes import Every
from bot.domain.states import RoundState
from bot.store.tables import Enrolment, Job, Lead, Person, Programme, Round, RoundPair
from tests.support.facts import Facts

CHANNEL = "C1"


async def programme_of(facts: Facts, *leads: Person, **columns: Any) -> Programme:
    """A programme in a channel with these leads, matching on request unless told otherwise."""
    workspace = await facts.workspace()
    given = {"name": "Circle", "channel": CHANNEL, "every": Every.NONE, "kinds": ["flash", "spot"]}
    row: Programme = await facts.add(
        Programme(workspace_id=workspace.id, created_at=facts.now, **{**given, **columns})
    )
    for lead in leads:
        await facts.add(Lead(programme_id=row.id, person_id=lead.id, made_at=facts.now))
    return row


async def enrolled(facts: Facts, programme: Programme, *people: Person, role: Role) -> None:
    """These people in a programme, in one role."""
    for person in people:
        await facts.add(
            Enrolment(
                programme_id=programme.id, person_id=person.id, role=role, created_at=facts.now
            )
        )


async def round_of(facts: Facts, programme: Programme, **columns: Any) -> Round:
    """A round, announced unless told otherwise, with its cards."""
    given = {"state": RoundState.ANNOUNCED, "number": 1, "due_on": facts.now.date()}
    row: Round = await facts.add(
        Round(
            programme_id=programme.id,
            runs_at=facts.now,
            made_at=facts.now,
            **{**given, **columns},
        )
    )
    for kind, name in ((JobKind.ROUND_REVIEW, "review"), (JobKind.ROUND_PAIRS, "pairs")):
        await facts.job(
            kind,
            dedupe_key=f"round:{row.id}:{name}",
            round_id=row.id,
            programme_id=programme.id,
            note="page:1",
        )
    return row


async def pair_of(facts: Facts, row: Round, mentee: Person, mentor: Person) -> RoundPair:
    """A pair of a round's plan."""
    pair: RoundPair = await facts.add(
        RoundPair(round_id=row.id, mentee_id=mentee.id, mentor_id=mentor.id, suitability=500)
    )
    return pair


async def pairs_card(facts: Facts) -> Job:
    """The message under a round's card that shows its pairs."""
    card: Job = next(job for job in await facts.all(Job) if job.kind is JobKind.ROUND_PAIRS)
    return card


@pytest.fixture
async def lead(facts: Facts) -> Person:
    """Ada, who does whatever the requests of these files do unless they name somebody else."""
    person: Person = await facts.person("Ada", slack_id="UADA")
    return person


@pytest.fixture
async def programme(facts: Facts, lead: Person) -> Programme:
    """Her programme, in channel C1."""
    return await programme_of(facts, lead)
