"""What came of a press: whether it is as the row of its id says."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.slack.ids import Action, Callback
from tests.contract.authorisation import SILENCE, Id, row_of
from tests.support.door import Outcome
from tests.support.who import ASKED, PRIVATE, Who

GOOD_NEWS = {"formal_asked", "profile_saved", "one_of_three_left"}
"""Sentences said by DM that are no refusals: answers, and news for somebody else."""
MAY_DO_NOTHING = {Action.STOP_OFFER, Action.ACTION_OPEN, Action.FIND_MENTOR, Callback.CONTACTS}
"""What may be pressed without anything coming of it."""


@dataclass(frozen=True)
class Seen:
    """What came of a press, and what changed."""

    outcome: Outcome
    notices: list[str]
    before: dict[str, list[Any]]
    after: dict[str, list[Any]]

    def changed(self) -> list[str]:
        return [name for name, rows in self.before.items() if self.after[name] != rows]

    def refusals(self) -> list[str]:
        errors = [*self.outcome.errors, *(self.outcome.body.get("errors") or ())]
        return [*errors, *(key for key in self.notices if key not in GOOD_NEWS)]

    def wrong(self, key: Id, who: Who) -> list[str]:
        """What is not as the row says."""
        if who not in row_of(key).may.who:
            return list(self.wrongly_allowed(who))
        if self.refusals():
            return [f"is refused: {self.refusals()}"]
        done = self.changed() or self.outcome.views or self.outcome.body
        return [] if done or key in MAY_DO_NOTHING else ["nothing happened"]

    def wrongly_allowed(self, who: Who) -> Iterator[str]:
        if self.changed():
            yield f"changed {self.changed()}"
        if self.outcome.views:
            yield "a form opened"
        if self.outcome.faults:
            yield f"went wrong: {self.outcome.faults}"
        told = self.refusals() and (self.notices or self.outcome.body or self.outcome.calls)
        if who in SILENCE:
            if self.notices or self.outcome.body or self.outcome.calls:
                yield "is answered"
        elif not told:
            yield "is told nothing"
        for word in (PRIVATE, ASKED, *(each.full_name for each in Who if each is not Who.LEAD)):
            if word in self.outcome.text():
                yield f"reads {word!r}"
