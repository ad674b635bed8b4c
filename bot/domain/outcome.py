"""What two answers to "did it happen?" come to. Both answers are kept, whatever is decided here.

| one / the other | yes | no | not yet | none, in time | none, deadline over |
|---|---|---|---|---|---|
| yes | held | held, disputed | held, disputed | held | held |
| no | held, disputed | missed | not yet | open | missed |
| not yet | held, disputed | not yet | not yet | not yet | not yet |
| none | held | see above | not yet | open | missed |

A yes is believed, since nobody gains by inventing a conversation; a contradiction is disputed and
goes to the lead as a fact without content. "No" beside "not yet" is no contradiction: both say that
it has not taken place, and one of them still means to.
"""

from dataclasses import dataclass
from enum import StrEnum, auto

from bot.domain.kinds import Outcome


class Verdict(StrEnum):
    """What a session's outcome is; OPEN means ask on."""

    HELD = auto()
    MISSED = auto()
    NOT_YET = auto()
    OPEN = auto()

    @property
    def verb(self) -> str | None:
        """The change of a session's state that follows (see `states`), None while open."""
        return {"held": "hold", "missed": "miss", "not_yet": "not_yet"}.get(self.value)


@dataclass(frozen=True, slots=True)
class Settled:
    """The verdict, and whether the two contradict each other."""

    verdict: Verdict
    disputed: bool = False


def settle(
    mentor: Outcome | None,
    mentee: Outcome | None,
    deadline_passed: bool,
    *more: Outcome | None,
) -> Settled:
    """The outcome of a session by the table above; all sides count the same.

    `more` is the answer of the third of a trio: one yes is believed there too, and a no needs all
    three, or the deadline.
    """
    answers = {mentor, mentee, *more}
    given = answers - {None}
    if Outcome.YES in given:
        return Settled(Verdict.HELD, disputed=len(given) > 1)
    if Outcome.NOT_YET in given:
        return Settled(Verdict.NOT_YET)
    if answers == {Outcome.NO} or deadline_passed:
        return Settled(Verdict.MISSED)
    return Settled(Verdict.OPEN)
