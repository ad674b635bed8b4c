"""A session → its jobs. The whole life of a session in time, as plain rules.

Planning is repeatable: call `plan_session` at the match and whenever the time is set, moved or
unset, write down what it returns, and let the keys drop what is there already. Before a new plan of
the time, skip the unsent jobs of the old one (`plan_prefix`). Whether a job is still wanted when it
falls due (an agenda written meanwhile, a session cancelled) is looked at then, not here.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from bot.domain.job_kinds import JobKind
from bot.domain.timeline.planned import Planned, SessionFacts, by, session_key

TIME_NUDGES: Final = (2, 5)  # working days without a time, after which the mentee hears of it
LAPSES_AFTER: Final = 20  # working days without a time, after which it is let go
CHECKLIST_BEFORE: Final = timedelta(days=2)
AGENDA_NUDGE_BEFORE: Final = timedelta(hours=30)
AGENDA_BEFORE: Final = timedelta(hours=24)  # product.md 3.4: at the latest with the mentor
AGENDA_ANSWER_FOR: Final = timedelta(hours=4)  # what the mentee has between nudge and mentor told
DAY_BEFORE: Final = timedelta(hours=24)
NOT_SOONER_THAN: Final = timedelta(hours=1)  # a day reminder right after setting the time is silly
SOON_BEFORE: Final = timedelta(minutes=10)
START_CARD_FOR: Final = timedelta(minutes=15)
BEFORE_THE_END: Final = timedelta(minutes=5)  # time enough to agree the next steps
OUTCOME_AFTER: Final = timedelta(minutes=10)
OUTCOME_NUDGE_DAYS: Final = 1
OUTCOME_DEADLINE_DAYS: Final = 3


def plan_session(facts: SessionFacts, now: datetime) -> list[Planned]:
    """Everything to say and do for a session that is matched or scheduled, seen from `now` (UTC).

    Without a time: the introduction, the preparation, two nudges to find a time, and the end of
    waiting for one. With one: the
    way to the session, and the questions after it. Nothing is planned to be due in the past.
    """
    jobs = list(_on_match(facts, now))
    if facts.starts_at is None:
        jobs += _without_time(facts, now)
    else:
        jobs += _towards(facts, facts.starts_at, now)
        jobs += _agenda(facts, facts.starts_at, now)
        jobs += _outcome(facts, facts.starts_at)
    return jobs


def _on_match(facts: SessionFacts, now: datetime) -> Iterator[Planned]:
    sid = facts.session_id
    yield Planned(JobKind.INTRODUCTION, session_key(sid, "introduction"), None, now)
    for party in facts.everyone:
        key = session_key(sid, "checklist", party.person_id)
        yield Planned(JobKind.CHECKLIST, key, party.person_id, now, facts.starts_at)
    if not facts.agenda_written:
        for party in facts.mentees:
            key = session_key(sid, *facts.own_key("agenda_ask", party))
            yield Planned(JobKind.AGENDA_ASK, key, party.person_id, now, facts.starts_at)


def _without_time(facts: SessionFacts, now: datetime) -> Iterator[Planned]:
    since = facts.matched_at if facts.plan == 0 else now  # a time fell through: counted anew
    for party in facts.everyone:
        key = session_key(facts.session_id, facts.plan, "slots", party.person_id)
        yield Planned(JobKind.SLOTS, key, party.person_id, now)
    for count, days in enumerate(TIME_NUDGES, start=1):
        key = session_key(facts.session_id, facts.plan, "time_nudge", count)
        due = facts.mentee_hours.add_working_days(since, days)
        if due > now:
            yield Planned(JobKind.TIME_NUDGE, key, facts.mentee_id, due)
    key = session_key(facts.session_id, facts.plan, "close")
    lapses = facts.mentee_hours.add_working_days(since, LAPSES_AFTER)
    yield Planned(JobKind.CLOSE, key, None, max(lapses, now))


def _towards(facts: SessionFacts, start: datetime, now: datetime) -> Iterator[Planned]:
    def key(what: str, *who: int) -> str:
        return session_key(facts.session_id, facts.plan, what, *who)

    known_by = _known_by(now, facts.moved_from, start)
    yield Planned(JobKind.TIME_SET, key("time_set"), None, now, known_by)
    yield Planned(JobKind.CALENDAR_FILE, key("calendar_file"), None, now, start)
    for party in facts.everyone:
        who, hours = party.person_id, party.hours
        ready = by(hours, start - CHECKLIST_BEFORE)
        if ready > now:
            yield Planned(
                JobKind.CHECKLIST_NUDGE, key("checklist_nudge", who), who, ready, start - DAY_BEFORE
            )
        eve = by(hours, start - DAY_BEFORE)
        if eve >= now + NOT_SOONER_THAN:
            yield Planned(JobKind.REMINDER_DAY, key("reminder_day", who), who, eve, start)
        if start - SOON_BEFORE > now:
            due = start - SOON_BEFORE
            yield Planned(JobKind.REMINDER_SOON, key("reminder_soon", who), who, due, start)
        over = start + START_CARD_FOR
        yield Planned(JobKind.START_CARD, key("start_card", who), who, start, over)
        end = start + timedelta(minutes=facts.length_minutes)
        due = end - BEFORE_THE_END
        yield Planned(JobKind.FIVE_MINUTES, key("five_minutes", who), who, due, end)


def _known_by(now: datetime, *starts: datetime | None) -> datetime | None:
    """The first of these moments still to come: by then both must know that it has changed."""
    return min((start for start in starts if start is not None and start > now), default=None)


def _agenda(facts: SessionFacts, start: datetime, now: datetime) -> Iterator[Planned]:
    """Without an agenda: the mentee is nudged once, and then the mentor told.

    Before a weekend both moments would fall together, so the nudge leaves the mentee some hours.
    When the time is set too late for that, both follow within the next hours, while it still helps.
    """
    if facts.agenda_written:
        return
    told = by(facts.mentor_hours, start - AGENDA_BEFORE)
    for party in facts.mentees:
        nudged = by(party.hours, min(start - AGENDA_NUDGE_BEFORE, told - AGENDA_ANSWER_FOR))
        if nudged <= now:
            nudged = party.hours.next_open(now + AGENDA_ANSWER_FOR / 2)
        if told < nudged + AGENDA_ANSWER_FOR / 2:
            told = facts.mentor_hours.next_open(nudged + AGENDA_ANSWER_FOR / 2)
        key = session_key(facts.session_id, facts.plan, *facts.own_key("agenda_nudge", party))
        if nudged < start:
            yield Planned(JobKind.AGENDA_NUDGE, key, party.person_id, nudged, start)
    key = session_key(facts.session_id, facts.plan, "agenda_missing")
    if told < start:
        yield Planned(JobKind.AGENDA_MISSING, key, facts.mentor_id, told, start)


def _outcome(facts: SessionFacts, start: datetime) -> Iterator[Planned]:
    end = start + timedelta(minutes=facts.length_minutes)
    days = OUTCOME_DEADLINE_DAYS
    deadline = max(party.hours.add_working_days(end, days) for party in facts.everyone)
    for party in facts.everyone:
        who = party.person_id
        asked = party.hours.next_open(end + OUTCOME_AFTER)
        again = party.hours.add_working_days(asked, OUTCOME_NUDGE_DAYS)
        for kind, due in ((JobKind.OUTCOME_ASK, asked), (JobKind.OUTCOME_NUDGE, again)):
            key = session_key(facts.session_id, facts.plan, kind, who)
            yield Planned(kind, key, who, due, deadline)
    key = session_key(facts.session_id, facts.plan, "outcome_deadline")
    yield Planned(JobKind.OUTCOME_DEADLINE, key, None, deadline)
