"""Slack on a bad year: any call may fail in its way, any event may come twice or late."""

from collections import Counter
from random import Random

from bot.sandbox.faults import Fault, Faults
from bot.sandbox.shapes import Json

SHARES = {"429": 0.015, "500": 0.015, "timeout_after_effect": 0.015, "drop_connection": 0.005}
"""How often a call ends like that."""
DUPLICATES, PARALLEL, LATE = 0.03, 0.02, 0.02
SPARED = ("auth.test", "apps.connections.open")
"""A process that is refused these ends with a word to its operator; nothing is at stake then."""


class BadDays(Faults):
    """Faults by chance, in place of planned ones. `scale` 0 is a good day, 1 the shares above."""

    def __init__(self, chance: Random, scale: float = 1.0) -> None:
        super().__init__()
        self._chance = chance
        self.scale = scale
        self.seen: Counter[str] = Counter()

    def take(self, method: str, arguments: Json) -> Fault | None:
        if method in SPARED:
            return None
        dice = self._chance.random()
        for kind, share in SHARES.items():
            dice -= share * self.scale
            if dice < 0:
                self.seen[kind] += 1
                return Fault(method, kind, hold=self._chance.uniform(0, 0.05))
        return None

    def take_duplicate(self) -> bool:
        return self._happens("duplicate", DUPLICATES)

    def take_parallel(self) -> bool:
        return self._happens("duplicate", PARALLEL)

    def take_late(self) -> bool:
        return self._happens("late", LATE)

    def _happens(self, what: str, share: float) -> bool:
        happens = self._chance.random() < share * self.scale
        self.seen[what] += happens
        return happens
