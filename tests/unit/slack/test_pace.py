"""Turns within one process: evenly, in order, whoever is waited for first; nobody waits long."""

import asyncio
from collections import Counter
from itertools import pairwise
from typing import ClassVar

import pytest

from bot.domain.pace_book import Book, Reading
from bot.meter import Turn, Unmeasured
from bot.slack.errors import NotYet, Transient
from bot.slack.gateway import Gateway, new_client
from bot.slack.pace import FOR_PEOPLE, PATIENCE, OwnShelf, Pace, Paces
from bot.slack.pace.tiers import CHANNEL_GAP, POST, TIERS
from tests.support.rushing import rush
from tests.unit.slack.fake_slack import FakeSlack
from tests.unit.slack.test_gateway import HELLO, HOME, VIEW


def now() -> float:
    return asyncio.get_running_loop().time()


async def call(
    pace: Pace, method: str, times: list[float], *, at_once: bool = False, channel: str = ""
) -> None:
    async with pace.turn(method, channel=channel or None, at_once=at_once):
        times.append(now())


async def keep_calling(pace: Pace, method: str, times: list[float], until: float) -> None:
    while now() < until:
        try:
            await call(pace, method, times)
        except NotYet as error:
            await asyncio.sleep(error.retry_after or 0.1)


def most_in_a_minute(times: list[float]) -> int:
    times = sorted(times)
    return max(sum(at <= each < at + 60 for each in times) for at in times)


@pytest.mark.parametrize("method", sorted(TIERS))
def test_never_more_than_the_tier_and_most_of_it(method: str) -> None:
    times: list[float] = []
    tier = TIERS[method]

    async def work() -> None:
        pace = Pace(OwnShelf(), "T1")
        callers = [keep_calling(pace, method, times, 600) for _ in range(12)]
        await asyncio.gather(*callers)

    rush(work())
    assert most_in_a_minute(times) <= tier.a_minute
    if tier.common is not None:
        in_the_end = sum(300 <= each < 600 for each in times) / 5
        assert in_the_end > 0.55 * tier.a_minute
        assert (method != POST) or in_the_end >= 0.95 * tier.a_minute


def test_first_come_first_served() -> None:
    async def work() -> list[int]:
        pace, order = Pace(OwnShelf(), "T1"), list[int]()

        async def one(number: int) -> None:
            async with pace.turn(POST, channel=f"D{number}"):
                order.append(number)

        await asyncio.gather(*(one(number) for number in range(20)))
        return order

    assert rush(work()) == list(range(20))


def test_who_is_waited_for_goes_first_and_more_than_is_kept_soon_after() -> None:
    async def work() -> tuple[list[float], float]:
        pace = Pace(OwnShelf(), "T1")
        calm: list[float] = []
        crowd = [asyncio.create_task(keep_calling(pace, POST, calm, 60)) for _ in range(20)]
        await asyncio.sleep(30)
        urgent: list[float] = []
        await asyncio.gather(*(call(pace, POST, urgent, at_once=True) for _ in range(8)))
        began = 30.0
        await asyncio.gather(*crowd)
        assert most_in_a_minute(calm + urgent) <= TIERS[POST].a_minute
        return urgent, began

    urgent, began = rush(work())
    assert urgent[0] == began
    assert max(urgent) <= began + FOR_PEOPLE


def test_a_form_never_waits_longer_than_its_trigger_lives() -> None:
    async def work() -> Counter[str]:
        pace, found = Pace(OwnShelf(), "T1"), Counter[str]()

        async def click() -> None:
            began = now()
            try:
                await call(pace, "views.open", [], at_once=True)
                found["opened"] += 1
            except NotYet:
                found["told to try again"] += 1
            assert now() - began <= FOR_PEOPLE

        await asyncio.gather(*(click() for _ in range(100)))
        return found

    found = rush(work())
    assert found["opened"] > 30
    assert found["told to try again"] > 0


def test_what_slack_asks_for_is_heard_and_nobody_waits_it_out() -> None:
    async def work() -> None:
        pace = Pace(OwnShelf(), "T1")
        with pytest.raises(Transient):
            async with pace.turn("chat.update"):
                raise Transient("ratelimited", 30)
        began = now()
        for at_once in (True, False):
            with pytest.raises(NotYet) as caught:
                await call(pace, "chat.update", [], at_once=at_once)
            assert caught.value.retry_after == pytest.approx(30, abs=0.1)
        assert now() == began
        await call(pace, POST, [])  # another method, which Slack did not mean
        await asyncio.sleep(30)
        await call(pace, "chat.update", [])

    rush(work())


def test_patience_is_short() -> None:
    async def work() -> tuple[int, float]:
        pace, put_off, longest = Pace(OwnShelf(), "T1"), 0, 0.0

        async def one() -> None:
            nonlocal put_off, longest
            began = now()
            try:
                await call(pace, "users.list", [])
            except NotYet:
                put_off += 1
            longest = max(longest, now() - began)

        await asyncio.gather(*(one() for _ in range(30)))
        return put_off, longest

    put_off, longest = rush(work())
    assert put_off > 20
    assert longest <= PATIENCE


def test_each_wait_is_told_with_its_end() -> None:
    class Told(Unmeasured):
        waits: ClassVar[list[tuple[str, str, float]]] = []

        def waited(self, method: str, turn: Turn, seconds: float) -> None:
            self.waits.append((method, turn, round(seconds, 1)))

    async def work() -> None:
        pace = Pace(OwnShelf(), "T1", Told())
        for _ in range(2):
            await call(pace, POST, [], channel="D1")
        with pytest.raises(Transient):
            async with pace.turn("chat.update"):
                raise Transient("ratelimited", 30)
        with pytest.raises(NotYet):
            await call(pace, "chat.update", [])

    rush(work())
    assert Told.waits == [
        (POST, "came", 0.0),
        (POST, "came", CHANNEL_GAP),
        ("chat.update", "came", 0.0),
        ("chat.update", "put_off", 0.0),
    ]


