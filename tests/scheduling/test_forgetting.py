"""Somebody is forgotten while their messages are on their way; what stands in Slack then."""

from datetime import timedelta

import pytest
from sqlmodel import select

from bot.domain.job_kinds import JobKind
from bot.domain.states import JobState, SessionState
from bot.scheduling.clockwork import Clockwork
from bot.scheduling.desk import Desk
from bot.services import people
from bot.services.context import Context
from bot.services.own_data import forgetting
from bot.services.people import Profile
from bot.slack.errors import Transient, Uncertain
from bot.slack.people import SlackUser
from bot.store.tables import Job, Person, Session
from tests.support.clock import MONDAY, HandClock
from tests.support.facts import TEAM, Facts
from tests.support.gateway import RecordingGateway
from tests.support.words import PlainWords


@pytest.fixture
async def ada(facts: Facts) -> Person:
    found: Person = await facts.person("Ada", slack_id="UADA", dm_channel="DADA")
    return found


async def a_session(facts: Facts, ada: Person) -> Session:
    grace = await facts.mentor("Grace", slack_id="UGRACE")
    return await facts.session(grace, ada, state=SessionState.HELD, starts_at=MONDAY)


async def a_message(facts: Facts, ada: Person) -> Job:
    """One that speaks of a session, due now."""
    session = await a_session(facts, ada)
    return await facts.job(JobKind.ACTION_ASK, recipient=ada, session_id=session.id)


async def kinds(facts: Facts) -> dict[JobKind, JobState]:
    return {job.kind: job.state for job in await facts.all(Job)}


def standing(gateway: RecordingGateway, job: Job) -> str:
    (said,) = gateway.of_job(job.id)
    return said.text


async def test_while_a_message_is_being_posted(
    clockwork: Clockwork, context: Context, facts: Facts, gateway: RecordingGateway, ada: Person
) -> None:
    job = await a_message(facts, ada)

    async def meanwhile() -> None:
        gateway.meanwhile = None
        await forgetting.forget(context, actor_id=ada.id)

    gateway.meanwhile = meanwhile
    for _ in range(3):
        await clockwork.wake()
    assert standing(gateway, job) == "blanked"
    assert gateway.texts("DADA").count("forgotten") == 1
    found = await kinds(facts)
    assert (found[JobKind.BLANKED], found[JobKind.FORGOTTEN]) == (JobState.DONE, JobState.DONE)


async def test_while_a_message_is_being_put_right(
    clockwork: Clockwork, context: Context, facts: Facts, gateway: RecordingGateway, ada: Person
) -> None:
    job = await a_message(facts, ada)
    await clockwork.wake()
    async with context.db.work() as work:
        (await work.session.get_one(Job, job.id)).note = "other words"
        await work.touch(Job.id == job.id, now=context.now())
        await work.commit()

    async def meanwhile() -> None:
        gateway.meanwhile = None
        await forgetting.forget(context, actor_id=ada.id)

    gateway.meanwhile = meanwhile
    for _ in range(3):
        await clockwork.wake()
    assert standing(gateway, job) == "blanked"


async def test_before_it_is_known_whether_a_message_arrived(
    clockwork: Clockwork,
    context: Context,
    facts: Facts,
    gateway: RecordingGateway,
    clock: HandClock,
    ada: Person,
) -> None:
    job = await a_message(facts, ada)
    gateway.fail("post", Uncertain("timeout"), after_effect=True)
    await clockwork.wake()
    await forgetting.forget(context, actor_id=ada.id)
    clock.let_pass(timedelta(hours=2))  # beyond any back-off
    for _ in range(2):
        await clockwork.wake()
    assert standing(gateway, job) == "blanked"


async def test_a_message_that_never_arrived_is_dropped(
    clockwork: Clockwork,
    context: Context,
    facts: Facts,
    gateway: RecordingGateway,
    clock: HandClock,
    ada: Person,
) -> None:
    job = await a_message(facts, ada)
    gateway.fail("post", Transient("ratelimited", 3))
    await clockwork.wake()
    await forgetting.forget(context, actor_id=ada.id)
    clock.let_pass(timedelta(hours=2))  # beyond any back-off
    await clockwork.wake()
    assert gateway.of_job(job.id) == []
    assert (await facts.one(Job, job.id)).state is JobState.SKIPPED
    assert gateway.texts() == ["forgotten"]


async def test_while_their_file_is_made(
    clockwork: Clockwork, context: Context, facts: Facts, gateway: RecordingGateway, ada: Person
) -> None:
    """They asked for it before: either it is theirs and whole, or it never comes."""
    await facts.job(JobKind.OWN_FILE, recipient=ada)
    await forgetting.forget(context, actor_id=ada.id)
    await clockwork.wake()
    assert gateway.texts() == ["forgotten"]


