"""One tick with few and with very many waiting jobs: `python -m tests.benchmarks.tick`.

A tick claims the 100 jobs that are due, looks at each again, renders it, says it to a gateway that
only remembers, and records it. What else is in the table must not matter. Runs on SQLite and on a
PostgreSQL made for it; the two sizes are measured in turn, round after round. Last line: one JSON
object, times in milliseconds (medians).
"""

import argparse
import asyncio
import json
import statistics
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from sqlalchemy import text

from bot.clock import MovableClock
from bot.domain.job_kinds import JobKind
from bot.ops import logs
from bot.scheduling.clockwork import Clockwork
from bot.scheduling.desk import Desk
from bot.services import people
from bot.services.context import Context
from bot.services.jobs import job
from bot.services.library import Library
from bot.services.views import PersonView
from bot.slack.templates import Templates
from bot.store.crypto import Keyring, new_key
from bot.store.engine import Database
from bot.store.migrations import upgrade
from tests.support.gateway import RecordingGateway
from tests.support.postgres import Shared

DUE = 100
SMALL, LARGE = 1_000, 1_000_000
NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)


@dataclass(slots=True)
class Bench:
    """A database with waiting jobs, and the clockwork on it."""

    ctx: Context
    clockwork: Clockwork
    gateway: RecordingGateway
    staff: list[PersonView]
    rounds: int = 0

    async def tick(self) -> float:
        """Plan the due jobs, and time the tick that says them (milliseconds)."""
        self.rounds += 1
        await self._plan()
        before = len(self.gateway.said)
        begin = time.perf_counter()
        await self.clockwork.tick()
        taken = (time.perf_counter() - begin) * 1000
        assert len(self.gateway.said) - before == DUE, "the tick did not say what was due"
        return taken

    async def _plan(self) -> None:
        now = self.ctx.now()
        async with self.ctx.db.work() as work:
            await work.plan(
                *(
                    job(
                        JobKind.PLAIN_ANSWER,
                        f"bench:{self.rounds}:{person.id}",
                        now=now,
                        workspace_id=person.workspace_id,
                        recipient_id=person.id,
                        note="words_unclear",
                    )
                    for person in self.staff
                )
            )
            await work.commit()


async def open_bench(url: str, waiting: int) -> Bench:
    """A fresh database at `url` with `waiting` jobs that are due some time next year."""
    database = Database.open(url, Keyring([new_key()]))
    await upgrade(database)
    ctx = Context(database, MovableClock(NOW), Library.load(), Random(1))  # noqa: S311
    gateway = RecordingGateway()
    clockwork = Clockwork(Desk(ctx, gateway, Templates(), "bench"))
    staff = [
        await people.meet(
            ctx, profile=people.Profile(team_id="T1", slack_id=f"U{n:04}", name=f"Person {n}")
        )
        for n in range(DUE)
    ]
    await _fill(database, staff[0], waiting)
    return Bench(ctx, clockwork, gateway, staff)


async def _fill(database: Database, person: PersonView, waiting: int) -> None:
    """Copy one planned job many times, in SQL: a million of them is a minute's work otherwise."""
    series = (
        "SELECT value AS n FROM generate_series(1, :waiting) AS value"
        if database.dialect == "postgresql"
        else "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < :waiting)"
        " SELECT n FROM c"
    )
    minutes = (
        "CAST(:later AS timestamptz) + n * interval '1 second'"
        if database.dialect == "postgresql"
        else "datetime(:later, '+' || n || ' seconds') || '.000000'"
    )
    statement = f"""
        INSERT INTO job (kind, dedupe_key, workspace_id, recipient_id, due_at, state, revision,
                         said_revision, attempts, made_at)
        SELECT 'plain_answer', 'waiting:' || n, :workspace, :person, {minutes}, 'pending', 1, 0, 0, {minutes}
        FROM ({series}) AS numbers"""
    later = NOW + timedelta(days=30)
    async with database.engine.begin() as connection:
        await connection.execute(
            text(statement),
            {
                "waiting": waiting,
                "workspace": person.workspace_id,
                "person": person.id,
                "later": later if database.dialect == "postgresql" else f"{later:%Y-%m-%d %H:%M:%S}",
            },
        )
    async with database.engine.begin() as connection:
        await connection.execute(text("ANALYZE"))


async def compare(urls: dict[int, str], rounds: int) -> dict[int, float]:
    """The median tick for each size, measured in turn."""
    benches = {size: await open_bench(url, size) for size, url in urls.items()}
    taken: dict[int, list[float]] = {size: [] for size in benches}
    for number in range(rounds + 2):
        for size, bench in benches.items():
            milliseconds = await bench.tick()
            if number >= 2:  # the first two warm caches and statements
                taken[size].append(milliseconds)
    for bench in benches.values():
        await bench.ctx.db.close()
    return {size: statistics.median(values) for size, values in taken.items()}


async def measure(rounds: int, large: int) -> dict[str, float]:
    """Both engines, both sizes."""
    found: dict[str, float] = {}
    with tempfile.TemporaryDirectory(prefix="lantern-tick-") as name:
        folder = Path(name)
        shared = Shared(folder)
        server = shared.enter()
        try:
            for size in (SMALL, large):
                server.execute(f"CREATE DATABASE waiting_{size}")
            urls = {
                "sqlite": {size: f"sqlite:///{folder / f'{size}.db'}" for size in (SMALL, large)},
                "postgresql": {size: server.url(f"waiting_{size}") for size in (SMALL, large)},
            }
            for engine, by_size in urls.items():
                medians = await compare(by_size, rounds)
                found[f"{engine}_small_ms"] = round(medians[SMALL], 2)
                found[f"{engine}_large_ms"] = round(medians[large], 2)
                found[f"{engine}_ratio"] = round(medians[large] / medians[SMALL], 3)
        finally:
            shared.leave()
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--large", type=int, default=LARGE, help="how many jobs wait at most")
    options = parser.parse_args()
    logs.configure(level="error")
    found = asyncio.run(measure(options.rounds, options.large))
    for engine in ("sqlite", "postgresql"):
        print(
            f"{engine:>10}: {SMALL:,} waiting {found[f'{engine}_small_ms']:8.1f} ms   "
            f"{options.large:,} waiting {found[f'{engine}_large_ms']:8.1f} ms   "
            f"ratio {found[f'{engine}_ratio']:.2f}"
        )
    print(json.dumps(found))


if __name__ == "__main__":
    main()
