"""A backup of Tuesday comes back on Thursday: what was said since is not said again."""

import os
import subprocess
from datetime import timedelta
from pathlib import Path

from bot.ops.backup import backup
from bot.ops.restoring import mark, restore
from tests.scenarios.acts import THURSDAY, TUESDAY, bot_messages, scheduled
from tests.scenarios.record import assert_all_said_once
from tests.support.company import Company
from tests.support.postgres import binaries

SAID = ("Soon you meet", "In a few minutes you meet", "starts now.", "take place?")


async def _back_up(company: Company, to: Path) -> None:
    if company.settings.is_postgresql:
        _run("pg_dump", "--format=custom", f"--file={to}", _url(company))
    else:
        backup(company.settings, to)


async def _put_back(company: Company, source: Path) -> int:
    now = company.clock.now()
    if company.settings.is_postgresql:
        into = f"--dbname={_url(company)}"
        _run("pg_restore", "--clean", "--if-exists", "--no-owner", "--exit-on-error", into, source)
        return (await mark(company.settings, now)).looked_for
    return (await restore(company.settings, source, now=now, force=True)).looked_for


def _url(company: Company) -> str:
    return company.settings.database_url.get_secret_value()


def _run(tool: str, *given: str | Path) -> None:
    command = [binaries() / tool, "--no-password", *given]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "TZ": "UTC"})
    assert done.returncode == 0, done.stderr


async def test_what_was_said_since_is_not_said_again(company: Company, tmp_path: Path) -> None:
    await scheduled(company)
    await company.until(TUESDAY)
    await _back_up(company, tmp_path / "tuesday")
    await company.until(THURSDAY + timedelta(hours=1))
    await company.stop()
    assert await _put_back(company, tmp_path / "tuesday") > 0
    await company.start()
    await company.settle()
    for handle in ("ada", "bruno"):
        for once in SAID:
            assert len(bot_messages(company, handle, once)) == 1, (handle, once)
    await assert_all_said_once(company)
    await company["ada"].clicks("Yes")
    await company.settle()
    await company.let_pass(days=3)
    await assert_all_said_once(company)
