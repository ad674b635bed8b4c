"""What is due, asked of the database; and time that goes by for those who are dead."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

import psycopg

from bot.domain.job_kinds import MANNERS
from bot.domain.manners import Manner

Connection = psycopg.AsyncConnection[tuple[Any, ...]]

_DUE = "SELECT count(*) FROM job WHERE state = 'pending' AND due_at <= %s"
_NEXT = """
    SELECT min(due_at), min(due_at) FILTER (WHERE kind = ANY(%s)) FROM job
    WHERE state = 'pending' AND due_at > %s
"""
_TIMELY = [kind.value for kind, manner in MANNERS.items() if manner is Manner.TIMELY]
_STUCK = """
    SELECT id, kind, attempts, leased_by, leased_until, reason FROM job
    WHERE state = 'pending' AND due_at <= %s ORDER BY id LIMIT 20
"""
_RETRY = """
    UPDATE job SET leased_until = now() WHERE state = 'pending' AND due_at <= %s
    AND leased_by IS NULL AND leased_until > now()
"""
_RELEASE = """
    UPDATE job SET leased_until = now() WHERE state = 'pending' AND leased_until > now()
    AND split_part(leased_by, ':', 2) = ANY(%s)
"""


class Waiting:
    """Looks at the jobs of a run. One connection of its own, nothing of Lantern's."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @classmethod
    async def at(cls, url: str) -> "Waiting":
        return cls(await psycopg.AsyncConnection.connect(url, autocommit=True))

    async def close(self) -> None:
        await self._connection.close()

    async def due(self, now: datetime) -> int:
        """How many jobs are due and not done."""
        return int((await self._one(_DUE, now))[0])

    async def next_due(self, after: datetime) -> tuple[datetime | None, datetime | None]:
        """When the next one falls due, and the next of those that are tied to a minute."""
        due, timely = await self._one(_NEXT, _TIMELY, after)
        return due, timely

    async def stuck(self, now: datetime) -> list[tuple[Any, ...]]:
        """Some of those that are due, to say what is the matter with them."""
        return await (await self._connection.execute(_STUCK, (now,))).fetchall()

    async def let_wait(self, now: datetime, dead: Collection[int]) -> bool:
        """The leases of dead processes run out, and what failed has waited long enough. Whether
        there was any of it.

        Real minutes in Lantern; nobody here has them. Leases of the living are left alone.
        """
        freed = (await self._connection.execute(_RETRY, (now,))).rowcount
        released = await self._connection.execute(_RELEASE, ([str(pid) for pid in dead],))
        return freed + released.rowcount > 0

    async def _one(self, statement: str, *values: Any) -> tuple[Any, ...]:
        row = await (await self._connection.execute(statement.encode(), values)).fetchone()
        assert row is not None
        return row
