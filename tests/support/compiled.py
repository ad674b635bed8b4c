"""One memory of compiled statements for all the databases a test worker opens.

SQLAlchemy compiles a statement once an engine. An installation has one engine for months; the
suite opens thousands, and spent 40 % of a service test on compiling the same statements anew.
"""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store import engine as store_engine
from bot.store.crypto import Keyring

# By engine and keyring: the dialect carries the keys of sealed columns.
_first: dict[tuple[str, int], tuple[Keyring, Any]] = {}


def share() -> None:
    """From now on, let every engine use what the first one of its kind has compiled."""
    make = store_engine.make_engine

    def make_sharing(url: str, keyring: Keyring) -> AsyncEngine:
        made = make(url, keyring)
        new = made.sync_engine
        _, first = _first.get((new.dialect.name, id(keyring)), (None, None))
        if first is None or first.dialect.server_version_info is None:  # not connected so far
            _first[new.dialect.name, id(keyring)] = (keyring, new)
        else:
            new.dialect = new.pool._dialect = first.dialect
            new._compiled_cache = first._compiled_cache
        return made

    store_engine.make_engine = make_sharing
