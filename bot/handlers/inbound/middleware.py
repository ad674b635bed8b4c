"""The one wrapper around every listener: who it is, once only, in time, and nothing escapes.

Bolt loses the acknowledgement when a listener raises after `ack()`, so the answer is made first
and acknowledged last, and every error becomes an answer. Facts are committed before the
acknowledgement; what takes longer than Slack waits for goes on behind it.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import structlog
from slack_bolt import BoltResponse
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.request.async_request import AsyncBoltRequest

from bot.handlers.answers import Answer, Unheard
from bot.handlers.desk import Desk
from bot.handlers.heard import Heard
from bot.handlers.home import redraw
from bot.handlers.inbound.carried import fit
from bot.handlers.inbound.recognise import Unanswered, admit, recognise
from bot.handlers.inbound.ways import Inbound, Way
from bot.meter import Answered
from bot.references import bound, current, new_reference
from bot.services.errors import AlreadyDone, RuleBroken, is_busy
from bot.slack.errors import TOKEN_VOID, Permanent, SlackError

ANSWER_WITHIN = 2.4  # real seconds; Slack waits three, and the way there and back takes some

# Slack says these when a modal was opened too late: pressing again is all it needs.
LATE = frozenset({"expired_trigger_id", "invalid_trigger_id"})

DESK = "lantern_desk"  # where a request's context has the desk of its workspace

Handler = Callable[[Heard], Awaitable[Answer]]
About = Callable[[Desk, Mapping[str, Any]], Awaitable[Answer]]
Listener = Callable[[AsyncAck, AsyncBoltRequest], Awaitable[BoltResponse | None]]
log = structlog.get_logger("bot.handlers")


def listener(desk: Desk, way: Way, handle: Handler) -> Listener:
    """The Bolt listener that lets `handle` answer what comes in by `way`."""

    async def listen(ack: AsyncAck, request: AsyncBoltRequest) -> BoltResponse | None:
        inbound = Inbound(_desk_of(request, desk), fit(request.body), _retry(request))
        with bound(way=way.name), _measured(desk, way.name) as note:
            task, again = desk.repeats.answering(
                way.mark(inbound.body),
                lambda: desk.flight.start(_answer(inbound, way, handle)),
            )
            done, _ = await asyncio.wait({task}, timeout=ANSWER_WITHIN)
            answer, note.outcome = task.result() if done else (_late(inbound, way), "slow")
            if done and again:
                note.outcome = "repeated"
            if isinstance(answer, Unheard):
                return BoltResponse(status=503, body="")
            await ack(**answer.ack())
        return None

    return listen


def unspoken(desk: Desk, handle: About) -> Listener:
    """The Bolt listener for what has no person behind it; what fails is delivered again."""

    async def listen(ack: AsyncAck, request: AsyncBoltRequest) -> BoltResponse | None:
        with bound(way="event"), _measured(desk, "event") as note:
            try:
                answer = await handle(_desk_of(request, desk), fit(request.body))
                if isinstance(answer, Unheard):
                    note.outcome = "later"
                    return BoltResponse(status=503, body="")
            except AlreadyDone:
                note.outcome, answer = "repeated", Answer()
            except Exception as error:
                note.outcome = "fault"
                log.error("fault", exc_info=error)
                desk.meter.faulted("listener")
                return BoltResponse(status=503, body="")
            await ack(**answer.ack())
        return None

    return listen


@dataclass(slots=True)
class _Note:
    """What became of something that came in."""

    outcome: Answered


@contextmanager
def _measured(desk: Desk, way: str) -> Iterator[_Note]:
    """One line in the log and one in the count for what is answered inside."""
    began, note = time.monotonic(), _Note("done")
    try:
        yield note
    finally:
        seconds = time.monotonic() - began
        desk.meter.answered(way, note.outcome, seconds)
        log.info("answered", outcome=note.outcome, ms=round(seconds * 1000))


async def _answer(inbound: Inbound, way: Way, handle: Handler) -> tuple[Answer, Answered]:
    """What `handle` answers, or what is said instead. Never raises."""
    try:
        person = await recognise(inbound.desk, way.speaker(inbound.body))
        inbound.heard_from(person)
        admit(person)
    except Exception as error:  # noqa: BLE001 - nothing escapes
        return await _amends(inbound, way, error, None)
    try:
        heard = Heard(inbound.desk, person, inbound.body, way.receipt(inbound.body))
        answer = await handle(heard)
        if heard.from_home:
            inbound.desk.flight.start(redraw(heard))
    except Exception as error:  # noqa: BLE001 - nothing escapes
        return await _amends(inbound, way, error, person.id)
    return answer, "done"


async def _amends(
    inbound: Inbound, way: Way, error: Exception, person_id: int | None
) -> tuple[Answer, Answered]:
    """The answer to an error; one that cannot even be told is logged and acknowledged."""
    try:
        await _note_void_token(inbound.desk, error)
        if isinstance(error, AlreadyDone):
            return way.again(inbound), "repeated"
        if isinstance(error, Unanswered) or _is_open(error):
            return Answer(), "repeated"
        if isinstance(error, RuleBroken):
            return await way.refuse(inbound, error, person_id), "refused"
        if is_busy(error) or _is_passing(error):
            log.warning("not now", exc_info=error)
            return way.later(inbound), "later"
    except Exception as worse:  # noqa: BLE001 - nothing escapes
        error = worse
    reference = current() or new_reference()
    log.error("fault", reference=reference, exc_info=error)
    inbound.desk.meter.faulted("listener")
    try:
        return way.fault(inbound, reference), "fault"
    except Exception as worst:
        log.error("fault untold", reference=reference, exc_info=worst)
        return Answer(), "fault"


async def _note_void_token(desk: Desk, error: Exception) -> None:
    """Slack takes our token no longer: nothing more is said there until it is installed anew."""
    void = isinstance(error, Permanent) and error.code in TOKEN_VOID
    if void and desk.line is not None:
        await desk.lines.refused(desk.line)


def _is_open(error: Exception) -> bool:
    """Whether the modal was opened when this came before: a trigger is good once."""
    return isinstance(error, Permanent) and error.code == "exchanged_trigger_id"


def _is_passing(error: Exception) -> bool:
    """Whether Slack, and not we, could not do it now."""
    if isinstance(error, Permanent):
        return error.code in LATE
    return isinstance(error, SlackError)


def _late(inbound: Inbound, way: Way) -> Answer:
    log.warning("slow answer")
    return way.later(inbound)


def _desk_of(request: AsyncBoltRequest, otherwise: Desk) -> Desk:
    """The desk of the workspace it came from; there is none when the app was removed there."""
    found = request.context.get(DESK)
    return found if isinstance(found, Desk) else otherwise


def _retry(request: AsyncBoltRequest) -> int:
    numbers = request.headers.get("x-slack-retry-num") or ["0"]
    return int(numbers[0]) if numbers[0].isdecimal() else 0
