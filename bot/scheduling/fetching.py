"""A lead's list of people, from Slack into the database."""

import asyncio
from collections import defaultdict

from bot.scheduling.desk import Desk
from bot.services.lists import importing_reading, importing_taking
from bot.services.lists.importing_rows import AlsoCalled
from bot.slack.errors import Permanent
from bot.slack.sheet_words import people_headings
from bot.store import standing

# What Slack says of a file that is there no longer, or that nobody may read.
_GONE = frozenset({"file_not_found", "file_deleted", "file_not_readable"})


async def fetch_import(desk: Desk, import_id: int) -> None:
    """Fetch the file and hand it over, with everybody it may speak of.

    What is wrong with the file is a fact of the import and told on its card; anything else that
    Slack says is raised.
    """
    file_id = await standing.file_of_import(desk.ctx.db, import_id)
    try:
        raw = await desk.gateway.download(file_id)
    except Permanent as error:
        if error.code not in _GONE | {"file_too_big"}:
            raise
        key = "file_gone" if error.code in _GONE else "file_too_big"
        await importing_reading.fail_import(desk.ctx, import_id=import_id, key=key)
        return
    listed = [user async for user in desk.gateway.everyone()]
    also = await asyncio.to_thread(_also_called, desk)
    await importing_reading.read_import(
        desk.ctx, import_id=import_id, raw=raw, people=listed, also=also
    )


def _also_called(desk: Desk) -> AlsoCalled:
    """What a list may be headed with in any language spoken here, and the areas' labels in it."""
    headings: defaultdict[str, set[str]] = defaultdict(set)
    areas: dict[str, str] = {}
    for words in desk.templates.every():
        say = words.translations.gettext
        for column, heading in people_headings(say).items():
            headings[column].add(heading)
        areas |= {say(label): key for key, label in desk.ctx.library.areas.items()}
    return AlsoCalled(headings, areas)


async def take_import(desk: Desk, import_id: int) -> None:
    """Take a list over, as its lead said; people are listed again, for some may have left since."""
    listed = [user async for user in desk.gateway.everyone()]
    await importing_taking.take_rows(desk.ctx, import_id=import_id, people=listed)
