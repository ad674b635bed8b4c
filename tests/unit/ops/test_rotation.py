"""After a rotation the old key is needed no longer; half of one is gone on with."""

import itertools
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.config import SettingProblem
from bot.domain.job_kinds import JobKind
from bot.ops.rotation import rotate
from bot.ops.storage import need_its_keys
from bot.store import sealed
from bot.store.crypto import KeyProblem, Keyring, new_key
from bot.store.engine import Database
from bot.store.sealed import Resealed, reseal, samples, sealed_columns
from bot.store.tables import Draft, Installation, Job, Person
from tests.support.clock import MONDAY
from tests.support.facts import TEAM, Facts
from tests.support.installation import settings_with

OLD, NEW = new_key(), new_key()


@pytest.fixture
async def written(database_url: str) -> str:
    """A database in which seven drafts and a token were sealed with the old key."""
    database = Database.open(database_url, Keyring([OLD]), alone=False)
    facts = Facts(database)
    ada = await facts.person()
    for number in range(7):
        await facts.add(Draft(person_id=ada.id, text=f"words {number}", made_at=MONDAY))
    await facts.add(Installation(slack_id=TEAM, token="xoxb-one", installed_at=MONDAY))
    await database.close()
    return database_url


async def _texts(url: str, *keys: str) -> list[str]:
    database = Database.open(url, Keyring(keys), alone=False)
    try:
        facts = Facts(database)
        rows = [*await facts.all(Draft), *await facts.all(Installation)]
        return [getattr(row, "text", None) or row.token for row in rows]
    finally:
        await database.close()


async def _rotated(url: str, *keys: str) -> dict[str, Resealed]:
    return {each.name: each async for each in rotate(settings_with(url, *keys))}


EVERYTHING = [*(f"words {number}" for number in range(7)), "xoxb-one"]


async def test_the_old_key_may_go(written: str) -> None:
    done = await _rotated(written, NEW, OLD)
    assert done["draft.text"] == Resealed("draft.text", anew=7)
    assert done["installation.token"].anew == 1
    assert await _texts(written, NEW) == EVERYTHING
    with pytest.raises(KeyProblem):
        await _texts(written, OLD)


async def test_once_more_does_nothing(written: str) -> None:
    await _rotated(written, NEW, OLD)
    again = await _rotated(written, NEW, OLD)
    assert again["draft.text"] == Resealed("draft.text", kept=7)


async def test_half_of_one_goes_on(written: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealed, "BATCH", 2)
    database = Database.open(written, Keyring([NEW, OLD]), alone=False)
    steps = itertools.count(1)
    work = database.work

    def until_the_third():  # type: ignore[no-untyped-def]
        if next(steps) == 3:
            raise ConnectionError("stopped here")
        return work()

    monkeypatch.setattr(database, "work", until_the_third)
    with pytest.raises(ConnectionError):
        async for _ in reseal(database, Keyring([NEW, OLD])):
            pass
    await database.close()
    assert sorted(await _texts(written, NEW, OLD)) == sorted(EVERYTHING)  # both keys, all the time
    done = await _rotated(written, NEW, OLD)
    assert (done["draft.text"].anew, done["draft.text"].kept) == (5, 2)
    assert await _texts(written, NEW) == EVERYTHING


