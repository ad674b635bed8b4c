"""The auditor finds what it is there to find: a true record that was doctored in one place."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.chaos.audit import Outage, Verdict, audit
from tests.chaos.facts import Facts, Row
from tests.chaos.record import Colleague, Said

MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
NIGHT = MONDAY.replace(hour=3)
GOOD_FRIDAY = datetime(2026, 4, 3, 10, 0, tzinfo=UTC)
END = MONDAY + timedelta(days=30)
ADA = Colleague("U-ADA", "Europe/London")
BRUNO = Colleague("U-BRUNO", "America/New_York")
PEOPLE = {one.slack_id: one for one in (ADA, BRUNO)}

CLEAN = (0, 0, 0, 0, 0)

_JOB: Row = {
    "note": None,
    "recipient_id": None,
    "request_id": None,
    "offer_id": None,
    "session_id": None,
    "action_id": None,
    "referral_id": None,
    "round_id": None,
    "plan": None,
    "due_at": MONDAY,
    "made_at": MONDAY,
    "expires_at": None,
    "state": "done",
    "reason": None,
}


def job(number: int, kind: str, **facts: Any) -> Row:
    """A row of a job that was said."""
    return {**_JOB, "id": number, "kind": kind, "slack_ts": f"{number}.0", **facts}


def said(number: int, at: datetime = MONDAY, to: Colleague = ADA) -> Said:
    """Its message, in a person's DM."""
    where = f"D-{to.slack_id}"
    return Said(at, where, "im", frozenset({to.slack_id}), frozenset({number}), "Hello")


def in_group(number: int, at: datetime) -> Said:
    """Its message, to both."""
    return Said(at, "G", "mpim", frozenset(PEOPLE), frozenset({number}), "Hello")


@pytest.fixture
def facts() -> Facts:
    """A request that was answered, and a session that was called off; all was said, and well."""
    found = Facts(END)
    found.tables = {
        "person": {
            1: {"id": 1, "slack_id": "U-ADA", "is_deleted": False, "forgotten_at": None},
            2: {"id": 2, "slack_id": "U-BRUNO", "is_deleted": False, "forgotten_at": None},
            3: {"id": 3, "slack_id": "U-CHEN", "is_deleted": False, "forgotten_at": None},
        },
        "programme": {1: {"id": 1, "country": "GB"}},
        "request": {
            1: {
                "id": 1,
                "state": "matched",
                "settled_at": MONDAY,
                "created_at": MONDAY,
                "invited_id": None,
                "mentee_id": 1,
            }
        },
        "offer": {
            1: {"id": 1, "request_id": 1, "state": "accepted"}
            | {"decided_at": MONDAY + timedelta(hours=5), "expires_at": END}
        },
        "session": {
            1: {"id": 1, "state": "cancelled", "relationship_id": None, "closed_at": None}
            | {"starts_at": None, "plan": 0, "mentor_id": 2, "mentee_id": 1, "third_id": None}
        },
        "job": {
            1: job(1, "request_receipt", recipient_id=1, request_id=1),
            2: job(2, "offer", recipient_id=2, offer_id=1, request_id=None),
            3: job(3, "introduction", session_id=1),
            4: job(4, "session_cancelled", session_id=1, made_at=MONDAY + timedelta(days=2)),
        },
    }
    return found


@pytest.fixture
def record() -> list[Said]:
    """What Slack has of it."""
    return [
        said(1),
        said(2, MONDAY + timedelta(hours=5), BRUNO),  # ten in the morning there
        in_group(3, MONDAY + timedelta(hours=6)),  # both work: 16:00 and 11:00
        in_group(4, MONDAY + timedelta(days=2, hours=6)),
    ]


def judge(record: list[Said], facts: Facts, *outages: Outage) -> Verdict:
    return audit(record, facts, PEOPLE, outages)


def counts(verdict: Verdict) -> tuple[int, ...]:
    return tuple(verdict.counts.values())


def test_a_true_record_is_clean(record: list[Said], facts: Facts) -> None:
    assert counts(judge(record, facts)) == CLEAN, judge(record, facts)


def test_a_message_that_is_gone_is_lost(record: list[Said], facts: Facts) -> None:
    verdict = judge(record[1:], facts)
    assert verdict.lost == [
        "job 1 request_receipt: believed to be said",
        "request 1: no receipt, job 1 done None",
    ]


