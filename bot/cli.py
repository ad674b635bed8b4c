"""The command line: each command with its words, from which docs/commands.md is made.

Exit codes: 0 all is well, 1 something was found wrong, 2 a setting is missing or wrong.

What only one command needs is imported by it: `run`, which runs for months, has no use for it.
"""

import asyncio
import importlib
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import structlog
import typer

from bot.clock import RealClock
from bot.config import SettingProblem, Settings, load
from bot.config_checks import LAST_PORT
from bot.ops import logs
from bot.ops.storage import bring_up_to_date, open_database
from bot.services.lists.reporting import DAYS, DAYS_MOST
from bot.serving import address_of, serve
from bot.store import migrations
from bot.store.crypto import new_key

if TYPE_CHECKING:
    from bot.ops import restoring

cli = typer.Typer(
    name="lantern",
    help="Lantern: flash and spot mentoring in Slack, from asking to the thank-you.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
Http = Annotated[
    str | None,
    typer.Option("--http", metavar="HOST:PORT", help="For signed HTTP instead of Socket Mode."),
]
Health = Annotated[
    str | None,
    typer.Option(
        "--health",
        metavar="HOST:PORT",
        help="Serve /livez, /readyz and /metrics there (else LANTERN_HEALTH).",
    ),
]
Force = Annotated[bool, typer.Option("--force", help="Also where a file is in the way.")]
CheckFirst = Annotated[bool, typer.Option("--check", help="Only say whether all is in order.")]

log = structlog.get_logger("bot.cli")


def main() -> None:
    """Run the command line; a setting that is wrong ends it with one sentence and code 2."""
    logs.configure()  # until the settings say how
    try:
        cli()
    except SettingProblem as problem:
        typer.echo(str(problem), err=True)
        sys.exit(2)
    except Exception as error:  # Python would print its text, whatever is in it
        log.error("fault", way="command", exc_info=error)
        sys.exit(1)


@cli.command()
def run(http: Http = None, health: Health = None, check: CheckFirst = False) -> None:
    """Run Lantern on a workspace, until Ctrl-C or SIGTERM."""
    settings = _settings()
    if check:
        raise typer.Exit(asyncio.run(_check(settings, http is not None)))
    address = address_of(http, "--http") if http else None
    watched = health or settings.health
    named = "--health" if health else "LANTERN_HEALTH"
    asyncio.run(serve(settings, address, address_of(watched, named) if watched else None))


@cli.command("doctor")
@cli.command("check", hidden=True)
def examine(http: Http = None) -> None:
    """Look at everything, and say what is wrong and what to do about it. Changes nothing."""
    raise typer.Exit(asyncio.run(_check(_settings(), http is not None)))


@cli.command()
def migrate() -> None:
    """Bring the database to the schema of this version. Starting Lantern does it too."""
    asyncio.run(_migrate(_settings()))


@cli.command("backup")
def back_up(
    to: Annotated[Path, typer.Argument(help="The file to write, mode 0600.")],
    with_key: Annotated[
        bool, typer.Option("--with-key", help="The key too, in a file beside it.")
    ] = False,
    force: Force = False,
) -> None:
    """Copy the SQLite database, also while Lantern is running. The key is not in the copy."""
    from bot.ops import backup

    settings = _settings()
    made = backup.backup(settings, to, with_key=with_key, force=force)
    typer.echo(f"{made.to}: {made.size} bytes, whole and checked.")
    if made.key is not None:
        typer.echo(f"{made.key}: the key. Whoever has both can read everything: keep them apart.")
    else:
        typer.echo("The key is not in it, and without the key nobody reads it: keep that too.")


@cli.command()
def restore(
    source: Annotated[Path, typer.Argument(metavar="FROM", help="A file that backup made.")],
    with_key: Annotated[bool, typer.Option("--with-key", help="The key beside it, too.")] = False,
    force: Force = False,
) -> None:
    """Put a backup in the place of the SQLite database, while Lantern is stopped.

    What is there until then is set aside. What was said since the backup is looked for in Slack,
    and not said again where it is found.
    """
    from bot.ops import restoring

    settings = _settings()
    now = _now(settings)
    _tell_restored(
        asyncio.run(restoring.restore(settings, source, now=now, with_key=with_key, force=force))
    )


@cli.command()
def restored() -> None:
    """Say that other tools put the database back (pg_restore), before Lantern starts again."""
    from bot.ops import restoring

    settings = _settings()
    now = _now(settings)
    _tell_restored(asyncio.run(restoring.mark(settings, now)))


@cli.command()
def rotate(
    lost: Annotated[
        bool,
        typer.Option("--lost", help="Delete what no key opens: its key is lost for good."),
    ] = False,
) -> None:
    """Seal everything anew with the first key, so that an old one may go.

    Start every process with the new key in front first; then this may run beside them, be stopped
    and be begun again.
    """
    raise typer.Exit(asyncio.run(_rotate(_settings(), lost)))


@cli.command()
def revive(
    days: Annotated[int, typer.Option(min=1, max=30, help="How far back.")] = 7,
) -> None:
    """Try once more what was given up, when its cause is mended. May run beside Lantern.

    What may have arrived is looked for in Slack first; what is too late by now is left unsaid.
    """
    from bot.ops import reviving

    settings = _settings()
    now = _now(settings)
    count = asyncio.run(reviving.revive(settings, now=now, days=days))
    typer.echo(f"{count} of the last {days} days are tried once more, as soon as Lantern runs.")


@cli.command()
def report(
    programme: Annotated[int, typer.Option(help="The number of the programme.")],
    days: Annotated[int, typer.Option(min=1, max=DAYS_MOST, help="How far back.")] = DAYS,
    to: Annotated[Path | None, typer.Option("--to", help="A file to write instead.")] = None,
) -> None:
    """A programme in numbers, as CSV: whole months, and nothing about fewer than five people."""
    from bot.ops import reports

    sheet = asyncio.run(reports.sheet_of(_settings(), programme, days))
    if sheet is None:
        typer.echo(f"There is no programme {programme}.", err=True)
        raise typer.Exit(1)
    if to is None:
        typer.echo(sheet.decode("utf-8-sig"), nl=False)
        return
    try:
        to.write_bytes(sheet)
    except OSError as error:
        raise SettingProblem(f"{to} cannot be written ({error.strerror}).") from None


@cli.command()
def tour() -> None:
    """The story of two sessions, without Slack: a local workspace, and the clock moved."""
    raise typer.Exit(int(importlib.import_module("bot.tour").main()))


@cli.command()
def demo(
    port: Annotated[
        int, typer.Option(min=1, max=LAST_PORT, help="The port of the page on this machine.")
    ] = 4400,
    fresh: Annotated[bool, typer.Option("--fresh", help="Begin anew.")] = False,
    show: Annotated[bool, typer.Option(help="Open the page in a browser.")] = True,
    folder: Annotated[Path | None, typer.Option(help="Where it is kept.")] = None,
) -> None:
    """All of Lantern in a browser, without Slack; it goes on where it was the last time."""
    logs.configure(style="console", level="warning")
    module = importlib.import_module("bot.demo")
    console = importlib.import_module("rich.console").Console(highlight=False)
    folder = folder or module.FOLDER
    asyncio.run(module.demo(console, port=port, folder=folder, fresh=fresh, show=show))


@cli.command()
def key() -> None:
    """Print a new key for LANTERN_SECRET_KEYS."""
    typer.echo(new_key())


def _settings() -> Settings:
    settings = load()
    logs.configure(style=settings.log_format, level=settings.log_level)
    return settings


def _now(settings: Settings) -> datetime:
    """In Lantern's own time, which a rehearsal lets run faster."""
    return RealClock(settings.clock_speed).now()


def _tell_restored(done: "restoring.Restored") -> None:
    typer.echo(f"The database is at revision {done.revision}.")
    for path in done.kept:
        typer.echo(f"What was there before is in {path}.")
    typer.echo(f"{done.looked_for} jobs were due since: Slack is asked first what it has of them.")


async def _rotate(settings: Settings, lost: bool) -> int:
    from bot.ops import rotation

    anew = closed = 0
    lost_at = _now(settings) if lost else None
    async for column in rotation.rotate(settings, lost_at=lost_at):
        anew, closed = anew + column.anew, closed + column.closed
        if column.anew or column.kept or column.closed:
            shut = f", {column.closed} that no key opens" if column.closed else ""
            typer.echo(f"{column.name}: {column.anew} sealed anew, {column.kept} were{shut}")
    typer.echo(f"{anew} texts were sealed anew with the first key.")
    if closed and lost:
        typer.echo(f"{closed} texts that no key opens were deleted.")
    elif closed:
        typer.echo(f"No key opens {closed} texts: keep every key that you have.", err=True)
        return 1
    typer.echo("The other keys are needed no longer.")
    return 0


async def _check(settings: Settings, http: bool) -> int:
    from bot.ops import doctor

    findings = await doctor.examine(settings, socket_mode=not http)
    for finding in findings:
        typer.echo(str(finding))
    return 0 if all(finding.ok for finding in findings) else 1


async def _migrate(settings: Settings) -> None:
    database = open_database(settings)
    try:
        await bring_up_to_date(database)
        typer.echo(f"The database is at revision {await migrations.revision(database)}.")
    finally:
        await database.close()
