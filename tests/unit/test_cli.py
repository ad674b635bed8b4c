"""The command line: what it says, and how it ends."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from structlog.testing import capture_logs
from typer.testing import CliRunner

from bot.cli import cli, main
from bot.config import Settings, variable
from bot.ops import logs
from bot.services import people
from bot.services.context import Context
from bot.services.library import Library
from bot.store.crypto import Keyring, key_file, new_key
from bot.store.engine import Database
from bot.store.tables import Draft
from tests.support.clock import MONDAY, HandClock
from tests.support.facts import Facts


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No settings but a database of the test's own, and no change to the logging of the suite."""
    for name in Settings.model_fields:
        monkeypatch.delenv(variable(name), raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(logs, "configure", lambda **_: None)


_NEED_A_DATABASE = (["migrate"], ["restored"], ["rotate"], ["revive"])


def ends(*args: str, monkeypatch: pytest.MonkeyPatch) -> int | str | None:
    monkeypatch.setattr("sys.argv", ["lantern", *args])
    with pytest.raises(SystemExit) as end:
        main()
    return end.value.code


def test_a_key_is_one_that_works() -> None:
    printed = CliRunner().invoke(cli, ["key"]).output.strip()
    keyring = Keyring([printed])
    assert keyring.open(keyring.seal("words")) == "words"


def test_a_missing_setting_ends_it_with_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ends("run", monkeypatch=monkeypatch) == 2
    said = capsys.readouterr().err
    assert said.startswith("SLACK_BOT_TOKEN is missing")
    assert len(said.splitlines()) == 1


def test_a_wrong_setting_ends_it_with_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LANTERN_CLOCK_SPEED", "-1")
    assert ends("run", monkeypatch=monkeypatch) == 2
    assert capsys.readouterr().err.startswith("LANTERN_CLOCK_SPEED is wrong")


@pytest.mark.parametrize(
    "http", ["3000", "localhost", "localhost:", "localhost:http", "localhost:65536"]
)
def test_an_address_that_is_none(
    http: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ends("run", "--http", http, monkeypatch=monkeypatch) == 2
    assert "--http takes HOST:PORT" in capsys.readouterr().err


def test_a_port_to_watch_at_that_is_none(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ends("run", "--health", "9090", monkeypatch=monkeypatch) == 2
    assert "--health takes HOST:PORT" in capsys.readouterr().err
    monkeypatch.setenv("LANTERN_HEALTH", "localhost")
    assert ends("run", monkeypatch=monkeypatch) == 2
    assert "LANTERN_HEALTH takes HOST:PORT" in capsys.readouterr().err


def test_migrate_makes_the_database_and_its_key(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ends("migrate", monkeypatch=monkeypatch) == 0
    assert "at revision" in capsys.readouterr().out
    key = tmp_path / "data/local/lantern.key"
    assert key.stat().st_mode & 0o777 == 0o600


def test_check_without_tokens_finds_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ends("run", "--check", monkeypatch=monkeypatch) == 1
    said = capsys.readouterr().out
    assert "✗ bot token: SLACK_BOT_TOKEN is missing" in said
    assert "✓ data:" in said
    assert "✓ templates:" in said


def test_a_report_of_a_programme(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ends("report", "--programme", "1", monkeypatch=monkeypatch) == 2
    assert "lantern.db does not exist" in capsys.readouterr().err
    (tmp_path / "data/local").mkdir(parents=True)
    (tmp_path / "data/local/lantern.db").touch()
    assert ends("report", "--programme", "1", monkeypatch=monkeypatch) == 2
    assert "python -m bot migrate" in capsys.readouterr().err
    assert not (tmp_path / "data/local/lantern.key").exists()
    ends("migrate", monkeypatch=monkeypatch)
    assert ends("report", "--programme", "1", monkeypatch=monkeypatch) == 1
    assert "There is no programme 1." in capsys.readouterr().err
    asyncio.run(_begin(tmp_path))
    capsys.readouterr()
    assert ends("report", "--programme", "1", "--days", "30", monkeypatch=monkeypatch) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == ["part,what,number", "programme,name,Open mentoring"]
    assert "steps,held,not shown" in lines
    file = tmp_path / "report.csv"
    assert ends("report", "--programme", "1", "--to", str(file), monkeypatch=monkeypatch) == 0
    assert file.read_bytes().startswith(b"\xef\xbb\xbfpart,what,number\r\n")
    nowhere = str(tmp_path / "nowhere" / "report.csv")
    assert ends("report", "--programme", "1", "--to", nowhere, monkeypatch=monkeypatch) == 2
    assert f"{nowhere} cannot be written" in capsys.readouterr().err
    assert ends("report", "--programme", "1", "--days", "0", monkeypatch=monkeypatch) == 2


async def _begin(folder: Path) -> None:
    """A workspace with its open programme."""
    url = f"sqlite:///{folder / 'data/local/lantern.db'}"
    database = Database.open(url, Keyring([key_file(folder / "data/local/lantern.key")]))
    ctx = Context(database, HandClock(), Library.load(), Random(1))
    await people.meet(ctx, profile=people.Profile(team_id="T1", slack_id="U1", name="Ada"))
    await database.close()


def test_a_backup_and_back(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "copy.db"
    assert ends("backup", str(copy), monkeypatch=monkeypatch) == 2
    assert "nothing to copy" in capsys.readouterr().err
    ends("migrate", monkeypatch=monkeypatch)
    assert ends("backup", str(copy), "--with-key", monkeypatch=monkeypatch) == 0
    assert "keep them apart" in capsys.readouterr().out
    assert ends("backup", str(copy), monkeypatch=monkeypatch) == 2
    assert "--force" in capsys.readouterr().err
    assert ends("restore", str(copy), monkeypatch=monkeypatch) == 2
    assert "--force" in capsys.readouterr().err
    assert ends("restore", str(copy), "--force", monkeypatch=monkeypatch) == 0
    assert "lantern.db.before" in capsys.readouterr().out
    assert ends("restored", monkeypatch=monkeypatch) == 0


def test_a_rotation(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ends("migrate", monkeypatch=monkeypatch)
    file = tmp_path / "data/local/lantern.key"
    asyncio.run(_writes(tmp_path, file.read_text().split()))
    old = file.read_text()
    file.write_text(new_key() + "\n" + old)
    capsys.readouterr()
    assert ends("rotate", monkeypatch=monkeypatch) == 0
    said = capsys.readouterr().out
    assert "draft.text: 1 sealed anew" in said
    assert "needed no longer" in said
    file.write_text(old)
    assert ends("rotate", monkeypatch=monkeypatch) == 1
    assert "No key opens 1 texts" in capsys.readouterr().err
    assert ends("rotate", "--lost", monkeypatch=monkeypatch) == 0
    assert "1 texts that no key opens were deleted." in capsys.readouterr().out


def test_nothing_that_was_given_up_is_nothing_to_revive(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ends("migrate", monkeypatch=monkeypatch)
    assert ends("revive", "--days", "3", monkeypatch=monkeypatch) == 0
    assert "0 of the last 3 days" in capsys.readouterr().out
    assert ends("revive", "--days", "0", monkeypatch=monkeypatch) == 2


def test_a_key_that_is_missing_is_not_made_anew(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ends("migrate", monkeypatch=monkeypatch)
    key = tmp_path / "data/local/lantern.key"
    asyncio.run(_writes(tmp_path, key.read_text().split()))
    key.unlink()
    capsys.readouterr()
    for command in (["run"], ["migrate"], ["rotate"], ["report", "--programme", "1"]):
        assert ends(*command, monkeypatch=monkeypatch) == 2
        assert "lantern.key is missing" in capsys.readouterr().err
    assert ends("doctor", monkeypatch=monkeypatch) == 1
    assert "✗ database: data/local/lantern.key is missing" in capsys.readouterr().out
    assert not key.exists()


def test_a_database_of_a_newer_version(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ends("migrate", monkeypatch=monkeypatch)
    with closing(sqlite3.connect(tmp_path / "data/local/lantern.db")) as opened:
        opened.execute("UPDATE alembic_version SET version_num = '9999'")
        opened.commit()
    capsys.readouterr()
    for command in (*_NEED_A_DATABASE, ["report", "--programme", "1"]):
        assert ends(*command, monkeypatch=monkeypatch) == 2
        said = capsys.readouterr().err
        assert said == "The database is at revision 9999, of a newer version: update Lantern.\n"


def test_a_file_that_one_may_not_look_at(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A name that no system takes is answered like a folder that one may not enter."""
    monkeypatch.setenv("LANTERN_DATABASE_URL", f"sqlite:///{'x' * 300}.db")
    commands = (["run"], *_NEED_A_DATABASE, ["backup", "x.db"], ["report", "--programme", "1"])
    for command in commands:
        assert ends(*command, monkeypatch=monkeypatch) == 2
        assert "cannot be" in capsys.readouterr().err
    assert ends("doctor", monkeypatch=monkeypatch) == 1
    assert ".db cannot be looked at (File name too long)" in capsys.readouterr().out


def test_a_database_that_is_away(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LANTERN_DATABASE_URL", "postgresql://lantern:hunter2@127.0.0.1:1/lantern")
    monkeypatch.setenv("LANTERN_SECRET_KEYS", new_key())
    for command in (*_NEED_A_DATABASE, ["report", "--programme", "1"]):
        assert ends(*command, monkeypatch=monkeypatch) == 2
        said = capsys.readouterr().err
        assert said.startswith("The database cannot be used")
        assert "hunter2" not in said


def test_a_fault_of_ours_is_told_without_its_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def breaks() -> str:
        raise RuntimeError("hunter2")

    monkeypatch.setattr("bot.cli.new_key", breaks)
    with capture_logs() as lines:
        assert ends("key", monkeypatch=monkeypatch) == 1
    (line,) = lines
    assert line["event"] == "fault"
    assert "hunter2" not in capsys.readouterr().err


def test_the_doctor_leaves_nothing_behind(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ends("doctor", monkeypatch=monkeypatch) == 1
    assert f"none at {tmp_path / 'data/local/lantern.db'}" in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == []


async def _writes(folder: Path, keys: list[str]) -> None:
    database = Database.open(f"sqlite:///{folder / 'data/local/lantern.db'}", Keyring(keys))
    facts = Facts(database)
    ada = await facts.person()
    await facts.add(Draft(person_id=ada.id, text="a word", made_at=MONDAY))
    await database.close()
