"""Claiming and recording jobs beside the bare SQL for it: `python -m tests.benchmarks.claim`.

A batch is claimed and each of its jobs recorded as said, by Lantern's own functions and by plain
psycopg on the same server with the statements anybody would write (`FOR UPDATE SKIP LOCKED`, one
update each), in turn. What is bare is as bare as it gets: prepared, and each statement by itself,
with no beginning and no end sent for it; it is as durable that way. Then one, two and four
processes of the operating system do Lantern's part at once. `ratio` is the time a job takes, ours
to bare; throughput is in jobs a second. Last line: one JSON object.
"""

import argparse
import asyncio
import json
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
from sqlalchemy import text

from bot.ops import logs
from bot.scheduling.clockwork import BATCH
from bot.store import claims
from bot.store.crypto import Keyring, new_key
from bot.store.engine import Database
from bot.store.migrations import upgrade
from tests.support.postgres import Server, Shared

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
WALL = datetime(2026, 11, 23, 10, tzinfo=UTC)
LEASE = timedelta(minutes=2)
PROCESSES = (1, 2, 4)
WORKSPACES = 10

_WORKSPACES = """
INSERT INTO workspace (slack_team_id, name, enterprise_id, created_at)
SELECT 'T' || n, '', '', :now FROM generate_series(1, :count) AS n"""
_JOBS = """
INSERT INTO job (kind, dedupe_key, workspace_id, rank, due_at, state, revision, said_revision,
                 attempts, made_at)
SELECT 'plain_answer', :key || n, 1 + n % :workspaces, n % 5, :now, 'pending', 1, 0, 0, :now
FROM generate_series(1, :jobs) AS n"""

_CLAIM = f"""
UPDATE job SET leased_by = %(me)s, leased_until = %(until)s, attempts = attempts + 1
WHERE id IN (
    SELECT id FROM job WHERE state = 'pending' AND due_at <= %(now)s
    AND (leased_until IS NULL OR leased_until <= %(wall)s)
    ORDER BY due_at, id LIMIT {BATCH} FOR UPDATE SKIP LOCKED)
RETURNING *"""
_RECORD = """
UPDATE job SET slack_channel = %(channel)s, slack_ts = %(ts)s, said_at = coalesce(said_at, %(now)s),
    said_revision = %(revision)s, attempts = 0, reason = NULL,
    leased_by = NULL, leased_until = NULL,
    state = CASE WHEN revision = %(revision)s THEN 'done' ELSE 'pending' END
WHERE id = %(id)s AND leased_by = %(me)s"""


async def fill(db: Database, key: str, jobs: int) -> None:
    """So many jobs, due now, in ten workspaces."""
    async with db.engine.begin() as connection:
        if not (await connection.execute(text("SELECT count(*) FROM workspace"))).scalar_one():
            await connection.execute(text(_WORKSPACES), {"now": NOW, "count": WORKSPACES})
        values = {"key": key, "now": NOW, "jobs": jobs, "workspaces": WORKSPACES}
        await connection.execute(text(_JOBS), values)
    async with db.autocommit.connect() as connection:
        await connection.execute(text("VACUUM ANALYZE job"))


async def ours(db: Database, me: str) -> int:
    """One batch, claimed and recorded; how many jobs."""
    jobs = await claims.claim(
        db, me=me, now=NOW, wall=WALL, lease_for=LEASE, limit=BATCH, lines=WORKSPACES
    )
    for job in jobs:
        done = await claims.record_said(db, job=job, me=me, channel="D1", ts="1.1", now=NOW)
        assert done
    return len(jobs)


