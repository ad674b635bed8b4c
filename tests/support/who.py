"""Every kind of person who might press something, and the words nobody else is to read."""

from enum import StrEnum
from typing import Final

PRIVATE: Final = "medlar"
"""Stands in all that a pair wrote to each other."""
ASKED: Final = "quince"
"""Stands in every request."""
CHANNEL, OTHER_CHANNEL, CALM_CHANNEL, TABLES_CHANNEL = "C1CIRCLE", "C2OTHER", "C3CALM", "C4TABLES"
"""Where the programmes of the tests' world live: the usual one, another lead's, one without a
round, and one that meets in groups."""
KINDS: Final = ["flash", "spot", "reverse"]


class Who(StrEnum):
    """Every kind of person who might press something."""

    MENTEE = "mentee"
    MENTOR = "mentor"
    THIRD = "third of a trio"
    NAMED = "person named"
    LEAD = "lead"
    OTHER_LEAD = "other programme’s lead"
    ADMIN = "admin"
    COLLEAGUE = "colleague"
    GUEST = "guest"
    DEACTIVATED = "deactivated"
    BOT = "another app"
    OUTSIDER = "another workspace"

    @property
    def slack_id(self) -> str:
        """Their id in Slack."""
        return f"U0{self.name.replace('_', '')}"

    @property
    def full_name(self) -> str:
        """A name nobody else has, and which is in no sentence."""
        return f"{self.name.title().replace('_', '')} Zzyzx"
