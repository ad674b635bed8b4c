"""Lets the time go by: from one thing that happens to the next, with deaths on the way."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import cycle
from random import Random
from zoneinfo import ZoneInfo

from bot.sandbox.server import Server
from tests.chaos.audit import Outage
from tests.chaos.crew import Crew
from tests.chaos.crowd import Crowd
from tests.chaos.shared_clock import SharedClock
from tests.chaos.trouble import BadDays
from tests.chaos.waiting import Waiting

START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)  # a Monday; clocks change in the weeks that follow
STEP = timedelta(minutes=8)
"""At least this much time goes by at once: a tenth of an hour late is nobody's loss."""
CALM_STEP = timedelta(minutes=30)
"""The same, as long as nothing falls due that is tied to a minute."""
STUCK_AFTER = 240.0  # real seconds, on a machine that may have much else to do
LOOK_EVERY = 0.005
SELDOM = 0.05  # the same, while much is to be done
RING_EVERY = 0.25  # while something is due that nobody has let go of
GLANCES = 2  # looks in a row that have to find nothing to do
AT_WEEKENDS = 0.1  # of the visits on other days
HABITS = (0.2, 0.4, 0.8, 2.6)  # times the visits of everybody; together as often
AT_ONCE = 12  # people who act at the same moment
DROPS, REFRESHES, OUTAGES = 0.004, 0.002, 0.001  # of all steps
LONGEST_OUTAGE = timedelta(hours=30)


class Stuck(Exception):
    """Something is due and nobody does it; says what."""


@dataclass(frozen=True, slots=True)
class Size:
    """How much of it there is. `visits` is how often a person looks into Slack, a working day;
    `trouble` how much worse Slack's days are than those of `tests.chaos.trouble`."""

    people: int = 200
    days: int = 365
    kills: int = 1000
    processes: int = 3
    seed: int = 1
    visits: float = 0.4
    trouble: float = 1.0


