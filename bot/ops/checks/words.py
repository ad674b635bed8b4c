"""What ships as data, time zones, templates, and the languages they are said in."""

import zoneinfo
from importlib.metadata import version

from bot.config import Settings, variable
from bot.ops.checks import Wrong
from bot.ops.overrides import faults, own_files
from bot.ops.rendering import render_all
from bot.services.library import Library
from bot.slack.languages import Languages

MOST_FAULTS = 5


async def data() -> str:
    """Guides, areas and series."""
    try:
        library = Library.load()
    except Exception as error:
        raise Wrong(f"{error} Mend the file, or take the one that ships.") from error
    guides, areas, series = len(library.guides), len(library.areas), len(library.series)
    return f"{guides} guides, {areas} areas and {series} series are valid."


async def zones() -> str:
    """The time-zone data of Python's package, or of the machine."""
    known = zoneinfo.available_timezones()
    if len(known) < 400:
        raise Wrong(f"only {len(known)} are known: install the package tzdata anew.")
    return f"{len(known)} are known; the package tzdata is {version('tzdata')}."


async def templates(settings: Settings) -> str:
    """Every template in every language, and the installation's own with what they lack."""
    languages, library = Languages(settings.templates_dir), Library.load()
    where = variable("templates_dir")
    if settings.templates_dir is not None:
        found = list(faults(settings.templates_dir, languages, library))
        if found:
            more = f" (and {len(found) - MOST_FAULTS} more)" if len(found) > MOST_FAULTS else ""
            raise Wrong(
                f"{'; '.join(found[:MOST_FAULTS])}{more}. Mend them, or leave {where} out to use "
                "what ships."
            )
    try:
        count = len(languages.speaking(languages.usual).compile_all())
        times = sum(render_all(languages.speaking(each), library) for each in languages.known)
    except Exception as error:
        raise Wrong(f"{error}; mend it, or leave {where} out to use what ships.") from error
    own = len(own_files(settings.templates_dir)) if settings.templates_dir else 0
    yours = f"; {own} of them are yours" if own else ""
    return (
        f"{count} files compile, and render with {times} sets of sample facts in "
        f"{', '.join(languages.known)}{yours}."
    )
