"""The answers of a moment ago, and how long a moment is."""

import asyncio
from typing import Any

import pytest

from bot.handlers.answers import Answer
from bot.handlers.inbound import repeats
from bot.handlers.inbound.repeats import Repeats


class Work:
    """Begins tasks that end as they are told, and counts them."""

    def __init__(self, outcome: str = "done") -> None:
        self.begun = 0
        self._outcome = outcome

    def __call__(self) -> "asyncio.Task[Any]":
        self.begun += 1
        return asyncio.create_task(self._answer())

    async def _answer(self) -> Any:
        if self._outcome == "error":
            raise ValueError("of no account")
        return Answer(), self._outcome


async def test_while_it_is_under_way_there_is_one_of_it() -> None:
    known, work = Repeats(), Work()
    first, second = (known.answering("a", work) for _ in range(2))
    assert first[0] is second[0]
    assert (first[1], second[1], work.begun) == (False, True, 1)
    await first[0]


@pytest.mark.parametrize(
    ("outcome", "begun"), [("done", 1), ("refused", 1), ("later", 2), ("fault", 2), ("error", 2)]
)
async def test_what_came_to_nothing_is_begun_again(outcome: str, begun: int) -> None:
    known, work = Repeats(), Work(outcome)
    for _ in range(2):
        task, _ = known.answering("a", work)
        await asyncio.wait([task])
        assert task.done()
        task.exception()
    assert work.begun == begun


async def test_what_has_no_key_is_always_begun() -> None:
    known, work = Repeats(), Work()
    for _ in range(2):
        await known.answering(None, work)[0]
    assert work.begun == 2


async def test_a_moment_is_over_after_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(repeats, "monotonic", lambda: now[0])
    known, work = Repeats(), Work()
    for later in (0.0, 59.0, 2.0):
        now[0] += later
        await known.answering("a", work)[0]
    assert work.begun == 2


async def test_not_more_than_so_many_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repeats, "MOST", 3)
    known, work = Repeats(), Work()
    for key in ("a", "b", "c", "d", "a"):
        await known.answering(key, work)[0]
    assert work.begun == 5
    await known.answering("d", work)[0]
    assert work.begun == 5
