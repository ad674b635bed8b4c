"""A solved round, said in people and reasons."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.domain.kinds import Role
from bot.matching.blocked import why_not
from bot.matching.explain import reasons_of
from bot.matching.flow import Problem
from bot.matching.generate import Solved
from bot.matching.lift import Lifted
from bot.matching.pool import Pool
from bot.matching.results import Pair, Plan, Proof, Totals, Unmatched
from bot.matching.sweep import Edges, joined
from bot.matching.table import Table

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Work:
    """What the plan was made from."""

    table: Table
    pool: Pool
    problem: Problem
    fixed: Edges
    best: Solved
    lifted: Lifted
    by_rule: bool
    cut: bool
    seconds: Callable[[], float]

    @property
    def edges(self) -> Edges:
        """All pairs of the plan, the locked ones first."""
        return joined([self.fixed, self.lifted.solved.pairs])


def report(work: Work, seed: int) -> Plan:
    """Every pair with its reasons, everyone left out with the rule, the totals and the proof."""
    edges = work.edges
    served = np.bincount(edges.rows, minlength=len(work.table.mentees))
    given = np.bincount(edges.cols, minlength=len(work.table.mentors))
    totals = Totals(
        int((work.table.need > 0).sum()),
        int((served > 0).sum()),
        int((work.table.room > 0).sum()),
        int((given > 0).sum()),
        len(edges),
        int(edges.suits.sum(dtype=np.int64)),
        int(edges.suits.min()) if len(edges) else None,
        work.pool.count + len(work.fixed),
    )
    return Plan(seed, _pairs(work, edges), _unmatched(work, served, given), totals, _proof(work))


def _pairs(work: Work, edges: Edges) -> tuple[Pair, ...]:
    table = work.table
    rows, cols = edges.rows.astype(np.int64), edges.cols.astype(np.int64)
    reasons = reasons_of(table, rows, cols)
    numbers = zip(rows.tolist(), cols.tolist(), edges.suits.tolist(), strict=True)
    found = [
        Pair(table.mentees[i].id, table.mentors[j].id, suit, reasons[n], n < len(work.fixed))
        for n, (i, j, suit) in enumerate(numbers)
    ]
    return tuple(sorted(found, key=lambda pair: (pair.mentee_id, pair.mentor_id)))


def _unmatched(work: Work, served: Ints, given: Ints) -> tuple[Unmatched, ...]:
    """Whoever was available in a role and got nothing in it, unless their other role has it all."""
    table = work.table
    busy = _busy(work, served, given)
    found = []
    for role, people, limits, got, partners in (
        (Role.MENTEE, table.mentees, table.need, served, work.pool.partners),
        (Role.MENTOR, table.mentors, table.room, given, work.pool.seekers),
    ):
        for n in np.flatnonzero((limits > 0) & (got == 0)).tolist():
            if people[n].id not in busy:
                found.append(why_not(table, role, n, int(partners[n])))
    return tuple(sorted(found, key=lambda one: (one.id, one.role)))


def _busy(work: Work, served: Ints, given: Ints) -> set[int]:
    """People who have all the sessions they want in both roles together."""
    has: dict[int, int] = {}
    for people, got in ((work.table.mentees, served), (work.table.mentors, given)):
        for n in np.flatnonzero(got).tolist():
            has[people[n].id] = has.get(people[n].id, 0) + int(got[n])
    limits = {one.id: one.together for one in work.table.mentees}
    return {
        one for one, got in has.items() if (limit := limits.get(one)) is not None and got >= limit
    }


def _proof(work: Work) -> Proof:
    best, lifted = work.best, work.lifted
    before = int(best.pairs.suits.min()) if best.chosen.any() else 0
    after = int(lifted.solved.pairs.suits.min()) if lifted.solved.chosen.any() else 0
    return Proof(
        # one person more would be worth a whole unit, even if it cost all suitability
        most_people=best.total + best.gain < work.problem.unit,
        bound=best.total + best.gain,
        gap=min(1.0, best.gain / best.total) if best.total else 0.0,
        lifted=(before, after, best.total - lifted.solved.total),
        highest=lifted.highest,
        rounds=best.rounds,
        solves=best.rounds + lifted.solves,
        seconds=work.seconds(),
        cut=work.cut,
        rule=work.by_rule,
    )
