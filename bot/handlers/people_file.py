"""A programme's people as a file, in and out."""

from bot.handlers.answers import Answer
from bot.handlers.heard import Heard
from bot.handlers.showing import show
from bot.services.errors import RuleBroken
from bot.services.lists import exporting, importing
from bot.services.programmes.views_programmes import ProgrammeView
from bot.services.rounds import looking
from bot.slack.ids import Block


async def people(heard: Heard, programme: ProgrammeView) -> Answer:
    return await _open_people(heard, programme.id)


async def open_people(heard: Heard) -> Answer:
    return await _open_people(heard, heard.subject)


async def _open_people(heard: Heard, programme_id: int) -> Answer:
    led = await looking.led_view(heard.ctx, actor_id=heard.person.id, programme_id=programme_id)
    return await show(heard, "people", {"programme": programme_id}, programme=led.programme)


async def submit_people(heard: Heard) -> Answer:
    files = heard.values.files(Block.FILE)
    if not files:
        raise RuleBroken("file_missing", field=Block.FILE)
    await importing.ask_import(
        heard.ctx,
        actor_id=heard.person.id,
        programme_id=heard.mark("programme"),
        file=files[0],
        receipt=heard.receipt,
    )
    return Answer()


async def send_people(heard: Heard) -> Answer:
    await exporting.ask_people(
        heard.ctx,
        actor_id=heard.person.id,
        programme_id=heard.subject,
        receipt=heard.receipt,
    )
    return Answer()


async def take_import(heard: Heard) -> Answer:
    await importing.take_import(heard.ctx, actor_id=heard.person.id, import_id=heard.subject)
    return Answer()


async def discard_import(heard: Heard) -> Answer:
    await importing.discard_import(heard.ctx, actor_id=heard.person.id, import_id=heard.subject)
    return Answer()
