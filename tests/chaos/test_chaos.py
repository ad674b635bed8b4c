"""Some weeks of ten people under fire. The whole year is `python -m tests.chaos`."""

from pathlib import Path

import pytest

from bot.store.crypto import new_key
from tests.chaos.conductor import Size
from tests.chaos.run import Outcome, run
from tests.support.databases import Postgres

SMALL = Size(people=10, days=18, kills=8, processes=2, seed=2, visits=1.2, trouble=3.0)


@pytest.fixture
async def outcome(postgres_databases: Postgres, tmp_path: Path) -> Outcome:
    """The run, on a database of its own."""
    url = postgres_databases.lend()
    try:
        return await run(SMALL, url, new_key(), tmp_path, print)
    finally:
        postgres_databases.take_back(url)


@pytest.mark.postgresql
@pytest.mark.timeout(600)
async def test_nothing_is_lost_and_nothing_said_twice(outcome: Outcome) -> None:
    verdict = outcome.verdict
    assert not any(verdict.counts.values()), verdict
    assert outcome.kills >= SMALL.kills
    # Otherwise it has proved nothing. Which trouble meets which message depends on the machine.
    assert outcome.messages > 15
    assert outcome.seen.total() > 0
    unexpected = [what for what in outcome.logged if what.startswith("error: ")]
    assert unexpected == []
