"""Buttons of yesterday: pressed after their matter came to its end, in each way that it can.

What each still does then stands in `stale.py`; whatever else is pressed is refused with a
sentence. Nothing that was over begins again, nobody who is gone is written to, and no form opens
whose words would then be refused.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from bot.domain.states import (
    ActionState,
    OfferState,
    ReferralState,
    RelationshipState,
    RequestState,
    RoundState,
    SessionState,
    is_final,
)
from bot.services.library import Library
from bot.store.crypto import Keyring
from tests.contract import presses
from tests.contract.authorisation import ALL, Id, row_of
from tests.contract.built import Built
from tests.contract.pressing import Presser, is_about_something
from tests.contract.seen import Seen
from tests.contract.stale import ASKS_ANEW, STILL
from tests.support import databases
from tests.support.door import Door, File, Outcome, open_door
from tests.support.endings import GONE, Ending, bring_about
from tests.support.who import PRIVATE, Who

KEYS = [key for key in ALL if is_about_something(key)]
STATES: dict[str, type[Any]] = {
    "action_item": ActionState,
    "offer": OfferState,
    "referral": ReferralState,
    "relationship": RelationshipState,
    "request": RequestState,
    "round": RoundState,
    "session": SessionState,
}


@dataclass(frozen=True)
class Prepared:
    """A database in which every form was opened, and what Slack sends for each id and person."""

    path: Path
    bodies: dict[tuple[str, Who], dict[str, Any]]


@pytest.fixture(scope="module")
def prepared(built: Built, tmp_path_factory: pytest.TempPathFactory, keyring: Keyring) -> Prepared:
    url = databases.sqlite_copy(built.path, tmp_path_factory.mktemp("prepared"))

    async def prepare() -> dict[tuple[str, Who], dict[str, Any]]:
        with open_door(url, keyring, Library.load()) as door:
            ids = built.here.ids
            presser = Presser(door, ids)
            for key in KEYS:
                await presser.prepare(key)
            found = {
                (repr(key), who): await presser.body(key, who, ids)
                for key in KEYS
                for who in sorted(row_of(key).may.who)[:2]
            }
            await door.desk.flight.drain(5)
            await door.desk.ctx.db.close()
        return found

    return Prepared(Path(url.removeprefix("sqlite:///")), asyncio.run(prepare()))


@pytest.fixture
async def opened(
    prepared: Prepared, tmp_path: Path, keyring: Keyring, library: Library
) -> AsyncIterator[tuple[Door, File]]:
    url = databases.sqlite_copy(prepared.path, tmp_path)
    with open_door(url, keyring, library) as door:
        file = File(Path(url.removeprefix("sqlite:///")))
        yield door, file
        file.close()
        await door.desk.flight.drain(5)
        await door.desk.ctx.db.close()


def test_every_button_has_its_word_on_what_it_still_does() -> None:
    assert set(STILL) == set(map(repr, KEYS))


def test_no_form_opens_whose_words_would_be_refused() -> None:
    for callback, form in presses.FORMS.items():
        opener = form.opener
        if isinstance(opener, tuple) or callback in ASKS_ANEW or opener not in KEYS:
            continue
        assert STILL[opener] <= STILL[callback], f"{opener!r} opens {callback!r}"


@pytest.mark.parametrize("how", Ending, ids=lambda how: how.name)
async def test_what_a_button_of_yesterday_does(
    opened: tuple[Door, File], prepared: Prepared, built: Built, how: Ending
) -> None:
    door, file = opened
    wrong = list[str]()
    await bring_about(how, door.desk.ctx, built.here)
    file.keep()
    before, lives = file.snapshot(), Lives(file)
    for key, who in chain.from_iterable(pressed(each, how) for each in KEYS):
        notices = file.notices()
        outcome = await door.comes_in(prepared.bodies[repr(key), who])
        seen = Seen(outcome, file.notices()[len(notices) :], before, file.snapshot())
        found = [*still_wrong(seen, key, who, how), *lives.wrong(), *reads(outcome, how)]
        wrong += [f"{key!r} by {who}: {why}" for why in found]
        if file.has_changed():
            file.restore()
    assert not wrong, "\n".join(wrong)


def pressed(key: Id, how: Ending) -> list[tuple[Id, Who]]:
    """One who may, and is there to press it; nobody, where nobody is left."""
    return [(key, who) for who in sorted(row_of(key).may.who - {GONE.get(how)})[:1]]


def still_wrong(seen: Seen, key: Id, who: Who, how: Ending) -> Iterator[str]:
    """What is not as `stale.py` says."""
    if how not in STILL[key]:
        yield from seen.wrongly_allowed(who)
    elif seen.refusals():
        yield f"is refused: {seen.refusals()}"
    elif seen.outcome.faults:
        yield f"went wrong: {seen.outcome.faults}"


def reads(outcome: Outcome, how: Ending) -> Iterator[str]:
    """Whether somebody reads what is deleted."""
    if how is Ending.ERASED and PRIVATE in outcome.text():
        yield "reads what was deleted"


class Lives:
    """What is over for good, and what is open with somebody who is gone; neither may change."""

    def __init__(self, file: File) -> None:
        self._file = file
        self._over, self._waiting = self._all_over(), self._all_waiting()

    def wrong(self) -> Iterator[str]:
        """What began again, or waits for somebody gone, since this was made."""
        for table, row_id in self._over - self._all_over():
            yield f"{table} {row_id} was over and began again"
        for what in self._all_waiting() - self._waiting:
            yield f"waits for somebody who is gone: {what}"

    def _all_over(self) -> set[tuple[str, int]]:
        return {
            (table, row_id)
            for table, states in STATES.items()
            for row_id, state in self._file.rows(table, of="id, state")
            if is_final(states(state))
        }

    def _all_waiting(self) -> set[tuple[str, int]]:
        gone = "(SELECT id FROM person WHERE is_deleted OR forgotten_at IS NOT NULL)"
        waiting = {
            "offer": f"state IN ('pending', 'proposed') AND mentor_id IN {gone}",
            "session": "state IN ('matched', 'scheduled') AND "
            f"(mentor_id IN {gone} OR mentee_id IN {gone} OR third_id IN {gone})",
            "request": f"state IN ('routing', 'waiting') AND mentee_id IN {gone}",
        }
        return {
            (table, row_id)
            for table, where in waiting.items()
            for (row_id,) in self._file.rows(table, where, of="id")
        }
