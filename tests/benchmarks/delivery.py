"""A round of 10,000 people, announced at Slack's pace: `python -m tests.benchmarks.delivery`.

One, three and eight processes on one PostgreSQL, in simulated time: time is skipped where everybody
waits for it, and stands still while the database works. Each process has its own pool, claims,
crews, gateway and pace, and records what it said; only the words are always the same. Slack is one
that counts strictly, as the local workspace does, with 50 to 300 ms for a call. `share` is how much
of its ceiling was used from the first message to the last, `ratelimited` how many 429s were drawn.
Last line: one JSON object, for the worst of them and for each.
"""

import argparse
import asyncio
import json
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse
from sqlalchemy import Executable, insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.clock import RealClock
from bot.domain.job_kinds import JobKind
from bot.domain.pace_book import Book, Reading
from bot.ops import logs
from bot.sandbox.limits import WORKSPACE_A_MINUTE, Limits
from bot.scheduling import failing
from bot.scheduling.clockwork import Clockwork
from bot.scheduling.crews import Crews
from bot.scheduling.desk import Desk
from bot.scheduling.sending import record
from bot.services.context import Context
from bot.services.jobs import job
from bot.services.library import Library
from bot.slack.errors import NotYet
from bot.slack.gateway import Gateway
from bot.slack.message import Message
from bot.slack.pace import Pace
from bot.store.crypto import Keyring, new_key
from bot.store.engine import Database
from bot.store.migrations import upgrade
from bot.store.paces import SharedShelf
from bot.store.tables import Job, Person, Workspace
from tests.support.postgres import Server, Shared
from tests.support.rushing import rush
from tests.support.words import PlainWords

PROCESSES = (1, 3, 8)
NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
WORDS = Message("A round comes", [{"type": "divider"}])


class SkippedClock(RealClock):
    """The time of the event loop, which is skipped."""

    def now(self) -> datetime:
        return self.wall()

    def wall(self) -> datetime:
        return NOW + timedelta(seconds=asyncio.get_running_loop().time())


class Works:
    """How much of the database's work is under way, during which no time passes."""

    def __init__(self) -> None:
        self._now = 0

    def __bool__(self) -> bool:
        return self._now > 0

    @contextmanager
    def one(self) -> Iterator[None]:
        self._now += 1
        try:
            yield
        finally:
            self._now -= 1


class WatchedDatabase(Database):
    """One whose transactions and single statements are counted."""

    works: Works

    @asynccontextmanager
    async def _session(self, engine: Any) -> AsyncIterator[AsyncSession]:
        with self.works.one():
            async with super()._session(engine) as session:
                yield session

    async def change(self, statement: Executable, values: Mapping[str, object]) -> int:
        with self.works.one():
            return await super().change(statement, values)


@dataclass(frozen=True)
class WatchedShelf:
    """A shelf whose questions are counted."""

    inner: SharedShelf
    works: Works

    async def read(self, team_id: str, method: str) -> Reading:
        with self.works.one():
            return await self.inner.read(team_id, method)

    async def write(self, team_id: str, method: str, book: Book, version: int) -> bool:
        with self.works.one():
            return await self.inner.write(team_id, method, book, version)


@dataclass
class StrictSlack:
    """Counts what arrives, and refuses what is too much."""

    limits: Limits
    chance: Random
    posted: Counter[str] = field(default_factory=Counter)
    arrived: list[float] = field(default_factory=list)
    ratelimited: int = 0


class Client(AsyncWebClient):
    """A client of that Slack, some way away from it."""

    def __init__(self, slack: StrictSlack) -> None:
        super().__init__(token="none")
        self._slack = slack

    async def chat_postMessage(self, **said: Any) -> AsyncSlackResponse:
        slack, way = self._slack, self._slack.chance.uniform(0.025, 0.15)
        await asyncio.sleep(way)
        wait = slack.limits.refuse("chat.postMessage", said)
        if not wait:
            slack.posted[said["channel"]] += 1
            slack.arrived.append(asyncio.get_running_loop().time())
        await asyncio.sleep(way)
        if wait:
            slack.ratelimited += 1
            answer = _answer(429, wait, ok=False, error="ratelimited")
            raise SlackApiError("ratelimited", answer)  # type: ignore[no-untyped-call]
        return _answer(200, 0, ok=True, channel=said["channel"], ts=f"{len(slack.arrived)}.0")