def test_one_channel_is_spoken_to_once_a_second() -> None:
    async def work() -> list[float]:
        pace, times = Pace(OwnShelf(), "T1"), list[float]()
        await asyncio.gather(*(call(pace, POST, times, channel="D1") for _ in range(4)))
        await call(pace, POST, times, channel="D1", at_once=True)
        return times

    times = rush(work())
    assert all(b - a >= CHANNEL_GAP - 1e-6 for a, b in pairwise(times))


def test_workspaces_do_not_wait_for_each_other() -> None:
    async def work() -> float:
        paces = Paces(OwnShelf())
        assert paces.of("T1") is paces.of("T1")
        crowd = [asyncio.create_task(call(paces.of("T1"), POST, [])) for _ in range(20)]
        await asyncio.sleep(0)
        await call(paces.of("T2"), POST, [])
        waited = now()
        await asyncio.gather(*crowd)
        return waited

    assert rush(work()) == 0


class Broken:
    """Books that cannot be read."""

    async def read(self, team_id: str, method: str) -> Reading:
        raise OSError("no database")

    async def write(self, team_id: str, method: str, book: Book, version: int) -> bool:
        raise OSError("no database")


class Slow(Broken):
    async def read(self, team_id: str, method: str) -> Reading:
        await asyncio.sleep(3600)
        raise OSError("no database")


@pytest.mark.parametrize("shelf", [Broken(), Slow()])
def test_without_books_a_form_opens_all_the_same(shelf: Broken) -> None:
    async def work() -> float:
        await call(Pace(shelf, "T1"), "views.open", [], at_once=True)
        return now()

    assert rush(work()) < 3


def test_without_books_what_can_wait_fails_and_is_tried_again() -> None:
    with pytest.raises(OSError, match="no database"):
        rush(call(Pace(Broken(), "T1"), POST, []))


@pytest.mark.parametrize("shelf", [Broken(), Slow()])
def test_without_books_a_429_is_still_a_429(shelf: Broken) -> None:
    async def work() -> float:
        began = now()
        with pytest.raises(Transient, match="ratelimited"):
            async with Pace(shelf, "T1").turn("views.open", at_once=True):
                raise Transient("ratelimited", 30)
        return now() - began

    assert rush(work()) < 6


async def test_every_call_of_the_gateway_has_its_tier(slack: FakeSlack) -> None:
    """An unknown method is a KeyError in the pace, so that none is forgotten in the table."""
    from datetime import UTC, datetime

    gateway = Gateway(new_client("xoxb-1", slack.url), Pace(OwnShelf(), "T1")).at_once()
    slack.says(POST, channel="C1", ts="1.2")
    slack.says("chat.update", channel="C1", ts="1.2")
    slack.says("conversations.open", channel={"id": "D1"})
    slack.says("conversations.info", channel={"id": "C1"})
    slack.says("users.info", user={"id": "U1", "name": "ada"})
    slack.says("auth.test", team_id="T1", user_id="U1")
    for view in ("open", "push", "update"):
        slack.says(f"views.{view}", view={"id": "V1"})
    await gateway.post("C1", HELLO)
    await gateway.update("C1", "1.2", HELLO)
    await gateway.ephemeral("C1", "U1", HELLO)
    await gateway.open_dm(["U1"])
    await gateway.find_posted("D1", 1, datetime.now(UTC))
    await gateway.find_posted("D1", 1, datetime.now(UTC), "1.0")
    await gateway.channel("C1")
    await gateway.open_view("t", VIEW)
    await gateway.push_view("t", VIEW)
    await gateway.update_view("V1", None, VIEW)
    await gateway.delete_file("F1")
    await gateway.publish_home("U1", HOME)
    await gateway.user("U1")
    await gateway.whoami()
    assert [each async for each in gateway.everyone()] == []
    assert [each async for each in gateway.members("C1")] == []
    files = {"files.info", "files.getUploadURLExternal", "files.completeUploadExternal"}
    assert {asked.method for asked in slack.asked} | files == set(TIERS)


async def test_who_calls_is_asked_whether_it_is_sure_when_its_turn_has_come(
    slack: FakeSlack,
) -> None:
    order: list[str] = []

    class Told(Unmeasured):
        def waited(self, method: str, turn: Turn, seconds: float) -> None:
            order.append(f"{method} {turn}")

    async def sure() -> None:
        order.append(f"sure, {len(slack.asked)} asked")
        raise LookupError

    gateway = Gateway(new_client("xoxb-1", slack.url), Pace(OwnShelf(), "T1", Told()))
    with pytest.raises(LookupError):
        await gateway.post("C1", HELLO, sure=sure)
    with pytest.raises(LookupError):
        await gateway.update("C1", "1.2", HELLO, sure=sure)
    assert order == [f"{POST} came", "sure, 0 asked", "chat.update came", "sure, 0 asked"]
    assert not slack.asked


async def test_a_429_of_slack_is_heard_by_the_pace(slack: FakeSlack) -> None:
    gateway = Gateway(new_client("xoxb-1", slack.url), Pace(OwnShelf(), "T1"))
    slack.says(POST, status=429, headers={"Retry-After": "30"}, ok=False)
    with pytest.raises(Transient):
        await gateway.post("C1", HELLO)
    with pytest.raises(NotYet):
        await gateway.post("C2", HELLO)
    assert len(slack.asked) == 1
