from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from bot.slack.gateway import Gateway, new_client
from tests.unit.slack.fake_slack import FakeSlack
from tests.unit.slack.rendering import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with FakeSlack() as running:
        yield running


@pytest.fixture
async def gateway(slack: FakeSlack) -> AsyncIterator[Gateway]:
    async with aiohttp.ClientSession() as session:
        yield Gateway(new_client("xoxb-1", slack.url, session))
