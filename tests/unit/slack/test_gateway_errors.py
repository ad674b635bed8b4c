"""What becomes of Slack's refusals, silences and broken connections; each call is made once."""

import socket

import pytest

from bot.slack import calls
from bot.slack.errors import (
    TRANSIENT_CODES,
    UNCERTAIN_CODES,
    Permanent,
    SlackError,
    Transient,
    Uncertain,
)
from bot.slack.gateway import Gateway, new_client
from tests.unit.slack.fake_slack import FakeSlack
from tests.unit.slack.test_gateway import HELLO

POST = "chat.postMessage"


async def refused(slack: FakeSlack, gateway: Gateway) -> SlackError:
    with pytest.raises(SlackError) as caught:
        await gateway.post("C1", HELLO)
    assert len(slack.asked) == 1
    assert "xoxb" not in str(caught.value)
    return caught.value


async def test_too_many_requests_say_when_to_come_back(slack: FakeSlack, gateway: Gateway) -> None:
    slack.says(POST, status=429, headers={"Retry-After": "30"}, ok=False, error="ratelimited")
    error = await refused(slack, gateway)
    assert isinstance(error, Transient)
    assert (error.reason, error.retry_after) == ("ratelimited", 30.0)


@pytest.mark.parametrize("header", [None, {"Retry-After": "soon"}])
async def test_too_many_requests_without_a_time(
    slack: FakeSlack, gateway: Gateway, header: dict[str, str] | None
) -> None:
    slack.says(POST, status=429, headers=header, ok=False)
    error = await refused(slack, gateway)
    assert isinstance(error, Transient)
    assert error.retry_after is None


@pytest.mark.parametrize("code", sorted(TRANSIENT_CODES))
async def test_codes_that_pass(slack: FakeSlack, gateway: Gateway, code: str) -> None:
    slack.says(POST, ok=False, error=code)
    assert isinstance(await refused(slack, gateway), Transient)


@pytest.mark.parametrize("code", sorted(UNCERTAIN_CODES))
async def test_codes_that_leave_doubt(slack: FakeSlack, gateway: Gateway, code: str) -> None:
    slack.says(POST, ok=False, error=code)
    assert isinstance(await refused(slack, gateway), Uncertain)


@pytest.mark.parametrize(
    "code", ["channel_not_found", "user_disabled", "invalid_blocks", "account_inactive", "new_code"]
)
async def test_codes_that_stay(slack: FakeSlack, gateway: Gateway, code: str) -> None:
    slack.says(POST, ok=False, error=code)
    error = await refused(slack, gateway)
    assert isinstance(error, Permanent)
    assert error.code == code


@pytest.mark.parametrize("status", [500, 502, 503, 504])
@pytest.mark.parametrize("kind", ["application/json", "text/html", "text/plain"])
async def test_server_errors_leave_doubt(
    slack: FakeSlack, gateway: Gateway, status: int, kind: str
) -> None:
    slack.returns(POST, "<h1>sorry</h1>", kind, status)
    error = await refused(slack, gateway)
    assert isinstance(error, Uncertain)
    assert error.reason == f"http_{status}"


@pytest.mark.parametrize("kind", ["application/json", "text/html", "text/plain"])
async def test_a_page_in_place_of_an_answer_leaves_doubt(
    slack: FakeSlack, gateway: Gateway, kind: str
) -> None:
    slack.returns(POST, "<h1>sign in to the network</h1>", kind, 200)
    assert isinstance(await refused(slack, gateway), Uncertain)


async def test_a_missing_method_is_permanent(slack: FakeSlack, gateway: Gateway) -> None:
    slack.returns(POST, "nothing here", "text/html", 404)
    error = await refused(slack, gateway)
    assert isinstance(error, Permanent)
    assert error.code == "http_404"


async def test_a_lost_connection_leaves_doubt(slack: FakeSlack, gateway: Gateway) -> None:
    slack.drops(POST)
    assert isinstance(await refused(slack, gateway), Uncertain)


async def test_silence_leaves_doubt(
    slack: FakeSlack, gateway: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calls, "CALL_SECONDS", 0.05)
    slack.keeps_silent(POST)
    error = await refused(slack, gateway)
    assert isinstance(error, Uncertain)
    assert error.reason == "timeout"


async def test_no_connection_means_nothing_was_asked() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    gateway = Gateway(new_client("xoxb-1", f"http://127.0.0.1:{port}/api"))
    with pytest.raises(Transient):
        await gateway.post("C1", HELLO)


async def test_a_client_without_a_shared_session_works(slack: FakeSlack) -> None:
    slack.says(POST, channel="C1", ts="1.2")
    await Gateway(new_client("xoxb-1", slack.url.rstrip("/"))).post("C1", HELLO)
    assert [asked.method for asked in slack.asked] == [POST]