def test_a_message_that_nobody_planned_is_owed(record: list[Said], facts: Facts) -> None:
    """Neither job nor message: no list of jobs would show it, the facts do."""
    del facts["job"][1]
    assert judge(record[1:], facts).lost == ["request 1: no receipt"]


def test_who_agreed_to_somebody_named_reads_it_on_that_card(
    record: list[Said], facts: Facts
) -> None:
    facts["request"][2] = facts["request"][1] | {"id": 2}
    facts["referral"][1] = {"id": 1, "request_id": 2}
    facts["job"][8] = job(8, "referral_ask", recipient_id=1, referral_id=1)
    assert counts(judge([*record, said(8)], facts)) == CLEAN
    facts["job"][8] |= {"slack_ts": None, "state": "skipped", "reason": "settled"}
    assert judge(record, facts).lost == ["request 2: no receipt, job 8 skipped settled"]


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"state": "pending"}, "due since"),
        ({"state": "dead", "reason": "TypeError 12ab"}, "given up"),
        ({"state": "skipped", "reason": "late"}, "late without a reason"),
    ],
)
def test_a_job_that_came_to_nothing_is_lost(
    record: list[Said], facts: Facts, changes: Row, why: str
) -> None:
    facts["job"][2] |= {"slack_ts": None, **changes}
    del record[1]
    verdict = judge(record, facts)
    assert len(verdict.lost) == 1
    assert why in verdict.lost[0]


@pytest.mark.parametrize(
    ("cards", "lost"),
    [
        ([], 1),
        ([("pause_card", "paused")], 0),
        ([("paused_silent", None)], 0),
        ([("pause_card", "paused"), ("pause_card", None)], 1),  # they were back
    ],
)
def test_a_nudge_that_no_hour_was_left_for_is_lost_but_not_in_a_pause(
    record: list[Said], facts: Facts, cards: list[tuple[str, str | None]], lost: int
) -> None:
    over = MONDAY + timedelta(days=7)
    unsaid = {"slack_ts": None, "state": "skipped", "reason": "expired"}
    facts["job"][90] = job(90, "go_on_ask", recipient_id=1, expires_at=over, **unsaid)
    for number, (kind, note) in enumerate(cards, 91):
        facts["job"][number] = job(number, kind, recipient_id=1, note=note)
        record.append(said(number))
    assert len(judge(record, facts).lost) == lost


def test_late_because_nobody_was_at_work_is_no_loss(record: list[Said], facts: Facts) -> None:
    facts["job"][2] |= {"slack_ts": None, "state": "skipped", "reason": "late"}
    del record[1]
    down = Outage(MONDAY - timedelta(hours=1), MONDAY + timedelta(days=2))
    assert judge(record, facts, down).lost == []


def test_a_message_that_stands_there_twice_is_found(record: list[Said], facts: Facts) -> None:
    again = replace(record[1], at=record[1].at + timedelta(minutes=1))
    assert judge([*record, again], facts).twice == ["job 2 offer: 2 times"]


def test_two_jobs_for_one_word_are_twice(record: list[Said], facts: Facts) -> None:
    facts["job"][5] = job(5, "introduction", session_id=1)
    again = in_group(5, MONDAY + timedelta(hours=7))
    assert len(judge([*record, again], facts).twice) == 1


def test_a_message_in_the_night_is_found(record: list[Said], facts: Facts) -> None:
    record[1] = said(2, NIGHT + timedelta(days=1), BRUNO)
    facts["offer"][1]["decided_at"] = END
    verdict = judge(record, facts)
    assert counts(verdict) == (0, 0, 1, 0, 0)


def test_an_answer_may_come_in_the_night(record: list[Said], facts: Facts) -> None:
    record[0] = said(1, NIGHT + timedelta(days=1))
    assert counts(judge(record, facts)) == CLEAN


@pytest.mark.parametrize("hour", [9, 22])
def test_to_both_while_one_sleeps(record: list[Said], facts: Facts, hour: int) -> None:
    """They share three hours a day, so there is no need."""
    record[2] = in_group(3, MONDAY.replace(hour=hour))
    assert len(judge(record, facts).outside_hours) == 1


def test_at_an_odd_hour_rather_than_never(record: list[Said], facts: Facts) -> None:
    facts["job"][3]["expires_at"] = MONDAY.replace(hour=8)
    record[2] = in_group(3, MONDAY.replace(hour=7))
    assert judge(record, facts).outside_hours == []


