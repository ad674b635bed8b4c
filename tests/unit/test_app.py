"""The application as a whole: it starts or says why not, and stops without losing anything."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from bot.app import build
from bot.config import SettingProblem, Settings
from bot.handlers import registry
from bot.handlers.answers import Answer
from bot.handlers.commands import mentoring
from bot.handlers.heard import Heard
from bot.ops.storage import key_path
from bot.slack.ids import Command
from bot.store.crypto import Keyring, new_key
from bot.store.engine import Database
from bot.store.tables import Person
from tests.support.company import company, settings_for


def with_(settings: Settings, **changed: Any) -> Settings:
    return Settings.model_validate(settings.model_dump() | changed)


async def refuses(settings: Settings, *, socket_mode: bool = True) -> str:
    """The sentence with which it does not start; everything is closed afterwards."""
    application = build(settings)
    with pytest.raises(SettingProblem) as problem:
        await application.start(socket_mode=socket_mode)
    assert await application.problems() == ["not started"]
    again = build(settings)  # the file's lock was let go
    await again.stop()
    return str(problem.value)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"bot_token": ""}, "SLACK_BOT_TOKEN is missing"),
        ({"bot_token": "xoxb-wrong"}, "SLACK_BOT_TOKEN is refused by Slack (invalid_auth)"),
        ({"app_token": ""}, "SLACK_APP_TOKEN is missing"),
        ({"app_token": "xapp-wrong"}, "SLACK_APP_TOKEN is refused by Slack (invalid_auth)"),
        ({"api_url": "http://127.0.0.1:9/api/"}, "Slack cannot be reached at http://127.0.0.1:9"),
    ],
)
async def test_a_setting_that_does_not_work(
    tmp_path: Path, changed: dict[str, Any], says: str
) -> None:
    async with company(tmp_path) as acme:
        settings = settings_for(acme.server, f"sqlite:///{tmp_path / 'other.db'}")
        sentence = await refuses(with_(settings, **changed))
    assert sentence.startswith(says)
    assert "wrong" not in sentence.replace("is wrong", "")


async def test_slack_that_stumbles_over_the_socket_is_told(tmp_path: Path) -> None:
    async with company(tmp_path) as acme:
        acme.workspace.faults.add("apps.connections.open", "drop_connection")
        sentence = await refuses(settings_for(acme.server, f"sqlite:///{tmp_path / 'other.db'}"))
    assert sentence.startswith("Slack cannot be reached at")


async def test_http_needs_the_signing_secret(tmp_path: Path) -> None:
    async with company(tmp_path) as acme:
        settings = settings_for(acme.server, f"sqlite:///{tmp_path / 'other.db'}")
        changed = with_(settings, signing_secret="", app_token="")
        assert (await refuses(changed, socket_mode=False)).startswith("SLACK_SIGNING_SECRET")


async def test_a_file_in_use_is_not_opened_twice(tmp_path: Path) -> None:
    async with company(tmp_path) as acme:
        with pytest.raises(SettingProblem, match="open in another process"):
            build(acme.bot.settings)


async def test_the_key_is_made_beside_the_file(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "lantern.db"
    settings = Settings.model_validate({"database_url": f"sqlite:///{path}", "secret_keys": ""})
    for _ in range(2):
        application = build(settings)
        await application.stop()
    assert key_path(path).stat().st_mode & 0o777 == 0o600


async def test_a_key_that_is_none_is_told(tmp_path: Path) -> None:
    path = tmp_path / "lantern.db"
    key_path(path).write_text("hunter2\n")
    settings = Settings.model_validate({"database_url": f"sqlite:///{path}", "secret_keys": ""})
    with pytest.raises(SettingProblem, match="cannot be used as the key") as problem:
        build(settings)
    assert "hunter2" not in str(problem.value)


async def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("not a folder")
    url = f"sqlite:///{tmp_path / 'data' / 'lantern.db'}"
    settings = Settings.model_validate({"database_url": url, "secret_keys": new_key()})
    with pytest.raises(SettingProblem, match="cannot be written"):
        build(settings)


async def test_stopping_twice_does_no_harm(tmp_path: Path) -> None:
    async with company(tmp_path) as acme:
        await acme.bot.stop()
        await acme.bot.stop()


@pytest.mark.parametrize("http", [False, True])
async def test_stopping_finishes_what_is_under_way(
    tmp_path: Path, http: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A command that is being worked on while Lantern stops still gets its answer."""
    begun, go = asyncio.Event(), asyncio.Event()

    async def slow(heard: Heard) -> Answer:
        begun.set()
        await go.wait()
        return await mentoring(heard)

    monkeypatch.setattr(registry, "COMMANDS", {Command.MENTORING: slow})
    keys = new_key()
    async with company(tmp_path, keys=keys, http=http) as acme:
        typing = asyncio.create_task(acme["ada"].types("/mentoring help"))
        await begun.wait()
        stopping = asyncio.create_task(acme.bot.stop())
        await asyncio.sleep(0)
        go.set()
        await asyncio.gather(typing, stopping)
        await acme["ada"].reads("/mentoring taster")
    database = Database.open(f"sqlite:///{tmp_path / 'company.db'}", Keyring([keys]))
    async with database.read() as session:
        (person,) = (await session.execute(select(Person))).scalars()
    await database.close()
    assert person.slack_id == acme["ada"].id


async def test_a_stopped_one_leaves_the_file_to_the_next(tmp_path: Path) -> None:
    async with company(tmp_path) as acme:
        await acme.bot.stop()
        following = build(acme.bot.settings)
        await following.start()
        await acme.server.wait_connected()
        await acme["ada"].types("/mentoring help")
        await acme["ada"].reads("/mentoring taster")
        await following.stop()


async def test_a_language_that_nobody_translated_is_told(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'lantern.db'}"
    settings = {"database_url": url, "secret_keys": new_key(), "language": "tlh"}
    with pytest.raises(SettingProblem, match="LANTERN_LANGUAGE names 'tlh'"):
        build(Settings.model_validate(settings))
