"""At most three nudges a day for one person, over all programmes: counted in Slack itself."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from bot.domain.job_kinds import MANNERS, JobKind
from bot.domain.manners import Manner
from tests.chaos.facts import Facts
from tests.chaos.hours import local_day
from tests.chaos.record import Colleague, Said

MOST = 3
COUNTED = frozenset({Manner.NUDGE, Manner.TIMELY})
WITH_ANOTHER = JobKind.FIVE_MINUTES
"""It goes with the card at the start, and the two count as one (docs/decisions/003-manners.md)."""


def too_many(record: Sequence[Said], facts: Facts, people: dict[str, Colleague]) -> Iterator[str]:
    """One line for each person's day with more than three."""
    days: dict[tuple[str, date], set[int]] = defaultdict(set)
    for said in record:
        if said.kind != "im":
            continue
        counted = {job for job in said.jobs if job in facts["job"] and _counts(facts, job)}
        for reader in said.readers & people.keys():
            days[reader, local_day(said.at, people[reader])] |= counted
    for (reader, day), jobs in days.items():
        if len(jobs) > MOST:
            kinds = ", ".join(facts["job"][job]["kind"] for job in sorted(jobs))
            yield f"{reader} on {day}: {kinds}"


def _counts(facts: Facts, job: int) -> bool:
    kind = JobKind(facts["job"][job]["kind"])
    return MANNERS[kind] in COUNTED and kind is not WITH_ANOTHER
