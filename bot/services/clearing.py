"""What nobody needs any more is deleted: a little at a time, by any process, in short transactions.

How long each thing is kept has a reason, which stands with it and in docs/data.md. What people
wrote goes earlier, at the retention time of its programme (`retention.py`).
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import delete, or_
from sqlmodel import SQLModel, col, select

from bot.domain.states import JobState, RelationshipState
from bot.services.context import Context
from bot.services.installations import OF_WORKSPACE
from bot.services.lists.reporting import DAYS_MOST
from bot.store.tables import (
    Draft,
    Installation,
    Job,
    ProgrammeDraft,
    Receipt,
    Relationship,
    Tally,
    Tie,
    Workspace,
)

_GOING_ON: Final = (RelationshipState.DRAFTING, RelationshipState.ACTIVE)

BATCH: Final = 500
"""Rows deleted in one transaction: over in hundredths of a second."""
MOST_BATCHES: Final = 200
"""Of one table at one time; the rest is for the next day."""

RECEIPTS_FOR: Final = timedelta(days=7)
UNSAID_FOR: Final = timedelta(days=400)
SAID_FOR: Final = timedelta(days=3 * 365)
DRAFTS_FOR: Final = timedelta(days=90)
TALLIES_FOR: Final = timedelta(days=DAYS_MOST + 62)
INSTALLATIONS_FOR: Final = timedelta(days=90)
LISTS_FOR: Final = timedelta(days=30)
"""A list of people that was read and shown, and neither taken over nor thrown away, holds names."""


@dataclass(frozen=True, slots=True)
class Clearing:
    """One sort of row that goes: its table, after how long, why then, and which rows exactly."""

    table: type[SQLModel]
    key: Any
    what: str
    after: timedelta
    why: str
    where: Callable[[datetime], tuple[Any, ...]]


def _settled(before: datetime) -> tuple[Any, ...]:
    return (
        col(Job.state) != JobState.PENDING,
        col(Job.due_at) < before,
        col(Job.made_at) < before,
    )


def _unsaid(before: datetime) -> tuple[Any, ...]:
    return (*_settled(before), col(Job.slack_ts).is_(None))


def _said(before: datetime) -> tuple[Any, ...]:
    """Not what stands for as long as its subject does: a programme's card, a relationship's."""
    lasting = select(col(Relationship.id)).where(col(Relationship.state).in_(_GOING_ON))
    tied = select(col(Tie.id)).where(col(Tie.stopped_at).is_(None))
    of_a_programme_alone = (
        col(Job.programme_id).is_(None)
        | col(Job.recipient_id).is_not(None)
        | col(Job.session_id).is_not(None)
        | col(Job.round_id).is_not(None)
    )
    return (
        *_settled(before),
        col(Job.said_at) < before,
        of_a_programme_alone,
        or_(col(Job.relationship_id).is_(None), col(Job.relationship_id).not_in(lasting)),
        or_(col(Job.tie_id).is_(None), col(Job.tie_id).not_in(tied)),
    )


def _drafts(before: datetime) -> tuple[Any, ...]:
    named = select(col(Job.draft_id)).where(col(Job.draft_id).is_not(None))
    return (
        or_(col(Draft.used_at) < before, col(Draft.text).is_(None)),
        col(Draft.made_at) < before,
        col(Draft.id).not_in(named),
    )


def _installations(before: datetime) -> tuple[Any, ...]:
    """Those of a workspace go with it; where nobody ever spoke to Lantern there is none."""
    served = select(col(Workspace.id)).where(OF_WORKSPACE).correlate(Installation)
    return (col(Installation.revoked_at) < before, ~served.exists())


CLEARINGS: Final = (
    Clearing(
        Receipt,
        col(Receipt.key),
        "receipts of events, commands, clicks and submitted forms",
        RECEIPTS_FOR,
        "Slack repeats an event within minutes; a form can stay open over a weekend",
        lambda before: (col(Receipt.received_at) < before,),
    ),
    Clearing(
        Job,
        col(Job.id),
        "jobs that said nothing: chores, and what was not needed or was given up",
        UNSAID_FOR,
        "their keys keep a thing from being planned twice while what it is about is under way, and "
        "nothing is for longer than a relationship of a year",
        _unsaid,
    ),
    Clearing(
        Job,
        col(Job.id),
        "jobs that said something, without what they said",
        SAID_FOR,
        "with them a message is found in Slack, to be replaced when somebody is forgotten; what "
        "stands for longer (a programme's card, a relationship that goes on) is kept",
        _said,
    ),
    Clearing(
        ProgrammeDraft,
        col(ProgrammeDraft.id),
        "forms of programmes that led to a preview",
        DRAFTS_FOR,
        "nobody says yes to a preview that is older",
        lambda before: (col(ProgrammeDraft.made_at) < before,),
    ),
    Clearing(
        Draft,
        col(Draft.id),
        "words in a direct message that were used, or emptied at their retention time",
        DRAFTS_FOR,
        "the question about them may still stand in the conversation for a while",
        _drafts,
    ),
    Clearing(
        Tally,
        col(Tally.id),
        "counts of a month",
        TALLIES_FOR,
        f"a report looks back {DAYS_MOST} days at most",
        lambda before: (col(Tally.month_on) < before.date(),),
    ),
    Clearing(
        Installation,
        col(Installation.id),
        "removed installations in which nobody ever spoke to Lantern",
        INSTALLATIONS_FOR,
        "they say who installed it; the others go with their workspace",
        _installations,
    ),
)


async def nothing_waits() -> None:
    """Nobody else needs this process."""


async def clear(
    ctx: Context,
    *,
    between: Callable[[], Awaitable[None]] = nothing_waits,
    swept: Callable[[str, int], None] = lambda table, rows: None,
) -> int:
    """Delete what is older than it has to be kept; how many rows that were.

    `between` is awaited before each batch, and may end it by raising; `swept` hears of each.
    """
    total = 0
    for clearing in CLEARINGS:
        before = ctx.now() - clearing.after
        for _ in range(MOST_BATCHES):
            await between()
            rows = await _batch(ctx, clearing, before)
            total += rows
            if rows:
                swept(str(clearing.table.__tablename__), rows)
            if rows < BATCH:
                break
    return total


async def _batch(ctx: Context, clearing: Clearing, before: datetime) -> int:
    """Found by reading, so that nobody who writes waits for the search."""
    where = clearing.where(before)
    async with ctx.db.read() as session:
        keys = (await session.scalars(select(clearing.key).where(*where).limit(BATCH))).all()
    if not keys:
        return 0
    async with ctx.db.work() as work:
        gone = await work.session.execute(
            delete(clearing.table)
            .where(clearing.key.in_(keys), *where)
            .returning(clearing.key)
            .execution_options(synchronize_session=False)
        )
        rows = len(gone.all())
        await work.commit()
    return rows
