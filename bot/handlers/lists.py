"""The leads' lists: requests that wait, the report, and the people in and out as a file."""

from bot.handlers.answers import Answer
from bot.handlers.gate import Gate
from bot.handlers.heard import Heard
from bot.handlers.parse import parse
from bot.handlers.showing import draw, show
from bot.services import exporting, importing, looking, queueing, reporting
from bot.services.errors import RuleBroken
from bot.services.views_programmes import ProgrammeView
from bot.slack.ids import Block

DAYS = 90  # that a report looks back, unless it is told otherwise


# -- the queue


async def queue(heard: Heard, programme: ProgrammeView) -> Answer:
    return await _open_queue(heard, programme.id)


async def open_queue(heard: Heard) -> Answer:
    return await _open_queue(heard, heard.subject)


async def _open_queue(heard: Heard, programme_id: int) -> Answer:
    found = await queueing.queue(heard.ctx, actor_id=heard.person.id, programme_id=programme_id)
    return await show(heard, "queue", {"programme": programme_id}, queue=found)


async def find_mentor(heard: Heard) -> Answer:
    """Somebody was chosen beside a request: they are asked, and the list shows who waits now."""
    block = str(heard.action["block_id"])
    chosen = heard.action.get("selected_user")
    if not chosen:
        return Answer()
    (mentor,) = await Gate(heard.desk).people([str(chosen)], block)
    await queueing.put_to(
        heard.ctx,
        actor_id=heard.person.id,
        request_id=int(block.partition(":")[2]),
        mentor_id=mentor.id,
        receipt=heard.receipt,
    )
    left = await queueing.queue(
        heard.ctx, actor_id=heard.person.id, programme_id=heard.metadata["programme"]
    )
    view = draw(heard, "queue", {"programme": heard.metadata["programme"]}, queue=left)
    await heard.desk.gateway.update_view(str(heard.view["id"]), None, view)
    return Answer()


async def close_queue(heard: Heard) -> Answer:
    """Nothing is filled in there that would have to be sent."""
    return Answer()


# -- the report


async def report(heard: Heard, programme: ProgrammeView) -> Answer:
    """`report`, or `report 30` for the last thirty days."""
    days = parse(str(heard.body.get("text") or "")).number
    return await _ask_report(heard, programme.id, days or DAYS)


async def open_report(heard: Heard) -> Answer:
    return await _ask_report(heard, heard.subject, DAYS)


async def post_report(heard: Heard) -> Answer:
    """The same report, for the channel to see: "<programme>:<days>"."""
    days = int(heard.value.partition(":")[2] or DAYS)
    return await _ask_report(heard, heard.subject, days, in_channel=True)


async def _ask_report(
    heard: Heard, programme_id: int, days: int, *, in_channel: bool = False
) -> Answer:
    await reporting.ask_report(
        heard.ctx,
        actor_id=heard.person.id,
        programme_id=programme_id,
        days=days,
        in_channel=in_channel,
        receipt=heard.receipt,
    )
    return Answer()


# -- people, in and out


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
        programme_id=heard.metadata["programme"],
        file=files[0],
        receipt=heard.receipt,
    )
    return Answer()


async def send_people(heard: Heard) -> Answer:
    await exporting.ask_people(heard.ctx, actor_id=heard.person.id, programme_id=heard.subject)
    return Answer()


async def take_import(heard: Heard) -> Answer:
    await importing.take_import(heard.ctx, actor_id=heard.person.id, import_id=heard.subject)
    return Answer()


async def discard_import(heard: Heard) -> Answer:
    await importing.discard_import(heard.ctx, actor_id=heard.person.id, import_id=heard.subject)
    return Answer()
