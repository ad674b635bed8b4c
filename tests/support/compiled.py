"""One memory of compiled statements for all the databases a test worker opens.

SQLAlchemy compiles a statement once an engine. An installation has one engine for months; the
suite opens thousands, and spent 40 % of a service test on compiling the same statements anew.
"""

from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store import engine as store_engine
from bot.store.crypto import Keyring

MOST: Final = 6  # engines remembered: nearly all tests use the same few keys
Kind = tuple[str, tuple[str, ...]]


def share() -> None:
    """From now on, let every engine use what the first one of its kind has compiled."""
    make = store_engine.make_engine
    first: dict[Kind, Any] = {}

    def make_sharing(url: str, keyring: Keyring) -> AsyncEngine:
        made = make(url, keyring)
        new = made.sync_engine
        # The dialect carries the keys of sealed columns: only engines with the same ones share it.
        kind = (new.dialect.name, keyring._keys)
        known = first.get(kind)
        if known is None or known.dialect.server_version_info is None:  # not connected so far
            first[kind] = new
            while len(first) > MOST:
                first.pop(next(iter(first)))
        else:
            new.dialect = new.pool._dialect = known.dialect
            new._compiled_cache = known._compiled_cache
        return made

    store_engine.make_engine = make_sharing
