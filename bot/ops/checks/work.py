"""What is due and not done, what was given up, and who is at it."""

import zoneinfo
from datetime import datetime, timedelta

from bot.ops.checks import Wrong
from bot.slack.errors import OUR_TOKEN
from bot.store.ailing import Ailing, at_work, dead, held, zones
from bot.store.backlog import backlog
from bot.store.engine import Database

LATE = timedelta(minutes=10)
LATELY = timedelta(days=7)


async def waiting(database: Database, now: datetime, wall: datetime) -> str:
    """Whether somebody does what is due. A large round waits for Slack's pace, and is at work."""
    found = await backlog(database, now=now, wall=wall)
    processes = await at_work(database, wall=wall)
    since = ""
    if found.oldest_due_at is not None and now - found.oldest_due_at > LATE:
        since = f", the oldest since {found.oldest_due_at:%Y-%m-%d %H:%M} UTC"
    if since and not processes:
        raise Wrong(
            f"{found.due} jobs are due{since}, and nobody takes them: is Lantern running? If it "
            "is, look at /readyz of each process, and in the log for tick_failed."
        )
    return (
        f"{found.due} jobs are due{since}, {found.leased} in work at {processes} processes, "
        f"{found.held} wait to be tried again, {found.waiting} have their time to come."
    )


async def tried(database: Database) -> str:
    """What fails again and again."""
    found = await held(database, reasons=OUR_TOKEN)
    if found:
        raise Wrong(
            f"tried again and again, and not done: {_listed(found)}. The reason is Slack's own "
            "word or the name of an error; the log says more under the reference."
        )
    return "nothing fails again and again."


async def given_up(database: Database, now: datetime) -> str:
    """What nobody will try again."""
    found = await dead(database, now=now, within=LATELY)
    if found:
        raise Wrong(
            f"given up in the last {LATELY.days} days: {_listed(found)}. Look in the log for the "
            "reference, and in docs/operating.md for the reasons. When the cause is mended: "
            "python -m bot revive."
        )
    return f"nothing was given up in the last {LATELY.days} days."


async def known_zones(database: Database) -> str:
    """Whether this machine knows where everybody lives."""
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
