"""What is wrong, and what to do about it: one line a thing."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import yaml
from sqlmodel import SQLModel, col, select

from bot.config import SettingProblem, Settings, variable
from bot.ops.rendering import render_all
from bot.ops.storage import open_database
from bot.services.library import Library
from bot.shipped import MANIFEST
from bot.slack.calls import call
from bot.slack.errors import SlackError
from bot.slack.gateway import Gateway, new_client
from bot.slack.templates import Templates
from bot.store import migrations
from bot.store.crypto import KeyProblem
from bot.store.engine import Database
from bot.store.tables import ActionItem, Agenda, Request, ThankYou

SEALED: tuple[tuple[type[SQLModel], Any], ...] = (
    (Request, Request.topic),
    (Agenda, Agenda.content),
    (ActionItem, ActionItem.text),
    (ThankYou, ThankYou.text),
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; `words` say how it is, or what to do."""

    name: str
    ok: bool
    words: str

    def __str__(self) -> str:
        return f"{'✓' if self.ok else '✗'} {self.name}: {self.words}"


class Wrong(Exception):
    """A check that failed; the text says what to do."""


async def examine(settings: Settings, *, socket_mode: bool = True) -> list[Finding]:
    """Look at everything, also after something was found wrong. Changes nothing."""
    findings = [await _look("data", _data), await _look("templates", lambda: _templates(settings))]
    findings += await _database(settings)
    gateway = Gateway(new_client(settings.bot_token.get_secret_value(), settings.api_url))
    findings.append(await _look("bot token", lambda: _bot_token(settings, gateway)))
    findings.append(await _look("scopes", lambda: _scopes(settings, gateway)))
    if socket_mode:
        findings.append(await _look("app token", lambda: _app_token(settings)))
    else:
        findings.append(await _look("signing secret", lambda: _signing_secret(settings)))
    return findings


async def _look(name: str, check: Callable[[], Awaitable[str]]) -> Finding:
    try:
        return Finding(name, True, await check())
    except (Wrong, SettingProblem) as wrong:
        return Finding(name, False, str(wrong))
    except Exception as error:  # noqa: BLE001 - a doctor examines to the end
        return Finding(name, False, f"{type(error).__name__} while looking at it.")


async def _data() -> str:
    try:
        library = Library.load()
    except Exception as error:
        raise Wrong(f"{error} Mend the file, or take the one that ships.") from error
    guides, areas, series = len(library.guides), len(library.areas), len(library.series)
    return f"{guides} guides, {areas} areas and {series} series are valid."


async def _templates(settings: Settings) -> str:
    try:
        templates = Templates(settings.templates_dir)
        count = len(templates.compile_all())
        times = render_all(templates, Library.load())
    except Exception as error:
        where = variable("templates_dir")
        raise Wrong(f"{error}; mend it, or leave {where} out to use what ships.") from error
    return f"{count} files compile, and render with {times} sets of sample facts."


async def _database(settings: Settings) -> list[Finding]:
    try:
        # Not alone: the doctor may look while Lantern is running.
        database = open_database(settings, alone=False)
    except SettingProblem as problem:
        return [Finding("database", False, str(problem))]
    try:
        found = await _look("database", lambda: _schema(database))
        if not found.ok:
            return [found]
        return [found, await _look("keys", lambda: _keys(database))]
    finally:
        await database.close()


async def _schema(database: Database) -> str:
    try:
        present = await migrations.revision(database)
        if present is not None:
            async with database.work():
                pass  # BEGIN IMMEDIATE: whether it may be written to, without writing
    except Exception as error:
        raise Wrong(
            f"it cannot be reached or written ({type(error).__name__}): look at "
            f"{variable('database_url')}, at the server, and at the rights on the file."
        ) from error
    if present is None:
        return "it is empty; the first start makes its tables."
    if present not in migrations.known():
        raise Wrong(
            f"it is at revision {present}, which this version does not know: update Lantern."
        )
    if present != migrations.head():
        return f"it is at revision {present}; the next start brings it to {migrations.head()}."
    return f"{database.dialect}, at revision {present}, reachable and writable."


async def _keys(database: Database) -> str:
    """Open the first and the last text of each kind: a key that is missing shows at one of them."""
    if await migrations.revision(database) is None:
        return "nothing is encrypted yet."
    opened = 0
    async with database.read() as session:
        for table, column in SEALED:
            row_id: Any = getattr(table, "id")  # noqa: B009 - of any table
            for order in (col(row_id).asc(), col(row_id).desc()):
                statement = select(column).where(col(column).is_not(None)).order_by(order).limit(1)
                try:
                    opened += len((await session.execute(statement)).all())
                except KeyProblem as problem:
                    raise Wrong(
                        f"{problem}: put the key this data was written with into "
                        f"{variable('secret_keys')}, after the new one."
                    ) from problem
    return "they open what is stored." if opened else "nothing is encrypted yet."


async def _bot_token(settings: Settings, gateway: Gateway) -> str:
    settings.need("bot_token")
    try:
        identity = await gateway.whoami()
    except SlackError as error:
        raise Wrong(
            f"Slack refuses it or cannot be reached ({error}): look at {variable('bot_token')} "
            f"and {variable('api_url')}."
        ) from error
    return f"it speaks for {identity.team_name or identity.team_id}."


async def _scopes(settings: Settings, gateway: Gateway) -> str:
    settings.need("bot_token")
    try:
        granted = (await gateway.whoami()).scopes
    except SlackError as error:
        raise Wrong("unknown while the bot token does not work.") from error
    wanted = manifest_scopes()
    if not granted:
        return "Slack did not say which are granted."
    if missing := wanted - granted:
        raise Wrong(
            f"{', '.join(sorted(missing))} missing: put manifest.yml into the app's settings and "
            "install it again."
        )
    return f"all {len(wanted)} of manifest.yml are granted."


async def _app_token(settings: Settings) -> str:
    settings.need("app_token")
    client = new_client(None, settings.api_url)
    token = settings.app_token.get_secret_value()
    try:
        await call(client.apps_connections_open(app_token=token))
    except SlackError as error:
        raise Wrong(
            f"Slack refuses it ({error}): make an app-level token with connections:write, turn "
            f"Socket Mode on, and set {variable('app_token')}."
        ) from error
    return "Socket Mode may be opened."


async def _signing_secret(settings: Settings) -> str:
    settings.need("signing_secret")
    return "it is set; whether it is right shows with Slack's first request."


def manifest_scopes() -> frozenset[str]:
    """The scopes that manifest.yml asks for."""
    manifest = yaml.safe_load(MANIFEST.read_text("utf-8"))
    return frozenset(manifest["oauth_config"]["scopes"]["bot"])
