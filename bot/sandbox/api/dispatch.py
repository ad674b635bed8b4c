"""From an HTTP request to a method and back: tokens, scopes, limits, faults, traffic."""

import asyncio
import time
from collections.abc import Callable, Sequence
from typing import Any

from aiohttp import web

from bot.sandbox.api import chat, conversations, files, meta, oauth, users, views
from bot.sandbox.api.call import Call, Method
from bot.sandbox.apps.shared_app import Organisation
from bot.sandbox.faults import Fault
from bot.sandbox.shapes import Json, SlackError
from bot.sandbox.traffic import Record
from bot.sandbox.workspace import Workspace

METHODS: dict[str, Method] = (
    meta.METHODS
    | chat.METHODS
    | conversations.METHODS
    | users.METHODS
    | views.METHODS
    | files.METHODS
    | oauth.METHODS
)
WITHOUT_TOKEN = ("api.test", "oauth.v2.access")
WITH_APP_TOKEN = ("apps.connections.open",)
OF_A_TEAM = ("conversations.create", "conversations.list", "users.conversations", "users.list")
"""What an organisation's token is asked about one team of its own."""
SCOPES = {
    "chat.postMessage": "chat:write",
    "chat.update": "chat:write",
    "chat.postEphemeral": "chat:write",
    "chat.delete": "chat:write",
    "chat.scheduleMessage": "chat:write",
    "users.info": "users:read",
    "users.list": "users:read",
    "users.getPresence": "users:read",
    "users.lookupByEmail": "users:read.email",
    "users.profile.get": "users.profile:read",
    "reactions.add": "reactions:write",
    "team.info": "team:read",
    "files.getUploadURLExternal": "files:write",
    "files.completeUploadExternal": "files:write",
    "files.info": "files:read",
    "files.delete": "files:write",
}


async def handle_call(
    teams: Sequence[Workspace], request: web.Request, link: Callable[[], str]
) -> web.StreamResponse:
    """Answer one call to the team whose token it carries, trouble on demand included."""
    method, began = request.match_info["method"], time.monotonic()
    args = await _arguments(request)
    token = _token(request, args)
    ws = addressed(teams, token, str(args.get("team_id") or ""))
    record = ws.record("in", "api", method, args)
    fault = ws.faults.take(method, args)
    call = Call(ws, method, args, link, _basic(request))
    try:
        return await _answer(call, token, fault, record, request)
    finally:
        record.ms = (time.monotonic() - began) * 1000
        ws.changes.add("traffic", users=frozenset())


async def _answer(
    call: Call, token: str, fault: Fault | None, record: Record, request: web.Request
) -> web.StreamResponse:
    if fault and fault.kind == "drop_connection":
        record.outcome = "dropped"
        return _hang_up(request)
    if fault and fault.kind == "429":
        return _too_many(record, fault.retry_after)
    if fault and fault.kind == "500":
        record.outcome = "500"
        return web.Response(status=500, text="Internal Server Error")
    if call.ws.limits and (wait := call.ws.limits.refuse(call.method, call.args)):
        return _too_many(record, wait)
    answer = _refused(fault.kind) if fault and ":" in fault.kind else _result(call, token)
    record.outcome, record.answer = answer.get("error", "ok"), answer
    if fault and fault.kind == "timeout_after_effect":
        record.outcome = "done, never answered"
        await asyncio.sleep(fault.hold)
        return _hang_up(request)
    scopes = ",".join(sorted(call.ws.manifest.scopes))
    return web.json_response(answer, headers={"X-OAuth-Scopes": scopes} if answer["ok"] else None)


def _result(call: Call, token: str) -> Json:
    try:
        _check_token(call, token)
        run = METHODS.get(call.method)
        if run is None:
            raise SlackError("unknown_method", req_method=call.method)
        if call.method in SCOPES:
            call.ws.need_scope(SCOPES[call.method])
        return {"ok": True} | run(call)
    except SlackError as refused:
        return {"ok": False, "error": refused.error} | refused.extra


def addressed(teams: Sequence[Workspace], token: str, team_id: str) -> Workspace:
    """The team that a token belongs, or belonged, to; of an organisation's, the one that is named.

    The first one for a token that nobody knows.
    """
    for ws in teams:
        own = token in (ws.bot_token, ws.app_token) or token in ws.void_tokens
        if token and (own or ws.expiring.knows(token)):
            return ws
    for ws in teams:
        if ws.team_id == team_id and ws.organisation is not None:
            return ws
    for ws in teams:
        if ws.organisation and token and ws.organisation.knows(token):
            return ws
    return teams[0]


def _check_token(call: Call, token: str) -> None:
    if call.method in WITHOUT_TOKEN:
        return
    if not token:
        raise SlackError("not_authed")
    if call.ws.organisation is not None and not token.startswith("xapp-"):
        _check_organisation(call, call.ws.organisation, token)
        return
    call.ws.expiring.check(token)
    if call.ws.app is not None and token in call.ws.void_tokens:
        raise SlackError(call.ws.void_tokens[token])
    if token not in (call.ws.bot_token, call.ws.app_token) and not call.ws.expiring.knows(token):
        raise SlackError("invalid_auth")
    if not call.ws.installed:
        raise SlackError("account_inactive")
    is_app_token = token == call.ws.app_token
    if is_app_token != (call.method in WITH_APP_TOKEN):
        raise SlackError("not_allowed_token_type")


def _check_organisation(call: Call, organisation: Organisation, token: str) -> None:
    """An organisation's token is good for the teams it was granted, and names one in each call.

    Most methods take no team and look at none: one of elsewhere is wrong only where a team is
    listed.
    """
    call.ws.expiring.check(token)
    if organisation.expiring is not None:
        organisation.expiring.check(token)
    void = organisation.void | call.ws.void_tokens
    if token in void:
        raise SlackError(void[token])
    if token == call.ws.bot_token or call.ws.expiring.knows(token):
        return
    if not organisation.knows(token):
        raise SlackError("invalid_auth")
    if call.method == "auth.test":
        return
    named = call.args.get("team_id")
    if not named:
        raise SlackError("missing_argument", needed="team_id")
    elsewhere = named != call.ws.team_id
    if call.ws.team_id not in organisation.granted or (elsewhere and call.method in OF_A_TEAM):
        raise SlackError("team_access_not_granted")


def _refused(kind: str) -> Json:
    return {"ok": False, "error": kind.partition(":")[2]}


def _too_many(record: Record, seconds: int) -> web.Response:
    record.outcome = f"429, retry after {seconds} s"
    headers = {"Retry-After": str(seconds)}
    return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers=headers)


def _hang_up(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)


def _token(request: web.Request, args: Json) -> str:
    kind, _, bearer = request.headers.get("Authorization", "").partition(" ")
    given = args.pop("token", None)
    return bearer.strip() if kind.lower() == "bearer" and bearer else str(given or "")


def _basic(request: web.Request) -> str:
    kind, _, given = request.headers.get("Authorization", "").partition(" ")
    return given.strip() if kind.lower() == "basic" else ""


async def _arguments(request: web.Request) -> Json:
    args: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        try:
            body = await request.json()
        except ValueError:
            return args
        return args | (body if isinstance(body, dict) else {})
    if request.method == "POST":
        form = await request.post()
        args |= {key: value for key, value in form.items() if isinstance(value, str)}
    return args
