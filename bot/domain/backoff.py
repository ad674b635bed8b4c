"""How long to wait before trying again, without a clock or chance of its own."""

from datetime import timedelta
from typing import Final

MAX_ATTEMPTS: Final = 12
"""After this many attempts a job is dead and a person hears of it: some two hours of trying."""

PATIENT_FOR: Final = timedelta(days=3)
"""So long after it was due a job is tried although Slack, or the way there, fails each time."""

PATIENT_WITH_US: Final = timedelta(days=30)
"""The same for a chore (a deadline, a promise about data, a round that goes out): a new version can
put right what stops it, and nobody else would."""

FIRST_WAIT: Final = timedelta(seconds=5)
LONGEST_WAIT: Final = timedelta(hours=1)


def retry_in(attempt: int, chance: float, retry_after: float | None = None) -> timedelta:
    """The wait after the `attempt`-th failure (from 1).

    Five seconds, doubling up to an hour; `chance` in [0, 1) takes away up to half, so that jobs
    that failed together do not come back together. Never less than `retry_after` (seconds, what
    Slack's Retry-After asked for), spread over five seconds more for the same reason.
    """
    if attempt < 1 or not 0 <= chance < 1:
        raise ValueError("attempts count from 1, and chance is in [0, 1)")
    full = min(LONGEST_WAIT, FIRST_WAIT * (1 << min(attempt - 1, 20)))
    wait = full * (1 - chance / 2)
    if retry_after is None:
        return wait
    return max(wait, timedelta(seconds=max(retry_after, 0)) + FIRST_WAIT * chance)


def is_last(attempt: int) -> bool:
    """Whether the `attempt`-th failure was one too many."""
    return attempt >= MAX_ATTEMPTS
