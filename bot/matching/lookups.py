"""The parts of suitability that depend on few different values: looked up, once for each two
values."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from bot.matching.people import Differ, Member, Rules, Share
from bot.matching.reasons import UNKNOWN, ReasonKey, Rule

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
NEVER: Final = -100_000
"""Added to the points of a forbidden pair; more than all reasons together can make good."""
STEPS_AHEAD: Final = range(1, 4)
"""Levels that a mentor is best ahead of the mentee; as a learner from a junior, behind."""


@dataclass(frozen=True, slots=True)
class Lookup:
    """`points[row[i], col[j]]`: what mentee i with mentor j earns for `key`, or NEVER by `rule`."""

    key: ReasonKey | None
    rule: Rule | None
    row: Ints
    col: Ints
    points: Floats


def lookups_of(
    mentees: Sequence[Member], mentors: Sequence[Member], rules: Rules
) -> tuple[Lookup, ...]:
    """Only those that weigh or forbid something under these rules."""

    def make(
        of: Callable[[Member], Hashable],
        share: Callable[[Any, Any], float],
        key: ReasonKey | None = None,
        rule: Rule | None = None,
    ) -> list[Lookup]:
        weight = rules.weights.get(key, 0) if key else 0
        if not weight and rule is None:
            return []
        row, theirs = _numbered([of(one) for one in mentees])
        col, others = _numbered([of(one) for one in mentors])
        shares = np.array([[share(a, b) for b in others] for a in theirs], np.float64)
        shares = shares.reshape(len(theirs), len(others))
        points = np.rint(weight * shares)
        if rule is not None:
            points = np.where(shares <= 0, NEVER, points)
        return [Lookup(key, rule, row, col, points.astype(np.float32))]

    def ahead(mentee: int | None, mentor: int | None) -> float:
        return _ahead(mentor, mentee) if rules.reverse else _ahead(mentee, mentor)

    language = Rule.LANGUAGE if Share.LANGUAGE in rules.must_share else None
    department = Rule.DEPARTMENT if Differ.DEPARTMENT in rules.must_differ else None
    return (
        *make(lambda one: one.languages, _common, ReasonKey.LANGUAGES, language),
        *make(lambda one: one.formats, _common, ReasonKey.FORMATS),
        *make(lambda one: one.seniority, ahead, ReasonKey.SENIORITY),
        *make(lambda one: one.location, _near, ReasonKey.NEAR),
        *make(lambda one: one.department, _apart, None, department),
    )


def _numbered(values: Sequence[Hashable]) -> tuple[Ints, list[Hashable]]:
    number: dict[Hashable, int] = {}
    return np.array([number.setdefault(v, len(number)) for v in values], np.int64), list(number)


def _common(ours: frozenset[str], theirs: frozenset[str]) -> float:
    return float(bool(ours & theirs)) if ours and theirs else UNKNOWN


def _ahead(behind: int | None, before: int | None) -> float:
    if behind is None or before is None:
        return UNKNOWN
    return 1.0 if before - behind in STEPS_AHEAD else UNKNOWN if before >= behind else 0.0


def _near(ours: str | None, theirs: str | None) -> float:
    return float(ours == theirs) if ours and theirs else UNKNOWN


def _apart(ours: str | None, theirs: str | None) -> float:
    return float(ours != theirs) if ours and theirs else UNKNOWN
