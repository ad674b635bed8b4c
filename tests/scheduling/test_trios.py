"""Three in one session: one conversation of all, and each their own messages."""

from typing import Any

from bot.domain.job_kinds import JobKind
from bot.domain.states import JobState
from bot.scheduling.clockwork import Clockwork
from bot.store.tables import Job, Session
from tests.scheduling.clubs import a_club, outcome
from tests.support.facts import Facts
from tests.support.gateway import RecordingGateway


async def a_trio(facts: Facts, **third: Any) -> Session:
    club = await a_club(facts, await facts.person("Lead"))
    people = [await facts.person(name) for name in ("Ada", "Bo")]
    cy = await facts.person("Cy", **third)
    session = await club.match(await club.round(), *people)
    async with facts.db.work() as work:
        row = await work.session.get_one(Session, session.id)
        row.third_id = cy.id
        await work.commit()
    session.third_id = cy.id
    return session


async def test_three_share_one_conversation(
    clockwork: Clockwork, facts: Facts, gateway: RecordingGateway
) -> None:
    session = await a_trio(facts)
    job = await facts.job(JobKind.INTRODUCTION, session_id=session.id)
    await clockwork.wake()
    assert await outcome(facts, job) == (JobState.DONE, None)
    assert [len(opened) for opened in gateway.opened] == [3]


async def test_the_third_has_messages_of_their_own(
    clockwork: Clockwork, facts: Facts, gateway: RecordingGateway
) -> None:
    session = await a_trio(facts)
    job = await facts.job(JobKind.CHECKLIST, session_id=session.id, recipient_id=session.third_id)
    await clockwork.wake()
    assert await outcome(facts, job) == (JobState.DONE, None)
    (said,) = gateway.said
    assert said.channel == "D" + gateway.opened[0][0]


async def test_nobody_is_introduced_to_somebody_who_left(
    clockwork: Clockwork, facts: Facts, gateway: RecordingGateway
) -> None:
    session = await a_trio(facts, is_deleted=True)
    await facts.job(JobKind.INTRODUCTION, session_id=session.id)
    await clockwork.wake()
    assert [job.reason for job in await facts.all(Job)] == ["person_gone"]
