"""Tokens that expire are renewed well before, by one process at a time.

A refresh token is good once, so whoever wants to use it takes a lease first: one UPDATE that
succeeds for one of any number of processes. All times are wall time: they are Slack's own.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import or_, update
from sqlmodel import col, select

from bot.services.context import Context
from bot.store.tables import Installation

RENEW_BEFORE: Final = timedelta(hours=3)
"""A quarter of the twelve hours that Slack gives: time enough for a bad night of Slack's."""
LEASE_FOR: Final = timedelta(minutes=2)
"""Far longer than the one call it is for; a process that died holds the token up no longer."""


@dataclass(frozen=True, slots=True)
class Renewable:
    """An installation's token, and what renews it (None: nothing does)."""

    id: int
    version: int
    slack_id: str
    name: str
    token: str = field(repr=False)
    refresh_token: str | None = field(repr=False)


async def find(ctx: Context, *, installation_id: int) -> Renewable | None:
    """The token of an installation as it is now; None when it was removed."""
    async with ctx.db.read() as session:
        row = await session.get(Installation, installation_id)
    return None if row is None or row.token is None else _seen(row)


async def due(ctx: Context, *, limit: int) -> list[Renewable]:
    """The tokens that expire soon, or have, and that nobody is renewing; the most urgent first."""
    wall = ctx.clock.wall()
    async with ctx.db.read() as session:
        statement = (
            select(Installation)
            .where(*_renewable(wall), col(Installation.expires_at) <= wall + RENEW_BEFORE)
            .order_by(col(Installation.expires_at))
            .limit(limit)
        )
        return [_seen(row) for row in (await session.execute(statement)).scalars()]


async def claim(ctx: Context, held: Renewable) -> bool:
    """Take the lease; False when another has it, or there is another token by now."""
    wall = ctx.clock.wall()
    return await _change(ctx, held, *_renewable(wall), renewing_until=wall + LEASE_FOR)


async def renewed(
    ctx: Context, held: Renewable, *, token: str, refresh_token: str, expires_in: timedelta
) -> bool:
    """Keep the next token; False when the app was installed anew, or removed, meanwhile."""
    return await _change(
        ctx,
        held,
        token=token,
        refresh_token=refresh_token,
        expires_at=ctx.clock.wall() + expires_in,
        renewing_until=None,
        renewal_refused=None,
        version=held.version + 1,
    )


async def put_off(ctx: Context, held: Renewable, *, wait: timedelta) -> None:
    """It did not work this time: nobody tries before `wait` has passed."""
    await _change(ctx, held, renewing_until=ctx.clock.wall() + wait)


async def refused(ctx: Context, held: Renewable, *, why: str) -> bool:
    """Slack will never renew this token: it is used until it expires. `why` is Slack's word.

    False when there is another token by now, and nothing is lost.
    """
    return await _change(ctx, held, refresh_token=None, renewing_until=None, renewal_refused=why)


def _renewable(wall: datetime) -> tuple[Any, ...]:
    until = col(Installation.renewing_until)
    return (col(Installation.refresh_token).is_not(None), or_(until.is_(None), until <= wall))


async def _change(ctx: Context, held: Renewable, *where: Any, **values: Any) -> bool:
    """Whether the row was still of this version (and of `where`), and was changed."""
    changed = await ctx.db.change(
        update(Installation)
        .where(
            col(Installation.id) == held.id,
            col(Installation.version) == held.version,
            col(Installation.revoked_at).is_(None),
            *where,
        )
        .values(**values)
        .execution_options(synchronize_session=False),
        {},
    )
    return changed == 1


def _seen(row: Installation) -> Renewable:
    return Renewable(
        id=row.id,
        version=row.version,
        slack_id=row.slack_id,
        name=row.name,
        token=row.token or "",
        refresh_token=row.refresh_token,
    )
