"""What is wrong, and what to do about it: one line a thing. The checks are in `bot.ops.checks`."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random

from bot.clock import Clock, RealClock
from bot.config import ENV_FILE, SettingProblem, Settings
from bot.ops.checks import Wrong, doors, slack, store, words, work
from bot.ops.checks.names import misspelt
from bot.ops.spoken import spoken
from bot.ops.storage import is_there, open_database
from bot.services.context import Context
from bot.services.library import Library
from bot.store import migrations
from bot.store.engine import Database

__all__ = ["Finding", "examine"]

Check = Callable[[], Awaitable[str]]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; `words` say how it is, or what to do."""

    name: str
    ok: bool
    words: str

    def __str__(self) -> str:
        return f"{'✓' if self.ok else '✗'} {self.name}: {self.words}"


async def examine(
    settings: Settings, *, socket_mode: bool = True, clock: Clock | None = None
) -> list[Finding]:
    """Look at everything, also after something was found wrong. Changes nothing."""
    findings = [
        await _look("settings", lambda: _settings(settings)),
        await _look("data", words.data),
        await _look("templates", lambda: words.templates(settings)),
        await _look("time zones", words.zones),
    ]
    path = settings.sqlite_path
    database = None
    try:
        if path is not None and not is_there(path):
            findings.append(await _look("database", lambda: store.none_yet(path)))
        else:
            # Not alone: the doctor may look while Lantern is running.
            database = open_database(settings, alone=False)
    except SettingProblem as problem:
        findings.append(Finding("database", False, str(problem)))
    if database is None:
        return findings + [await _look(*each) for each in _of_slack(settings, socket_mode, None)]
    try:
        clock = clock or RealClock(settings.clock_speed)
        findings += await _database(settings, database, clock)
        for each in _of_slack(settings, socket_mode, _context(database, clock)):
            findings.append(await _look(*each))
    finally:
        await database.close()
    return findings


async def _look(name: str, check: Check) -> Finding:
    try:
        return Finding(name, True, await check())
    except (Wrong, SettingProblem) as wrong:
        return Finding(name, False, str(wrong))
    except Exception as error:  # noqa: BLE001 - a doctor examines to the end
        return Finding(name, False, f"{type(error).__name__} while looking at it.")


async def _settings(settings: Settings) -> str:
    spoken(settings)
    for name, meant in misspelt().items():
        raise Wrong(f"{name} is not one of Lantern's and does nothing: is {meant} meant?")
    if _is_open(Path(ENV_FILE)):
        raise Wrong("others on this machine may read .env, where tokens are: chmod 600 it.")
    if settings.clock_speed != 1:
        return f"they are valid; a rehearsal, {settings.clock_speed:g} times as fast as life."
    return "they are valid."


def _is_open(file: Path) -> bool:
    return file.exists() and bool(file.stat().st_mode & 0o077)


async def _database(settings: Settings, database: Database, clock: Clock) -> list[Finding]:
    found = await _look("database", lambda: store.schema(database))
    if not found.ok:
        return [found]
    now, wall = clock.now(), clock.wall()
    checks: tuple[tuple[str, Check], ...] = (
        ("schema", lambda: store.drift(database)),
        ("keys", lambda: store.keys(settings, database)),
        ("people's zones", lambda: work.known_zones(database)),
        ("backlog", lambda: work.waiting(database, now, wall)),
        ("tried again", lambda: work.tried(database)),
        ("given up", lambda: work.given_up(database, now)),
    )
    room = await _look("room", lambda: store.room(settings, database))
    ours = [await _look(name, partial(_once_ours, database, check)) for name, check in checks]
    return [found, room, *ours]


async def _once_ours(database: Database, check: Check) -> str:
    if await migrations.revision(database) != migrations.head():
        return "looked at once the database is of this version."
    return await check()


async def _installations(settings: Settings, ctx: Context | None) -> str:
    settings.need_many()
    if ctx is None:
        return "looked at once there is a database."
    return await _once_ours(ctx.db, partial(doors.installations, settings, ctx))


def _context(database: Database, clock: Clock) -> Context:
    return Context(database, clock, Library.load(), Random(0))  # noqa: S311 - nothing is drawn


def _of_slack(
    settings: Settings, socket_mode: bool, ctx: Context | None
) -> list[tuple[str, Check]]:
    checks: list[tuple[str, Check]] = [("clock", lambda: slack.clock(settings))]
    if settings.serves_many and not socket_mode:
        checks.append(("installations", partial(_installations, settings, ctx)))
    else:
        checks.append(("bot token", lambda: slack.bot_token(settings)))
        checks.append(("scopes", lambda: slack.scopes(settings)))
    if socket_mode:
        checks.append(("app token", lambda: slack.app_token(settings)))
    else:
        checks.append(("signing secret", lambda: slack.signing_secret(settings)))
    return checks
