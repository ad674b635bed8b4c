"""Every kind of a programme's jobs, said with the real words: for the first time, and again."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.job_kinds import MANNERS, JobKind
from bot.domain.kinds import Role
from bot.domain.manners import Manner
from bot.domain.programmes import Shape
from bot.domain.states import JobState, RoundState
from bot.scheduling.channels import is_for_a_room
from bot.scheduling.clockwork import Clockwork
from bot.store.tables import (
    Enrolment,
    Job,
    PeopleImport,
    Person,
    Programme,
    Round,
    RoundLeft,
    RoundPair,
)
from tests.scheduling.clubs import Club, a_club, outcome
from tests.scheduling.every.late import Late
from tests.scheduling.strict import HOSTILE, StrictGateway
from tests.support.clock import MONDAY
from tests.support.facts import Facts

_ALL = list(JobKind)
OF_PROGRAMMES = set(_ALL[_ALL.index(JobKind.PROGRAMME_CARD) : _ALL.index(JobKind.IMPORT_CARD) + 1])
SPOKEN = sorted(kind for kind in OF_PROGRAMMES if MANNERS[kind] is not Manner.CHORE)
FOR_NOBODY = {
    JobKind.PROGRAMME_CARD,
    JobKind.LEADERLESS,
    JobKind.LEAD_NEWS,
    JobKind.ROUND_REVIEW,
    JobKind.ROUND_PAIRS,
    JobKind.ROUND_LEFT,
}
TO_LEADS = {
    JobKind.REPORT_CARD,
    JobKind.REPORT_FILES,
    JobKind.PEOPLE_FILE,
    JobKind.IMPORT_CARD,
}
NOTES = {
    JobKind.ROUND_PAIRS: "page:1",
    JobKind.ROUND_LEFT: "page:1",
    JobKind.REPORT_CARD: "90",
    JobKind.REPORT_FILES: "90",
    JobKind.LEAD_NEWS: "card_unsure",
}
AT_A_TABLE = {JobKind.ROTA, JobKind.ROTA_SOON, JobKind.ROTA_AFTER}
NEWS = (
    "waiting",
    "channel_archived",
    "channel_back",
    "taken_out",
    "lead_gone",
    "card_unsure",
    "round_gone",
    "unsent",
)


@dataclass
class Story:
    """A club and a round of it: one pair, and one who is left out."""

    club: Club
    round: Round
    mentor: Person
    mentee: Person
    left: Person
    batch: PeopleImport

    async def job(self, kind: JobKind, **columns: Any) -> Job:
        to: Person | None = self.mentee
        if kind in FOR_NOBODY:
            to = None
        elif kind in TO_LEADS:
            to = self.club.leads[0]
        elif kind is JobKind.UNMATCHED:
            to = self.left
        given = {
            "recipient": to,
            "round_id": None if kind in TO_LEADS or kind in WITHOUT_A_ROUND else self.round.id,
            "import_id": self.batch.id if kind is JobKind.IMPORT_CARD else None,
            "note": NOTES.get(kind),
            **columns,
        }
        return await self.club.job(kind, **given)


WITHOUT_A_ROUND = {JobKind.PROGRAMME_CARD, JobKind.LEADERLESS, JobKind.ENROLMENT_CARD}


async def a_story(
    facts: Facts,
    state: RoundState = RoundState.PLANNED,
    *,
    shape: Shape = Shape.PAIRS,
    **columns: Any,
) -> Story:
    lead = await facts.person(HOSTILE)
    club = await a_club(
        facts,
        lead,
        name=HOSTILE[:70],
        announcement=HOSTILE,
        contacts=HOSTILE,
        shape=shape,
        **columns,
    )
    mentor = await club.join(await facts.person(HOSTILE), Role.MENTOR)
    mentee = await club.join(await facts.person("Bo"), Role.MENTEE)
    left = await club.join(await facts.person("Cy"), Role.MENTEE)
    groups = shape is Shape.GROUPS
    row = await club.round(
        state,
        meets_at=MONDAY + timedelta(hours=3) if groups else None,
        place=HOSTILE if groups else "",
        gone=[left.id],
        lost=[[left.id, mentor.id]],
    )
    await facts.add(
        RoundPair(
            round_id=row.id,
            mentor_id=mentor.id,
            mentee_id=mentee.id,
            turn=int(groups),
            suitability=700,
        )
    )
    await facts.add(
        RoundLeft(round_id=row.id, person_id=left.id, role=Role.MENTEE, rule="nobody_left")
    )
    batch = await facts.add(
        PeopleImport(
            programme_id=club.programme.id, by_id=lead.id, file="F1", made_at=MONDAY, read_at=MONDAY
        )
    )
    return Story(club, row, mentor, mentee, left, batch)


def shape_for(kind: JobKind) -> Shape:
    return Shape.GROUPS if kind in AT_A_TABLE else Shape.PAIRS


@pytest.mark.parametrize("kind", SPOKEN)
async def test_every_kind_is_said_for_the_first_time(
    facts: Facts, gateway: StrictGateway, late: Late, kind: JobKind
) -> None:
    state = RoundState.ANNOUNCED if kind is JobKind.ROUND_NOTICE else RoundState.PLANNED
    if kind in AT_A_TABLE or kind is JobKind.UNMATCHED:
        state = RoundState.OPENED
    story = await a_story(facts, state, shape=shape_for(kind))
    if kind is JobKind.LEADERLESS:
        story.club = await a_club(facts, channel="C0LOST", name=HOSTILE[:70])
    job = await story.job(kind)
    await late(kind)
    unsure = "unsure" if late.is_late and is_for_a_room(job) else None  # nobody can look there
    assert (kind, *await outcome(facts, job)) == (kind, JobState.DONE, unsure)
    gateway.check_said(job.id)


@pytest.mark.parametrize("state", list(RoundState))
@pytest.mark.parametrize("shape", list(Shape))
async def test_every_message_is_kept_true_in_every_state(
    clockwork: Clockwork, facts: Facts, state: RoundState, shape: Shape
) -> None:
    """It stands in Slack; whatever became of its round, it can be said as things are now."""
    story = await a_story(facts, state, shape=shape)
    jobs = [
        await story.job(kind, slack_channel="D1", slack_ts=kind.value)
        for kind in SPOKEN
        if shape is Shape.GROUPS or kind not in AT_A_TABLE
    ]
    await clockwork.wake()
    stuck = {job.kind: await outcome(facts, job) for job in jobs}
    allowed = {JobKind.UNMATCHED: (JobState.SKIPPED, "matched_since")}
    assert {
        kind: each
        for kind, each in stuck.items()
        if each[0] is not JobState.DONE and each != allowed.get(kind)
    } == {}


@pytest.mark.parametrize("note", NEWS)
async def test_every_news_has_words(
    clockwork: Clockwork, facts: Facts, gateway: StrictGateway, note: str
) -> None:
    story = await a_story(facts)
    key = f"programme:{story.club.programme.id}:news:{note}:{story.left.id}:1.5"
    job = await story.job(
        JobKind.LEAD_NEWS, note=note, dedupe_key=key, slack_channel="G1", slack_ts="1.1"
    )
    await clockwork.wake()
    assert await outcome(facts, job) == (JobState.DONE, None)


@pytest.mark.parametrize("note", ["waiting", "unsent"])
async def test_news_of_nothing_is_none(
    clockwork: Clockwork, facts: Facts, gateway: StrictGateway, note: str
) -> None:
    story = await a_story(facts)
    job = await story.job(JobKind.LEAD_NEWS, note=note)
    await clockwork.wake()
    assert await outcome(facts, job) == (JobState.SKIPPED, "settled")


async def test_what_was_left_and_archived_is_said_too(
    clockwork: Clockwork, facts: Facts, gateway: StrictGateway
) -> None:
    story = await a_story(facts)
    async with facts.db.work() as work:
        for row in await facts.all(Enrolment):
            (await work.session.get_one(Enrolment, row.id)).ended_at = MONDAY
        (await work.session.get_one(Programme, story.club.programme.id)).archived_at = MONDAY
        await work.commit()
    jobs = [
        await story.job(kind, slack_channel="D1", slack_ts=kind.value)
        for kind in SPOKEN
        if kind not in AT_A_TABLE
    ]
    await clockwork.wake()
    assert {(await outcome(facts, job))[0] for job in jobs} == {JobState.DONE}
