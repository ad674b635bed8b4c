"""People for the use cases: a mentee and a mentor in London, and the story of the two."""

import pytest

from bot.services.context import Context
from bot.store.engine import Database
from bot.store.tables import Person
from tests.services.leading import Leading
from tests.services.rounds import Rounds, a_programme
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


@pytest.fixture
def leading(story: Story) -> Leading:
    """What leads and people do around a programme."""
    return Leading(story)


@pytest.fixture
async def rounds(story: Story) -> Rounds:
    """A programme with a lead and nobody else in it yet."""
    return await a_programme(story)
