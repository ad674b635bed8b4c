"""Every kind of job about ties and relationships, said with the real words in every state."""

from datetime import date
from typing import Any

import pytest

from bot.domain.job_kinds import MANNERS, JobKind
from bot.domain.manners import Manner
from bot.domain.programmes import Every
from bot.domain.states import JobState, RelationshipState
from bot.scheduling.clockwork import Clockwork
from bot.store.tables import Agreement, Job, Person, Relationship, Tie
from tests.scheduling.clubs import outcome
from tests.scheduling.every.late import Late
from tests.scheduling.strict import HOSTILE, StrictGateway
from tests.support.clock import MONDAY
from tests.support.facts import Facts

_ALL = list(JobKind)
_FIRST, _LAST = _ALL.index(JobKind.KEEP_TURN), _ALL.index(JobKind.END_CARD)
OF_GROWING = {kind for kind in _ALL[_FIRST : _LAST + 1] if MANNERS[kind] is not Manner.CHORE}
_FORMAL = sorted(OF_GROWING - {JobKind.KEEP_IN_TOUCH})
_OPEN = {
    JobKind.FORMAL_ASK: RelationshipState.DRAFTING,
    JobKind.FORMAL_NEWS: RelationshipState.DROPPED,
    JobKind.AGREEMENT_CARD: RelationshipState.DRAFTING,
    JobKind.AGREEMENT_NUDGE: RelationshipState.DRAFTING,
    JobKind.END_CARD: RelationshipState.ENDED,
}
"""In which state each is said for the first time; the others while it goes on."""
_NOTES = {
    JobKind.FORMAL_NEWS: "declined",
    JobKind.REVIEW_CARD: "2026-11-23",
    JobKind.MOMENTUM: "2026-11-23",
    JobKind.MOMENTUM_AGAIN: "2026-11-23",
}


async def a_relationship(
    facts: Facts, state: RelationshipState, *, agreed: bool = True
) -> tuple[Relationship, Person]:
    """Two people with an agreement, in words that try to be markup."""
    mentor, mentee = await facts.person(HOSTILE[:70]), await facts.person(HOSTILE[:70])
    programme = await facts.programme()
    written = {"gained": HOSTILE, "thanks": HOSTILE, "keeps": True}
    row: Relationship = await facts.add(
        Relationship(
            programme_id=programme.id,
            mentor_id=mentor.id,
            mentee_id=mentee.id,
            state=state,
            version=int(state is RelationshipState.ACTIVE),
            asked_by_id=mentor.id,
            began_at=MONDAY,
            started_on=MONDAY.date(),
            ends_on=date(2027, 5, 23),
            review_on=date(2027, 2, 21),
            gained={str(each.id): written for each in (mentor, mentee)},
        )
    )
    if agreed:
        words = dict.fromkeys(
            ("objective", "support", "availability", "cancelling", "confidentiality", "ending"),
            HOSTILE,
        )
        lists = {"goals": [HOSTILE], "activities": ["event"], "formats": ["walk"]}
        await facts.add(
            Agreement(
                relationship_id=row.id,
                version=1,
                content={**words, **lists},
                every=Every.MONTH,
                by_id=mentee.id,
                made_at=MONDAY,
            )
        )
    return row, mentee


async def a_job(facts: Facts, kind: JobKind, row: Relationship, to: Person, **more: Any) -> Job:
    note = _NOTES.get(kind, "1")
    return await facts.job(kind, recipient=to, relationship_id=row.id, note=note, **more)


@pytest.mark.parametrize("kind", _FORMAL)
async def test_it_is_said_for_the_first_time(
    facts: Facts, gateway: StrictGateway, late: Late, kind: JobKind
) -> None:
    state = _OPEN.get(kind, RelationshipState.ACTIVE)
    row, to = await a_relationship(facts, state, agreed=kind is not JobKind.FORMAL_ASK)
    job = await a_job(facts, kind, row, to)
    await late(kind)
    assert await outcome(facts, job) == (JobState.DONE, None)
    gateway.check_said(job.id)


@pytest.mark.parametrize("state", list(RelationshipState))
async def test_it_is_kept_true_in_every_state(
    clockwork: Clockwork, facts: Facts, state: RelationshipState
) -> None:
    row, to = await a_relationship(facts, state)
    jobs = [
        await a_job(facts, kind, row, to, slack_channel="D1", slack_ts=kind.value)
        for kind in _FORMAL
    ]
    await clockwork.wake()
    assert {(await outcome(facts, job))[0] for job in jobs} == {JobState.DONE}


@pytest.mark.parametrize("stopped", [False, True])
async def test_a_quarter_is_asked_about(
    clockwork: Clockwork, facts: Facts, gateway: StrictGateway, stopped: bool
) -> None:
    mentor, mentee = await facts.person(HOSTILE[:70]), await facts.person("Bo")
    programme = await facts.programme()
    tie = await facts.add(
        Tie(
            programme_id=programme.id,
            first_id=mentor.id,
            second_id=mentee.id,
            mentor_id=mentor.id,
            quarters=1,
            started_at=MONDAY,
            stopped_at=MONDAY if stopped else None,
            stopped_by_id=mentor.id if stopped else None,
        )
    )
    about: dict[str, Any] = {"tie_id": tie.id, "note": "1"}
    jobs = [
        await facts.job(JobKind.KEEP_IN_TOUCH, recipient=each, **about) for each in (mentor, mentee)
    ]
    await clockwork.wake()
    expected = (JobState.SKIPPED, "stopped") if stopped else (JobState.DONE, None)
    assert await outcome(facts, jobs[0]) == expected
    assert await outcome(facts, jobs[1]) == (JobState.DONE, None), "the other knows of nothing"
    assert len(gateway.of_job(jobs[1].id)) == 1
