"""What leads ask to see: the requests that wait, and the report."""

from contextlib import suppress

from bot.handlers.answers import Answer
from bot.handlers.gate import Gate
from bot.handlers.heard import Heard
from bot.handlers.inbound.carried import number
from bot.handlers.parse import parse
from bot.handlers.showing import show
from bot.services.errors import AlreadyDone, RuleBroken
from bot.services.lists import queueing, reporting
from bot.services.programmes.views_programmes import ProgrammeView
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


async def submit_queue(heard: Heard) -> Answer:
    """Whoever was chosen is asked. Each request counts by itself: what failed can be sent again."""
    gate, prefix = Gate(heard.desk), f"{Block.MENTOR}:"
    for block in heard.values.blocks(prefix):
        mentor = await gate.person(heard.values.people(block), block)
        if mentor is None:
            continue
        with suppress(AlreadyDone):
            await _put_to(heard, number(block.removeprefix(prefix)), mentor.id, block)
    return Answer()


async def _put_to(heard: Heard, request_id: int, mentor_id: int, block: str) -> None:
    try:
        await queueing.put_to(
            heard.ctx,
            actor_id=heard.person.id,
            request_id=request_id,
            mentor_id=mentor_id,
            receipt=f"{heard.receipt}:{request_id}:{mentor_id}",
        )
    except RuleBroken as error:
        raise error.at(block) from None


async def not_sent_yet(heard: Heard) -> Answer:
    """A menu of a form was used: it counts when the form is sent."""
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
    days = number(heard.note) if heard.note else DAYS
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
