"""What Slack brings again to another process, which knows nothing of what the first one answered.

Every id is delivered twice, as it was, at two doors of one PostgreSQL: one after the other, and at
the same moment. Whoever pressed it gets nothing twice, nothing is counted twice, and what they are
told is true of what they did.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any, Final

import pytest

from bot.services.library import Library
from bot.slack.ids import Action, Callback
from bot.store.crypto import Keyring
from tests.contract.authorisation import ALL, Id, row_of
from tests.contract.pressing import Presser
from tests.support import databases
from tests.support.clock import HandClock
from tests.support.door import TEAM, Door, open_door
from tests.support.facts import Facts
from tests.support.tables import Tables
from tests.support.world import build_world

pytestmark = pytest.mark.postgresql

_TOLD: Final[dict[Id, str]] = {
    Action.ACTION_DONE: "action_done",
    Action.ACTION_DROPPED: "action_dropped",
    Action.AGREE_REFERRAL: "referral_agreed",
    Action.ASK_AGAIN: "again_asked",
    Action.CANCEL_ROUND: "round_over",
    Action.CHOOSE_PROMPT: "draft_used",
    Action.DISCARD_IMPORT: "import_over:discarded",
    Action.DROP_REFERRAL: "referral_over",
    Action.FORMAL_NO: "relationship_over",
    Action.PAIR_MENU: "round_running",
    Action.PROPOSE_SHORTER: "offer_proposed",
    Action.RATHER_NOT: "offer_over:declined",
    Action.TAKE_IMPORT: "import_over:taken",
    Action.TAKE_SHORTER: "offer_over:accepted",
    Action.TURN_DOWN: "referral_over",
    Action.WELCOME_REFERRAL: "referral_over",
}
"""What is told by DM that it is done already, in words that are true for whoever did it."""
_ANEW: Final[dict[Id, str]] = {
    Callback.FORGET: "person",  # whoever is forgotten is met anew by whatever comes from them
    Callback.PROGRAMME: "programme_draft",  # the page before the last step, kept for a day
}
"""What makes another row of this table, which nobody sees."""

# By the id as Python writes it: an action and a form may have the same text.
TOLD: Final = {repr(key): note for key, note in _TOLD.items()}
ANEW: Final = {repr(key): table for key, table in _ANEW.items()}


@dataclass
class Two:
    """Two processes, what they share, and what Slack sends for each id."""

    first: Door
    second: Door
    tables: Tables
    bodies: dict[str, Any]


@pytest.fixture
async def two(
    postgres_databases: databases.Postgres, keyring: Keyring, library: Library
) -> AsyncIterator[Two]:
    url, clock = postgres_databases.lend(), HandClock()
    with ExitStack() as stack:
        doors = [stack.enter_context(open_door(url, keyring, library, clock)) for _ in range(2)]
        world = await build_world(Facts(doors[0].desk.ctx.db), TEAM)
        tables = Tables(url)
        presser = Presser(doors[0], world.ids)
        bodies = {}
        for key in ALL:
            await presser.prepare(key)
            bodies[repr(key)] = await presser.body(key, min(row_of(key).may.who), world.ids)
        tables.keep()
        yield Two(doors[0], doors[1], tables, bodies)
        tables.close()
        for door in doors:
            await door.desk.flight.drain(5)
            await door.desk.ctx.db.close()
    postgres_databases.take_back(url)


async def test_nothing_comes_of_it_twice(two: Two) -> None:
    wrong = list[str]()
    for key in ALL:
        before = two.tables.rows()
        await two.first.comes_in(two.bodies[repr(key)])
        if two.tables.rows() == before:
            continue  # it only shows something
        once = two.tables.counts()
        wrong += [f"{key!r} later: {why}" for why in await one_after_the_other(two, key)]
        two.tables.restore()
        wrong += [f"{key!r} at once: {why}" for why in await at_the_same_moment(two, key, once)]
        two.tables.restore()
    assert not wrong, "\n".join(wrong)


async def one_after_the_other(two: Two, key: Id) -> list[str]:
    """What comes of it at the second door, when all is done at the first."""
    before, notes = two.tables.rows(), two.tables.notes()
    again = await two.second.comes_in(two.bodies[repr(key)])
    said = two.tables.notes() - notes
    return [*amiss(key, two.tables.rows() - before, said), *again.faults]


async def at_the_same_moment(two: Two, key: Id, once: Counter[str]) -> list[str]:
    """What comes of both that does not come of one, which leaves the tables so."""
    body = two.bodies[repr(key)]
    outcomes = await asyncio.gather(two.first.comes_in(body), two.second.comes_in(body))
    twice = two.tables.counts()
    more = twice - once
    said = Counter(each.split("\t")[2] for each in more.elements() if "plain_answer" in each)
    lost = [f"loses {what}" for what in once - twice]
    return [*amiss(key, more, said), *lost, *outcomes[0].faults]


def amiss(key: Id, more: Counter[str], said: Counter[str]) -> Iterator[str]:
    """What is there, or is said, once too often."""
    if said != Counter([TOLD[repr(key)]] if repr(key) in TOLD else []):
        yield f"says {dict(said)}"
    for what in more:
        # The sentence is a job, told of here as a row, and there as one more of its table.
        of_said = said and (what == "job" or "plain_answer" in what)
        if not of_said and what.split("\t")[0] != ANEW.get(repr(key)):
            yield f"makes {what}"
