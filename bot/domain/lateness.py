"""How late something may still be said.

A reminder that comes a week late, because nothing ran in between, is worse than none.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final


@dataclass(frozen=True, slots=True)
class Lateness:
    """One kind's rule: `grace` after it was due it is too late; None means it never is."""

    grace: timedelta | None

    def too_late(self, due_at: datetime, now: datetime) -> bool:
        """Whether to leave it unsaid.

        `due_at` is the moment it was planned for, or moved to by manners or a snooze: a move on
        purpose is not lateness. Waiting because of an error is, so a retry must not change it.
        """
        return self.grace is not None and now > due_at + self.grace


ALWAYS: Final = Lateness(None)
"""Worth saying or doing however late it is."""
