"""Trouble on demand: what Slack, or the network, does to an app on a bad day."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.sandbox.shapes import Json

KINDS = ("429", "500", "timeout_after_effect", "drop_connection")


@dataclass(slots=True)
class Fault:
    """One kind of trouble for `times` calls of `method` ("*" for any; "response_url" for those).

    `kind` is one of KINDS or "ok_false:<error>"; `retry_after` seconds go with a 429; `hold` is how
    many real seconds a call that took effect is left unanswered before its connection closes.
    """

    method: str
    kind: str
    times: int = 1
    retry_after: int = 1
    match: Callable[[Json], bool] | None = None
    hold: float = 0.05


class Faults:
    """The faults waiting to happen; each is used up as it does."""

    def __init__(self) -> None:
        self.waiting: list[Fault] = []
        self._duplicates = 0
        self._parallel = 0
        self._late = 0

    def add(
        self,
        method: str,
        kind: str,
        times: int = 1,
        retry_after: int = 1,
        match: Callable[[Json], bool] | None = None,
        hold: float = 0.05,
    ) -> Fault:
        """Plan a fault; `match` gets the call's arguments. Raises ValueError for unknown kinds."""
        if kind not in KINDS and not kind.startswith("ok_false:"):
            raise ValueError(f"unknown fault {kind!r}; one of {', '.join(KINDS)}, ok_false:<error>")
        fault = Fault(method, kind, times, retry_after, match, hold)
        self.waiting.append(fault)
        return fault

    def duplicate_events(self, times: int = 1) -> None:
        """The next `times` events are delivered a second time after their ack."""
        self._duplicates += times

    def parallel_duplicates(self, times: int = 1) -> None:
        """The next `times` events are delivered twice at the same moment, with one event_id."""
        self._parallel += times

    def late_events(self, times: int = 1) -> None:
        """The next `times` events are overtaken: each is delivered after the one that follows."""
        self._late += times

    @property
    def planned_duplicates(self) -> int:
        """How many events are still to be delivered twice."""
        return self._duplicates + self._parallel

    def clear(self) -> None:
        """No more trouble."""
        self.waiting.clear()
        self._duplicates = self._parallel = self._late = 0

    def take(self, method: str, arguments: Json) -> Fault | None:
        """The fault that strikes this call, if any."""
        for fault in self.waiting:
            if fault.method in (method, "*") and (not fault.match or fault.match(arguments)):
                fault.times -= 1
                if fault.times <= 0:
                    self.waiting.remove(fault)
                return fault
        return None

    def take_duplicate(self) -> bool:
        """Whether this event is to be delivered once more."""
        self._duplicates, due = max(0, self._duplicates - 1), self._duplicates > 0
        return due

    def take_parallel(self) -> bool:
        """Whether this event is to be delivered twice at once."""
        self._parallel, due = max(0, self._parallel - 1), self._parallel > 0
        return due

    def take_late(self) -> bool:
        """Whether this event is to wait for the next one."""
        self._late, due = max(0, self._late - 1), self._late > 0
        return due
