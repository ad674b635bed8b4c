"""For the whole suite: a fresh database on either engine, a clock moved by hand, a context."""

import gc
import io
import math
import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from random import Random

import pytest
from hypothesis import settings

from bot.ops import logs
from bot.services.context import Context
from bot.services.library import Library
from bot.store.crypto import Keyring, new_key
from bot.store.engine import Database
from tests.support import compiled, databases
from tests.support.clock import HandClock
from tests.support.postgres import NoPostgres, Server, Shared

# Property tests run on shared machines: an example may be slow without being wrong.
settings.register_profile("lantern", deadline=None)
settings.load_profile("lantern")


def pytest_xdist_auto_num_workers() -> int:
    """`-n auto`: half more than processors, for browsers and sockets leave a third of them idle."""
    return math.ceil(1.5 * len(os.sched_getaffinity(0)))


def pytest_collection_finish() -> None:
    """Thousands of tests are no garbage: looking through them each time took a tenth of all."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def quiet_logs() -> None:
    """Log as in production, into nowhere: structlog's own way draws every error's variables."""
    logs.configure(style="json", stream=io.StringIO())


@pytest.fixture(scope="session", autouse=True)
def no_proxy() -> None:
    """What the tests talk to is on this machine, also where a proxy leads out of it."""
    for name in [name for name in os.environ if name.lower() in ("http_proxy", "https_proxy")]:
        del os.environ[name]


@pytest.fixture(scope="session", autouse=True)
def compiled_once() -> None:
    """Statements are compiled once a worker, and not once a database."""
    compiled.share()


@pytest.fixture(scope="session")
def keyring() -> Keyring:
    """Keys for sealed columns, the same in every database of the run."""
    return Keyring([new_key()])


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory, keyring: Keyring) -> Path:
    """A SQLite file to copy."""
    return databases.sqlite_template(tmp_path_factory.mktemp("sqlite"), keyring)


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The one PostgreSQL server of the run. Without PostgreSQL: skipped, and in CI a failure."""
    base = tmp_path_factory.getbasetemp()
    shared = Shared(base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base)
    try:
        server = shared.enter()
    except NoPostgres as missing:
        if os.environ.get("CI"):
            pytest.fail(f"in CI the tests must run on PostgreSQL: {missing}")
        pytest.skip(str(missing))
    try:
        yield server
    finally:
        shared.leave()


@pytest.fixture(scope="session")
def postgres_databases(postgres: Server, keyring: Keyring) -> Iterator[databases.Postgres]:
    """Complete, empty PostgreSQL databases to borrow."""
    lender = databases.Postgres(postgres, keyring)
    yield lender
    lender.close()


@pytest.fixture(
    params=[
        "sqlite",
        pytest.param("postgresql", marks=pytest.mark.postgresql),
    ]
)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a fresh, complete database; every test that asks runs on both engines."""
    if request.param == "sqlite":
        yield databases.sqlite_copy(request.getfixturevalue("sqlite_template"), tmp_path)
        return
    lender: databases.Postgres = request.getfixturevalue("postgres_databases")
    url = lender.lend()
    yield url
    lender.take_back(url)


@pytest.fixture
async def database(database_url: str, keyring: Keyring) -> AsyncIterator[Database]:
    """A fresh, complete database, open."""
    opened = Database.open(database_url, keyring)
    yield opened
    await opened.close()


@pytest.fixture
def clock() -> HandClock:
    """A clock at Monday 2026-11-23 10:00 UTC that moves only by hand."""
    return HandClock()


@pytest.fixture(scope="session")
def library() -> Library:
    """The data that ships with Lantern."""
    return Library.load()


@pytest.fixture
def context(database: Database, clock: HandClock, library: Library) -> Context:
    """What every use case needs, with chance that repeats itself."""
    return Context(db=database, clock=clock, library=library, chance=Random(7))
