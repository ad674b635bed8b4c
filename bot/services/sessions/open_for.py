"""What may still be written, by where a session is.

Asked before a form opens, so that nobody fills in one that will be refused, and again when it is
sent.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Final, Protocol

from bot.domain.errors import RuleBroken
from bot.domain.states import SessionState

BEFORE_THE_SESSION: Final = (SessionState.MATCHED, SessionState.SCHEDULED)
AFTER_THE_SESSION: Final = (SessionState.HELD, SessionState.CLOSED)


class Timed(Protocol):
    """A session, or a view of one."""

    @property
    def state(self) -> SessionState: ...
    @property
    def starts_at(self) -> datetime | None: ...


class Reader(Protocol):
    """Somebody, or a view of them."""

    @property
    def is_deleted(self) -> bool: ...


def check_agenda(session: Timed, now: datetime) -> None:
    """Raises RuleBroken "session_over", or "agenda_closed" once it began."""
    if session.state not in BEFORE_THE_SESSION:
        raise RuleBroken("session_over")
    if session.starts_at is not None and session.starts_at <= now:
        raise RuleBroken("agenda_closed")


def check_words_after(state: SessionState, *, is_erased: bool) -> None:
    """Next steps, thanks, feedback: RuleBroken "not_held" unless it took place, and its words are
    kept still."""
    if state not in AFTER_THE_SESSION or is_erased:
        raise RuleBroken("not_held")


def check_read_by(partners: Iterable[Reader]) -> None:
    """Words to the other side need somebody there: RuleBroken "deactivated" where all have left."""
    if all(one.is_deleted for one in partners):
        raise RuleBroken("deactivated")
