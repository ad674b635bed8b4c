"""Slack refuses introductions of a round for good."""

import pytest

from bot.domain.job_kinds import JobKind
from bot.domain.states import JobState, RoundState
from bot.scheduling.clockwork import Clockwork
from bot.slack.errors import Permanent
from bot.store.tables import Job, Person, Round, Session
from tests.scheduling.clubs import Club, outcome
from tests.scheduling.rounds import Telling
from tests.support.facts import Facts
from tests.support.gateway import RecordingGateway
from tests.support.words import PlainWords


@pytest.fixture
def words() -> PlainWords:
    return Telling()


async def introductions(club: Club, row: Round, number: int) -> list[Job]:
    facts, jobs = club.facts, []
    for n in range(number):
        mentor, mentee = await facts.person(f"M{n}"), await facts.person(f"E{n}")
        session = await club.match(row, mentor, mentee)
        jobs.append(
            await facts.job(
                JobKind.INTRODUCTION, session_id=session.id, programme_id=club.programme.id
            )
        )
    return jobs


async def test_the_leads_hear_of_it_once_and_the_card_says_how_many(
    clockwork: Clockwork, facts: Facts, gateway: RecordingGateway, club: Club
) -> None:
    row = await club.round(RoundState.OPENED)
    card = await club.job(JobKind.ROUND_REVIEW, round_id=row.id)
    await clockwork.wake()
    jobs = await introductions(club, row, 10)
    people = {person.id: person.slack_id for person in await facts.all(Person)}
    refused = jobs[::2]
    for job in refused:
        pair = await facts.one(Session, job.session_id or 0)
        ids = sorted((people[pair.mentor_id], people[pair.mentee_id]))
        gateway.closed["G" + "".join(ids)] = "msg_too_long"
    await clockwork.wake()

    states = [(await outcome(facts, job))[0] for job in jobs]
    assert states == [JobState.DEAD, JobState.DONE] * 5
    news = [said.text for said in gateway.said if said.text.startswith("lead_news")]
    assert news == ["lead_news note=unsent"]
    assert gateway.of_job(card.id)[0].versions[-1] == "round_review unsent=5"


async def test_one_that_somebody_asked_for_is_in_the_log_alone(
    clockwork: Clockwork, facts: Facts, gateway: RecordingGateway
) -> None:
    session = await facts.session(await facts.mentor(), await facts.person("Ada"))
    job = await facts.job(JobKind.INTRODUCTION, session_id=session.id)
    gateway.fail("post", Permanent("msg_too_long"))
    await clockwork.wake()
    assert (await outcome(facts, job))[0] is JobState.DEAD
    assert [each.kind for each in await facts.all(Job)] == [JobKind.INTRODUCTION]
