"""A session's jobs, by example and for every zone."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from bot.domain.hours import WorkingHours
from bot.domain.job_kinds import JobKind
from bot.domain.kinds import Kind
from bot.domain.timeline import (
    Party,
    Planned,
    SessionFacts,
    plan_action,
    plan_closed,
    plan_follow_up,
    plan_missed,
    plan_offer,
    plan_prefix,
    plan_session,
)
from bot.domain.timeline.after import ActionFacts
from tests.unit.domain.strategies import moments, office_hours
from tests.unit.domain.test_hours import utc

MENTOR, MENTEE = 5, 7
MATCHED = utc("2026-11-23T10:00")  # a Monday
START = utc("2026-12-02T15:00")  # the Wednesday of the week after
FACTS = SessionFacts(
    session_id=42,
    kind=Kind.FLASH,
    mentor_id=MENTOR,
    mentee_id=MENTEE,
    mentor_hours=WorkingHours("America/New_York"),
    mentee_hours=WorkingHours("Europe/London"),
    matched_at=MATCHED,
    length_minutes=45,
)
SET = replace(FACTS, starts_at=START, plan=1)


def due(jobs: list[Planned]) -> dict[str, str]:
    """The jobs' keys, and when they are due."""
    return {job.key.removeprefix("session:42:"): job.due_at.strftime("%d %H:%M") for job in jobs}


def test_a_match_without_a_time() -> None:
    assert due(plan_session(FACTS, MATCHED)) == {
        "introduction": "23 10:00",
        "checklist:7": "23 10:00",
        "checklist:5": "23 10:00",
        "agenda_ask": "23 10:00",
        "0:slots:7": "23 10:00",
        "0:slots:5": "23 10:00",
        "0:time_nudge:1": "25 10:00",
        "0:time_nudge:2": "30 10:00",
        "0:close": "21 10:00",  # four weeks later, in December
    }


def test_a_session_with_a_time() -> None:
    jobs = [job for job in plan_session(SET, MATCHED) if job.key.startswith(plan_prefix(42, 1))]
    assert due(jobs) == {
        "1:time_set": "23 10:00",
        "1:calendar_file": "23 10:00",
        "1:checklist_nudge:7": "30 15:00",
        "1:checklist_nudge:5": "30 15:00",
        "1:agenda_nudge": "01 09:00",
        "1:agenda_missing": "01 15:00",
        "1:reminder_day:7": "01 15:00",
        "1:reminder_day:5": "01 15:00",
        "1:reminder_soon:7": "02 14:50",
        "1:reminder_soon:5": "02 14:50",
        "1:start_card:7": "02 15:00",
        "1:start_card:5": "02 15:00",
        "1:five_minutes:7": "02 15:40",
        "1:five_minutes:5": "02 15:40",
        "1:outcome_ask:7": "02 15:55",
        "1:outcome_ask:5": "02 15:55",
        "1:outcome_nudge:7": "03 15:55",
        "1:outcome_nudge:5": "03 15:55",
        "1:outcome_deadline": "07 15:45",
    }


def test_before_a_weekend_everyone_still_has_time_to_act() -> None:
    monday = replace(SET, starts_at=utc("2026-11-30T14:30"))
    jobs = {job.kind: job for job in plan_session(monday, MATCHED)}
    assert jobs[JobKind.AGENDA_MISSING].due_at == utc("2026-11-27T21:00")  # four in New York
    assert jobs[JobKind.AGENDA_NUDGE].due_at == utc("2026-11-27T16:00")  # four in London
    eve = [j for j in plan_session(monday, MATCHED) if j.kind is JobKind.REMINDER_DAY]
    assert [job.due_at for job in eve] == [utc("2026-11-27T16:00"), utc("2026-11-27T21:00")]


def test_a_time_set_for_tomorrow_still_asks_for_an_agenda_once() -> None:
    now = START - timedelta(hours=5)
    jobs = {job.kind: job.due_at for job in plan_session(SET, now)}
    assert jobs[JobKind.AGENDA_NUDGE] == now + timedelta(hours=2)
    assert jobs[JobKind.AGENDA_MISSING] == now + timedelta(hours=4)
    assert JobKind.REMINDER_DAY not in jobs
    assert JobKind.CHECKLIST_NUDGE not in jobs
    in_a_moment = {job.kind for job in plan_session(SET, START - timedelta(minutes=5))}
    assert not in_a_moment & {
        JobKind.AGENDA_NUDGE,
        JobKind.AGENDA_MISSING,
        JobKind.REMINDER_SOON,
    }
    assert JobKind.START_CARD in in_a_moment


