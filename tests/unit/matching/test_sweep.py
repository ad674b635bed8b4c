"""Sweeping by tiles and threads finds the pairs that looking at each of them finds."""

import numpy as np
import pytest

from bot.matching.people import Rules, Share
from bot.matching.plan import table_in_order
from bot.matching.pool import NEARLY, pool_of
from bot.matching.prices import FAR, Prices
from bot.matching.sweep import Edges, all_edges, joined, swept, tiles
from bot.matching.table import Table
from tests.support.round import AT, people

UNIT = 60_000_000
EVERY_RULES = (
    Rules(),
    Rules(must_share=frozenset()),
    Rules(must_share=frozenset({Share.TOPIC, Share.HOURS})),
)


@pytest.fixture(params=[0, 1, 2])
def table(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Table:
    monkeypatch.setattr("bot.matching.sweep.TILE", 50)  # hundreds of tiles, in threads
    monkeypatch.setattr("bot.matching.sweep.TILES", 2)
    monkeypatch.setattr("bot.matching.sweep.WIDE", 20)
    monkeypatch.setattr("bot.matching.week.ALONE", 500)
    return table_in_order(people(300, seed=request.param), EVERY_RULES[request.param], AT, 1)


def keys(table: Table, edges: Edges) -> list[int]:
    return sorted(edges.keys(len(table.mentors)).tolist())


def allowed(table: Table) -> Edges:
    rows, cols = np.divmod(np.arange(len(table.mentees) * len(table.mentors)), len(table.mentors))
    suits = table.along(rows, cols)
    use = (suits >= 0) & (table.need[rows] > 0) & (table.room[cols] > 0)
    rows, cols = rows[use].astype(np.int32), cols[use].astype(np.int32)
    return Edges(rows, cols, suits[use].astype(np.int16))


def test_every_allowed_pair_is_in_one_tile(table: Table) -> None:
    found, pool = all_edges(table, 10**6), pool_of(table)
    assert found is not None
    assert pool.kept is not None
    expected = allowed(table)
    assert keys(table, found) == keys(table, pool.kept[0]) == keys(table, expected)
    assert pool.count == len(expected)
    assert pool.partners.tolist() == np.bincount(expected.rows, minlength=225).tolist()
    assert pool.seekers.tolist() == np.bincount(expected.cols, minlength=75).tolist()


def test_threads_keep_the_order(table: Table) -> None:
    inline = joined([tile.edges(tile.points >= 0) for tile in tiles(table)])
    threaded = joined(list(swept(table, lambda tile: tile.edges(tile.points >= 0))))
    assert inline.keys(75).tolist() == threaded.keys(75).tolist()


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("kept", [0, 10**6])
def test_prices_find_what_could_gain(
    table: Table, seed: int, kept: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.matching.pool.MORE", 10**6)
    random = np.random.default_rng(seed)
    every = allowed(table)
    row = random.integers(0, 4, 225) * UNIT + random.integers(-2000, 40_000, 225)
    col = random.integers(0, 4, 75) * UNIT + random.integers(-2000, 40_000, 75)
    near = random.integers(0, len(every), 40)  # some exactly at the border
    row[every.rows[near]] = col[every.cols[near]] - every.suits[near] + random.integers(-20, 20, 40)
    col[random.random(75) < 0.1] = FAR  # nobody gains with them
    prices, chosen = Prices(row, col), every.take(random.random(len(every)) < 0.05)
    floor = int(random.integers(0, 600))
    missed, gain = pool_of(table, kept).improving(prices, chosen, floor)
    gains = prices.gains(every)
    left_out = ~np.isin(every.keys(75), chosen.keys(75)) & (every.suits >= floor)
    assert keys(table, missed) == keys(table, every.take(left_out & (gains > -NEARLY)))
    most = np.zeros(225, np.int64)  # everybody wants one session, and gains one at most
    better = left_out & (gains > 0)
    np.maximum.at(most, every.rows[better], gains[better])
    assert gain == most.sum()
