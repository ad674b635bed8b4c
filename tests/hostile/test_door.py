"""Whatever is not signed by Slack just now, or cannot be read, is turned away with nothing done."""

import hashlib
import hmac
import io
import json
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from urllib.parse import urlencode

import aiohttp
import pytest
from aiohttp.test_utils import TestServer

from bot.ops.web import MOST_BYTES, SLACK_PATH, web_app
from bot.slack.ids import Action, Callback
from tests.contract.pressing import Presser
from tests.hostile.stage import Stage
from tests.hostile.values import MARK
from tests.support.signing import FORM, SECRET
from tests.support.who import Who

JSON = "application/json"
FIVE_MINUTES = 300


@asynccontextmanager
async def served(stage: Stage) -> AsyncIterator[aiohttp.ClientSession]:
    """The real HTTP door in front of the stage."""

    async def none() -> list[str]:
        return []

    server = TestServer(web_app(lambda: stage.door.bolt, none, None))
    await server.start_server()
    try:
        async with aiohttp.ClientSession(base_url=server.make_url("/")) as session:
            yield session
    finally:
        await server.close()


def sign(raw: bytes, *, secret: str = SECRET, at: float | None = None) -> dict[str, str]:
    """Slack's headers for a body."""
    stamp = str(int(time.time() if at is None else at))
    made = hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + raw, hashlib.sha256)
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={made.hexdigest()}"}


async def post(
    stage: Stage, raw: bytes, headers: dict[str, str], *, times: int = 1
) -> tuple[list[int], str]:
    """The statuses of the same request so many times over, and all that was answered."""
    statuses, said = [], ""
    async with served(stage) as session:
        for _ in range(times):
            async with session.post(SLACK_PATH, data=io.BytesIO(raw), headers=headers) as answer:
                statuses.append(answer.status)
                said += await answer.text()
        await stage.door.desk.flight.idle()
    return statuses, said


@pytest.fixture
def untouched(stage: Stage) -> Iterator[Stage]:
    """The stage, on which nothing may happen, and about which nothing may be told."""
    before = stage.file.snapshot(), stage.file.notices()
    stage.forget_log()
    stage.door.tape.take()
    yield stage
    assert (stage.file.snapshot(), stage.file.notices()) == before
    assert stage.door.tape.take() == []
    for content in (MARK, SECRET, "Traceback"):
        assert content not in stage.logged()


def the_click(stage: Stage) -> bytes:
    """The mentor accepts, signed or not."""
    body = stage.bodies[repr(Action.ACCEPT_OFFER)]
    return urlencode({"payload": json.dumps(body), "said": MARK}).encode()


def the_words(stage: Stage) -> bytes:
    """Something is said in the DM."""
    event = {"type": "message", "channel_type": "im", "channel": "D1", "ts": "1.1"}
    event |= {"user": Who.MENTEE.slack_id, "text": f"Thursday 14:30 {MARK}"}
    around = {"type": "event_callback", "team_id": "T0LANTERN", "event_id": "Ev9"}
    return json.dumps({**around, "event": event}).encode()


def forgeries(raw: bytes) -> dict[str, dict[str, str]]:
    """Headers that Slack would not have sent with this body just now."""
    good = sign(raw)
    stamp, made = good["X-Slack-Request-Timestamp"], good["X-Slack-Signature"]
    now = time.time()
    return {
        "unsigned": {},
        "without a time": {"X-Slack-Signature": made},
        "without a signature": {"X-Slack-Request-Timestamp": stamp},
        "another secret": sign(raw, secret="not the secret"),
        "another body": sign(raw + b"x"),
        "replayed": sign(raw, at=now - FIVE_MINUTES - 5),
        "from the future": sign(raw, at=now + FIVE_MINUTES + 5),
        "another time": {**good, "X-Slack-Request-Timestamp": str(int(stamp) - 1)},
        "no number for a time": {**good, "X-Slack-Request-Timestamp": "yesterday"},
        "a huge time": {**good, "X-Slack-Request-Timestamp": "9" * 400},
        "no time at all": {**good, "X-Slack-Request-Timestamp": ""},
        "another version": {**good, "X-Slack-Signature": made.replace("v0=", "v1=")},
        "half a signature": {**good, "X-Slack-Signature": made[:20]},
        "upper case": {**good, "X-Slack-Signature": made.upper()},
        "a signature in no alphabet": {**good, "X-Slack-Signature": "v0=é" + "ß" * 60},
    }


@pytest.mark.parametrize("what", ["click", "words"])
@pytest.mark.parametrize("how", sorted(forgeries(b"")))
def test_what_slack_did_not_sign_just_now_is_refused(untouched: Stage, what: str, how: str) -> None:
    raw = the_click(untouched) if what == "click" else the_words(untouched)
    kind = FORM if what == "click" else JSON
    headers = {"Content-Type": kind, **forgeries(raw)[how]}
    (status,), said = untouched.run(post(untouched, raw, headers))
    assert status == 401
    assert MARK not in said