def test_with_an_agenda_nobody_is_asked_for_one() -> None:
    kinds = {job.kind for job in plan_session(replace(SET, agenda_written=True), MATCHED)}
    assert not kinds & {JobKind.AGENDA_ASK, JobKind.AGENDA_NUDGE, JobKind.AGENDA_MISSING}


def test_moving_the_time_replaces_the_time_and_nothing_else() -> None:
    first = {job.key for job in plan_session(SET, MATCHED)}
    moved = replace(SET, starts_at=START + timedelta(days=1), plan=2)
    second = {job.key for job in plan_session(moved, MATCHED)}
    assert {key.split(":")[2] for key in first & second} == {
        "introduction",
        "checklist",
        "agenda_ask",
    }
    assert all(key.startswith(plan_prefix(42, 1)) for key in first - second)
    assert all(key.startswith(plan_prefix(42, 2)) for key in second - first)


def test_a_time_that_fell_through_is_asked_for_anew() -> None:
    now = utc("2026-12-01T12:00")
    jobs = [j for j in plan_session(replace(FACTS, plan=1), now) if j.kind is JobKind.TIME_NUDGE]
    assert due(jobs) == {"1:time_nudge:1": "03 12:00", "1:time_nudge:2": "08 12:00"}


def test_after_it_was_held() -> None:
    assert due(plan_follow_up(SET, utc("2026-12-02T20:00"))) == {
        "action_ask": "02 20:00",
        "thanks_ask:7": "03 09:00",
        "thanks_nudge:7": "08 09:00",
        "thanks_ask:5": "02 21:00",
        "thanks_nudge:5": "07 21:00",
        "go_on_ask:7": "04 09:00",
        "go_on_ask:5": "03 20:00",
        "feedback_ask:7": "07 09:00",
        "feedback_ask:5": "04 20:00",
        "go_on_deadline": "10 09:00",  # a working week, of whoever is later
        "held:close": "16 20:00",
    }
    assert due(plan_missed(SET, START)) == {"missed:1:close": "16 15:45"}
    assert due(plan_missed(FACTS, START)) == {"missed:0:close": "16 15:00"}


def test_two_who_go_on_already_are_not_asked_and_three_as_two_are() -> None:
    def asked(facts: SessionFacts) -> set[JobKind]:
        kinds = {job.kind for job in plan_follow_up(facts, START)}
        return kinds & {JobKind.GO_ON_ASK, JobKind.GO_ON_DEADLINE, JobKind.FEEDBACK_ASK}

    assert asked(replace(SET, kind=Kind.KEEP_IN_TOUCH)) == set()
    assert asked(replace(SET, is_formal=True)) == set()
    third = Party(9, WorkingHours("Europe/London"))
    assert asked(replace(SET, third=third)) == asked(SET) != set()


def test_what_they_wrote_is_erased() -> None:
    (erase,) = plan_closed(42, utc("2026-12-16T20:00"), 90)
    assert (erase.kind, erase.key) == (JobKind.ERASE, "session:42:erase")
    assert erase.due_at == utc("2027-03-16T20:00")


def test_a_next_step_is_asked_about_on_its_morning_and_two_weeks_later() -> None:
    item = ActionFacts(9, MENTOR, WorkingHours("America/New_York"), date(2026, 12, 5))  # Saturday
    jobs = plan_action(item, START)
    assert [(job.key, job.recipient_id, job.due_at) for job in jobs] == [
        ("action:9:2026-12-05:action_due", MENTOR, utc("2026-12-07T14:00")),
        ("action:9:2026-12-05:action_followup", MENTOR, utc("2026-12-21T14:00")),
    ]
    today = plan_action(replace(item, due_on=date(2026, 12, 2)), START)
    assert today[0].due_at == START + timedelta(hours=4)
    (undated,) = plan_action(replace(item, due_on=None), START)
    assert undated.due_at == utc("2026-12-16T15:00")


def test_an_offer_has_48_working_hours() -> None:
    friday_noon = utc("2026-11-27T12:00")
    jobs = plan_offer(3, MENTOR, WorkingHours("Europe/London"), friday_noon)
    assert [(job.key, job.due_at) for job in jobs] == [
        ("offer:3:offer", friday_noon),
        ("offer:3:offer_reminder", utc("2026-11-30T12:00")),
        ("offer:3:offer_expiry", utc("2026-12-01T12:00")),
    ]
    assert jobs[-1].recipient_id is None


AT_ANY_HOUR = (
    JobKind.INTRODUCTION,
    JobKind.CHECKLIST,
    JobKind.AGENDA_ASK,
    JobKind.SLOTS,
    JobKind.TIME_SET,  # manners place these
    JobKind.CALENDAR_FILE,
    JobKind.REMINDER_SOON,
    JobKind.START_CARD,  # the pair chose these
    JobKind.FIVE_MINUTES,
)


