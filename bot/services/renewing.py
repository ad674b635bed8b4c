"""Tokens that expire are renewed well before, by one process at a time.

A refresh token is good once, so whoever wants to use it takes a lease first: one UPDATE that
succeeds for one of any number of processes. All times are wall time: they are Slack's own.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import CursorResult, Update, or_, update
from sqlmodel import col, select

from bot.domain.job_kinds import JobKind
from bot.services.context import Context
from bot.services.installations import LOST, served_by
from bot.services.jobs import job_to
from bot.services.seeing import hours_of
from bot.store.tables import Installation, Lead, Person
from bot.store.work import Work

RENEW_BEFORE: Final = timedelta(hours=3)
"""A quarter of the twelve hours that Slack gives: time enough for a bad night of Slack's."""
LEASE_FOR: Final = timedelta(minutes=2)
"""Far longer than the one call it is for; a process that died holds the token up no longer."""
CAN_WAIT: Final = RENEW_BEFORE - timedelta(hours=1)
"""Whoever is asked to install Lantern again has an hour to do it before it can speak no more."""
TOLD: Final = 5
"""How many people are asked to install Lantern again: one of them reads it in time."""


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

    Where Lantern is still installed, it asks those who can to install it again while it can speak.
    False when there is another token by now, and nothing is lost.
    """
    async with ctx.db.work() as work:
        done = await work.session.execute(
            _changing(held, refresh_token=None, renewing_until=None, renewal_refused=why)
        )
        assert isinstance(done, CursorResult)
        if not done.rowcount:
            return False
        if why == LOST:
            await _ask_to_install_again(ctx, work, held)
        await work.commit()
    return True


async def _ask_to_install_again(ctx: Context, work: Work, held: Renewable) -> None:
    now = ctx.now()
    for person in await _who_can_help(work, held.id):
        key = f"installation:{held.id}:{held.version}:lost:{person.id}"
        # At an odd hour only where the morning would be too late.
        morning = hours_of(person).next_open(now)
        told = job_to(person, JobKind.PLAIN_ANSWER, key, now=now, note="token_lost")
        told.due_at = morning if morning - now < CAN_WAIT else now
        await work.plan(told)


async def _who_can_help(work: Work, installation_id: int) -> list[Person]:
    """Whoever installed it, and admins; where Lantern has met none of them, leads, who know whom to
    ask. Of an organisation's many teams no more than of one."""
    here = select(Person).where(
        col(Person.workspace_id).in_(served_by(installation_id)),
        col(Person.is_deleted).is_(False),
        col(Person.is_bot).is_(False),
        col(Person.forgotten_at).is_(None),
    )
    by = select(Installation.installed_by).where(Installation.id == installation_id)
    installed_it = col(Person.slack_id) == by.scalar_subquery()
    for who in (
        or_(col(Person.is_admin), installed_it),
        col(Person.id).in_(select(Lead.person_id)),
    ):
        # Then whom Lantern heard of last: they are likeliest to be at their desk.
        order = (installed_it.desc(), col(Person.refreshed_at).desc(), col(Person.id))
        found = await work.session.scalars(here.where(who).order_by(*order).limit(TOLD))
        if people := list(found.all()):
            return people
    return []


def _renewable(wall: datetime) -> tuple[Any, ...]:
    until = col(Installation.renewing_until)
    return (col(Installation.refresh_token).is_not(None), or_(until.is_(None), until <= wall))


async def _change(ctx: Context, held: Renewable, *where: Any, **values: Any) -> bool:
    """Whether the row was still of this version (and of `where`), and was changed."""
    return await ctx.db.change(_changing(held, *where, **values), {}) == 1


def _changing(held: Renewable, *where: Any, **values: Any) -> Update:
    """The row as it was seen, if it is still so."""
    return (
        update(Installation)
        .where(
            col(Installation.id) == held.id,
            col(Installation.version) == held.version,
            col(Installation.revoked_at).is_(None),
            *where,
        )
        .values(**values)
        .execution_options(synchronize_session=False)
    )


def _seen(row: Installation) -> Renewable:
    return Renewable(
        id=row.id,
        version=row.version,
        slack_id=row.slack_id,
        name=row.name,
        token=row.token or "",
        refresh_token=row.refresh_token,
    )
