"""What holds for two certain people: themselves, the line above them, do-not-match, past pairs."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.matching.lookups import NEVER
from bot.matching.people import Differ, Member, Rules
from bot.matching.reasons import ReasonKey, Rule

Ints = npt.NDArray[np.int64]


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
        taken = np.array(list(pairs), np.int64).reshape(-1, 2)
        return _sorted(
            np.concatenate([self.rows, taken[:, 0]]),
            np.concatenate([self.cols, taken[:, 1]]),
            np.concatenate([self.rule, np.full(len(taken), -1)]).astype(np.int64),
            np.concatenate([self.loses, np.full(len(taken), 9 * NEVER)]).astype(np.int64),
            (len(self.start) - 1, self.width),
        )


RULES = tuple(Rule)


def exceptions_of(
    mentees: Sequence[Member],
    mentors: Sequence[Member],
    everyone: Sequence[Member],
    rules: Rules,
) -> Exceptions:
    """`everyone` are all who may say something about the line above the people of the round."""
    said = np.array(list(_said(everyone, rules)), np.int64).reshape(-1, 4)
    ones, others = said[:, 0], said[:, 1]
    row = [_positions([one.id for one in mentees], people) for people in (ones, others)]
    col = [_positions([one.id for one in mentors], people) for people in (others, ones)]
    rows, cols = np.concatenate(row), np.concatenate(col)  # said by either of the two
    inside = np.flatnonzero((rows >= 0) & (cols >= 0))
    rule, loses = np.tile(said[:, 2], 2)[inside], np.tile(said[:, 3], 2)[inside]
    return _sorted(rows[inside], cols[inside], rule, loses, (len(mentees), len(mentors)))


def _positions(ids: Sequence[int], people: Ints) -> Ints:
    """Where each of `people` is among the different `ids`, -1 for who is not."""
    if not ids:
        return np.full(len(people), -1, np.int64)
    known = np.array(ids, np.int64)
    order = np.argsort(known)
    at = order[np.minimum(np.searchsorted(known[order], people), len(order) - 1)]
    return np.where(known[at] == people, at, -1)


def _sorted(rows: Ints, cols: Ints, rule: Ints, loses: Ints, shape: tuple[int, int]) -> Exceptions:
    """Of what is said of one pair that which loses most counts."""
    keys = rows * shape[1] + cols
    order = np.lexsort((loses, keys))
    first = np.ones(len(order), np.bool_)
    first[1:] = keys[order[1:]] != keys[order[:-1]]
    order = order[first]
    return Exceptions(
        np.searchsorted(rows[order], np.arange(shape[0] + 1)),
        rows[order],
        cols[order],
        loses[order].astype(np.float32),
        rule[order].astype(np.int8),
        keys[order],
        shape[1],
    )


def _said(everyone: Sequence[Member], rules: Rules) -> Iterator[tuple[int, int, int, int]]:
    """What holds for two people (ids): the number of the rule, -1 for none, and what they lose."""
    above = {one.id: one.manager_id for one in everyone}
    fresh = rules.weights.get(ReasonKey.FRESH, 0)
    no_boss = rules.reverse or Differ.REPORTING_LINE in rules.must_differ
    number = {rule: n for n, rule in enumerate(RULES)}
    myself, boss_rule, apart, recent = (
        number[rule] for rule in (Rule.SELF, Rule.REPORTING_LINE, Rule.APART, Rule.RECENT)
    )
    for one in everyone:
        yield one.id, one.id, myself, 4 * NEVER
        if no_boss:
            for boss in _line(one.id, above):
                yield one.id, boss, boss_rule, 3 * NEVER
        for other in one.never:
            yield one.id, other, apart, 2 * NEVER
        for other, age in one.past.items():
            if age <= rules.repeat_window:
                yield one.id, other, recent, NEVER
            else:
                back = min(1.0, max(0, age - 1) / max(1, rules.fades_after))
                yield one.id, other, -1, round(fresh * back) - fresh


def _line(person: int, above: dict[int, int | None]) -> Iterator[int]:
    """Everyone above someone; two who are each other's manager end it."""
    seen = {person}
    boss = above[person]
    while boss is not None and boss not in seen:
        yield boss
        seen.add(boss)
        boss = above.get(boss)
