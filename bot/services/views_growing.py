"""What grows from a session, as those in it see it: keeping in touch, and a formal relationship."""

from dataclasses import dataclass
from datetime import datetime

from bot.services.views import PersonView


@dataclass(frozen=True, slots=True)
class TieView:
    """Two former partners, as one of them sees it. What the other answered is not in it.

    `wish` is the reader's own answer of this quarter, `session_id` the session that both wanted.
    """

    id: int
    me: PersonView
    other: PersonView
    quarter: int
    next_at: datetime  # when the next quarter begins
    is_stopped: bool = False  # by the reader
    wish: bool | None = None
    session_id: int | None = None
