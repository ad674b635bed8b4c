"""Jobs in hand, line by line: each workspace has a crew for what it says, and one for what it puts
right, and none waits for another's.

A crew that has more than it can say at Slack's pace gives the rest back after a moment, for
whoever claims next; then what has become more urgent meanwhile comes first.
"""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Collection, Iterable
from math import ceil

import structlog

from bot.domain.ranks import track_of
from bot.scheduling.desk import Desk
from bot.scheduling.jobs import REACH
from bot.scheduling.suspects import is_suspect, was_begun
from bot.slack.errors import NotYet
from bot.store import claims
from bot.store.claiming import Line
from bot.store.tables import Job

PLACES = {"sqlite": 2}  # recipients served at a time; on SQLite they share one thread too
PLACES_ELSEWHERE = 8
BEGIN_FOR = 2.0
"""Seconds (real) after which a crew begins no more of what it was given."""
WHOLE_LINE = frozenset({"chat.postMessage", "chat.update"})
"""When Slack has no room for these, it has none for anything in that line."""

log = structlog.get_logger(__name__)

Do = Callable[[Desk, Job], Awaitable[NotYet | None]]


class Crews:
    """The crews of this process. Used on one event loop.

    `do` says one job, records what became of it, and returns NotYet when there was no room for it.
    """

    def __init__(self, desk: Desk, do: Do) -> None:
        self.stopping = False
        self._desk = desk
        self._do = do
        self._tasks: dict[Line, asyncio.Task[None]] = {}
        self._held: dict[Line, float] = {}  # until when Slack has no room, by the loop's watch
        self._rate: dict[Line, float] = {}  # jobs a second, when last at work

    def busy(self) -> set[Line]:
        """The lines that are at work, or wait for Slack: nothing is to be claimed for them."""
        now = _watch()
        self._held = {line: until for line, until in self._held.items() if until > now}
        return {*self._tasks, *self._held}

    @property
    def at_work(self) -> Collection["asyncio.Task[None]"]:
        """What is being done."""
        return self._tasks.values()

    def held_for(self) -> float | None:
        """The seconds until Slack has room again for the first line that waits for it."""
        return min((until - _watch() for until in self._held.values()), default=None)

    def begin(self, jobs: Iterable[Job]) -> int:
        """Hand claimed jobs to their crews, none of which is at work; returns how many crews."""
        lines: dict[Line, list[Job]] = defaultdict(list)
        for job in jobs:
            lines[line_of(job)].append(job)
        for line, mine in lines.items():
            places = self._places(line, len(lines) + len(self._tasks))
            task = asyncio.create_task(self._serve(line, mine, places))
            self._tasks[line] = task
            task.add_done_callback(lambda _, line=line: self._tasks.pop(line))  # type: ignore[misc]
        return len(lines)

    async def alone(self, jobs: list[Job]) -> None:
        """Do these one after the other, when nothing else is at work; what was begun before last.

        All of a recipient's come together, in their order.
        """
        lanes: dict[object, list[Job]] = defaultdict(list)
        for job in jobs:
            lanes[recipient_of(job)].append(job)
        in_order = sorted(lanes.values(), key=lambda lane: any(map(was_begun, lane)))
        for job in (job for lane in in_order for job in lane):
            await self._desk.quiet()
            if self.stopping:
                await self._give_back([job])
            else:
                await self._do(self._desk, job)

    async def finish(self) -> None:
        """Return when all that was begun is done."""
        while self._tasks:
            await asyncio.wait(set(self._tasks.values()))

    def _places(self, line: Line, crews: int) -> int:
        """As many as it serves in a second: more would only wait, with their leases running."""
        most = PLACES.get(self._desk.ctx.db.dialect, PLACES_ELSEWHERE)
        fair = max(1, 2 * most // max(1, crews))
        return max(1, min(most, fair, ceil(self._rate.get(line, most))))

    async def _serve(self, line: Line, jobs: list[Job], places: int) -> None:
        """All of them: several recipients at a time, each one's in the order they were claimed."""
        began = _watch()
        until = began + BEGIN_FOR
        recipients: dict[object, list[Job]] = defaultdict(list)
        for job in jobs:
            recipients[recipient_of(job)].append(job)
        begun, rest = list[Job](), list[Job]()
        free = asyncio.Semaphore(places)

        async def serve(mine: list[Job]) -> None:
            async with free:
                for job in mine:
                    await self._desk.quiet()
                    is_late = bool(begun) and _watch() >= until
                    if is_late or self.stopping or line in self._held:
                        rest.append(job)
                    else:
                        begun.append(job)
                        self._hold(line, await self._do(self._desk, job))

        async with asyncio.TaskGroup() as group:
            for mine in recipients.values():
                group.create_task(serve(mine))
        await self._give_back(rest)
        if begun:
            self._rate[line] = len(begun) / max(_watch() - began, 0.001)

    def _hold(self, line: Line, refusal: NotYet | None) -> None:
        if refusal is not None and refusal.method in WHOLE_LINE:
            until = _watch() + (refusal.retry_after or 0.0)
            self._held[line] = max(until, self._held.get(line, 0.0))

    async def _give_back(self, jobs: list[Job]) -> None:
        try:
            await claims.release_all(self._desk.ctx.db, jobs=jobs, me=self._desk.me)
        except Exception as error:  # noqa: BLE001 - their leases run out, and they are claimed again
            log.warning("jobs_not_released", jobs=len(jobs), error=type(error).__name__)


def with_suspects(jobs: list[Job]) -> list[Job]:
    """Those that may have killed a process, and what is for the same recipients."""
    whose = {recipient_of(job) for job in jobs if is_suspect(job) and job.kind not in REACH}
    return [job for job in jobs if recipient_of(job) in whose and job.kind not in REACH]


def line_of(job: Job) -> Line:
    """With which jobs this one waits."""
    return job.workspace_id, track_of(job.rank)


def recipient_of(job: Job) -> object:
    """Whom it is for: a person, the pair of a session, the leads of a round, or a programme."""
    if job.recipient_id is not None:
        return ("person", job.recipient_id)
    for whose, row_id in (
        ("session", job.session_id),
        ("round", job.round_id),  # its card comes before what is said under it
        ("programme", job.programme_id),
    ):
        if row_id is not None:
            return (whose, row_id)
    return ("job", job.id)


def _watch() -> float:
    return asyncio.get_running_loop().time()
