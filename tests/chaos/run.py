"""A whole run: a server for the database, a workspace, processes, people, and the verdict."""

import asyncio
import json
import os
import pickle
import signal
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

from bot.rehearsal import manifest
from bot.sandbox.server import Server, serve
from bot.sandbox.workspace import Workspace
from bot.store.crypto import Keyring, new_key
from tests.chaos import facts, record
from tests.chaos.audit import Verdict, audit
from tests.chaos.conductor import START, Conductor, Size
from tests.chaos.crew import Crew
from tests.chaos.crowd import Crowd
from tests.chaos.founding import found_programme
from tests.chaos.rehearsal import PLACE
from tests.chaos.shared_clock import SharedClock
from tests.chaos.staff import channels, programmes, staff
from tests.chaos.trouble import BadDays
from tests.chaos.waiting import Waiting
from tests.chaos.worker import Post
from tests.support import databases
from tests.support.company import settings_for
from tests.support.postgres import Server as PostgresServer

ACK_WITHIN = 3.0
WORTH_REHEARSING = 60  # kills; below, the rehearsal would take longer than it saves


@dataclass(slots=True)
class Outcome:
    """What a run came to: the verdict, the deaths, and what was logged how often."""

    size: Size
    kills: int
    verdict: Verdict
    logged: Counter[str]
    seen: Counter[str]
    did: Counter[str]
    held: Counter[str]
    messages: int

    @property
    def line(self) -> dict[str, int]:
        """The line that says it all."""
        return {"kills": self.kills, **self.verdict.counts}

    @property
    def extras(self) -> dict[str, int]:
        """What has to have happened, or the run has proved nothing."""
        found = {name: self.logged[name] for name in ("job_adopted", "job_retried", "job_unsure")}
        happened = {"messages": self.messages, "unsure": self.verdict.unsure, **self.held}
        return {**found, **self.seen, **happened}


async def run(
    size: Size,
    database_url: str,
    keys: str,
    folder: Path,
    tell: Callable[[str], None],
    keep: Path | None = None,
) -> Outcome:
    """Let it happen on an empty PostgreSQL database, and judge it. What it was judged by is written
    to `keep`, so that somebody can look into it (or judge it again)."""
    chance = Random(size.seed)
    clock = SharedClock.make(folder / "clock", START)
    people = staff(size.people, chance)
    workspace = Workspace(manifest(), people, clock, channels=channels(people))
    workspace.ack_limit = ACK_WITHIN
    workspace.faults = trouble = BadDays(Random(chance.random()), scale=0)
    crowd = Crowd(workspace, Random(chance.random()))
    waiting = await Waiting.at(database_url)
    async with serve(workspace) as server:
        post = _post(server, database_url, keys, folder)
        crew = Crew(post, size.processes, clock, Random(chance.random()))
        conductor = Conductor(
            size, clock, server, crew, crowd, waiting, Random(chance.random()), trouble
        )
        asyncio.get_running_loop().add_signal_handler(
            signal.SIGINT, lambda: setattr(conductor, "enough", True)
        )
        try:
            await _found(size, server, crew, conductor)
            trouble.scale = size.trouble
            await conductor.through_the_year(tell)
        finally:
            asyncio.get_running_loop().remove_signal_handler(signal.SIGINT)
            await crew.stop()
            await waiting.close()
    found = facts.load(database_url, clock.now())
    said = record.read(workspace)
    what = (said, found, record.colleagues(workspace, crowd.left), conductor.outages)
    if keep is not None:
        await asyncio.to_thread(keep.write_bytes, pickle.dumps(what))
    verdict = audit(*what)
    held = facts.held(found)
    return Outcome(
        size, crew.kills, verdict, _logged(folder), trouble.seen, crowd.did, held, len(said)
    )


async def _found(size: Size, server: Server, crew: Crew, conductor: Conductor) -> None:
    crew.start()
    await server.wait_connected(60)
    every = "Every four weeks" if size.days > 100 else "Every week"
    for number in range(programmes(size.people)):
        await found_programme(server.workspace, number, every)
        await conductor.settle()


def _post(server: Server, database_url: str, keys: str, folder: Path) -> Post:
    settings = settings_for(server, database_url, keys).model_dump()
    return Post(0, 0, settings, folder / "clock", folder / "log.jsonl", os.getpid())


def _logged(folder: Path) -> Counter[str]:
    """How often each thing was logged; an error with its type."""
    found: Counter[str] = Counter()
    for line in (folder / "log.jsonl").read_text().splitlines():
        try:
            entry = json.loads(line)
        except ValueError:
            continue  # cut short by a death
        found[str(entry.get("event"))] += 1
        if entry.get("level") in ("error", "critical"):
            found[f"error: {entry.get('event')} {entry.get('error')} {entry.get('at')}"] += 1
    return found


async def in_a_fresh_database(
    size: Size,
    lender: databases.Postgres,
    keys: str,
    tell: Callable[[str], None],
    keep: Path | None = None,
) -> Outcome:
    """A run with everything it needs, thrown away afterwards."""
    with tempfile.TemporaryDirectory(prefix="chaos-") as folder:
        url = lender.lend()
        if size.kills >= WORTH_REHEARSING:
            os.environ[PLACE] = f"{lender.lend()} {keys}"  # read when the first one is forked
        try:
            return await run(size, url, keys, Path(folder), tell, keep)
        finally:
            os.environ.pop(PLACE, None)
            lender.take_back(url)


def new_lender(server: PostgresServer) -> tuple[databases.Postgres, str]:
    """Databases to borrow on this server, and the keys they are sealed with."""
    key = new_key()
    return databases.Postgres(server, Keyring([key])), key
