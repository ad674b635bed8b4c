"""The reference page of jobs, made from the code: `python -m bot.scheduling.reference`.

Prints docs/jobs.md; a test holds the page to it.
"""

import sys
from datetime import timedelta

from bot.domain.backoff import FIRST_WAIT, LONGEST_WAIT, MAX_ATTEMPTS, PATIENT_FOR, PATIENT_WITH_US
from bot.domain.job_kinds import LATENESS, MANNERS, JobKind
from bot.domain.manners import DAILY_NUDGES
from bot.domain.ranks import MANY, rank_of
from bot.scheduling.deliver import LEASE_FOR
from bot.scheduling.jobs import FILES
from bot.scheduling.sweep import SWEEP_EVERY

_HEAD = """\
# Jobs

Everything that Lantern says or does because of time, or in answer to an act, is a job: a row in
the database, and one file in `bot/scheduling/jobs/`. [Decision 006](decisions/006-jobs.md) says how
jobs work, [decision 003](decisions/003-manners.md) what the manners mean.

This page is made from the code by `python -m bot.scheduling.reference > docs/jobs.md`.

- An **answer** comes at once, **news** in the recipient's working hours, a **nudge** in them and at
  most {nudges} a day, what is **timely** at its minute or not at all. A **chore** says nothing.
- **Late** is how long after it was due a job may still be said. Waiting for working hours is not
  lateness.
- What is due is said by **rank**, and within it the longest due first; workspaces take turns
  ([decision 014](decisions/014-pace.md)). Where more than {many} are planned at once, news, nudges
  and answers among them have the rank `many`.
- A lease lasts {lease}. What failed is tried again within {first}, then at growing intervals of up
  to {longest}, and is dead after {attempts} attempts; where it is Slack that fails, {patient} after
  it was due. A chore is tried for {chores}, but for plans and lists: of those the leads hear.
- Once a day old rows are deleted ([what and when](data.md)); every {sweep}, rounds and looks at
  relationships that no job plans are planned.

| kind | what it says or does | manner | rank | late |
|---|---|---|---|---|
"""


def reference() -> str:
    """The whole page, in Markdown."""
    head = _HEAD.format(
        nudges=DAILY_NUDGES,
        lease=_length(LEASE_FOR),
        first=_length(FIRST_WAIT),
        longest=_length(LONGEST_WAIT),
        attempts=MAX_ATTEMPTS,
        patient=_length(PATIENT_FOR),
        chores=_length(PATIENT_WITH_US),
        many=MANY,
        sweep=_length(SWEEP_EVERY),
    )
    return head + "".join(_row(kind) for kind in JobKind)


def _row(kind: JobKind) -> str:
    said = " ".join((FILES[kind].__doc__ or "").split())
    grace = LATENESS[kind].grace
    late = "however late" if grace is None else _length(grace)
    rank = rank_of(kind)
    return f"| `{kind}` | {said} | {MANNERS[kind]} | {rank}, {rank.name.lower()} | {late} |\n"


def _length(span: timedelta) -> str:
    """A length in the largest unit that divides it: "12 hours", "9 minutes"."""
    seconds = int(span.total_seconds())
    units = (("day", 86400), ("hour", 3600), ("minute", 60), ("second", 1))
    name, size = next((name, size) for name, size in units if seconds % size == 0)
    count = seconds // size
    return f"{count} {name}" if count == 1 else f"{count} {name}s"


if __name__ == "__main__":
    sys.stdout.write(reference())
