"""The same on PostgreSQL, as far as that is another engine: which texts and numbers it takes."""

from collections.abc import AsyncIterator

import pytest

from bot.domain.numbers import MOST
from bot.services.library import Library
from bot.slack.ids import Callback
from bot.store.crypto import Keyring
from tests.contract.authorisation import ALL, CALLBACKS, row_of
from tests.contract.pressing import Nothing, Presser, is_about_something
from tests.hostile.test_fields import hostile_words, words_in
from tests.support import databases
from tests.support.door import FAR_TEAM, TEAM, Door, open_door
from tests.support.facts import Facts
from tests.support.signing import signed_body
from tests.support.who import Who
from tests.support.world import build_world
from tests.support.world_people import World

pytestmark = pytest.mark.postgresql


@pytest.fixture
async def door(
    postgres_databases: databases.Postgres, keyring: Keyring, library: Library
) -> AsyncIterator[Door]:
    url = postgres_databases.lend()
    with open_door(url, keyring, library) as opened:
        yield opened
        await opened.desk.flight.drain(5)
        await opened.desk.ctx.db.close()
    postgres_databases.take_back(url)


@pytest.fixture
async def world(door: Door) -> World:
    facts = Facts(door.desk.ctx.db)
    await build_world(facts, FAR_TEAM, mark="F")
    return await build_world(facts, TEAM)


async def test_nobody_gets_what_is_not_theirs_and_numbers_are_numbers(
    door: Door, world: World
) -> None:
    presser = Presser(door, world.ids)
    for key in filter(is_about_something, ALL):
        stranger = next(
            who for who in (Who.COLLEAGUE, Who.OUTSIDER) if who not in row_of(key).may.who
        )
        refused = await presser.press(key, stranger)
        assert refused.errors, key
        assert not refused.faults, (key, refused.faults)
        for strange in (MOST, MOST + 1, -1, "x", "٣"):
            outcome = await presser.press(key, sorted(row_of(key).may.who)[0], Nothing(strange))
            assert outcome.errors or outcome.body.get("errors"), (key, strange)
            assert not outcome.faults, (key, strange, outcome.faults)


@pytest.mark.parametrize("text", ["\x00", "a\x00b\ud800", hostile_words("mark", 3000)], ids=len)
async def test_any_words_are_kept_or_refused(door: Door, world: World, text: str) -> None:
    presser = Presser(door, world.ids)
    bodies = {
        key: await presser.body(key, sorted(CALLBACKS[key].may.who)[0], world.ids)
        for key in Callback
        if key is not Callback.FORGET  # whoever it forgets can fill in nothing more
    }
    for key, body in bodies.items():
        for block in words_in(body["view"]):
            for held in body["view"]["state"]["values"][block].values():
                held["value"] = text
        outcome = await door.send(signed_body(body))
        assert not outcome.faults, (key, outcome.faults)