async def bare(connection: "psycopg.AsyncConnection[tuple[object, ...]]") -> int:
    """The same in plain SQL, each statement a transaction of its own."""
    async with connection.cursor(row_factory=psycopg.rows.dict_row) as cursor:
        values = {"me": "bare", "until": WALL + LEASE, "now": NOW, "wall": WALL}
        await cursor.execute(_CLAIM.encode(), values)
        jobs = await cursor.fetchall()
        for job in jobs:
            said = {"id": job["id"], "revision": job["revision"], "channel": "D1", "ts": "1.1"}
            await cursor.execute(_RECORD.encode(), values | said)
    return len(jobs)


async def compare(url: str, batches: int) -> dict[str, float]:
    """Milliseconds for a job, ours and bare, measured in turn (medians of batches)."""
    db = Database.open(url, Keyring([new_key()]))
    await upgrade(db)
    await fill(db, "compare:", 2 * BATCH * (batches + 2))
    taken: dict[str, list[float]] = {"ours": [], "bare": []}
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        for number in range(batches + 2):
            for name in taken:
                begin = time.perf_counter()
                done = await (ours(db, "ours") if name == "ours" else bare(connection))
                assert done == BATCH
                if number >= 2:  # the first two warm caches and statements
                    taken[name].append((time.perf_counter() - begin) * 1000 / BATCH)
    await db.close()
    medians = {name: statistics.median(values) for name, values in taken.items()}
    return {
        "ratio": round(medians["ours"] / medians["bare"], 3),
        "ours_ms": round(medians["ours"], 3),
        "bare_ms": round(medians["bare"], 3),
    }


async def work(url: str, me: str) -> None:
    """One process's part: says when it is ready, and claims and records until nothing is left."""
    db = Database.open(url, Keyring([new_key()]))
    async with db.read() as session:
        await session.execute(text("SELECT 1"))
    print("ready", flush=True)
    await asyncio.to_thread(sys.stdin.readline)
    done = 0
    while count := await ours(db, me):
        done += count
    print(done, flush=True)
    await db.close()


async def throughput(url: str, processes: int, jobs: int) -> float:
    """Jobs a second that so many processes get done together."""
    db = Database.open(url, Keyring([new_key()]))
    await fill(db, f"{processes}:", jobs)
    await db.close()
    crew = [
        await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.benchmarks.claim",
            "--work",
            url,
            "--me",
            f"process {number}",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        for number in range(processes)
    ]
    for each in crew:
        assert each.stdout is not None
        assert await each.stdout.readline() == b"ready\n"
    begin = time.perf_counter()
    for each in crew:
        assert each.stdin is not None
        each.stdin.write(b"go\n")
    done = [int(await each.stdout.readline()) for each in crew if each.stdout is not None]
    seconds = time.perf_counter() - begin
    await asyncio.gather(*(each.wait() for each in crew))
    assert sum(done) == jobs
    return round(jobs / seconds, 1)


async def measure(server: Server, batches: int, jobs: int) -> dict[str, float]:
    """Both parts, on one fresh database."""
    server.execute("CREATE DATABASE claims")
    url = server.url("claims")
    found = await compare(url, batches)
    print(f"a job: ours {found['ours_ms']:.2f} ms, bare {found['bare_ms']:.2f} ms")
    for processes in PROCESSES:
        found[f"per_second_{processes}"] = await throughput(url, processes, jobs)
        print(f"{processes} processes: {found[f'per_second_{processes}']:.0f} jobs a second")
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--batches", type=int, default=60)
    parser.add_argument("--jobs", type=int, default=2400, help="for each number of processes")
    parser.add_argument("--work", help=argparse.SUPPRESS)
    parser.add_argument("--me", default="", help=argparse.SUPPRESS)
    options = parser.parse_args()
    logs.configure(level="error")
    if options.work:
        asyncio.run(work(options.work, options.me))
        return
    with tempfile.TemporaryDirectory(prefix="lantern-claim-") as folder:
        shared = Shared(Path(folder))
        server = shared.enter()
        try:
            found = asyncio.run(measure(server, options.batches, options.jobs))
        finally:
            shared.leave()
    print(json.dumps(found))


if __name__ == "__main__":
    main()
