"""Two companies with one Lantern: nobody reaches, changes or learns anything of the other's.

Each installed the app in a browser and has a token of its own (`tests/support/neighbours.py`). Who
may press a button in one company presses it with ids of the other, all of them and one at a time.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contract.authorisation import ALL, Id, row_of
from tests.contract.pressing import Presser, is_about_something
from tests.contract.seen import Seen
from tests.contract.tampering import tampered
from tests.support.apart import Apart
from tests.support.door import Outcome
from tests.support.neighbours import Neighbours, neighbours
from tests.support.who import Who


@pytest.fixture(scope="module")
def next_door(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Neighbours]:
    with neighbours(sqlite_template, tmp_path_factory.mktemp("street")) as found:
        yield found


@pytest.fixture(scope="module")
def apart(next_door: Neighbours) -> Apart:
    return Apart(next_door.file)


def pressers(key: Id) -> list[Who]:
    """Somebody who may."""
    return [min(row_of(key).may.who)]


@pytest.mark.parametrize("key", ALL, ids=repr)
def test_what_is_next_door_is_out_of_reach(next_door: Neighbours, apart: Apart, key: Id) -> None:
    at, wrong = next_door, list[str]()
    at.file.keep()
    presser = Presser(at, at.own.ids)
    try:
        at.runner.run(presser.prepare(key))
        at.file.keep()
        for who in pressers(key) if is_about_something(key) else ():
            before, notices = at.file.snapshot(), at.file.notices()
            outcome = at.runner.run(presser.press(key, who, at.other.ids))
            seen = Seen(outcome, at.file.notices()[len(notices) :], before, at.file.snapshot())
            wrong += [f"{who}: {why}" for why in (*seen.wrongly_allowed(who), *leaks(at, outcome))]
            at.file.restore()
        wrong += one_by_one(at, apart, presser, key)
    finally:
        at.file.restore()
    assert not wrong, "\n".join(wrong)


def one_by_one(at: Neighbours, apart: Apart, presser: Presser, key: Id) -> Iterator[str]:
    """What is wrong when one id of several is next door's."""
    body = at.runner.run(presser.body(key, min(row_of(key).may.who), at.own.ids))
    before, theirs = at.file.snapshot(), apart.rows(at.other.team)
    for turned, tampered_body in tampered(body, at.own, at.other):
        outcome = at.runner.run(at.comes_in(tampered_body))
        for why in leaks(at, outcome):
            yield f"{turned}: {why}"
        if outcome.faults or outcome.status != 200:
            yield f"{turned}: went wrong: {outcome.status} {outcome.faults}"
        if at.file.snapshot() != before:
            if apart.rows(at.other.team) != theirs:
                yield f"{turned}: changed something next door"
            for link in apart.links():
                yield f"{turned}: {link} leads next door"
        if at.file.has_changed():
            at.file.restore()


def leaks(at: Neighbours, outcome: Outcome) -> Iterator[str]:
    """What was said to the other company, or of it."""
    if calls := at.heard_next_door():
        yield f"called with the other's token: {calls}"
    text = outcome.text()
    for word in at.other.words():
        if word in text:
            yield f"reads {word!r}"
