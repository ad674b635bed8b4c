"""What is counted and timed while Lantern works, told by those who do it to whoever counts.

`bot.ops.metrics` counts for Prometheus. Nothing told here names a person, a workspace or a word
that somebody wrote: labels are words of Lantern's own.
"""

from typing import Final, Literal, Protocol

CallOutcome = Literal["ok", "ratelimited", "refused", "unavailable", "uncertain", "cancelled"]
"""What became of a call to Slack: did it, wants us slower, says no, did nothing, nobody knows, or
it was given up on our side before an answer came."""

Answered = Literal["done", "repeated", "refused", "later", "slow", "fault"]
"""How something that came in was answered: dealt with, dealt with before, a rule said no, "not
now", no answer in the time that Slack waits, or a fault of ours."""

Turn = Literal["came", "put_off"]
"""Whether a call's turn came at Slack's pace, or it would have been too long until then."""

JobOutcome = Literal[
    "said",
    "same",
    "done",
    "skipped",
    "moved",
    "put_off",
    "held",
    "adopted",
    "unsure",
    "retried",
    "failed",
    "dead",
    "lost",
]
"""What one claim of a job came to: said in Slack, standing there in the same words already, a chore
done, not needed any more, moved by manners, put off (Slack's limits leave no room, or what it
belongs under is still unsaid), held because Lantern is not installed there now, found said already,
left because nobody can look, tried again later because of Slack or a busy database, tried again
after a fault of ours, given up, or its lease was lost meanwhile."""

Where = Literal["listener", "job", "tick", "sweep", "background"]
"""Where a fault of ours happened."""


class Meter(Protocol):
    """Whoever counts. Nothing here raises, waits or takes long. Lengths are real seconds."""

    def called(self, method: str, outcome: CallOutcome, seconds: float) -> None:
        """Slack was asked for a method ("chat.postMessage")."""

    def waited(self, method: str, turn: Turn, seconds: float) -> None:
        """A call waited for its turn at Slack's pace."""

    def answered(self, way: str, outcome: Answered, seconds: float) -> None:
        """What came in by a way ("command") was answered."""

    def claimed(self, jobs: int) -> None:
        """So many due jobs were taken at once."""

    def job(self, kind: str, outcome: JobOutcome) -> None:
        """A claimed job came to this."""

    def lag(self, manner: str, seconds: float) -> None:
        """Something was said for the first time, this long after it was due."""

    def ticked(self, seconds: float) -> None:
        """A tick did everything that was due."""

    def swept(self, table: str, rows: int) -> None:
        """Rows that nobody needs any more were deleted."""

    def faulted(self, where: Where) -> None:
        """Something went wrong that should not have, and stands in the log."""


class Unmeasured:
    """Counts nothing; for tests, and for commands that end at once."""

    def called(self, method: str, outcome: CallOutcome, seconds: float) -> None:
        pass

    def waited(self, method: str, turn: Turn, seconds: float) -> None:
        pass

    def answered(self, way: str, outcome: Answered, seconds: float) -> None:
        pass

    def claimed(self, jobs: int) -> None:
        pass

    def job(self, kind: str, outcome: JobOutcome) -> None:
        pass

    def lag(self, manner: str, seconds: float) -> None:
        pass

    def ticked(self, seconds: float) -> None:
        pass

    def swept(self, table: str, rows: int) -> None:
        pass

    def faulted(self, where: Where) -> None:
        pass


UNMEASURED: Final[Meter] = Unmeasured()