@given(office_hours, office_hours, moments, st.integers(20, 60 * 24 * 30), st.booleans())
def test_every_plan_is_in_order(
    a: WorkingHours, b: WorkingHours, now: datetime, minutes: int, has_time: bool
) -> None:
    start = now + timedelta(minutes=minutes)
    facts = replace(
        FACTS,
        mentor_hours=a,
        mentee_hours=b,
        matched_at=now,
        starts_at=start if has_time else None,
        plan=int(has_time),
    )
    jobs = plan_session(facts, now)
    assert len({job.key for job in jobs}) == len(jobs)
    assert jobs == plan_session(facts, now)
    hours = {MENTOR: a, MENTEE: b}
    for job in jobs:
        assert job.due_at >= now
        assert job.expires_at is None or job.due_at < job.expires_at
        if job.recipient_id is not None and job.kind not in AT_ANY_HOUR:
            assert hours[job.recipient_id].is_open(job.due_at)


@given(office_hours, office_hours, moments, st.integers(60 * 24 * 4, 60 * 24 * 30))
def test_before_the_start_the_mentee_hears_first_and_in_time(
    a: WorkingHours, b: WorkingHours, now: datetime, minutes: int
) -> None:
    start = now + timedelta(minutes=minutes)
    facts = replace(FACTS, mentor_hours=a, mentee_hours=b, starts_at=start, plan=1)
    jobs = {(job.kind, job.recipient_id): job.due_at for job in plan_session(facts, now)}
    nudged = jobs[JobKind.AGENDA_NUDGE, MENTEE]
    told = jobs[JobKind.AGENDA_MISSING, MENTOR]
    assume(nudged < start - timedelta(hours=30))
    assert nudged + timedelta(hours=2) <= told <= start
    for who in (MENTOR, MENTEE):
        assert jobs[JobKind.REMINDER_DAY, who] <= start - timedelta(hours=24)
        assert jobs[JobKind.OUTCOME_ASK, who] < jobs[JobKind.OUTCOME_NUDGE, who]
        assert jobs[JobKind.OUTCOME_NUDGE, who] < jobs[JobKind.OUTCOME_DEADLINE, None]


THIRD = 9
TRIO = replace(SET, third=Party(THIRD, WorkingHours("Asia/Kolkata")))


def test_the_third_of_a_trio_is_told_as_the_mentee_is() -> None:
    """All that carries the mentee's id is planned for the third too, and nothing of the pair's
    plan changes but the agenda's end, which waits for both."""
    pair = {job.key for job in plan_session(SET, MATCHED)}
    three = plan_session(TRIO, MATCHED)
    new = {job.key for job in three} - pair
    assert new == {
        key.removesuffix(":7") + ":9"
        for key in [*pair, "session:42:agenda_ask:7", "session:42:1:agenda_nudge:7"]
        if key.endswith(":7")
    }
    assert {job.recipient_id for job in three if job.key in new} == {THIRD}
    assert pair < {job.key for job in three}


def test_what_follows_is_for_all_three() -> None:
    held = plan_follow_up(TRIO, START + timedelta(hours=1))
    asked = {job.recipient_id for job in held if job.kind is JobKind.THANKS_ASK}
    assert asked == {MENTOR, MENTEE, THIRD}
    written = {job.recipient_id for job in held if job.kind is JobKind.ACTION_ASK}
    assert written == {MENTEE, THIRD}
    on = [job for job in held if job.kind is JobKind.GO_ON_ASK]
    assert {job.recipient_id for job in on} == {MENTOR, MENTEE, THIRD}
    (compared,) = (job.due_at for job in held if job.kind is JobKind.GO_ON_DEADLINE)
    assert {job.expires_at for job in on} == {compared}, "all three until the same moment"


@given(office_hours, office_hours, office_hours, moments, st.integers(0, 20 * 1440))
def test_a_trio_is_told_nothing_in_the_past_or_twice(
    mentor: WorkingHours,
    mentee: WorkingHours,
    third: WorkingHours,
    now: datetime,
    minutes: int,
) -> None:
    facts = replace(
        TRIO,
        mentor_hours=mentor,
        mentee_hours=mentee,
        third=Party(THIRD, third),
        matched_at=now,
        starts_at=now + timedelta(minutes=minutes),
    )
    jobs = plan_session(facts, now)
    assert len({job.key for job in jobs}) == len(jobs)
    for job in jobs:
        assert job.due_at >= now
        assert job.expires_at is None or job.due_at < job.expires_at or minutes == 0
