"""People for the use cases: a mentee and a mentor in London, and the story of the two."""

import pytest

from bot.services.context import Context
from bot.store.engine import Database
from bot.store.tables import Person
from tests.services.story import Story
from tests.support.clock import HandClock
from tests.support.facts import Facts


@pytest.fixture
def facts(database: Database) -> Facts:
    """Makes people and mentors quickly."""
    return Facts(database)


@pytest.fixture
def story(context: Context, clock: HandClock, facts: Facts) -> Story:
    return Story(context, clock, facts)


@pytest.fixture
async def mentee(facts: Facts) -> Person:
    return await facts.person("Ada")


@pytest.fixture
async def mentor(facts: Facts) -> Person:
    return await facts.mentor("Grace")
