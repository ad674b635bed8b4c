"""Manners, lateness and back-off."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.backoff import LONGEST_WAIT, MAX_ATTEMPTS, is_last, retry_in
from bot.domain.hours import WorkingHours
from bot.domain.job_kinds import LATENESS, MANNERS, JobKind
from bot.domain.lateness import ALWAYS, Lateness
from bot.domain.manners import DAILY_NUDGES, Manner, Move, Pause, Send, Skip, decide
from tests.unit.domain.strategies import moments, working_hours

HOURS = WorkingHours("Europe/London")
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)  # a Wednesday
NIGHT = datetime(2026, 11, 25, 22, tzinfo=UTC)
NEXT_MORNING = datetime(2026, 11, 26, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("manner", "by_day", "by_night"),
    [
        (Manner.ANSWER, Send(), Send()),
        (Manner.NEWS, Send(), Move(NEXT_MORNING)),
        (Manner.NUDGE, Send(), Move(NEXT_MORNING)),
        (Manner.TIMELY, Send(), Send()),
        (Manner.CHORE, Send(), Send()),
    ],
)
def test_by_day_and_by_night(manner: Manner, by_day: object, by_night: object) -> None:
    assert decide(manner, NOON, HOURS) == by_day
    assert decide(manner, NIGHT, HOURS) == by_night


@pytest.mark.parametrize(
    ("manner", "when_full"),
    [
        (Manner.ANSWER, Send()),
        (Manner.NEWS, Send()),
        (Manner.NUDGE, Move(NEXT_MORNING)),
        (Manner.TIMELY, Skip("daily_limit")),
        (Manner.CHORE, Send()),
    ],
)
def test_three_a_day(manner: Manner, when_full: object) -> None:
    assert decide(manner, NOON, HOURS, said_today=DAILY_NUDGES - 1) == Send()
    assert decide(manner, NOON, HOURS, said_today=DAILY_NUDGES) == when_full


def test_a_nudge_leaves_room_for_what_is_tied_to_a_minute() -> None:
    assert decide(Manner.NUDGE, NOON, HOURS, said_today=1, timely_ahead_today=1) == Send()
    assert decide(Manner.NUDGE, NOON, HOURS, said_today=1, timely_ahead_today=2) == Move(
        NEXT_MORNING
    )
    assert decide(Manner.TIMELY, NOON, HOURS, said_today=1, timely_ahead_today=2) == Send()


def test_early_on_a_full_day_a_nudge_is_looked_at_again_when_it_opens() -> None:
    early = datetime(2026, 11, 25, 7, tzinfo=UTC)
    assert decide(Manner.NUDGE, early, HOURS, said_today=3) == Move(early.replace(hour=9))


def test_a_pause_holds_back_nudges_only() -> None:
    monday = datetime(2026, 11, 30, tzinfo=UTC)
    until_monday = Pause(until=monday)
    assert decide(Manner.NUDGE, NOON, HOURS, paused=until_monday) == Move(monday.replace(hour=9))
    assert decide(Manner.NUDGE, NOON, HOURS, paused=Pause()) == Skip("paused")
    assert decide(Manner.NUDGE, NOON, HOURS, paused=Pause(until=NOON)) == Send()
    for manner in (Manner.ANSWER, Manner.NEWS, Manner.TIMELY, Manner.CHORE):
        assert decide(manner, NOON, HOURS, paused=Pause()) == Send()


def test_what_cannot_wait_until_morning() -> None:
    start = NEXT_MORNING - timedelta(hours=1)
    assert decide(Manner.NEWS, NIGHT, HOURS, expires_at=start) == Send()
    assert decide(Manner.NUDGE, NIGHT, HOURS, expires_at=start) == Skip("expired")
    later = NEXT_MORNING + timedelta(hours=1)
    assert decide(Manner.NEWS, NIGHT, HOURS, expires_at=later) == Move(NEXT_MORNING)


@given(
    st.sampled_from(Manner),
    moments,
    working_hours(),
    st.integers(0, 6),
    st.integers(0, 4),
    st.none() | st.builds(Pause, st.none() | moments),
    st.none() | moments,
)
def test_no_decision_is_ill_mannered(
    manner: Manner,
    now: datetime,
    hours: WorkingHours,
    said: int,
    ahead: int,
    paused: Pause | None,
    expires_at: datetime | None,
) -> None:
    decision = decide(
        manner,
        now,
        hours,
        said_today=said,
        timely_ahead_today=ahead,
        paused=paused,
        expires_at=expires_at,
    )
    if isinstance(decision, Move):
        assert manner in (Manner.NEWS, Manner.NUDGE)
        assert decision.to > now
        assert hours.is_open(decision.to)
        assert expires_at is None or decision.to < expires_at
    if isinstance(decision, Skip):
        assert manner in (Manner.NUDGE, Manner.TIMELY)
    if decision == Send() and manner.counts:
        assert said < DAILY_NUDGES
    if decision == Send() and manner is Manner.NUDGE:
        assert hours.is_open(now)
        assert said + ahead < DAILY_NUDGES


def test_every_kind_of_job_has_manners_and_a_lateness_rule() -> None:
    assert set(MANNERS) == set(JobKind) == set(LATENESS)


def test_what_is_not_a_message_is_never_too_late() -> None:
    chores = [kind for kind in JobKind if MANNERS[kind] is Manner.CHORE]
    assert all(LATENESS[kind] == ALWAYS for kind in chores)
    nudges = [kind for kind in JobKind if MANNERS[kind].counts]
    assert all(LATENESS[kind].grace is not None for kind in nudges)


def test_lateness() -> None:
    rule = Lateness(timedelta(minutes=9))
    assert not rule.too_late(NOON, NOON - timedelta(days=1))
    assert not rule.too_late(NOON, NOON + timedelta(minutes=9))
    assert rule.too_late(NOON, NOON + timedelta(minutes=9, seconds=1))
    assert not ALWAYS.too_late(NOON, NOON + timedelta(days=4000))


def test_the_waits_double_up_to_an_hour() -> None:
    waits = [retry_in(attempt, 0.0).total_seconds() for attempt in range(1, 13)]
    assert waits == [5, 10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600]
    assert [is_last(11), is_last(12)] == [False, True]


@given(
    st.integers(1, 10_000),
    st.floats(0, 1, exclude_max=True),
    st.none() | st.floats(0, 1e6),
)
def test_a_wait_is_never_shorter_than_asked(
    attempt: int, chance: float, retry_after: float | None
) -> None:
    wait = retry_in(attempt, chance, retry_after)
    asked = timedelta(seconds=retry_after or 0)
    assert wait >= asked
    assert timedelta(seconds=2.5) <= wait <= max(LONGEST_WAIT, asked + timedelta(seconds=5))


@pytest.mark.parametrize(("attempt", "chance"), [(0, 0.5), (1, 1.0), (1, -0.1)])
def test_a_wait_needs_sense(attempt: int, chance: float) -> None:
    with pytest.raises(ValueError, match="attempts count from 1"):
        retry_in(attempt, chance)
    assert MAX_ATTEMPTS == 12
