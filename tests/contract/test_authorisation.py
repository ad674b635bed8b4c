"""Who may do what: every id, pressed by every kind of person, with everybody else's objects.

The rows are in `authorisation.py`, how each comes in from Slack in `presses.py`. Where somebody
may not, nothing in the database changes but the sentence that says so, no form opens, and nothing
of what it is about is told.
"""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.handlers.actions import ACTIONS
from bot.handlers.commands import SUBCOMMANDS
from bot.handlers.registry import COMMANDS, SHORTCUTS
from bot.handlers.submissions import SUBMISSIONS
from bot.services.library import Library
from bot.slack.ids import Action, Callback, Command, Shortcut, Subcommand
from bot.store.crypto import Keyring
from tests.contract import authorisation, presses
from tests.contract.authorisation import ALL, Id, row_of
from tests.contract.built import Built
from tests.contract.pressing import Nothing, Presser, is_about_something
from tests.contract.seen import Seen
from tests.support import databases
from tests.support.door import Door, File, open_door
from tests.support.who import Who

ROOT = Path(__file__).resolve().parents[2]


def test_every_id_has_its_row_and_every_row_its_id() -> None:
    assert set(authorisation.ACTIONS) == set(Action) == set(ACTIONS) == set(presses.ACTIONS)
    assert set(authorisation.CALLBACKS) == set(Callback) == set(SUBMISSIONS) == set(presses.FORMS)
    assert set(authorisation.SUBCOMMANDS) == set(Subcommand) == set(SUBCOMMANDS)
    assert set(authorisation.SHORTCUTS) == set(Shortcut) == set(SHORTCUTS)
    assert set(presses.COMMANDS) == set(Subcommand)
    assert set(presses.SHORTCUTS) == set(Shortcut)
    assert set(COMMANDS) == set(Command)


def test_the_page_is_as_the_rows_are() -> None:
    """`python -m tests.contract.authorisation > docs/authorisation.md` makes it anew."""
    assert (ROOT / "docs/authorisation.md").read_text("utf-8") == authorisation.page()


@pytest.fixture
async def door(
    built: Built, tmp_path: Path, keyring: Keyring, library: Library
) -> AsyncIterator[Door]:
    url = databases.sqlite_copy(built.path, tmp_path)
    with open_door(url, keyring, library) as opened:
        yield opened
        await opened.desk.flight.drain(5)
        await opened.desk.ctx.db.close()


@pytest.fixture
def file(door: Door, tmp_path: Path) -> Iterator[File]:
    (path,) = tmp_path.glob("*.db")
    opened = File(path)
    yield opened
    opened.close()


@pytest.mark.parametrize("key", ALL, ids=repr)
async def test_who_may(door: Door, file: File, built: Built, key: Id) -> None:
    presser, wrong = Presser(door, built.here.ids), []
    await presser.prepare(key)
    file.keep()
    for who in Who:
        before, notices = file.snapshot(), file.notices()
        outcome = await presser.press(key, who)
        seen = Seen(outcome, file.notices()[len(notices) :], before, file.snapshot())
        wrong += [f"{who}: {why}" for why in seen.wrong(key, who)]
        if seen.changed():
            file.restore()
    assert not wrong, "\n".join(wrong)


NOT_THERE = 999_999
"""An id that nothing in the tests' databases has."""


@pytest.mark.parametrize("key", [key for key in ALL if is_about_something(key)], ids=repr)
async def test_what_is_not_theirs(door: Door, file: File, built: Built, key: Id) -> None:
    """Whoever may with an object of their own may not with another workspace's, nor with none."""
    presser, wrong = Presser(door, built.here.ids), []
    await presser.prepare(key)
    file.keep()
    for what, ids in (("far", built.far.ids), ("gone", Nothing(NOT_THERE))):
        for who in sorted(row_of(key).may.who | {Who.ADMIN}):
            before, notices = file.snapshot(), file.notices()
            outcome = await presser.press(key, who, ids)
            seen = Seen(outcome, file.notices()[len(notices) :], before, file.snapshot())
            wrong += [f"{what}, {who}: {why}" for why in seen.wrongly_allowed(who)]
            if seen.changed():
                file.restore()
    assert not wrong, "\n".join(wrong)
