"""The books of Slack's pace in PostgreSQL, and several processes that share them."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable

import pytest
from sqlalchemy import text

from bot.domain.pace_book import Book
from bot.slack.errors import NotYet, Transient
from bot.slack.pace import Pace
from bot.slack.pace.tiers import POST
from bot.store import engine
from bot.store.crypto import Keyring
from bot.store.engine import Database
from bot.store.paces import SharedShelf
from tests.support.databases import Postgres

pytestmark = pytest.mark.postgresql

Open = Callable[[], Database]


@pytest.fixture
async def process(postgres_databases: Postgres, keyring: Keyring) -> AsyncIterator[Open]:
    """Opens the same database as another process would."""
    url = postgres_databases.lend()
    opened: list[Database] = []

    def another() -> Database:
        opened.append(Database.open(url, keyring))
        return opened[-1]

    yield another
    for database in opened:
        await database.close()
    postgres_databases.take_back(url)


async def called(pace: Pace, method: str = POST, *, at_once: bool = False) -> None:
    async with pace.turn(method, at_once=at_once):
        pass


async def test_a_book_is_put_back_only_by_who_read_it_last(process: Open) -> None:
    one, two = SharedShelf(process()), SharedShelf(process())
    first = await one.read("T1", POST)
    assert (first.book, first.version) == (Book(), 0)
    assert abs(first.now - time.time()) < 60
    book = Book(free=1.5, free_for_people=2.5, paused_until=3.5, paused_for=4.5, ahead=5.5)
    assert await two.write("T1", POST, book, 0)
    assert not await one.write("T1", POST, Book(), 0)
    second = await one.read("T1", POST)
    assert (second.book, second.version) == (book, 1)
    assert await one.write("T1", POST, Book(), 1)
    assert not await two.write("T1", POST, book, 1)
    assert (await two.read("T2", POST)).version == 0


async def test_a_429_heard_by_one_is_obeyed_by_another(process: Open) -> None:
    one, two = Pace(SharedShelf(process()), "T1"), Pace(SharedShelf(process()), "T1")
    await called(two)
    with pytest.raises(Transient):
        async with one.turn(POST):
            raise Transient("ratelimited", 30)
    with pytest.raises(NotYet) as caught:
        await asyncio.gather(*(called(two) for _ in range(5)))
    assert caught.value.retry_after is not None
    assert 20 < caught.value.retry_after <= 30
    await called(two, "chat.update")
    elsewhere = Pace(SharedShelf(process()), "T2")
    await called(elsewhere)


async def test_a_process_that_dies_takes_nothing_with_it(process: Open) -> None:
    """What it had taken is over a second later; nobody has to notice that it died."""
    database = process()
    moment = 1_000_000.0
    dead = SharedShelf(database, lambda: moment)
    holder = Pace(dead, "T1")
    waiting = [asyncio.create_task(called(holder)) for _ in range(30)]
    await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    await database.close()

    taken = (await SharedShelf(process()).read("T1", POST)).book.free
    assert moment < taken < moment + 2.1
    heir = SharedShelf(process(), lambda: taken)
    pace = Pace(heir, "T1")
    await asyncio.wait_for(called(pace), 5)
    assert (await heir.read("T1", POST)).version > 1


async def test_processes_take_turns(process: Open) -> None:
    """Every slot is one process's alone: they are spaced as if there were but one."""
    moment = 1_000_000.0
    shelves = [SharedShelf(process(), lambda: moment) for _ in range(3)]
    paces = [Pace(shelf, "T1") for shelf in shelves]
    await asyncio.gather(*(called(pace) for pace in paces))
    reading = await shelves[0].read("T1", POST)
    assert reading.book.free - moment == pytest.approx(3 * 61 / 293, abs=0.001)


async def test_nobody_waits_in_a_transaction(process: Open) -> None:
    """While many wait for their turn, the server sees nobody with a transaction open."""
    database = process()
    pace = Pace(SharedShelf(database), "T1")
    await called(pace, "users.list")
    crowd = [asyncio.create_task(called(pace, "users.list")) for _ in range(8)]
    watching = process()
    await asyncio.wait(crowd, return_when=asyncio.FIRST_COMPLETED)
    async with watching.engine.connect() as connection:
        seen = await connection.execute(
            text(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                " AND pid <> pg_backend_pid() AND state LIKE 'idle in transaction%'"
            )
        )
        assert seen.scalar_one() == 0
    for task in crowd:
        task.cancel()
    await asyncio.gather(*crowd, return_exceptions=True)


async def test_a_connection_that_was_lost_while_idle_is_replaced(
    process: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is looked at before it is used, unless it was in use a moment ago."""
    monkeypatch.setattr(engine, "PING_AFTER", 0.0)
    ours, other = process(), process()
    async with ours.read() as session:
        pid = (await session.execute(text("SELECT pg_backend_pid()"))).scalar_one()
    async with other.read() as session:
        await session.execute(text("SELECT pg_terminate_backend(:pid, 10000)"), {"pid": pid})
    async with ours.read() as session:
        assert (await session.execute(text("SELECT pg_backend_pid()"))).scalar_one() != pid
