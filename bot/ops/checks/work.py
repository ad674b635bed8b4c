"""What is due and not done, what was given up, and who is at it."""

import zoneinfo
from datetime import datetime, timedelta

from bot.ops.checks import Wrong
from bot.store import migrations
from bot.store.ailing import Ailing, at_work, dead, held, zones
from bot.store.backlog import backlog
from bot.store.engine import Database

LATE = timedelta(minutes=10)
LATELY = timedelta(days=7)


async def waiting(database: Database, now: datetime, wall: datetime) -> str:
    """Whether somebody does what is due."""
    if await migrations.revision(database) != migrations.head():
        return "nothing is planned yet."
    found = await backlog(database, now=now, wall=wall)
    processes = await at_work(database, wall=wall)
    if found.oldest_due_at is not None and now - found.oldest_due_at > LATE:
        raise Wrong(
            f"{found.due} jobs are due, the oldest since {found.oldest_due_at:%Y-%m-%d %H:%M} UTC, "
            "and nobody takes them: is Lantern running? If it is, look at /readyz of each process, "
            "and in the log for tick_failed."
        )
    return (
        f"{found.due} jobs are due, {found.leased} in work at {processes} processes, {found.held} "
        f"wait to be tried again, {found.waiting} have their time to come."
    )


async def tried(database: Database) -> str:
    """What fails again and again."""
    if await migrations.revision(database) != migrations.head():
        return "nothing was tried yet."
    found = await held(database)
    if found:
        raise Wrong(
            f"tried three times or more and not done: {_listed(found)}. The reason is Slack's own "
            "word or the name of an error; the log says more under the reference."
        )
    return "nothing fails again and again."


async def given_up(database: Database, now: datetime) -> str:
    """What nobody will try again."""
    if await migrations.revision(database) != migrations.head():
        return "nothing was given up yet."
    found = await dead(database, now=now, within=LATELY)
    if found:
        raise Wrong(
            f"given up in the last {LATELY.days} days: {_listed(found)}. Look in the log for the "
            "reference, and in docs/operating.md for the reasons."
        )
    return f"nothing was given up in the last {LATELY.days} days."


async def known_zones(database: Database) -> str:
    """Whether this machine knows where everybody lives."""
    if await migrations.revision(database) != migrations.head():
        return "nobody is known yet."
    used = await zones(database)
    unknown = [zone for zone in used if zone not in zoneinfo.available_timezones()]
    if unknown:
        raise Wrong(f"{', '.join(unknown[:5])} not known here: update the package tzdata.")
    return f"all {len(used)} of the people here are known."


def _listed(found: list[Ailing]) -> str:
    return ", ".join(
        f"{each.count} {each.kind} ({each.reason}, {each.reference or 'no reference'})"
        for each in found
    )
