"""What follows a session: next steps, thanks, closing, erasing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from bot.domain.hours import WorkingHours, moment_at
from bot.domain.job_kinds import JobKind
from bot.domain.timeline.planned import Planned, SessionFacts, session_key

THANKS_AFTER: Final = timedelta(hours=1)  # after the next steps: one question at a time
THANKS_NUDGE_DAYS: Final = 3  # working days
GO_ON_AFTER: Final = 1  # working days: the talk is fresh, and was slept on
GO_ON_COMPARED_AFTER: Final = 5  # working days, of whoever works fewer
FEEDBACK_AFTER: Final = 2  # working days: one question a day
CLOSE_AFTER: Final = timedelta(days=14)
DUE_AT: Final = time(9)  # a date means nine o'clock of its owner
DUE_NOT_SOONER: Final = timedelta(hours=4)  # "by today" is not asked about at once
FOLLOW_UP_AFTER: Final = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class ActionFacts:
    """A next step, its owner and the local date they chose, None when they chose none."""

    action_id: int
    owner_id: int
    owner_hours: WorkingHours
    due_on: date | None


def plan_follow_up(facts: SessionFacts, now: datetime) -> list[Planned]:
    """What follows once someone said, at `now`, that it took place.

    If it counted as missed until now, skip the unsent jobs of `plan_missed` first.
    """
    return list(_follow_up(facts, now))


def _follow_up(facts: SessionFacts, now: datetime) -> Iterator[Planned]:
    sid = facts.session_id
    close_at = _close_at(facts, now)
    for party in facts.mentees:
        key = session_key(sid, *facts.own_key("action_ask", party))
        yield Planned(JobKind.ACTION_ASK, key, party.person_id, now, close_at)
    for party in facts.everyone:
        who = party.person_id
        asked = party.hours.next_open(now + THANKS_AFTER)
        again = party.hours.add_working_days(asked, THANKS_NUDGE_DAYS)
        for kind, due in ((JobKind.THANKS_ASK, asked), (JobKind.THANKS_NUDGE, again)):
            yield Planned(kind, session_key(sid, kind, who), who, due, close_at)
    if facts.is_first:
        yield from _what_grows(facts, now, close_at)
    yield Planned(JobKind.CLOSE, session_key(sid, "held", "close"), None, close_at)


def _what_grows(facts: SessionFacts, now: datetime, close_at: datetime) -> Iterator[Planned]:
    """Feedback of everybody's, and whether they would go on."""
    sid = facts.session_id
    for party in facts.everyone:
        key = session_key(sid, JobKind.FEEDBACK_ASK, party.person_id)
        due = party.hours.add_working_days(now, FEEDBACK_AFTER)
        yield Planned(JobKind.FEEDBACK_ASK, key, party.person_id, due, close_at)
    days = GO_ON_COMPARED_AFTER
    compared = max(party.hours.add_working_days(now, days) for party in facts.everyone)
    for party in facts.everyone:
        key = session_key(sid, JobKind.GO_ON_ASK, party.person_id)
        due = party.hours.add_working_days(now, GO_ON_AFTER)
        yield Planned(JobKind.GO_ON_ASK, key, party.person_id, due, compared)
    yield Planned(JobKind.GO_ON_DEADLINE, session_key(sid, "go_on_deadline"), None, compared)


def plan_missed(facts: SessionFacts, now: datetime) -> list[Planned]:
    """A session that did not take place closes too, after time for a late answer."""
    key = session_key(facts.session_id, "missed", facts.plan, "close")
    return [Planned(JobKind.CLOSE, key, None, _close_at(facts, now))]


def plan_action(item: ActionFacts, now: datetime) -> list[Planned]:
    """Both questions about a next step: on its date, and two weeks later (from `now` without one).

    A new date makes new keys: skip the unsent jobs of the old date first ("action:9:<date>:").
    """
    key = f"action:{item.action_id}:{item.due_on or 'undated'}"
    hours, who = item.owner_hours, item.owner_id
    if item.due_on is None:
        later = hours.next_open(now + FOLLOW_UP_AFTER)
        return [Planned(JobKind.ACTION_FOLLOWUP, f"{key}:action_followup", who, later)]
    morning = moment_at(item.due_on, DUE_AT, hours.tz)
    due = hours.next_open(max(morning, now + DUE_NOT_SOONER) if morning <= now else morning)
    later = hours.next_open(max(morning, due) + FOLLOW_UP_AFTER)
    return [
        Planned(JobKind.ACTION_DUE, f"{key}:action_due", who, due, later),
        Planned(JobKind.ACTION_FOLLOWUP, f"{key}:action_followup", who, later),
    ]


def plan_closed(session_id: int, closed_at: datetime, retention_days: int) -> list[Planned]:
    """What the pair wrote is erased `retention_days` after closing."""
    due = closed_at + timedelta(days=retention_days)
    return [Planned(JobKind.ERASE, session_key(session_id, "erase"), None, due)]


def _close_at(facts: SessionFacts, now: datetime) -> datetime:
    if facts.starts_at is None:
        return now + CLOSE_AFTER
    return max(now, facts.starts_at + timedelta(minutes=facts.length_minutes)) + CLOSE_AFTER
