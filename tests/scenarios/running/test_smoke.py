"""The whole bot answers through both front doors, on both databases."""

from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from tests.support.company import Company, company


@pytest.fixture(params=["socket", "http"])
async def acme(
    request: pytest.FixtureRequest, tmp_path: Path, database_url: str
) -> AsyncIterator[Company]:
    """A company whose bot is reached by Socket Mode, or by signed HTTP."""
    http = request.param == "http"
    async with company(tmp_path, database_url=database_url, http=http) as running:
        yield running


async def test_help_lists_what_can_be_asked(acme: Company) -> None:
    await acme["ada"].types("/mentoring help")
    await acme["ada"].reads("/mentoring taster")


async def test_sessions_shows_what_is_open(acme: Company) -> None:
    await acme["ada"].types("/mentoring sessions")
    await acme["ada"].reads("Nothing is open for you")


async def test_a_wrong_word_is_answered_with_the_nearest(acme: Company) -> None:
    await acme["ada"].types("/mentoring flsh")
    await acme["ada"].reads("Perhaps you mean /mentoring flash")


async def test_a_guest_is_told_kindly(acme: Company) -> None:
    await acme["gus"].types("/mentoring flash")
    await acme["gus"].reads("guests cannot take part")


async def test_words_out_of_the_blue_are_answered(acme: Company) -> None:
    await acme["ada"].says("Hello?")
    await acme["ada"].reads("Nothing is waiting for an answer")


async def test_it_is_ready_and_stops_without_losing_anything(acme: Company) -> None:
    await acme["ada"].types("/mentoring resume")
    await acme.settle()
    assert await acme.bot.problems() == []
    await acme.bot.stop()
    assert await acme.bot.problems() == ["not started"]


@pytest.mark.parametrize("acme", ["http"], indirect=True)
async def test_an_unsigned_request_is_refused(acme: Company) -> None:
    slack, body = f"{acme.address}/slack/events", {"command": "/mentoring", "text": "help"}
    async with aiohttp.ClientSession() as session, session.post(slack, data=body) as answer:
        assert answer.status == 401


@pytest.mark.parametrize("acme", ["http"], indirect=True)
async def test_it_says_that_it_lives_and_is_ready(acme: Company) -> None:
    await acme.settle()
    async with aiohttp.ClientSession() as session:
        async with session.get(f"{acme.address}/livez") as answer:
            assert answer.status == 200
        async with session.get(f"{acme.address}/readyz") as answer:
            assert await answer.json() == {"ready": True, "problems": []}