def _answer(status: int, wait: int, **data: Any) -> AsyncSlackResponse:
    return AsyncSlackResponse(
        client=None,
        http_verb="POST",
        api_url="",
        req_args={},
        data=data,
        headers={"Retry-After": str(wait)},
        status_code=status,
    )


async def say(desk: Desk, job: Job) -> NotYet | None:
    """What `deliver.try_say_one` does, without looking at facts that are the same for all."""
    try:
        posted = await desk.gateway.post(f"D{job.recipient_id}", WORDS, metadata_id=job.id)
    except NotYet as refusal:
        await failing.put_off(desk, job, refusal)
        return refusal
    except Exception as error:  # noqa: BLE001 - as there
        await failing.record(desk, job, error)
        return None
    await record(desk, job, posted)
    return None


async def plan(db: Database, people: int) -> None:
    """Everybody, and one announcement to each of them."""
    async with db.work() as work:
        workspace = await work.add(Workspace(slack_team_id="T1", created_at=NOW))
        whose = workspace.id
        rows = [
            Person(
                workspace_id=whose, slack_id=f"U{n}", name=f"Person {n}", refreshed_at=NOW
            ).model_dump(exclude={"id"})
            for n in range(people)
        ]
        found = await work.session.execute(insert(Person).returning(col(Person.id)), rows)
        await work.plan(
            *(
                job(
                    JobKind.ROUND_NOTICE,
                    f"notice:{person_id}",
                    now=NOW,
                    workspace_id=whose,
                    recipient_id=person_id,
                )
                for person_id in found.scalars().all()
            )
        )
        await work.commit()


async def announce(url: str, keyring: Keyring, people: int, processes: int, works: Works) -> Any:
    """Let so many processes say it all; the share that was used, and the 429s."""
    slack = StrictSlack(Limits(SkippedClock()), Random(processes))
    databases = []
    for number in range(processes):
        database = WatchedDatabase.open(url, keyring)
        assert isinstance(database, WatchedDatabase)
        database.works = works
        databases.append(database)
        if number == 0:
            with works.one():
                await upgrade(database)
            await plan(database, people)
    await asyncio.gather(
        *(
            _process(database, number, slack, works, people)
            for number, database in enumerate(databases)
        )
    )
    with works.one():
        for database in databases:
            await database.close()
    assert set(slack.posted.values()) == {1}, "something was said twice"
    seconds = slack.arrived[-1] - slack.arrived[0]
    most = WORKSPACE_A_MINUTE * seconds / 60
    return {"share": round((people - 1) / most, 4), "ratelimited": slack.ratelimited}


async def _process(
    db: WatchedDatabase, number: int, slack: StrictSlack, works: Works, people: int
) -> None:
    start = NOW.timestamp()
    loop = asyncio.get_running_loop()
    shelf = WatchedShelf(SharedShelf(db, lambda: start + loop.time()), works)
    ctx = Context(db, SkippedClock(), Library.load(), Random(number))
    gateway = Gateway(Client(slack), Pace(shelf, "T1"))
    desk = Desk(ctx, gateway, PlainWords(), f"process {number}")
    clockwork = Clockwork(desk)
    clockwork._crews = Crews(desk, say)
    await asyncio.sleep(slack.chance.random())
    while len(slack.posted) < people:
        await clockwork.tick()
        await asyncio.sleep(1)


def measure(server: Server, people: int, processes: int) -> dict[str, float]:
    """One round of announcements on a database of its own."""
    name = f"delivery_{processes}"
    server.execute(f"CREATE DATABASE {name}")
    works = Works()
    began = time.perf_counter()
    work = announce(server.url(name), Keyring([new_key()]), people, processes, works)
    found: dict[str, float] = rush(work, lambda: bool(works))
    print(
        f"{processes} processes: {found['share']:.1%} of the ceiling,"
        f" {found['ratelimited']} refused ({time.perf_counter() - began:.0f} s)"
    )
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=10_000)
    options = parser.parse_args()
    logs.configure(level="critical")
    with tempfile.TemporaryDirectory(prefix="lantern-delivery-") as folder:
        shared = Shared(Path(folder))
        server = shared.enter()
        try:
            found = {each: measure(server, options.people, each) for each in PROCESSES}
        finally:
            shared.leave()
    result: dict[str, float] = {
        "share": min(each["share"] for each in found.values()),
        "ratelimited": sum(each["ratelimited"] for each in found.values()),
    }
    for processes, each in found.items():
        result |= {f"{key}_{processes}": value for key, value in each.items()}
    print(json.dumps(result))


if __name__ == "__main__":
    main()
