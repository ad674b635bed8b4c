"""What holds for two certain people: themselves, the line above them, do-not-match, past pairs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.matching.lookups import NEVER
from bot.matching.people import Differ, Member, Rules
from bot.matching.reasons import ReasonKey, Rule

Ints = npt.NDArray[np.int64]
Found = tuple[Rule | None, int]


@dataclass(frozen=True, slots=True)
class Exceptions:
    """Pairs in order of mentee, then mentor: what each loses, and by which rule (-1: by none)."""

    start: Ints  # of the mentee's pairs
    rows: Ints
    cols: Ints
    loses: npt.NDArray[np.float32]
    rule: npt.NDArray[np.int8]
    keys: Ints
    width: int

    def of(self, rows: Ints) -> tuple[Ints, Ints]:
        """The exceptions of these mentees: position in `rows`, and number of the exception."""
        counts = self.start[rows + 1] - self.start[rows]
        where = np.repeat(np.arange(len(rows)), counts)
        first = np.repeat(self.start[rows] - np.cumsum(counts) + counts, counts)
        return where, first + np.arange(len(where))

    def along(self, rows: Ints, cols: Ints) -> npt.NDArray[np.float32]:
        """What pairs lose."""
        if not len(self.keys):
            return np.zeros(len(rows), np.float32)
        wanted = rows * self.width + cols
        at = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        return np.where(self.keys[at] == wanted, self.loses[at], np.float32(0))


RULES = tuple(Rule)


def exceptions_of(
    mentees: Sequence[Member],
    mentors: Sequence[Member],
    everyone: Sequence[Member],
    rules: Rules,
) -> Exceptions:
    """`everyone` are all who may say something about the line above the people of the round."""
    row = {one.id: i for i, one in enumerate(mentees)}
    col = {one.id: j for j, one in enumerate(mentors)}
    found: dict[tuple[int, int], Found] = {}
    for a, b, what in _said(everyone, rules):
        for mentee, mentor in ((a, b), (b, a)):
            if mentee in row and mentor in col:
                place = row[mentee], col[mentor]
                if place not in found or what[1] < found[place][1]:
                    found[place] = what
    pairs = sorted(found)
    rows = np.array([i for i, _ in pairs], np.int64)
    cols = np.array([j for _, j in pairs], np.int64)
    named = [found[pair][0] for pair in pairs]
    return Exceptions(
        np.searchsorted(rows, np.arange(len(mentees) + 1)),
        rows,
        cols,
        np.array([found[pair][1] for pair in pairs], np.float32),
        np.array([-1 if rule is None else RULES.index(rule) for rule in named], np.int8),
        rows * len(mentors) + cols,
        len(mentors),
    )


def _said(everyone: Sequence[Member], rules: Rules) -> Iterator[tuple[int, int, Found]]:
    above = {one.id: one.manager_id for one in everyone}
    fresh = rules.weights.get(ReasonKey.FRESH, 0)
    for one in everyone:
        yield one.id, one.id, (Rule.SELF, 4 * NEVER)
        if rules.reverse or Differ.REPORTING_LINE in rules.must_differ:
            for boss in _line(one.id, above):
                yield one.id, boss, (Rule.REPORTING_LINE, 3 * NEVER)
        for other in one.never:
            yield one.id, other, (Rule.APART, 2 * NEVER)
        for other, age in one.past.items():
            if age <= rules.repeat_window:
                yield one.id, other, (Rule.RECENT, NEVER)
            else:
                back = min(1.0, max(0, age - 1) / max(1, rules.fades_after))
                yield one.id, other, (None, round(fresh * back) - fresh)


def _line(person: int, above: dict[int, int | None]) -> Iterator[int]:
    """Everyone above someone; two who are each other's manager end it."""
    seen = {person}
    boss = above[person]
    while boss is not None and boss not in seen:
        yield boss
        seen.add(boss)
        boss = above.get(boss)
