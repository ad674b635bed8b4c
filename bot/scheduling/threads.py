"""Replies: the message they belong under, and where it stands."""

from dataclasses import dataclass
from datetime import timedelta

from bot.domain.job_kinds import JobKind
from bot.domain.states import JobState
from bot.services.context import Context
from bot.store import standing
from bot.store.tables import Job

UNDER_THE_CARD = frozenset({JobKind.ROUND_PAIRS, JobKind.ROUND_LEFT})
LOOK_AGAIN = timedelta(seconds=2)
"""How soon (real) a reply looks again whether its head was said."""
LOOK_AT_LEAST = timedelta(minutes=5)
"""The longest it waits until then (real), where the head is not due for long."""


class HeadUnsaid(Exception):
    """The message that this one belongs under is on its way still; `wait` says how long to wait."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__("head_unsaid")
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is said: in a conversation, or in a thread of it."""

    channel: str
    thread_ts: str | None = None


async def card_of(ctx: Context, round_id: int) -> int | None:
    """The job under whose message a round's pairs and left are listed."""
    card = await standing.card_of(ctx.db, round_id)
    return None if card is None else card.id


async def report_of(ctx: Context, job: Job) -> int | None:
    """The job under whose message a report's files go."""
    card = await standing.report_of(ctx.db, job)
    return None if card is None else card.id


async def head_of(ctx: Context, job: Job) -> Place | None:
    """The thread that a job's message went or will go to, by its kind; None when it has none."""
    if job.kind in UNDER_THE_CARD and job.round_id is not None:
        head = await standing.card_of(ctx.db, job.round_id)
    elif job.kind is JobKind.REPORT_FILES:
        head = await standing.report_of(ctx.db, job)
    else:
        return None
    return None if head is None else _place_of(head)


async def thread_of(ctx: Context, under: int | None) -> Place | None:
    """The thread under a job's message; None when it was never said, and will not be.

    Raises HeadUnsaid while it is still on its way: the head comes before its replies.
    """
    if under is None:
        return None
    head = await standing.job_of(ctx.db, under)
    place = _place_of(head)
    if place is None and head.state is JobState.PENDING:
        raise HeadUnsaid(min(max(head.due_at - ctx.now(), LOOK_AGAIN), LOOK_AT_LEAST))
    return place


def _place_of(head: Job) -> Place | None:
    if head.slack_channel is None or head.slack_ts is None:
        return None
    return Place(head.slack_channel, head.slack_ts)
