"""Never more than the tier in any minute, whatever several processes do and clocks are set to.

The paces are the real ones, each a process of its own; only the shelf they share has a clock that
is set, and answers late. What was allowed is noted at the moment at which it may reach Slack.
"""

import asyncio
from random import Random

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from bot.domain.pace_book import SPREAD, Book, Reading
from bot.slack.errors import NotYet
from bot.slack.pace import LATE, OwnShelf, Pace
from bot.slack.pace.tiers import POST, TIERS
from tests.support.rushing import rush

PROCESSES = 4
METHODS = (POST, "chat.update", "users.info", "users.list", "views.open")


def watch() -> float:
    return asyncio.get_running_loop().time()


class SetClock:
    """A shelf for several processes, with a clock that jumps and a way there that takes a while."""

    def __init__(self, chance: Random) -> None:
        self._inner = OwnShelf()
        self._chance = chance
        self.ahead = 1_000_000.0
        self.lost = 0

    async def read(self, team_id: str, method: str) -> Reading:
        reading = await self._inner.read(team_id, method)
        reading = Reading(reading.book, reading.version, watch() + self.ahead)
        await asyncio.sleep(self._chance.uniform(0, 0.05))
        return reading

    async def write(self, team_id: str, method: str, book: Book, version: int) -> bool:
        await asyncio.sleep(self._chance.uniform(0, 0.02))
        written = await self._inner.write(team_id, method, book, version)
        self.lost += not written
        return written


class Eyes:
    """One process's view of the shelf; `looked` whether it has seen the clock since it was set."""

    def __init__(self, shelf: SetClock) -> None:
        self._shelf = shelf
        self.looked = False

    async def read(self, team_id: str, method: str) -> Reading:
        reading = await self._shelf.read(team_id, method)
        self.looked = True
        return reading

    async def write(self, team_id: str, method: str, book: Book, version: int) -> bool:
        return await self._shelf.write(team_id, method, book, version)


class Company:
    """Several processes that call one method as often as they may, and what befalls them."""

    def __init__(self, method: str, chance: Random) -> None:
        self.chance, self.method = chance, method
        self.shelf = SetClock(chance)
        self.arrived: list[float] = []
        self._tasks: list[list[asyncio.Task[None]]] = [[] for _ in range(PROCESSES)]
        self._eyes = [Eyes(self.shelf) for _ in range(PROCESSES)]

    def hire(self, number: int) -> None:
        """Start a process, anew if there was one; what it had taken is lost."""
        for task in self._tasks[number]:
            task.cancel()
        self._eyes[number] = Eyes(self.shelf)
        pace = Pace(self._eyes[number], "T1")
        self._tasks[number] = [
            asyncio.create_task(self._work(pace, at_once=n == 0)) for n in range(4)
        ]

    async def fire_all(self) -> None:
        tasks = [task for each in self._tasks for task in each]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def set_clock(self, by: float) -> None:
        """Set the shelf's clock, which everybody has seen before, and will before the next time.

        Whoever sees it for the first time just after it was set could only believe it.
        """
        await self._everybody_looks()
        self.shelf.ahead += by
        for each in self._eyes:
            each.looked = False
        await self._everybody_looks()

    async def _everybody_looks(self) -> None:
        while not all(each.looked for each in self._eyes):  # noqa: ASYNC110 - time is skipped
            await asyncio.sleep(0.5)

    async def _work(self, pace: Pace, *, at_once: bool) -> None:
        while True:
            try:
                async with pace.turn(self.method, at_once=at_once):
                    self.arrived.append(watch() + self.chance.uniform(0, SPREAD - LATE))
            except NotYet as error:
                await asyncio.sleep(error.retry_after or 0.1)


steps = st.floats(-7200, 7200, allow_nan=False)
acts = st.lists(
    st.one_of(
        st.tuples(st.just("wait"), st.floats(0.01, 25)),
        st.tuples(st.just("set"), steps),
        st.tuples(st.just("anew"), st.integers(0, PROCESSES - 1).map(float)),
    ),
    max_size=6,
)


@settings(max_examples=30, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(method=st.sampled_from(METHODS), acts=acts, seed=st.integers(0, 2**32))
def test_never_more_than_the_tier_in_any_minute(
    method: str, acts: list[tuple[str, float]], seed: int
) -> None:
    async def work() -> list[float]:
        company = Company(method, Random(seed))
        for number in range(PROCESSES):
            company.hire(number)
        for act, by in [("wait", 20.0), *acts, ("wait", 40.0)]:
            if act == "wait":
                await asyncio.sleep(by)
            elif act == "set":
                await company.set_clock(by)
            else:
                company.hire(int(by))
        await company.fire_all()
        return sorted(company.arrived)

    arrived = rush(work())
    first = 0
    for last, at in enumerate(arrived):
        while arrived[first] <= at - 60:
            first += 1
        assert last - first + 1 <= TIERS[method].a_minute
    assert arrived


def test_processes_share_the_whole_of_it() -> None:
    async def work() -> tuple[float, int]:
        company = Company(POST, Random(1))
        for number in range(PROCESSES):
            company.hire(number)
        await asyncio.sleep(360)
        await company.fire_all()
        minutes = sum(60 <= at < 360 for at in company.arrived) / 5
        return minutes, company.shelf.lost

    a_minute, lost = rush(work())
    assert a_minute >= 0.95 * TIERS[POST].a_minute
    assert lost > 0  # they did get in each other's way