async def test_the_files_they_were_sent_are_deleted(
    clockwork: Clockwork,
    context: Context,
    facts: Facts,
    gateway: RecordingGateway,
    clock: HandClock,
    ada: Person,
) -> None:
    job = await facts.job(JobKind.OWN_FILE, recipient=ada)
    await clockwork.wake()
    gateway.fail("delete_file", Transient("ratelimited", 3))
    await forgetting.forget(context, actor_id=ada.id)
    await clockwork.wake()
    assert gateway.deleted == [], "not yet"
    clock.let_pass(timedelta(hours=2))  # beyond any back-off
    await clockwork.wake()
    assert gateway.deleted == [f"F{job.id}"]
    assert (await kinds(facts))[JobKind.BLANKED] is JobState.DONE


async def test_a_file_that_may_have_arrived_is_looked_for_and_deleted(
    clockwork: Clockwork,
    context: Context,
    facts: Facts,
    gateway: RecordingGateway,
    clock: HandClock,
    ada: Person,
) -> None:
    job = await facts.job(JobKind.OWN_FILE, recipient=ada)
    gateway.fail("upload", Uncertain("timeout"), after_effect=True)
    await clockwork.wake()
    await forgetting.forget(context, actor_id=ada.id)
    clock.let_pass(timedelta(hours=2))
    for _ in range(2):
        await clockwork.wake()
    assert gateway.deleted == [f"F{job.id}"]


async def test_looking_before_sending_brings_nobody_back(
    context: Context, facts: Facts, clock: HandClock, words: PlainWords
) -> None:
    old = clock.wall() - timedelta(days=2)
    ada = await facts.person("Ada", slack_id="UADA", dm_channel="DADA", refreshed_at=old)
    job = await a_message(facts, ada)

    class Forgetful(RecordingGateway):
        """Between the question who they are and the answer, they are forgotten."""

        async def user(self, user_id: str) -> SlackUser:
            if user_id == "UADA":
                await forgetting.forget(context, actor_id=ada.id)
            return await RecordingGateway.user(self, user_id)

    gateway = Forgetful()
    clockwork = Clockwork(Desk(context, gateway, words, me="one"), patience=0)
    for _ in range(2):
        await clockwork.wake()
    assert gateway.of_job(job.id) == []
    assert [row.name for row in await facts.all(Person)] == ["", "Grace"]


async def test_the_pairs_conversation_is_put_right_though_one_is_gone(
    clockwork: Clockwork, context: Context, facts: Facts, gateway: RecordingGateway, ada: Person
) -> None:
    session = await a_session(facts, ada)
    job = await facts.job(
        JobKind.INTRODUCTION,
        session_id=session.id,
        state=JobState.DONE,
        slack_channel="GPAIR",
        slack_ts="1.1",
        said_revision=1,
    )
    await forgetting.forget(context, actor_id=ada.id)
    await clockwork.wake()
    row = await facts.one(Job, job.id)
    assert (row.state, row.reason, row.said_revision) == (JobState.DONE, None, 2)


async def test_nobody_is_written_to_for_the_first_time_to_say_goodbye(
    clockwork: Clockwork, context: Context, facts: Facts, gateway: RecordingGateway
) -> None:
    quiet = await facts.person("Quiet")
    await forgetting.forget(context, actor_id=quiet.id)
    await clockwork.wake()
    assert (gateway.said, gateway.opened) == ([], [])


async def test_a_day_later_no_trace_is_left(
    clockwork: Clockwork,
    context: Context,
    facts: Facts,
    gateway: RecordingGateway,
    clock: HandClock,
    ada: Person,
) -> None:
    await a_message(facts, ada)
    await clockwork.wake()
    await forgetting.forget(context, actor_id=ada.id)
    await clockwork.wake()
    await clock.move_to(MONDAY + timedelta(days=1, hours=1))
    await clockwork.wake()
    assert [job for job in await facts.all(Job) if job.recipient_id == ada.id] == []
    assert (await facts.one(Person, ada.id)).dm_channel is None


async def test_who_left_is_forgotten_in_time_and_their_messages_too(
    clockwork: Clockwork,
    context: Context,
    facts: Facts,
    gateway: RecordingGateway,
    clock: HandClock,
    ada: Person,
) -> None:
    job = await a_message(facts, ada)
    await clockwork.wake()
    gone = Profile(team_id=TEAM, slack_id="UADA", name="Ada", is_deleted=True)
    await people.refresh(context, profile=gone)
    await clock.move_to(MONDAY + timedelta(days=89))
    await clockwork.wake()
    assert (await facts.one(Person, ada.id)).name == "Ada"
    await clock.move_to(MONDAY + timedelta(days=90, minutes=1))
    for _ in range(2):
        await clockwork.wake()
    assert (await facts.one(Person, ada.id)).forgotten_at is not None
    assert standing(gateway, job) == "blanked"
    assert "forgotten" not in gateway.texts()
    await clock.move_to(MONDAY + timedelta(days=91, hours=1))
    await clockwork.wake()
    async with context.db.read() as session:
        left = (await session.scalars(select(Job).where(Job.recipient_id == ada.id))).all()
    assert not left