@pytest.mark.parametrize(("hour", "odd"), [(7, 1), (9, 0)])
def test_in_the_hours_of_one_rather_than_at_an_odd_one(
    record: list[Said], facts: Facts, hour: int, odd: int
) -> None:
    """The hour that suits both is two in London."""
    facts["job"][3]["expires_at"] = MONDAY.replace(hour=13)
    record[2] = in_group(3, MONDAY.replace(hour=hour))
    assert len(judge(record, facts).outside_hours) == odd


def test_a_word_about_what_was_called_off_is_found(record: list[Said], facts: Facts) -> None:
    facts["job"][6] = job(6, "time_nudge", session_id=1, recipient_id=1)
    late = said(6, MONDAY + timedelta(days=3))
    assert len(judge([*record, late], facts).after_settled) == 1


def test_a_word_on_its_way_cannot_be_called_back(record: list[Said], facts: Facts) -> None:
    facts["job"][6] = job(6, "time_nudge", session_id=1, recipient_id=1)
    late = said(6, MONDAY + timedelta(days=2, seconds=5))
    assert counts(judge([*record, late], facts)) == CLEAN


def test_an_offer_after_its_answer_is_found(record: list[Said], facts: Facts) -> None:
    facts["job"][2]["request_id"] = 1
    record[1] = said(2, MONDAY + timedelta(hours=6), BRUNO)
    assert len(judge(record, facts).after_settled) == 1


def test_a_word_to_somebody_who_left_is_found(record: list[Said], facts: Facts) -> None:
    people = {**PEOPLE, ADA.slack_id: replace(ADA, left_at=MONDAY - timedelta(days=1))}
    assert len(audit(record, facts, people).after_settled) == 1


def test_left_unsaid_rather_than_said_twice_is_counted_apart(facts: Facts) -> None:
    found = Facts(END)
    found.tables = {"job": {9: job(9, "board_card", reason="unsure", slack_ts=None)}}
    verdict = judge([], found)
    assert (counts(verdict), verdict.unsure) == (CLEAN, 1)


def test_what_hangs_is_lost(record: list[Said], facts: Facts) -> None:
    facts["request"][1] |= {"state": "routing"}
    facts["offer"][1] |= {"state": "expired"}
    facts["round"][1] = {"id": 1, "state": "running", "runs_at": MONDAY}
    assert judge(record, facts).lost == ["request 1: with nobody", "round 1: still running"]


def _enrolled(facts: Facts, person: int) -> None:
    facts["enrolment"][person] = {"programme_id": 1, "person_id": person, "created_at": MONDAY}


def test_a_message_on_the_programmes_holiday_is_found(record: list[Said], facts: Facts) -> None:
    """Good Friday is a holiday for whoever takes part, and a Friday for everybody else."""
    facts["job"][7] = job(7, "unmatched", recipient_id=1, round_id=1)
    on_it = [*record, said(7, GOOD_FRIDAY)]
    assert counts(judge(on_it, facts)) == CLEAN
    _enrolled(facts, 1)
    verdict = judge(on_it, facts)
    assert counts(verdict) == (0, 0, 1, 0, 0)
    assert counts(judge([*record, said(7, GOOD_FRIDAY - timedelta(days=1))], facts)) == CLEAN


def test_to_both_while_one_has_a_holiday(record: list[Said], facts: Facts) -> None:
    _enrolled(facts, 1)
    facts["programme"][1]["country"] = "DE"  # where Easter Monday is one too
    record[2] = in_group(3, GOOD_FRIDAY.replace(hour=15))
    # For three days there is no moment for both, so it may go by the other's hours.
    assert judge(record, facts).outside_hours == []
    record[2] = in_group(3, datetime(2026, 5, 1, 15, 0, tzinfo=UTC))  # but on Monday there is
    assert len(judge(record, facts).outside_hours) == 1


def test_a_fourth_nudge_on_one_day_is_found(record: list[Said], facts: Facts) -> None:
    day = MONDAY + timedelta(days=1)
    kinds = ("time_nudge", "reminder_day", "start_card", "five_minutes", "outcome_ask")
    for number, kind in enumerate(kinds, 10):
        facts["job"][number] = job(number, kind, recipient_id=1)
        record.append(said(number, day + timedelta(minutes=number)))
    # The card five minutes before the end is part of the one at the start.
    assert judge(record, facts).over_three == [
        "U-ADA on 2026-03-03: time_nudge, reminder_day, start_card, outcome_ask"
    ]
    record[-1] = said(14, day + timedelta(days=1))
    assert counts(judge(record, facts)) == CLEAN