DEEP = b'{"a":' * 20_000 + b"1" + b"}" * 20_000
UNREADABLE: dict[str, tuple[str, bytes]] = {
    "nothing": (FORM, b""),
    "broken JSON": (JSON, b'{"type": "event_callback", "event": {'),
    "a list": (JSON, b"[1, 2]"),
    "a number": (JSON, b"7"),
    "nested too deep": (JSON, DEEP),
    "a form that says it is JSON": (JSON, b"command=%2Fmentoring&text=rowan"),
    "a payload that is none": (FORM, b"payload=rowan"),
    "a payload that is a list": (FORM, b"payload=%5B%5D"),
    "a payload that is a text": (FORM, b"payload=%22rowan%22"),
    "a payload without a person": (FORM, b"payload=%7B%22type%22%3A%22block_actions%22%7D"),
    "a person that is a list": (FORM, b'payload={"type":"view_submission","user":[],"view":7}'),
    "an event that is a text": (JSON, b'{"type":"event_callback","event":"rowan"}'),
    "an event without a type": (JSON, b'{"type":"event_callback","event":{"text":"rowan"}}'),
    "plain text": ("text/plain", b"rowan"),
    "parts": ("multipart/form-data; boundary=x", b"--x\r\n\r\nrowan\r\n--x--\r\n"),
    "no encoding": (f"{FORM}; charset=rowan", b"command=%2Fmentoring"),
    "another encoding": (f"{FORM}; charset=utf-8", b"text=\xff\xfe rowan"),
    "percents": (FORM, b"%%%=%zz&&&==="),
    "zeroes": (FORM, b"\x00" * 100),
}


@pytest.mark.parametrize("signed", [True, False], ids=["signed", "unsigned"])
@pytest.mark.parametrize("what", UNREADABLE)
def test_what_cannot_be_read_is_refused(untouched: Stage, what: str, signed: bool) -> None:
    kind, raw = UNREADABLE[what]
    headers = {"Content-Type": kind, **(sign(raw) if signed else {})}
    (status,), said = untouched.run(post(untouched, raw, headers))
    assert 400 <= status < 500
    assert MARK not in said


@pytest.mark.parametrize("kind", [FORM, JSON])
def test_what_is_too_large_is_refused(untouched: Stage, kind: str) -> None:
    raw = b"text=" + b"x" * (MOST_BYTES + 1024 * 1024)
    (status,), _ = untouched.run(post(untouched, raw, {"Content-Type": kind, **sign(raw)}))
    assert status == 413


def test_other_ways_and_other_paths_lead_nowhere(untouched: Stage) -> None:
    async def knock() -> list[int]:
        async with served(untouched) as session:
            asked = [
                session.get(SLACK_PATH),
                session.put(SLACK_PATH, data=b"{}"),
                session.post("/slack/../admin", data=b"{}"),
                session.post("/", data=the_click(untouched)),
            ]
            return [(await each).status for each in asked]

    assert untouched.run(knock()) == [405, 405, 404, 404]


def test_a_form_sent_again_within_the_five_minutes_counts_once(stage: Stage) -> None:
    """Slack's own signature on the same request: the door lets it in, and it is recognised."""

    async def twice() -> list[int]:
        presser = Presser(stage.door, stage.world.ids)
        body = await presser.body(Callback.FLASH, Who.COLLEAGUE, stage.world.ids)
        raw = urlencode({"payload": json.dumps(body)}).encode()
        statuses, _ = await post(stage, raw, {"Content-Type": FORM, **sign(raw)}, times=2)
        return statuses

    before = len(stage.file.rows("request"))
    try:
        assert stage.run(twice()) == [200, 200]
        assert len(stage.file.rows("request")) == before + 1
    finally:
        stage.file.restore()


@pytest.mark.parametrize("text", ["payload", "flash payload", "what is a payload?"])
def test_a_word_of_slacks_own_in_a_command_is_a_word(stage: Stage, text: str) -> None:
    """Bolt takes any form with "payload" in it for one with that field."""
    who = {"user_id": Who.COLLEAGUE.slack_id, "team_id": "T0LANTERN", "trigger_id": f"1.{text}"}
    raw = urlencode({"command": "/mentoring", "text": text, "channel_id": "D1", **who}).encode()
    try:
        (status,), _ = stage.run(post(stage, raw, {"Content-Type": FORM, **sign(raw)}))
        assert status == 200
    finally:
        stage.file.restore()


def test_the_same_requests_signed_are_answered(stage: Stage) -> None:
    """That the refusals above are about the signature alone."""
    for kind, raw in ((FORM, the_click(stage)), (JSON, the_words(stage))):
        try:
            (status,), _ = stage.run(post(stage, raw, {"Content-Type": kind, **sign(raw)}))
            assert status == 200
            assert stage.file.has_changed()
        finally:
            stage.file.restore()
