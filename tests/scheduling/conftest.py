"""A desk to deliver from: a recording gateway, plain words, facts made quickly."""

import pytest

from bot.domain.kinds import Role
from bot.domain.programmes import Approval
from bot.scheduling.clockwork import Clockwork
from bot.scheduling.desk import Desk
from bot.services.context import Context
from bot.store.engine import Database
from bot.store.tables import Person
from tests.scheduling.clubs import Club, a_club
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


@pytest.fixture
async def club(facts: Facts, gateway: RecordingGateway) -> Club:
    """A lead, a mentor and a mentee, all known to Slack."""
    club = await a_club(facts, await facts.person("Ada"), approval=Approval.LEAD)
    await club.join(await facts.person("Grace"), Role.MENTOR)
    await club.join(await facts.person("Bo"), Role.MENTEE)
    for person in await facts.all(Person):
        gateway.people[person.slack_id] = {"name": person.name}
    return club
