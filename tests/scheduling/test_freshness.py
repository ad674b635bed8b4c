"""What is known of people is a day old at most when they are written to."""

from datetime import timedelta

import pytest

from bot.domain.job_kinds import JobKind
from bot.domain.states import JobState, SessionState
from bot.scheduling.clockwork import Clockwork
from bot.services import people
from bot.services.context import Context
from bot.services.people import Profile
from bot.services.sessions import timing
from bot.slack.errors import Permanent, SlackError, Transient
from bot.store.tables import Job, Person, Session
from tests.support.clock import MONDAY, HandClock
from tests.support.facts import TEAM, Facts
from tests.support.gateway import RecordingGateway

DAY = timedelta(days=1)


async def old(facts: Facts, clock: HandClock, name: str = "Ada") -> Person:
    """Somebody Slack was asked about yesterday."""
    return await facts.person(name, refreshed_at=clock.wall() - DAY - timedelta(minutes=1))


async def test_somebody_who_left_while_we_were_down_is_not_written_to(
    clockwork: Clockwork, facts: Facts, gateway: RecordingGateway, clock: HandClock
) -> None:
    ada, grace = await old(facts, clock), await facts.mentor(refreshed_at=clock.wall())
    gateway.people[ada.slack_id] = {"deleted": True}
    session = await facts.session(grace, ada)
    job = await facts.job(JobKind.INTRODUCTION, session_id=session.id)
    await clockwork.wake()
    assert (await facts.one(Job, job.id)).state is JobState.SKIPPED
    assert gateway.asked == [ada.slack_id]
    # Meeting them again also ended what they had open, and their partner is told of it.
    assert (await facts.one(Session, session.id)).state is SessionState.CANCELLED
    assert [said.text for said in gateway.said] == ["session_cancelled note=gone state=cancelled"]


@pytest.mark.parametrize("hears", ["by an event", "as it is said"])
async def test_what_a_leaver_called_off_is_said_to_who_is_still_here(
    clockwork: Clockwork,
    context: Context,
    facts: Facts,
    gateway: RecordingGateway,
    clock: HandClock,
    hears: str,
) -> None:
    """On Friday evening they call it off, and on Saturday their account is closed."""
    clock.attach(clockwork)
    ada, grace = await facts.person("Ada"), await facts.mentor("Grace")
    session = await facts.session(grace, ada, starts_at=MONDAY + 8 * DAY)
    await clock.move_to(MONDAY + 4 * DAY + timedelta(hours=10))
    await timing.cancel(context, actor_id=ada.id, session_id=session.id)
    await clock.advance(timedelta(hours=1))
    assert gateway.said == []
    gateway.people[ada.slack_id] = {"deleted": True}
    if hears == "by an event":
        left = Profile(team_id=TEAM, slack_id=ada.slack_id, name="Ada", is_deleted=True)
        await people.meet(context, profile=left)
    else:
        clock.let_pass(2 * DAY)
    await clock.advance(4 * DAY)
    (told,) = [said for said in gateway.said if said.text.startswith("session_cancelled")]
    assert told.channel == f"D{grace.slack_id}"


async def test_somebody_who_travels_is_written_to_in_their_new_hours(
    clockwork: Clockwork, facts: Facts, gateway: RecordingGateway, clock: HandClock
) -> None:
    ada = await old(facts, clock)
    gateway.people[ada.slack_id] = {"tz": "America/Los_Angeles"}
    request = await facts.request(ada)
    job = await facts.job(
        JobKind.REQUEST_NEWS, recipient=ada, request_id=request.id, note="moved_on"
    )
    await clockwork.wake()
    assert (await facts.one(Job, job.id)).due_at == MONDAY + timedelta(hours=7)
    await clockwork.wake()
    assert gateway.asked == [ada.slack_id]  # once a day will do


async def test_whom_slack_does_not_know_is_gone(
    clockwork: Clockwork, facts: Facts, gateway: RecordingGateway, clock: HandClock
) -> None:
    job = await facts.job(JobKind.PAUSE_CARD, recipient=await old(facts, clock))
    gateway.fail("user", Permanent("user_not_found"))
    await clockwork.wake()
    assert (await facts.one(Job, job.id)).reason == "person_gone"


@pytest.mark.parametrize("error", [Transient("ratelimited", 3), Permanent("missing_scope")])
async def test_an_answer_does_not_wait_for_the_question_who_it_is_for(
    clockwork: Clockwork,
    facts: Facts,
    gateway: RecordingGateway,
    clock: HandClock,
    error: SlackError,
) -> None:
    await facts.job(JobKind.PAUSE_CARD, recipient=await old(facts, clock))
    gateway.fail("user", error)
    await clockwork.wake()
    assert gateway.texts() == ["pause_card"]