class Conductor:
    """Holds the clock. `outages` are the times at which nobody was at work."""

    def __init__(
        self,
        size: Size,
        clock: SharedClock,
        server: Server,
        crew: Crew,
        crowd: Crowd,
        waiting: Waiting,
        chance: Random,
        trouble: BadDays,
    ) -> None:
        self._size = size
        self._clock = clock
        self._server = server
        self._crew = crew
        self._crowd = crowd
        self._waiting = waiting
        self._chance = chance
        self._trouble = trouble
        habits = cycle(chance.sample(HABITS, len(HABITS)))
        self._habits = dict(zip(crowd.handles, habits, strict=False))
        self._agenda: list[tuple[datetime, str]] = []
        self._day = START - timedelta(days=1)
        self._doomed: int | None = None
        self.outages: list[Outage] = []
        self.steps = 0
        self.enough = False

    async def through_the_year(self, tell: Callable[[str], None]) -> None:
        """All the days, or as many as there are until somebody says that it is enough; then some
        more, in which everything that began comes to rest."""
        self._crew.start()
        await self._server.wait_connected(60)
        end = START + timedelta(days=self._size.days)
        told = START
        while self._clock.now() < end and not self.enough:
            await self._step(end)
            if self._clock.now() - told > timedelta(days=max(1, self._size.days // 60)):
                told = self._clock.now()
                tell(self._progress())
        while self._crew.kills < self._size.kills and not self.enough:
            await self._die_and_settle()
        self._trouble.scale = 0
        await self.settle()
        # A click may still be on its way through a process, long after who clicked gave up.
        await self._crew.relieve()
        await self._server.wait_connected(60)
        await self.settle()

    def _progress(self) -> str:
        rooms = self._server.workspace.conversations.values()
        said = sum(len(room.messages) for room in rooms)
        return (
            f"{self._clock.now():%Y-%m-%d}  kills {self._crew.kills}  messages {said}  "
            f"steps {self.steps}"
        )

    # -- a step

    async def _step(self, end: datetime) -> None:
        self.steps += 1
        now = self._clock.now()
        self._plan_visits(now)
        self._clock.move_to(max(await self._next(now, end), now + STEP))
        await self._bad_luck()
        await self._visits()
        await self.settle()

    async def _next(self, now: datetime, end: datetime) -> datetime:
        """When something happens: more of it at once where nothing is tied to a minute."""
        due, timely = await self._waiting.next_due(now)
        visit = self._agenda[0][0] if self._agenda else end
        calm = min(now + CALM_STEP, timely or end)
        return max(calm, min(end, visit, due or end))

    def _plan_visits(self, now: datetime) -> None:
        """Who looks into Slack on the day that begins: everybody on the first, in their hours."""
        if now < self._day + timedelta(days=1):
            return
        self._day = now.replace(hour=0, minute=0, second=0, microsecond=0)
        first = self._day.date() == START.date()
        for handle in self._crowd.handles:
            is_lead = handle.startswith("lead")
            for _ in range(2 if is_lead else 1):
                at = self._moment(handle)
                if first or self._chance.random() < self._share(handle, at):
                    self._agenda.append((at, handle))
        self._agenda.sort()

    def _share(self, handle: str, at: datetime) -> float:
        """How likely they look in then: some are there all the time, others hardly ever."""
        if at.weekday() >= 5:
            return AT_WEEKENDS * self._size.visits
        if handle.startswith("lead"):
            return 1.0
        return self._size.visits * self._habits[handle]

    def _moment(self, handle: str) -> datetime:
        zone = ZoneInfo(self._server.workspace.user(handle).tz or "UTC")
        # People come in waves: at the top of an hour.
        at = self._day.replace(hour=self._chance.randint(8, 17), tzinfo=zone)
        return at.astimezone(UTC)

    async def _visits(self) -> None:
        now = self._clock.now()
        come = [handle for at, handle in self._agenda if at <= now]
        self._agenda = [each for each in self._agenda if each[0] > now]
        for some in range(0, len(come), AT_ONCE):
            await asyncio.gather(*(self._crowd.visit(one) for one in come[some : some + AT_ONCE]))

    # -- deaths and other bad luck

    async def _bad_luck(self) -> None:
        done = (self._clock.now() - START) / timedelta(days=self._size.days)
        if self._crew.kills < self._size.kills * min(1.0, done):
            await self._death()
        if self._chance.random() < DROPS * self._trouble.scale:
            await self._server.drop_sockets(abruptly=self._chance.random() < 0.5)
        if self._chance.random() < REFRESHES * self._trouble.scale:
            await self._server.refresh_sockets()
        if self._chance.random() < OUTAGES * self._trouble.scale:
            await self._outage()

    async def _death(self) -> None:
        """At a chosen point if one of them comes there, otherwise anywhere."""
        if self._doomed is not None or self._chance.random() < 0.3:
            await asyncio.sleep(self._chance.uniform(0, 0.1))
            self._crew.kill(self._doomed)
            self._doomed = None
        else:
            self._doomed = self._crew.doom()

    async def _die_and_settle(self) -> None:
        self._crew.kill()
        self._clock.move_to(self._clock.now() + STEP)
        await self.settle()

    async def _outage(self) -> None:
        """All of them die, and hours go by before somebody notices."""
        start = self._clock.now()
        await self._crew.pause()
        length = self._chance.uniform(0.1, 1.0) * LONGEST_OUTAGE
        self._clock.move_to(start + length)
        self._crew.start()
        await self._server.wait_connected(60)
        self.outages.append(Outage(start - CALM_STEP, self._clock.now()))

    # -- coming to rest

    async def settle(self) -> None:
        """Return when nothing is due and nothing is on its way. Raises Stuck."""
        began, quiet, rung, look = time.monotonic(), 0, 0.0, LOOK_EVERY
        workspace = self._server.workspace
        while quiet < GLANCES:
            await workspace.delivery.idle()
            now = self._clock.now()
            if await self._waiting.due(now):
                quiet = 0
                if await self._waiting.let_wait(now, self._crew.dead) or time.monotonic() > rung:
                    rung = time.monotonic() + RING_EVERY
                    self._clock.ring()
                if time.monotonic() - began > STUCK_AFTER:
                    raise Stuck(str(await self._waiting.stuck(now)))
                look = min(2 * look, SELDOM)
            else:
                quiet, look = quiet + 1, LOOK_EVERY
            await asyncio.sleep(look)
