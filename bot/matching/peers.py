"""Peers: pairs without a direction, and a trio for who is left over.

A maximum-weight matching on a general graph, with the rules, reasons and order of aims of a round.
The relaxation in which everybody may be half with two others is a flow, solved at once; its value
is proof of how good a plan can be, and its prices say which pairs matter. Among those networkx's
blossom algorithm finds the best matching (0.1 s for 300 people, 3 s for 1,000; among all pairs it
takes minutes). Up to EXACT pairs it looks at all of them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

import networkx as nx
import numpy as np
import numpy.typing as npt

from bot.domain.errors import RuleBroken
from bot.domain.kinds import Role
from bot.matching.blocked import why_not
from bot.matching.choices import Pairs, kept_apart
from bot.matching.circles import Circle, circles_of, with_thirds
from bot.matching.flow import Problem, best_flow, problem_of
from bot.matching.people import BOTH, Member, Rules
from bot.matching.plan import table_in_order
from bot.matching.prices import prices_of
from bot.matching.results import Unmatched
from bot.matching.sweep import Edges, tiles
from bot.matching.table import Table

__all__ = ["Circle", "PeerPlan", "plan_peers"]

EXACT: Final = 5_000
NEAR: Final = 20
"""Points that a pair may lack in the relaxation to be looked at beyond EXACT pairs."""


@dataclass(frozen=True, slots=True)
class PeerPlan:
    """`gap`: the share of the total suitability by which a plan of pairs could be better at most;
    `most_people`: that none matches more, weighted by waiting. Trios come on top of both."""

    seed: int
    circles: tuple[Circle, ...]
    unmatched: tuple[Unmatched, ...]
    suitability: int
    most_people: bool
    gap: float


def plan_peers(
    members: Iterable[Member],
    rules: Rules,
    *,
    at: datetime,
    seed: int,
    locked: Pairs = (),
    vetoed: Pairs = (),
    trios: bool = True,
) -> PeerPlan:
    """Everybody who is not paused, in one circle each; what they seek and offer counts both ways.

    A pair is as suitable as the mean of its two directions, and a topic is shared when one of them
    offers what the other seeks. With `trios`, those left over join the pair they suit best, which
    may be a locked one. `locked` pairs are part of the plan, and the two of a `vetoed` pair share
    no circle, whichever of them is named first. Raises RuleBroken "lock_forbidden" for a locked
    pair that a rule or a veto forbids, or when somebody is in two of them or not available.
    """
    apart = kept_apart(members, vetoed)
    table = table_in_order([_as_peer(one) for one in apart], rules, at, seed)
    suits = _both_ways(table)
    problem = problem_of(table)
    fixed = _locked(table, suits, locked)
    pairs, bound = _matching(problem, _without(suits, fixed))
    weight = sum(_weight(problem, suits, i, j) for i, j in pairs)
    decided = sum(int(suits[i, j]) for i, j in pairs)
    pairs = sorted([*fixed, *pairs])
    total = sum(int(suits[i, j]) for i, j in pairs)
    open_by = max(0, bound - weight)
    free = sorted(set(np.flatnonzero(table.need).tolist()) - {n for pair in pairs for n in pair})
    groups: list[tuple[int, ...]] = with_thirds(pairs, free, suits) if trios else list(pairs)
    return PeerPlan(
        seed,
        circles_of(table, groups, suits, set(fixed)),
        _left_out(table, groups, suits),
        total,
        decided + open_by < problem.unit,
        min(1.0, open_by / total) if total else 0.0,
    )


def _locked(table: Table, suits: npt.NDArray[np.int16], locked: Pairs) -> list[tuple[int, int]]:
    """The locked pairs as positions in the table, checked."""
    number = {one.id: n for n, one in enumerate(table.mentees)}
    try:
        pairs = {tuple(sorted((number[one], number[other]))) for one, other in locked}
    except KeyError as error:
        raise RuleBroken("lock_forbidden", person=error.args[0]) from error
    fixed = sorted((i, j) for i, j in pairs)
    people = [n for pair in fixed for n in pair]
    free = all(table.need[n] for n in people) and len(set(people)) == len(people)
    if not free or any(suits[i, j] < 0 for i, j in fixed):
        raise RuleBroken("lock_forbidden")
    return fixed


def _without(suits: npt.NDArray[np.int16], fixed: list[tuple[int, int]]) -> npt.NDArray[np.int16]:
    """Nobody may be paired with those who have their pair."""
    taken = [n for pair in fixed for n in pair]
    left = suits.copy()
    left[taken, :] = left[:, taken] = -1
    return left


def _as_peer(one: Member) -> Member:
    return replace(
        one, roles=BOTH if one.roles else one.roles, as_mentor=1, as_mentee=1, together=1
    )


def _both_ways(table: Table) -> npt.NDArray[np.int16]:
    """The suitability of each two, -1 for those that a rule keeps apart."""
    size = len(table.mentees)
    one_way = np.full((size, size), -1, np.float32)
    for tile in tiles(table):
        block = np.ix_(tile.rows, tile.cols)
        one_way[block] = np.maximum(one_way[block], np.maximum(tile.points, -1))
    allowed = (one_way >= 0) | (one_way.T >= 0)
    mean = (np.maximum(one_way, 0) + np.maximum(one_way.T, 0)) // 2
    return np.where(allowed, mean, -1).astype(np.int16)


def _weight(problem: Problem, suits: npt.NDArray[np.int16], i: int, j: int) -> int:
    return int(problem.row_worth[i] + problem.row_worth[j]) + int(suits[i, j])


def _matching(problem: Problem, suits: npt.NDArray[np.int16]) -> tuple[list[tuple[int, int]], int]:
    """The pairs, and what all plans are worth at most."""
    rows, cols = np.nonzero(suits >= 0)
    edges = Edges(rows.astype(np.int32), cols.astype(np.int32), suits[rows, cols])
    if not len(edges):
        return [], 0
    half = best_flow(problem, edges)
    bound = (problem.people(edges, half) + int(edges.suits[half].sum(dtype=np.int64))) // 2
    exact = len(edges) <= 2 * EXACT
    if not exact:
        gains = prices_of(problem, edges, half).gains(edges)
        edges = edges.take(half | (gains >= -NEAR))
    graph = nx.Graph()
    both = zip(edges.rows.tolist(), edges.cols.tolist(), strict=True)
    for i, j in sorted({(min(pair), max(pair)) for pair in both}):
        graph.add_edge(i, j, weight=_weight(problem, suits, i, j))
    pairs = sorted((min(pair), max(pair)) for pair in nx.max_weight_matching(graph))
    if exact:
        bound = sum(_weight(problem, suits, i, j) for i, j in pairs)
    return pairs, bound


def _left_out(
    table: Table, groups: list[tuple[int, ...]], suits: npt.NDArray[np.int16]
) -> tuple[Unmatched, ...]:
    placed = {n for group in groups for n in group}
    left = [n for n in np.flatnonzero(table.need).tolist() if n not in placed]
    found = [why_not(table, Role.MENTEE, n, int((suits[n] >= 0).sum())) for n in left]
    return tuple(sorted(found, key=lambda one: one.id))
