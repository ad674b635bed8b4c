"""One simulated clock for several processes: a few bytes of shared memory that all of them read.

What is shared is how far the simulated time is ahead of the real one. So the clock runs by itself
at real speed between the jumps, facts of one moment have an order, and reading it asks nobody.
"""

import mmap
import struct
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.clock import Sleeper

SLOTS = 64
_SIZE = 4096
_AHEAD, _BELL, _SLOTS_AT = 0, 8, 64
_MICRO = timedelta(microseconds=1)


class SharedClock:
    """A `bot.clock.Clock` over a small file; `move_to` is for the one who conducts.

    Beside the time the file holds a bell that is rung to make everybody look at once, and two bytes
    for each process, in which its death can be ordered (see `tests.chaos.dying`).
    """

    def __init__(self, path: Path) -> None:
        with path.open("r+b") as file:
            self._map = mmap.mmap(file.fileno(), _SIZE)
        self.sleepers: list[Sleeper] = []

    @classmethod
    def make(cls, path: Path, start: datetime) -> "SharedClock":
        """A new file at `path`, in which it is `start` (aware)."""
        path.write_bytes(bytes(_SIZE))
        clock = cls(path)
        clock.move_to(start)
        return clock

    def now(self) -> datetime:
        ahead = int(struct.unpack_from("<q", self._map, _AHEAD)[0])
        return self.wall() + ahead * _MICRO

    def wall(self) -> datetime:
        return datetime.now(UTC)

    def attach(self, sleeper: Sleeper) -> None:
        self.sleepers.append(sleeper)

    def detach(self, sleeper: Sleeper) -> None:
        if sleeper in self.sleepers:
            self.sleepers.remove(sleeper)

    def move_to(self, moment: datetime) -> None:
        """From now on it is `moment`, in every process; nothing waits for anything."""
        struct.pack_into("<q", self._map, _AHEAD, (moment - self.wall()) // _MICRO)
        self.ring()

    def ring(self) -> None:
        """Tell every process to look at what is due."""
        struct.pack_into("<q", self._map, _BELL, self.rung + 1)

    @property
    def rung(self) -> int:
        """How often it was rung."""
        return int(struct.unpack_from("<q", self._map, _BELL)[0])

    def order(self, slot: int, point: int, passes: int = 0) -> None:
        """Let the process of this slot die at a point (0: nowhere), once it passed it so often."""
        self._map[_SLOTS_AT + 2 * slot + 1] = passes
        self._map[_SLOTS_AT + 2 * slot] = point

    def reached(self, slot: int, point: int) -> bool:
        """Whether whoever is of this slot dies here and now. Counts the passes."""
        at = _SLOTS_AT + 2 * slot
        if self._map[at] != point:
            return False
        if self._map[at + 1]:
            self._map[at + 1] -= 1
            return False
        self._map[at] = 0
        return True
