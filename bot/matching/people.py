"""Who takes part in a round, and the rules of its programme: all that matching knows of anybody."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum, auto
from typing import Final

from bot.domain.errors import RuleBroken
from bot.domain.kinds import Format, Role, Window
from bot.matching.reasons import ROUND_WEIGHTS, WORTH, ReasonKey

BOTH: Final = frozenset(Role)
LONGEST_WAIT: Final = 50
"""Rounds; who has waited longer than that is as urgent as one who has waited so long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One person in one round. Empty or None means unknown, and an unknown never forbids.

    `seeks` and `offers` have the dearest topic first. `past` says how many rounds ago (1 is the
    last one) somebody was a partner. `never` are people not to be matched with, confidentially; it
    is enough that one of the two says so. `together` bounds the sessions in both roles taken
    together; by default the roles have separate limits. `manager_id` may name someone who is not in
    the round: pass such people as members without roles for the line above them to be known."""

    id: int
    roles: frozenset[Role] = BOTH
    seeks: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    languages: frozenset[str] = frozenset()
    formats: frozenset[Format] = frozenset()
    department: str | None = None
    manager_id: int | None = None
    zone: str | None = None
    location: str | None = None
    seniority: int | None = None
    windows: frozenset[Window] = frozenset()
    as_mentor: int = 1
    as_mentee: int = 1
    together: int | None = None
    past: Mapping[int, int] = field(default_factory=dict)
    never: frozenset[int] = frozenset()
    waiting: int = 0
    paused: bool = False
    held: int = 0  # sessions as a mentor this month
    rested_for: timedelta | None = None  # since last asked; None: never asked

    def limit(self, role: Role) -> int:
        """How many sessions this person may get in that role, 0 when not available."""
        if self.paused or role not in self.roles:
            return 0
        own = self.as_mentor if role is Role.MENTOR else self.as_mentee
        return max(0, own if self.together is None else min(own, self.together))

    @property
    def urgency(self) -> int:
        """What matching this person counts: 1, and one more for every round they were left out."""
        return 1 + min(max(self.waiting, 0), LONGEST_WAIT)


class Differ(StrEnum):
    """What the two of a pair must not have in common."""

    DEPARTMENT = auto()
    REPORTING_LINE = auto()


class Share(StrEnum):
    """What the two of a pair must have in common."""

    LANGUAGE = auto()
    TOPIC = auto()
    HOURS = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """A programme's rules for its rounds.

    A pair is not repeated within `repeat_window` rounds; after that, being FRESH comes back evenly
    over `fades_after` rounds. `reverse`: the mentee is the senior one. For raising the worst-off
    the total suitability may lose `lift_permille` of itself, and never a match. Raises RuleBroken
    "weights_sum" when the weights are negative or do not add up to 1000."""

    must_differ: frozenset[Differ] = frozenset({Differ.REPORTING_LINE})
    must_share: frozenset[Share] = frozenset({Share.LANGUAGE, Share.TOPIC})
    repeat_window: int = 4
    fades_after: int = 8
    reverse: bool = False
    lift_permille: int = 1
    weights: Mapping[ReasonKey, int] = field(default_factory=lambda: ROUND_WEIGHTS)

    def __post_init__(self) -> None:
        if sum(self.weights.values()) != WORTH or min(self.weights.values()) < 0:
            raise RuleBroken("weights_sum", field="weights", total=sum(self.weights.values()))
