"""Keys: the first seals, all of them open, a wrong one is a KeyProblem and never a wrong text."""

import os
import stat
from pathlib import Path
from typing import IO

import pytest
from sqlalchemy import text

from bot.store.crypto import KeyProblem, Keyring, key_file, keyring_of, new_key
from bot.store.engine import Database, make_engine
from bot.store.tables import Draft
from tests.support.clock import MONDAY
from tests.support.facts import Facts

OLD, NEW = new_key(), new_key()


@pytest.mark.parametrize("words", ["", "Ünïcode 🙂", "a\n\tb", "x" * 3000])
def test_sealed_and_opened(words: str) -> None:
    ring = Keyring([NEW])
    token = ring.seal(words)
    assert ring.open(token) == words
    assert token != ring.seal(words)  # the same words twice do not look the same


def test_a_new_key_in_front_still_opens_the_old_texts() -> None:
    old = Keyring([OLD]).seal("words")
    both = Keyring([NEW, OLD])
    assert both.open(old) == "words"
    with pytest.raises(KeyProblem):
        Keyring([OLD]).open(both.seal("words"))


@pytest.mark.parametrize(
    "keys", [[], ["short"], ["*" * 44], [NEW, ""], [NEW + OLD], [f"{NEW} {OLD}"]]
)
def test_keys_that_are_none(keys: list[str]) -> None:
    with pytest.raises(KeyProblem):
        Keyring(keys)


@pytest.mark.parametrize("token", ["", "not a token", "gAAAAA"])
def test_what_is_not_sealed_is_not_opened(token: str) -> None:
    with pytest.raises(KeyProblem):
        Keyring([NEW]).open(token)


def test_a_key_file_is_made_once_and_for_its_owner(tmp_path: Path) -> None:
    path = tmp_path / "key"
    key = key_file(path)
    assert Keyring([key]).open(Keyring([key_file(path)]).seal("words")) == "words"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_half_a_key_is_not_left_on_a_full_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = os.open("/dev/full", os.O_WRONLY)
    opened = os.fdopen

    def nowhere(descriptor: int, mode: str) -> IO[str]:
        os.close(descriptor)
        return opened(full, mode)

    monkeypatch.setattr(os, "fdopen", nowhere)
    with pytest.raises(OSError, match="No space left"):
        key_file(tmp_path / "key")
    monkeypatch.undo()
    assert not (tmp_path / "key").exists()
    assert Keyring([key_file(tmp_path / "key")])


def test_an_engine_without_a_keyring() -> None:
    from sqlalchemy.dialects import sqlite

    with pytest.raises(KeyProblem):
        keyring_of(sqlite.dialect())
    ring = Keyring([NEW])
    assert keyring_of(make_engine("sqlite://", ring).sync_engine.dialect) is ring


async def test_rotation_in_the_database(database_url: str, keyring: Keyring) -> None:
    first = Database.open(database_url, Keyring([OLD]), alone=False)
    person = await Facts(first).person()
    draft = await Facts(first).add(Draft(person_id=person.id, text="words", made_at=MONDAY))
    await first.close()

    rotated = Database.open(database_url, Keyring([NEW, OLD]), alone=False)
    assert (await Facts(rotated).one(Draft, draft.id)).text == "words"
    async with rotated.work() as work:
        row = await work.session.get_one(Draft, draft.id)
        row.text = "other words"
        await work.commit()
    async with rotated.read() as session:
        sealed = (await session.execute(text("SELECT text FROM draft"))).scalar_one()
    assert Keyring([NEW]).open(str(sealed)) == "other words"
    await rotated.close()