async def test_what_somebody_writes_meanwhile_stays(
    written: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = Keyring([NEW, OLD])
    database = Database.open(written, both, alone=False)
    read = sealed._batch

    async def then_somebody_writes(db, column, last):  # type: ignore[no-untyped-def]
        rows = await read(db, column, last)
        if column.name == "draft.text" and rows:
            async with database.work() as work:
                draft = await work.session.get_one(Draft, rows[0][0])
                draft.text = "other words"
                await work.commit()
        return rows

    monkeypatch.setattr(sealed, "_batch", then_somebody_writes)
    async for _ in reseal(database, both):
        pass
    await database.close()
    assert await _texts(written, NEW) == ["other words", *EVERYTHING[1:]]


async def test_a_lost_key_is_counted_and_stops_nothing(written: str) -> None:
    third = new_key()
    assert await _rotated(written, third) == await _rotated(written, third)
    done = await _rotated(written, third)
    assert done["draft.text"] == Resealed("draft.text", closed=7)
    assert await _texts(written, OLD) == EVERYTHING


async def test_samples_tell_an_older_key_from_a_lost_one(written: str) -> None:
    for keys, opened, older, closed in (
        ((OLD,), 7, 0, 0),
        ((NEW, OLD), 7, 7, 0),
        ((NEW,), 0, 0, 7),
    ):
        database = Database.open(written, Keyring(keys), alone=False)
        found = {each.name: each for each in await samples(database, Keyring(keys))}
        await database.close()
        draft = found["draft.text"]
        assert (draft.opened, draft.older, draft.closed) == (opened, older, closed)


def test_every_sealed_column_is_found() -> None:
    names = {column.name for column in sealed_columns()}
    assert {"agenda.content", "draft.text", "request.topic", "installation.token"} <= names


async def test_another_version_is_left_alone(written: str) -> None:
    database = Database.open(written, Keyring([OLD]), alone=False)
    async with database.work() as work:
        await work.session.execute(text("DELETE FROM alembic_version"))
        await work.commit()
    await database.close()
    with pytest.raises(SettingProblem, match="migrate"):
        await _rotated(written, NEW, OLD)


async def test_a_refresh_token_is_sealed_anew_too(database_url: str) -> None:
    database = Database.open(database_url, Keyring([OLD]), alone=False)
    pair = Installation(
        slack_id=TEAM, token="xoxe.xoxb-1", refresh_token="xoxe-1-one", installed_at=MONDAY
    )
    await Facts(database).add(pair)
    await database.close()
    done = await _rotated(database_url, NEW, OLD)
    assert done["installation.refresh_token"].anew == 1
    database = Database.open(database_url, Keyring([NEW]), alone=False)
    rows: list[Installation] = await Facts(database).all(Installation)
    await database.close()
    assert [row.refresh_token for row in rows] == ["xoxe-1-one"]


async def test_what_is_lost_for_good_is_deleted(written: str) -> None:
    database = Database.open(written, Keyring([NEW]), alone=False)
    facts = Facts(database)
    (person,) = await facts.all(Person)
    await facts.add(Draft(person_id=person.id, text="after the loss", made_at=MONDAY))
    await database.close()
    kept = await _rotated(written, NEW)
    assert kept["draft.text"] == Resealed("draft.text", kept=1, closed=7)
    settings = settings_with(written, NEW)
    gone = {each.name: each async for each in rotate(settings, lost_at=MONDAY)}
    assert gone["draft.text"] == Resealed("draft.text", kept=1, closed=7)
    database = Database.open(written, Keyring([NEW]), alone=False)
    facts = Facts(database)
    assert [draft.text for draft in await facts.all(Draft)] == [*[None] * 7, "after the loss"]
    (installation,) = await facts.all(Installation)
    assert (installation.token, installation.revoked_at) == (None, MONDAY)
    (forget,) = await facts.all(Job)  # as if the app had been removed
    assert (forget.kind, forget.due_at) == (JobKind.WORKSPACE_FORGET, MONDAY + timedelta(days=90))
    await database.close()
    async for _ in rotate(settings, lost_at=MONDAY + timedelta(days=1)):
        pass
    database = Database.open(written, Keyring([NEW]), alone=False)
    assert [job.due_at for job in await Facts(database).all(Job)] == [forget.due_at]
    await database.close()
    assert (await _rotated(written, NEW))["draft.text"] == Resealed("draft.text", kept=1)


async def test_lantern_does_not_start_with_another_key(written: str) -> None:
    for keys in ((OLD,), (NEW, OLD)):
        database = Database.open(written, Keyring(keys), alone=False)
        await need_its_keys(database)
        await database.close()
    database = Database.open(written, Keyring([NEW]), alone=False)
    with pytest.raises(SettingProblem, match="None of the keys opens what is stored"):
        await need_its_keys(database)
    await database.close()
    async for _ in rotate(settings_with(written, NEW), lost_at=MONDAY):
        pass
    database = Database.open(written, Keyring([NEW]), alone=False)
    await need_its_keys(database)
    await database.close()