def test_three_for_one_and_three_for_another_are_not_six(record: list[Said], facts: Facts) -> None:
    at = MONDAY + timedelta(days=1, hours=5)
    for number in range(10, 16):
        facts["job"][number] = job(number, "momentum", recipient_id=1)
        record.append(said(number, at, ADA if number < 13 else BRUNO))
    assert counts(judge(record, facts)) == CLEAN


def _seated(facts: Facts) -> None:
    meets = {"approved_at": MONDAY, "opened_at": MONDAY, "meets_at": MONDAY + timedelta(days=9)}
    facts["round"][1] = {"id": 1, "state": "closed", "runs_at": MONDAY, **meets}
    seat = {"id": 1, "round_id": 1, "mentor_id": 2, "mentee_id": 1, "turn": 1, "is_out": False}
    facts["round_pair"][1] = seat
    facts["job"][20] = job(20, "rota", round_id=1, recipient_id=1)
    facts["job"][21] = job(21, "rota", round_id=1, recipient_id=2)


def test_somebody_at_a_table_who_was_not_told_is_found(record: list[Said], facts: Facts) -> None:
    _seated(facts)
    told = said(20, MONDAY + timedelta(hours=1))
    both = [*record, told, said(21, MONDAY + timedelta(hours=5), BRUNO)]
    assert counts(judge(both, facts)) == CLEAN
    facts["job"][21] |= {"state": "skipped", "reason": "nowhere", "slack_ts": None}
    assert judge(both[:-1], facts).lost == ["round 1: person 2 does not know where they sit"]
    _forgotten(facts, 2)
    assert counts(judge([*record, told], facts)) == CLEAN


def test_a_rota_that_came_twice_is_found(record: list[Said], facts: Facts) -> None:
    _seated(facts)
    facts["job"][22] = job(22, "rota", round_id=1, recipient_id=1)
    both = [said(number, MONDAY + timedelta(hours=1)) for number in (20, 22)]
    record += [*both, said(21, MONDAY + timedelta(hours=5), BRUNO)]
    assert len(judge(record, facts).twice) == 1


def test_the_third_of_a_trio_who_was_left_out_is_found(record: list[Said], facts: Facts) -> None:
    facts["session"][1] |= {"state": "matched", "third_id": 3}
    del facts["job"][4], record[3]
    assert judge(record, facts).lost == ["session 1: its third_id was not introduced"]
    record[2] = replace(record[2], readers=record[2].readers | {"U-CHEN"})
    assert counts(judge(record, facts)) == CLEAN


def _forgotten(facts: Facts, person: int) -> None:
    """Their messages are blanked and their jobs are gone, and so is where they took part."""
    row = facts["person"][person]
    row |= {"slack_id": f"forgotten:{person}", "is_deleted": True, "forgotten_at": END}
    for job in [one for one in facts["job"].values() if one["recipient_id"] == person]:
        del facts["job"][job["id"]]


def test_what_was_said_to_somebody_forgotten_is_not_owed(record: list[Said], facts: Facts) -> None:
    facts["thank_you"][1] = {"id": 1, "session_id": 1, "from_id": 2}
    assert judge(record, facts).lost == ["thank-you 1: never arrived"]
    _forgotten(facts, 1)
    assert counts(judge(record, facts)) == CLEAN


def test_the_holidays_of_somebody_forgotten_may_be_any(record: list[Said], facts: Facts) -> None:
    record[2] = in_group(3, GOOD_FRIDAY)  # Bruno sleeps, and is there in the afternoon
    assert len(judge(record, facts).outside_hours) == 1
    _forgotten(facts, 2)
    assert judge(record, facts).outside_hours == []  # he may have had the day off
    record[2] = in_group(3, GOOD_FRIDAY + timedelta(days=14))
    assert len(judge(record, facts).outside_hours) == 1, "a holiday of no country"


def test_a_mentor_of_two_is_thanked_by_each(record: list[Said], facts: Facts) -> None:
    for number, note in ((10, None), (11, "third")):
        facts["job"][number] = job(number, "thanks_card", recipient_id=1, session_id=1, note=note)
    both = [*record, said(10), said(11)]
    assert judge(both, facts).twice == []
    facts["job"][11] |= {"note": None}
    assert len(judge(both, facts).twice) == 1
