"""What a job may come to, once its facts were looked at again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.services.views import PersonView


@dataclass(frozen=True, slots=True)
class Group:
    """The pair of one session and Lantern, in one conversation; `channel` once it was opened."""

    session_id: int
    channel: str | None
    members: tuple[PersonView, PersonView]  # mentor, mentee


@dataclass(frozen=True, slots=True)
class Say:
    """Say `messages/<template>.xml` with these facts; `sentence` names one to add to them."""

    template: str
    facts: Mapping[str, Any]
    to: PersonView | Group
    note: str | None = None
    sentence: str | None = field(default=None, kw_only=True)


@dataclass(frozen=True, slots=True)
class Skip:
    """Leave it unsaid, for this reason (a key)."""

    reason: str


@dataclass(frozen=True, slots=True)
class Done:
    """It was a chore, and it is done."""


Step = Say | Skip | Done
