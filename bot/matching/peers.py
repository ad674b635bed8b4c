"""Peers: pairs without a direction, and a trio for who is left over.

A maximum-weight matching on a general graph, with the rules, reasons and order of aims of a round.
The relaxation in which everybody may be half with two others is a flow, solved at once; its value
is proof of how good a plan can be, and its prices say which pairs matter. Among those networkx's
blossom algorithm finds the best matching (0.1 s for 300 people, 3 s for 1,000; among all pairs it
takes minutes). Up to EXACT pairs it looks at all of them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import permutations
from typing import Final

import networkx as nx
import numpy as np
import numpy.typing as npt

from bot.domain.kinds import Role
from bot.matching.blocked import why_not
from bot.matching.explain import reasons_of
from bot.matching.flow import Problem, best_flow, problem_of
from bot.matching.people import BOTH, Member, Rules
from bot.matching.plan import table_in_order
from bot.matching.prices import prices_of
from bot.matching.reasons import MatchReason
from bot.matching.results import Unmatched
from bot.matching.sweep import Edges, tiles
from bot.matching.table import Table

Ints = npt.NDArray[np.int64]
EXACT: Final = 5_000
NEAR: Final = 20
"""Points that a pair may lack in the relaxation to be looked at beyond EXACT pairs."""


@dataclass(frozen=True, slots=True)
class Circle:
    """Two or three peers: suitability 0 to 1000 (the mean over its pairs), and what speaks for
    it."""

    ids: tuple[int, ...]
    suitability: int
    reasons: tuple[MatchReason, ...]


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
    members: Iterable[Member], rules: Rules, *, at: datetime, seed: int, trios: bool = True
) -> PeerPlan:
    """Everybody who is not paused, in one circle each; what they seek and offer counts both ways.

    A pair is as suitable as the mean of its two directions, and a topic is shared when one of them
    offers what the other seeks. With `trios`, those left over join the pair they suit best.
    """
    table = table_in_order([_as_peer(one) for one in members], rules, at, seed)
    suits = _both_ways(table)
    problem = problem_of(table)
    pairs, bound = _matching(problem, suits)
    weight = sum(_weight(problem, suits, i, j) for i, j in pairs)
    total = sum(int(suits[i, j]) for i, j in pairs)
    open_by = max(0, bound - weight)
    free = sorted(set(np.flatnonzero(table.need).tolist()) - {n for pair in pairs for n in pair})
    groups: list[tuple[int, ...]] = _with_thirds(pairs, free, suits) if trios else list(pairs)
    return PeerPlan(
        seed,
        _circles(table, groups, suits),
        _left_out(table, groups, suits),
        total,
        open_by < problem.unit,
        open_by / total if total else 0.0,
    )


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


def _with_thirds(
    pairs: list[tuple[int, int]], free: list[int], suits: npt.NDArray[np.int16]
) -> list[tuple[int, ...]]:
    """Those left over join a pair, each the one they suit best, the best suited first."""
    offers = []
    for one in free:
        for n, (i, j) in enumerate(pairs):
            if suits[one, i] >= 0 and suits[one, j] >= 0:
                offers.append((-int(suits[one, i]) - int(suits[one, j]), one, n))
    groups: list[tuple[int, ...]] = list(pairs)
    placed: set[int] = set()
    for _, one, n in sorted(offers):
        if one not in placed and len(groups[n]) == len(pairs[n]):
            groups[n] = (*groups[n], one)
            placed.add(one)
    return groups


def _circles(
    table: Table, groups: list[tuple[int, ...]], suits: npt.NDArray[np.int16]
) -> tuple[Circle, ...]:
    ways = [(n, i, j) for n, group in enumerate(groups) for i, j in permutations(group, 2)]
    rows = np.array([i for _, i, _ in ways], np.int64)
    cols = np.array([j for _, _, j in ways], np.int64)  # everybody is a row and a column alike
    said: list[dict[object, MatchReason]] = [{} for _ in groups]
    for (n, _, _), reasons in zip(ways, reasons_of(table, rows, cols), strict=True):
        for reason in reasons:
            said[n].setdefault(reason.key, reason)
    found = []
    for group, reasons_said in zip(groups, said, strict=True):
        mean = np.mean([suits[i, j] for i, j in permutations(group, 2)])
        ids = tuple(sorted(table.mentees[n].id for n in group))
        found.append(Circle(ids, int(mean), tuple(reasons_said.values())))
    return tuple(sorted(found, key=lambda circle: circle.ids))


def _left_out(
    table: Table, groups: list[tuple[int, ...]], suits: npt.NDArray[np.int16]
) -> tuple[Unmatched, ...]:
    placed = {n for group in groups for n in group}
    left = [n for n in np.flatnonzero(table.need).tolist() if n not in placed]
    found = [why_not(table, Role.MENTEE, n, int((suits[n] >= 0).sum())) for n in left]
    return tuple(sorted(found, key=lambda one: one.id))
