"""The one wrapper around every listener: who it is, once only, in time, and nothing escapes.

Bolt loses the acknowledgement when a listener raises after `ack()`, so the answer is made first
and acknowledged last, and every error becomes an answer. Facts are committed before the
acknowledgement; what takes longer than Slack waits for goes on behind it.
"""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import structlog
from slack_bolt import BoltResponse
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.request.async_request import AsyncBoltRequest

from bot.handlers.answers import Answer, Unheard
from bot.handlers.desk import Desk
from bot.handlers.heard import Heard
from bot.handlers.home import redraw
from bot.handlers.recognise import Unanswered, recognise
from bot.handlers.ways import Inbound, Way
from bot.services.errors import AlreadyDone, RuleBroken, is_busy
from bot.slack.errors import Permanent, SlackError

ANSWER_WITHIN = 2.4  # real seconds; Slack waits three, and the way there and back takes some

# Slack says these when a modal was opened too late: pressing again is all it needs.
LATE = frozenset({"expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id"})

DESK = "lantern_desk"  # where a request's context has the desk of its workspace

Handler = Callable[[Heard], Awaitable[Answer]]
About = Callable[[Desk, Mapping[str, Any]], Awaitable[Answer]]
Listener = Callable[[AsyncAck, AsyncBoltRequest], Awaitable[BoltResponse | None]]
log = structlog.get_logger("bot.handlers")


def listener(desk: Desk, way: Way, handle: Handler) -> Listener:
    """The Bolt listener that lets `handle` answer what comes in by `way`."""

    async def listen(ack: AsyncAck, request: AsyncBoltRequest) -> BoltResponse | None:
        inbound = Inbound(_desk_of(request, desk), request.body, _retry(request))
        task = desk.flight.start(_answer(inbound, way, handle))
        done, _ = await asyncio.wait({task}, timeout=ANSWER_WITHIN)
        answer = task.result() if done else _late(inbound, way)
        if isinstance(answer, Unheard):
            return BoltResponse(status=503, body="")
        await ack(**answer.ack())
        return None

    return listen


def unspoken(desk: Desk, handle: About) -> Listener:
    """The Bolt listener for what has no person behind it; what fails is delivered again."""

    async def listen(ack: AsyncAck, request: AsyncBoltRequest) -> BoltResponse | None:
        try:
            answer = await handle(_desk_of(request, desk), request.body)
        except Exception as error:
            log.error("fault", reference=new_reference(), way="event", exc_info=error)
            return BoltResponse(status=503, body="")
        await ack(**answer.ack())
        return None

    return listen


async def _answer(inbound: Inbound, way: Way, handle: Handler) -> Answer:
    """What `handle` answers, or what is said instead. Never raises."""
    try:
        person = await recognise(inbound.desk, way.speaker(inbound.body))
    except Exception as error:  # noqa: BLE001 - nothing escapes
        return await _amends(inbound, way, error, None)
    try:
        inbound.heard_from(person)
        heard = Heard(inbound.desk, person, inbound.body, way.receipt(inbound.body))
        answer = await handle(heard)
        if heard.from_home:
            inbound.desk.flight.start(redraw(heard))
    except Exception as error:  # noqa: BLE001 - nothing escapes
        return await _amends(inbound, way, error, person.id)
    return answer


async def _amends(inbound: Inbound, way: Way, error: Exception, person_id: int | None) -> Answer:
    """The answer to an error; one that cannot even be told is logged and acknowledged."""
    try:
        if isinstance(error, AlreadyDone | Unanswered):
            return Answer()
        if isinstance(error, RuleBroken):
            return await way.refuse(inbound, error, person_id)
        if is_busy(error) or _is_passing(error):
            log.warning("not now", way=way.name, exc_info=error)
            return way.later(inbound)
    except Exception as worse:  # noqa: BLE001 - nothing escapes
        error = worse
    reference = new_reference()
    log.error("fault", reference=reference, way=way.name, exc_info=error)
    try:
        return way.fault(inbound, reference)
    except Exception as worst:
        log.error("fault untold", reference=reference, way=way.name, exc_info=worst)
        return Answer()


def new_reference() -> str:
    """Six signs to quote to the operator; they stand in the log beside the error."""
    return "".join(secrets.choice("ABCDEFGHJKMNPQRSTUVWXYZ23456789") for _ in range(6))


def _is_passing(error: Exception) -> bool:
    """Whether Slack, and not we, could not do it now."""
    if isinstance(error, Permanent):
        return error.code in LATE
    return isinstance(error, SlackError)


def _late(inbound: Inbound, way: Way) -> Answer:
    log.warning("slow answer", way=way.name)
    return way.later(inbound)


def _desk_of(request: AsyncBoltRequest, otherwise: Desk) -> Desk:
    """The desk of the workspace it came from; there is none when the app was removed there."""
    found = request.context.get(DESK)
    return found if isinstance(found, Desk) else otherwise


def _retry(request: AsyncBoltRequest) -> int:
    numbers = request.headers.get("x-slack-retry-num") or ["0"]
    return int(numbers[0]) if numbers[0].isdecimal() else 0
