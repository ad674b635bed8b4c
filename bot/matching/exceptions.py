"""What holds for two certain people: themselves, the line above them, do-not-match, past pairs."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
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

    def rule_along(self, rows: Ints, cols: Ints) -> npt.NDArray[np.int8]:
        """The number in RULES of the rule that forbids a pair, -1 for those that none forbids."""
        if not len(self.keys):
            return np.full(len(rows), -1, np.int8)
        wanted = rows * self.width + cols
        at = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        return np.where(self.keys[at] == wanted, self.rule[at], np.int8(-1))

    def without(self, pairs: Iterable[tuple[int, int]]) -> "Exceptions":
        """The same, and these pairs (row, column) are taken out of the matching."""
        found = dict(
            zip(
                zip(self.rows.tolist(), self.cols.tolist(), strict=True),
                zip(self.rule.tolist(), self.loses.tolist(), strict=True),
                strict=True,
            )
        )
        found |= dict.fromkeys(pairs, (-1, NEVER))
        return _sorted(found, len(self.start) - 1, self.width)


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
    return _sorted(
        {
            pair: (-1 if rule is None else RULES.index(rule), loses)
            for pair, (rule, loses) in found.items()
        },
        len(mentees),
        len(mentors),
    )


def _sorted(found: Mapping[tuple[int, int], tuple[int, float]], rows: int, cols: int) -> Exceptions:
    places = np.array(list(found), np.int64).reshape(len(found), 2)
    values = np.array(list(found.values()), np.float64).reshape(len(found), 2)
    keys = places[:, 0] * cols + places[:, 1]
    order = np.argsort(keys)
    places, values = places[order], values[order]
    return Exceptions(
        np.searchsorted(places[:, 0], np.arange(rows + 1)),
        places[:, 0],
        places[:, 1],
        values[:, 1].astype(np.float32),
        values[:, 0].astype(np.int8),
        keys[order],
        cols,
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
