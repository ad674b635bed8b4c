"""A desk to deliver from: a recording gateway, plain words, facts made quickly."""

import pytest

from bot.scheduling.clockwork import Clockwork
from bot.scheduling.desk import Desk
from bot.services.context import Context
from bot.store.engine import Database
from tests.support.facts import Facts
from tests.support.gateway import RecordingGateway
from tests.support.words import PlainWords


@pytest.fixture
def facts(database: Database) -> Facts:
    """Makes people, requests, offers, sessions and jobs."""
    return Facts(database)


@pytest.fixture
def gateway() -> RecordingGateway:
    """Slack, as far as jobs see it."""
    return RecordingGateway()


@pytest.fixture
def words() -> PlainWords:
    return PlainWords()


@pytest.fixture
def desk(context: Context, gateway: RecordingGateway, words: PlainWords) -> Desk:
    """One process's desk."""
    return Desk(context, gateway, words, me="one")


@pytest.fixture
def clockwork(desk: Desk) -> Clockwork:
    """The clockwork of that desk, not started: it is woken by hand and waits for nothing."""
    return Clockwork(desk, patience=0)
