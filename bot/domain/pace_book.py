"""The arithmetic of Slack's pace: who may call when, as pure functions on one method's book.

A call has a slot, a moment before which it is not made. Slots are given away in order, so many
seconds apart (`Share`); one that nobody uses is lost, and nothing has to be given back. Times are
seconds of the books' own time: it runs as the shelf's clock does, but for `ahead`, by which that
clock has jumped since.
"""

from dataclasses import dataclass, replace
from typing import Final, Protocol

MINUTE: Final = 60.0
SPREAD: Final = 1.0
"""Seconds by which a call may reach Slack later than planned, beside others that do not."""
FAR: Final = 2.0
"""Seconds from now within which slots are given away at most."""
NO_STEP: Final = 0.25
"""Seconds by which two clocks may seem to differ because asking takes a while."""
DRIFT: Final = 0.001
"""How much two clocks that were never set may drift apart: ten times what NTP corrects."""


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a limit: a call each `gap` seconds, and up to `early` seconds' worth at once."""

    gap: float
    early: float

    @classmethod
    def of(cls, a_minute: int, early: float) -> "Share":
        """Never more than `a_minute` (at least 2) in any minute, whatever went before."""
        return cls((MINUTE + SPREAD + early) / (a_minute - 1), early)

    @property
    def most(self) -> int:
        """How many are taken at once: what is called within a second."""
        return max(1, int(1 / self.gap))


@dataclass(frozen=True, slots=True)
class Book:
    """What has been given away of one method in one workspace."""

    free: float = 0.0  # from when on a slot is to be had
    free_for_people: float = 0.0  # the same, of the part that is kept
    paused_until: float = 0.0
    paused_for: float = 0.0  # the seconds that Slack named
    ahead: float = 0.0


@dataclass(frozen=True, slots=True)
class Reading:
    """A book as it lies on the shelf, its version, and the shelf's time (seconds)."""

    book: Book
    version: int
    now: float


class Shelf(Protocol):
    """Where the books of all workspaces lie: in memory for one process, in the database for many.

    `now` of a reading may jump, as a wall clock does. Neither call may wait for long.
    """

    async def read(self, team_id: str, method: str) -> Reading:
        """The book, an empty one of version 0 when there is none."""

    async def write(self, team_id: str, method: str, book: Book, version: int) -> bool:
        """Put it back; False when somebody else has since it had this version."""


@dataclass(frozen=True, slots=True)
class Grant:
    """Slots, in seconds from now; or none, and how long it is until asking makes sense."""

    slots: tuple[float, ...]
    wait: float = 0.0


def settle(book: Book, shelf_now: float, expected: float | None, since: float) -> Book:
    """The book with its time put right, where the shelf's clock was set.

    `expected` is what the book's time must be by somebody's own watch, who saw it `since` seconds
    ago; None from somebody who never has, and believes the shelf.
    """
    if expected is None:
        return book
    step = shelf_now - book.ahead - expected
    if abs(step) <= NO_STEP + DRIFT * since:
        return book
    return replace(book, ahead=book.ahead + step)


def grant(
    book: Book, share: Share, now: float, *, want: int, within: float, people: bool = False
) -> tuple[Book, Grant]:
    """Up to `want` slots whose first is at most `within` seconds away, and the book after it."""
    if paused := pause_left(book, now):
        return book, Grant((), paused)
    free = book.free_for_people if people else book.free
    # Further away than was ever given: the clock was set back while nobody looked.
    free = min(max(free, now), now + FAR + share.early + share.most * share.gap)
    start = max(now, free - share.early)
    if start - now > min(within, FAR):
        return book, Grant((), start - now - min(within, FAR))
    count = min(want, share.most)
    slots = tuple(max(0.0, free + n * share.gap - share.early - now) for n in range(count))
    after = free + count * share.gap
    book = replace(book, free_for_people=after) if people else replace(book, free=after)
    return book, Grant(slots)


def pause(book: Book, now: float, seconds: float) -> Book:
    """Slack asked for silence; a longer one that it asked for before holds."""
    if seconds <= pause_left(book, now):
        return book
    return replace(book, paused_until=now + seconds, paused_for=seconds)


def pause_left(book: Book, now: float) -> float:
    """The seconds of silence left."""
    return max(0.0, min(book.paused_until - now, book.paused_for))
