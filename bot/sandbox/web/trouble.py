"""The clock, the traffic and the trouble on demand, as the page reads and steers them."""

import json
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from aiohttp import web

from bot.sandbox.limits import Limits
from bot.sandbox.screen.allowed import Refused
from bot.sandbox.shapes import Json
from bot.sandbox.traffic import Record
from bot.sandbox.web.room import ROOM, Room
from bot.sandbox.web.see import app_state

SHOWN = 250  # records listed; all of them can be opened
GOOD = ("ok", "", "closed")
MOST_TIMES = 1000
Verb = Callable[[Room, Json], Awaitable[None]]


def add_routes(app: web.Application) -> None:
    """GET /see/traffic, /see/traffic/{seq}; POST /do/clock, /do/fault, /do/limits."""
    app.router.add_get("/see/traffic", _traffic)
    app.router.add_get("/see/traffic/{seq}", _record)
    app.router.add_post("/do/clock", _clock)
    verbs: dict[str, Verb] = {"fault": _fault, "limits": _limits}
    for name, verb in verbs.items():
        app.router.add_post(f"/do/{name}", partial(_run, verb))


async def _run(verb: Verb, request: web.Request) -> web.Response:
    await verb(request.app[ROOM], await request.json())
    return web.json_response({})


async def _traffic(request: web.Request) -> web.Response:
    room = request.app[ROOM]
    ws = room.workspace
    return web.json_response(
        {
            "records": [_line(r) for r in ws.traffic[-SHOWN:]],
            "total": len(ws.traffic),
            "limits": _limit_state(ws.limits),
            "faults": [
                {"method": f.method, "kind": f.kind, "times": f.times} for f in ws.faults.waiting
            ],
            "duplicates": ws.faults.planned_duplicates,
            "app": app_state(room),
        }
    )


async def _record(request: web.Request) -> web.Response:
    traffic = request.app[ROOM].workspace.traffic
    number = int(request.match_info["seq"])
    if not 1 <= number <= len(traffic):
        raise LookupError
    record = traffic[number - 1]
    shown = {"payload": record.payload, "answer": record.answer}
    return web.json_response(shown, dumps=partial(json.dumps, default=str))


def _line(record: Record) -> Json:
    return {
        "seq": record.seq,
        "at": record.at.timestamp(),
        "direction": record.direction,
        "kind": record.kind,
        "name": record.name,
        "outcome": record.outcome,
        "good": record.outcome in GOOD,
        "ms": round(record.ms, 1),
        "retry": _retry(record.payload),
    }


def _retry(payload: Any) -> bool:
    return isinstance(payload, dict) and bool(payload.get("retry_attempt"))


def _limit_state(limits: Limits | None) -> Json:
    if limits is None:
        return {"on": False, "used": {}}
    return {"on": True, "used": limits.used()}


async def _clock(request: web.Request) -> web.Response:
    pace, body = request.app[ROOM].pace, await request.json()
    if "advance" in body:
        await pace.advance(float(body["advance"]))
    elif "play" in body:
        await pace.play(float(body["play"]))
    elif body.get("to") == "next":
        await pace.to_next()
    else:
        raise Refused("say how far the clock should move")
    return web.json_response(await pace.shown())


async def _limits(room: Room, body: Json) -> None:
    ws = room.workspace
    ws.limits = Limits(ws.clock) if body.get("on") else None
    ws.changes.add("traffic", users=frozenset())


async def _fault(room: Room, body: Json) -> None:
    ws, kind = room.workspace, str(body.get("kind"))
    times = int(body.get("times") or 1)
    if not 1 <= times <= MOST_TIMES:
        raise Refused(f"between once and {MOST_TIMES} times")
    if kind == "clear":
        ws.faults.clear()
    elif kind == "duplicate_event":
        ws.faults.duplicate_events(times)
    elif kind == "parallel_duplicate":
        ws.faults.parallel_duplicates(times)
    elif kind == "drop_sockets":
        await room.socket.drop(abruptly=True)
    elif kind == "refresh_sockets":
        await room.socket.refresh()
    else:
        method = str(body.get("method") or "*")
        ws.faults.add(method, kind, times, retry_after=int(body.get("after") or 1))
    ws.changes.add("traffic", users=frozenset())
