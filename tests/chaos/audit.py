"""What had to be said against what was said: the workspace's record and the database's facts.

The rules are the product's, written anew: none of the code that they judge is asked. What is taken
from Lantern is its list of kinds and their manners (docs/decisions/003-manners.md).
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from bot.domain.job_kinds import MANNERS, JobKind
from bot.domain.manners import Manner
from tests.chaos import day, hours, settled
from tests.chaos.facts import Facts, Row
from tests.chaos.owed import owed
from tests.chaos.record import Colleague, Said

WAITS = frozenset({Manner.NEWS, Manner.NUDGE})
"""What waits for good hours; an answer comes at once, and what is tied to a minute at that one."""


@dataclass(slots=True)
class Verdict:
    """What was found, one line each; `unsure` counts what was left unsaid rather than said twice
    where nobody can look (decision 006), and is no fault."""

    lost: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    outside_hours: list[str] = field(default_factory=list)
    after_settled: list[str] = field(default_factory=list)
    over_three: list[str] = field(default_factory=list)
    unsure: int = 0

    @property
    def counts(self) -> dict[str, int]:
        """How much of each fault there is."""
        return {
            name: len(getattr(self, name))
            for name in ("lost", "twice", "outside_hours", "after_settled", "over_three")
        }


@dataclass(frozen=True, slots=True)
class Outage:
    """Nobody was at work from `start` until `end` (simulated time): then late is nobody's fault."""

    start: datetime
    end: datetime


def audit(
    record: Sequence[Said],
    facts: Facts,
    people: dict[str, Colleague],
    outages: Sequence[Outage] = (),
) -> Verdict:
    """Compare them."""
    verdict, people = Verdict(), _in_programmes(people, facts)
    said: dict[int, list[Said]] = defaultdict(list)
    for one in record:
        for job in one.jobs:
            said[job].append(one)
    for job_id, row in facts["job"].items():
        where = said.get(job_id, [])
        if len(where) > 1:
            verdict.twice.append(f"{_name(row)}: {len(where)} times")
        if row["reason"] == "unsure" and not where:
            verdict.unsure += 1
        if why := _is_lost(row, where, facts, outages):
            verdict.lost.append(f"{_name(row)}: {why}")
        if where:
            _judge_moment(verdict, row, where[0], people, facts)
    verdict.lost += owed(facts, said)
    verdict.twice += _same_words(record, facts)
    verdict.over_three += day.too_many(record, facts, people)
    return verdict


def _in_programmes(people: dict[str, Colleague], facts: Facts) -> dict[str, Colleague]:
    """The same people, with the country of the programme that they take part in."""
    found = dict(people)
    for one in facts["enrolment"].values():
        country = facts["programme"][one["programme_id"]]["country"]
        who = found.get(facts["person"][one["person_id"]]["slack_id"] or "")
        if who is not None and country:
            since = min(one["created_at"], who.joined_at or one["created_at"])
            found[who.slack_id] = replace(who, country=country, joined_at=since)
    return found


def _name(row: Row) -> str:
    return f"job {row['id']} {row['kind']}"


def _is_lost(
    row: Row, where: Sequence[Said], facts: Facts, outages: Sequence[Outage]
) -> str | None:
    """Why a job counts as lost, or None."""
    if row["state"] == "pending" and row["due_at"] <= facts.now:
        return f"due since {row['due_at']:%c}"
    if row["state"] == "dead":
        return f"given up: {row['reason']}"
    if row["reason"] in ("late", "expired") and _in_time(row, facts, outages):
        return f"was {row['reason']} without a reason to be"
    if row["slack_ts"] and not where:
        return "believed to be said"
    return None


def _in_time(row: Row, facts: Facts, outages: Sequence[Outage]) -> bool:
    """Whether it could have been said: known before it was due, and somebody was at work then."""
    if row["made_at"] > row["due_at"] or MANNERS[JobKind(row["kind"])] not in WAITS:
        return False
    until = row["expires_at"] or row["due_at"] + timedelta(days=7)
    if row["reason"] == "expired" and until - row["due_at"] < timedelta(days=5):
        return False  # good hours may never have come
    if row["reason"] == "expired" and _was_paused(row["recipient_id"], until, facts):
        return False
    return not any(o.start <= until and row["due_at"] <= o.end for o in outages)


def _was_paused(person_id: int | None, until: datetime, facts: Facts) -> bool:
    """Whether the last card before `until` told them that they are left in peace for a while."""
    cards = [
        row
        for row in facts["job"].values()
        if row["kind"] in ("pause_card", "paused_silent")
        and row["recipient_id"] == person_id
        and row["made_at"] <= until
    ]
    last = max(cards, key=lambda row: row["id"], default=None)
    return last is not None and (last["kind"] == "paused_silent" or last["note"] == "paused")


def _judge_moment(
    verdict: Verdict, row: Row, said: Said, people: dict[str, Colleague], facts: Facts
) -> None:
    kind = JobKind(row["kind"])
    readers = [people[each] for each in said.readers if each in people]
    known = {person["slack_id"] for person in facts["person"].values()}
    if MANNERS[kind] in WAITS and not any(
        _in_good_hours(row, said, each) for each in _with_their_holidays(readers, known)
    ):
        verdict.outside_hours.append(f"{_name(row)}: {said.at:%c} UTC")
    if why := settled.why(kind, row, said, readers, facts):
        verdict.after_settled.append(f"{_name(row)}: {said.at:%c} UTC, {why}")


def _with_their_holidays(
    readers: Sequence[Colleague], known: Collection[str]
) -> Iterator[Sequence[Colleague]]:
    """The readers, with each country for those who were forgotten: nobody knows theirs now."""
    yield readers
    for country in hours.HOLIDAYS:
        yield [
            one
            if one.slack_id in known
            else replace(one, country=country, joined_at=datetime.min.replace(tzinfo=UTC))
            for one in readers
        ]


def _in_good_hours(row: Row, said: Said, readers: Sequence[Colleague]) -> bool:
    if said.kind == "channel":
        return True  # a channel has no hours of its own; its people mute it
    if said.kind == "mpim" and row["session_id"] is None and row["referral_id"] is None:
        return any(hours.is_good(said.at, who) for who in readers)  # leads: one of them will do
    if hours.is_good_for_all(said.at, readers):
        return True
    # An odd hour is better than never, and that of one of them better than an odd one.
    end = row["expires_at"]
    if end is None or hours.opens_before(said.at, end, readers):
        return False
    return any(hours.is_good(said.at, who) for who in readers) or not any(
        hours.opens_before(said.at, end, [who]) for who in readers
    )


def _same_words(record: Sequence[Said], facts: Facts) -> list[str]:
    """The same thing said to the same reader by two jobs: planned twice."""
    found: dict[tuple[object, ...], int] = defaultdict(int)
    for one in record:
        for job in one.jobs:
            row = facts["job"].get(job)
            if row is not None and row["kind"] in settled.ONCE:
                subject = tuple(row[column] for column in settled.ONCE[row["kind"]])
                found[row["kind"], one.where, subject] += 1
    return [f"{kind} of {subject}: {n} jobs" for (kind, _, subject), n in found.items() if n > 1]
