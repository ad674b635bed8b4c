"""Why not: for someone without a partner, the rule that removed the last of their candidates."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from bot.domain.kinds import Role
from bot.matching.exceptions import RULES
from bot.matching.people import Member, Share
from bot.matching.reasons import Rule
from bot.matching.results import Unmatched
from bot.matching.table import Table

Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
PERSONAL = (Rule.REPORTING_LINE, Rule.APART, Rule.RECENT)


def why_not(table: Table, role: Role, number: int, partners: int) -> Unmatched:
    """Of the mentee (row) or mentor (column) `number`, who has `partners` that no rule forbids."""
    ours, theirs = (
        (table.mentees, table.mentors) if role is Role.MENTEE else (table.mentors, table.mentees)
    )
    person = ours[number]
    if partners:
        return Unmatched(person.id, role, Rule.TAKEN, partners, {Rule.TAKEN: partners})
    everyone = np.arange(len(theirs))
    same = np.full(len(theirs), number)
    pairs = (same, everyone) if role is Role.MENTEE else (everyone, same)
    kept = np.array([other.id != person.id for other in theirs], np.bool_)
    before, left = int(kept.sum()), {}
    topics: tuple[str, ...] = ()
    if not before:
        return Unmatched(person.id, role, Rule.NOBODY, 0, {Rule.NOBODY: 0})
    for rule, allowed in _sieve(table, role, *pairs):
        kept &= allowed
        left[rule] = int(kept.sum())
        if not left[rule]:
            return Unmatched(person.id, role, rule, before, left, topics)
        before = left[rule]
        if rule is Rule.TOPIC:
            topics = _answered(person, role, theirs, kept)
    return Unmatched(person.id, role, Rule.TAKEN, before, left, topics)


def _sieve(table: Table, role: Role, rows: Ints, cols: Ints) -> Iterator[tuple[Rule, Mask]]:
    """The rules, in the order in which they are told, and whom each leaves."""
    must = table.rules.must_share
    if Share.TOPIC in must:
        yield Rule.TOPIC, table.topics.along(rows, cols) > 0
    if Share.HOURS in must:
        yield Rule.HOURS, table.week.along(rows, cols) > 0
    for one in table.lookups:
        if one.rule is not None:
            yield one.rule, one.points[one.row[rows], one.col[cols]] >= 0
    found = table.exceptions.rule_along(rows, cols)
    for rule in PERSONAL:
        yield rule, found != RULES.index(rule)
    theirs = [table.mentors[c] for c in cols] if role is Role.MENTEE else table.mentees
    yield Rule.PAUSED, np.array([not other.paused for other in theirs], np.bool_)
    limits = table.room[cols] if role is Role.MENTEE else table.need[rows]
    yield Rule.FULL, limits > 0


def _answered(
    person: Member, role: Role, theirs: tuple[Member, ...], kept: Mask
) -> tuple[str, ...]:
    own = person.seeks if role is Role.MENTEE else person.offers
    others = [theirs[n] for n in np.flatnonzero(kept)]
    said = {t for one in others for t in (one.offers if role is Role.MENTEE else one.seeks)}
    return tuple(topic for topic in own if topic in said)
