"""Manners and lateness, as the clock moves: in hours, three a day, never when it is too late."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.domain.job_kinds import JobKind
from bot.domain.states import JobState, OfferState
from bot.scheduling.clockwork import Clockwork
from bot.scheduling.deliver import try_say_one
from bot.scheduling.desk import Desk
from bot.services.context import Context
from bot.slack.errors import Permanent, SlackError, Transient, Uncertain
from bot.store import claims
from bot.store.crypto import Keyring
from bot.store.engine import Database
from bot.store.tables import Job, Offer, Person, Session
from tests.support.clock import MONDAY, HandClock
from tests.support.facts import Facts
from tests.support.gateway import RecordingGateway

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.fixture(autouse=True)
def attached(clock: HandClock, clockwork: Clockwork) -> None:
    """The clock passes every moment at which something is due."""
    clock.attach(clockwork)


async def a_pair(facts: Facts, **mentee: str) -> tuple[Session, Person, Person]:
    ada, grace = await facts.person("Ada", **mentee), await facts.mentor("Grace")
    return await facts.session(grace, ada, starts_at=MONDAY + 8 * HOUR), ada, grace


async def nudge(facts: Facts, session: Session, to: Person, due_at: datetime = MONDAY) -> Job:
    """Something said because of time, that nothing settles."""
    action = await facts.action(session, to)
    return await facts.job(
        JobKind.ACTION_FOLLOWUP,
        session_id=session.id,
        action_id=action.id,
        recipient=to,
        due_at=due_at,
    )


async def said_at(facts: Facts, *jobs: Job) -> list[datetime | None]:
    return [(await facts.one(Job, job.id)).said_at for job in jobs]


@pytest.mark.parametrize(
    ("zone", "due", "said"),
    [
        ("Europe/London", "2026-11-23T18:30", "2026-11-24T09:00"),
        # Clocks go forward on Sunday 28 March 2027 in London, on 14 March in New York.
        ("Europe/London", "2027-03-26T17:30", "2027-03-29T08:00"),
        ("America/New_York", "2027-03-12T22:30", "2027-03-15T13:00"),
        ("America/New_York", "2027-03-05T22:30", "2027-03-08T14:00"),
        # Southern summer time ends on Sunday 4 April 2027.
        ("Australia/Sydney", "2027-04-02T07:00", "2027-04-04T23:00"),
        ("", "2026-11-28T12:00", "2026-11-30T09:00"),
    ],
)
async def test_a_nudge_waits_for_the_recipients_own_hours(
    facts: Facts, clock: HandClock, zone: str, due: str, said: str
) -> None:
    session, ada, _ = await a_pair(facts, zone=zone)
    job = await nudge(facts, session, ada, utc(due))
    await clock.move_to(utc(said) - timedelta(minutes=1))
    assert (await facts.one(Job, job.id)).reason == "moved"
    await clock.move_to(utc(said) + HOUR)
    assert await said_at(facts, job) == [utc(said)]


async def test_three_a_day_and_the_rest_on_the_next_working_days(
    facts: Facts, clock: HandClock
) -> None:
    session, ada, grace = await a_pair(facts)
    jobs = [await nudge(facts, session, ada) for _ in range(7)]
    hers = await nudge(facts, session, grace)
    await clock.advance(7 * DAY)
    tuesday, wednesday = MONDAY + 23 * HOUR, MONDAY + 47 * HOUR
    assert await said_at(facts, *jobs) == [MONDAY] * 3 + [tuesday] * 3 + [wednesday]
    assert await said_at(facts, hers) == [MONDAY]


async def test_a_nudge_leaves_room_for_what_is_tied_to_a_minute(
    facts: Facts, clock: HandClock
) -> None:
    session, ada, _ = await a_pair(facts)
    jobs = [await nudge(facts, session, ada) for _ in range(3)]
    soon = await facts.job(
        JobKind.REMINDER_SOON,
        session_id=session.id,
        plan=1,
        recipient=ada,
        due_at=MONDAY + 3 * HOUR,
    )
    await clock.advance(DAY)
    assert await said_at(facts, *jobs) == [MONDAY, MONDAY, MONDAY + 23 * HOUR]
    assert await said_at(facts, soon) == [MONDAY + 3 * HOUR]


async def test_what_is_tied_to_a_minute_is_left_unsaid_when_the_day_is_full(
    facts: Facts, clock: HandClock
) -> None:
    session, ada, _ = await a_pair(facts)
    jobs = [
        await facts.job(JobKind.START_CARD, session_id=session.id, plan=1, recipient=ada)
        for _ in range(4)
    ]
    await clock.advance(HOUR)
    assert await said_at(facts, *jobs) == [MONDAY, MONDAY, MONDAY, None]
    last = await facts.one(Job, jobs[-1].id)
    assert (last.state, last.reason) == (JobState.SKIPPED, "daily_limit")


async def test_answers_come_at_once_and_news_in_the_morning(
    facts: Facts, clock: HandClock, gateway: RecordingGateway
) -> None:
    ada = await facts.person("Ada")
    request = await facts.request(ada)
    night = MONDAY + 12 * HOUR
    answer = await facts.job(JobKind.PAUSE_CARD, recipient=ada, due_at=night, made_at=night)
    news = await facts.job(
        JobKind.REQUEST_NEWS,
        recipient=ada,
        request_id=request.id,
        note="moved_on",
        due_at=night,
    )
    await clock.advance(2 * DAY)
    assert await said_at(facts, answer, news) == [night, MONDAY + 23 * HOUR]
    assert len(gateway.said) == 2


async def test_what_was_planned_for_later_answers_nobody_and_waits_for_the_morning(
    facts: Facts, clock: HandClock, gateway: RecordingGateway
) -> None:
    """Like the card of somebody whom a list brought in, when Slack is back in the night."""
    planned = {"due_at": MONDAY + HOUR, "recipient": await facts.person()}
    job = await facts.job(
        JobKind.ENROLMENT_CARD, programme_id=(await facts.programme()).id, **planned
    )
    gateway.fail("open_dm", Transient("service_unavailable"))
    await clock.advance(12 * HOUR)
    clock.let_pass(HOUR)
    await clock.advance(DAY)
    assert await said_at(facts, job) == [MONDAY + 23 * HOUR]


async def test_a_pair_is_written_to_when_both_are_at_work(facts: Facts, clock: HandClock) -> None:
    session, _, _ = await a_pair(facts, zone="America/New_York")
    job = await facts.job(JobKind.TIME_SET, session_id=session.id, plan=1)
    await clock.advance(DAY)
    assert await said_at(facts, job) == [MONDAY + 4 * HOUR]  # nine in New York, two in London


async def test_a_pause_holds_nudges_back_and_nothing_else(facts: Facts, clock: HandClock) -> None:
    until = MONDAY + 2 * DAY
    bea = await facts.mentor("Bea", paused_at=MONDAY - HOUR, paused_until=until)
    cleo = await facts.person("Cleo", paused_at=MONDAY - HOUR)
    session = await facts.session(bea, cleo)
    held, dropped = await nudge(facts, session, bea), await nudge(facts, session, cleo)
    answer = await facts.job(JobKind.PAUSE_CARD, recipient=cleo)
    await clock.advance(3 * DAY)
    assert await said_at(facts, held, dropped, answer) == [until, None, MONDAY]
    assert (await facts.one(Job, dropped.id)).reason == "paused"


async def test_a_pause_leaves_what_is_agreed_alone(facts: Facts, clock: HandClock) -> None:
    bea = await facts.mentor("Bea", paused_at=MONDAY - HOUR)
    cleo = await facts.person("Cleo")
    session = await facts.session(bea, cleo, starts_at=MONDAY + DAY)
    job = await facts.job(JobKind.REMINDER_DAY, session_id=session.id, plan=1, recipient=bea)
    await clock.advance(HOUR)
    assert await said_at(facts, job) == [MONDAY]


@pytest.mark.parametrize(
    ("kind", "late", "reason"),
    [
        (JobKind.REMINDER_SOON, timedelta(minutes=8), None),
        (JobKind.REMINDER_SOON, timedelta(minutes=10), "late"),
        (JobKind.START_CARD, timedelta(minutes=16), "late"),
        (JobKind.REMINDER_DAY, timedelta(hours=11), None),
        (JobKind.REMINDER_DAY, timedelta(hours=13), "late"),
    ],
)
async def test_too_late_is_too_late(
    facts: Facts,
    clockwork: Clockwork,
    kind: JobKind,
    late: timedelta,
    reason: str | None,
) -> None:
    session, ada, _ = await a_pair(facts)
    job = await facts.job(kind, session_id=session.id, plan=1, recipient=ada, due_at=MONDAY - late)
    await clockwork.wake()
    row = await facts.one(Job, job.id)
    assert row.reason == reason
    assert row.state is (JobState.SKIPPED if reason else JobState.DONE)


async def test_lateness_counts_from_the_plan_also_while_slack_is_away(
    facts: Facts, clock: HandClock, gateway: RecordingGateway
) -> None:
    session, ada, _ = await a_pair(facts)
    job = await facts.job(JobKind.REMINDER_SOON, session_id=session.id, plan=1, recipient=ada)
    gateway.fail_always("post", Transient("service_unavailable"), times=3)
    for _ in range(4):
        await clock.advance(timedelta(minutes=4))
        clock.let_pass(timedelta(minutes=4))
    row = await facts.one(Job, job.id)
    assert (row.state, row.reason) == (JobState.SKIPPED, "late")


async def test_what_is_pointless_by_then_is_left_unsaid(facts: Facts, clockwork: Clockwork) -> None:
    session, ada, _ = await a_pair(facts)
    job = await facts.job(
        JobKind.AGENDA_ASK,
        session_id=session.id,
        recipient=ada,
        expires_at=MONDAY,
        due_at=MONDAY - HOUR,
    )
    await clockwork.wake()
    assert (await facts.one(Job, job.id)).reason == "expired"


async def test_nobody_waits_in_an_empty_room(facts: Facts, clock: HandClock) -> None:
    session, _, _ = await a_pair(facts, zone="America/New_York")
    told: dict[str, Any] = {"session_id": session.id, "plan": 1}
    in_time = await facts.job(JobKind.SESSION_CANCELLED, expires_at=MONDAY + 3 * HOUR, **told)
    later = await facts.job(JobKind.SESSION_CANCELLED, expires_at=MONDAY + 5 * HOUR, **told)
    too_late = await facts.job(JobKind.SESSION_CANCELLED, expires_at=MONDAY - HOUR, **told)
    await clock.advance(DAY)
    nine_in_new_york = MONDAY + 4 * HOUR
    assert await said_at(facts, in_time, later, too_late) == [
        MONDAY,
        nine_in_new_york,
        nine_in_new_york,
    ]


async def test_an_update_in_place_comes_at_any_hour(
    facts: Facts, clock: HandClock, gateway: RecordingGateway
) -> None:
    mentor = await facts.mentor("Grace")
    offer = await facts.offer(await facts.request(await facts.person("Ada")), mentor)
    await facts.job(JobKind.OFFER_REMINDER, offer_id=offer.id, recipient=mentor)
    await clock.advance(5 * DAY + 12 * HOUR)  # Saturday night
    async with facts.db.work() as work:
        row = await work.lock(Offer, offer.id)
        assert row is not None
        row.state = OfferState.EXPIRED
        await work.touch(Job.offer_id == offer.id, now=clock.now())
        await work.commit()
    await clock.advance(timedelta(0))
    (said,) = gateway.said
    assert said.versions == ["offer_reminder state=pending", "offer_reminder state=expired"]


async def test_a_session_that_moved_takes_its_old_reminders_along(
    facts: Facts, clock: HandClock, gateway: RecordingGateway
) -> None:
    session, ada, _ = await a_pair(facts)
    old = await facts.job(JobKind.REMINDER_SOON, session_id=session.id, plan=0, recipient=ada)
    await clock.advance(HOUR)
    assert (await facts.one(Job, old.id)).reason == "replanned"
    assert gateway.said == []


async def test_three_a_day_also_when_several_processes_have_something_to_say(
    database_url: str, keyring: Keyring, context: Context, desk: Desk, facts: Facts
) -> None:
    session, ada, _ = await a_pair(facts)
    jobs = [await nudge(facts, session, ada) for _ in range(6)]
    others = [Database.open(database_url, keyring, alone=False) for _ in range(6)]
    desks = [
        Desk(replace(context, db=db), desk.gateway, desk.templates, me=f"p{number}")
        for number, db in enumerate(others)
    ]
    now, wall = context.now(), context.clock.wall()
    taken = [
        (await claims.claim(each.ctx.db, me=each.me, now=now, wall=wall, lease_for=HOUR, limit=1))[
            0
        ]
        for each in desks
    ]
    try:
        await asyncio.gather(*(try_say_one(*pair) for pair in zip(desks, taken, strict=True)))
    finally:
        for db in others:
            await db.close()
    said = [moment for moment in await said_at(facts, *jobs) if moment is not None]
    assert said == [MONDAY] * 3


async def test_a_place_in_the_day_is_given_back_when_nothing_was_said(
    facts: Facts, clock: HandClock, gateway: RecordingGateway
) -> None:
    session, ada, _ = await a_pair(facts)
    jobs = [await nudge(facts, session, ada) for _ in range(4)]
    gateway.fail("post", Permanent("invalid_blocks"))
    await clock.advance(HOUR)
    assert await said_at(facts, *jobs) == [None, MONDAY, MONDAY, MONDAY]
    assert (await facts.one(Job, jobs[0].id)).state is JobState.DEAD


async def test_a_place_in_the_day_is_given_back_when_slack_said_no(
    facts: Facts, clock: HandClock, gateway: RecordingGateway
) -> None:
    session, ada, _ = await a_pair(facts)
    jobs = [await nudge(facts, session, ada) for _ in range(4)]
    gateway.fail("post", Transient("ratelimited", 1))
    await clock.advance(HOUR)
    assert await said_at(facts, *jobs) == [None, MONDAY, MONDAY, MONDAY]


@pytest.mark.parametrize("looks", [None, Uncertain("timeout"), Transient("ratelimited", 1)])
async def test_what_may_have_arrived_keeps_its_place_in_the_day(
    facts: Facts, clock: HandClock, gateway: RecordingGateway, looks: SlackError | None
) -> None:
    """Also when the look whether it did fails."""
    session, ada, _ = await a_pair(facts)
    jobs = [await nudge(facts, session, ada) for _ in range(4)]
    gateway.fail("post", Uncertain("timeout"), after_effect=True)
    if looks is not None:
        gateway.fail("find_posted", looks)
    await clock.advance(HOUR)
    for _ in range(3):
        clock.let_pass(timedelta(minutes=1))
        await clock.advance(HOUR)
    assert len(gateway.said) == 3
    assert [moment is not None for moment in await said_at(facts, *jobs)] == [True] * 3 + [False]
