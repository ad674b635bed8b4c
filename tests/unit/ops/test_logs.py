"""Logs carry neither secrets nor what people wrote."""

import io
import json
import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import structlog
from sqlalchemy.exc import OperationalError

from bot.ops import logs
from tests.support.logged import logged

Lines = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def lines() -> Iterator[Lines]:
    """All that is logged, as JSON."""
    with logged() as log:
        yield log.lines


SECRETS = [
    "xoxb-123-456-abcDEF",
    "xapp-1-A012-345-abcdef",
    "xoxe.xoxp-1-abc",
    "Vi2EAiqpl1I3i0z2XCFESLkVPFxuihgT2LacCrThrNk=",
    "v0=" + "ab" * 32,
    "Bearer abc.def",
    "https://hooks.slack.com/commands/T1/2/3",
    "?client_secret=abc123&x=1",
    "&code=123.456",
    "wss://wss-primary.slack.com/link/?ticket=12-34",
]


@pytest.mark.parametrize("secret", SECRETS)
def test_what_looks_like_a_secret_is_hidden(lines: Lines, secret: str) -> None:
    log = structlog.get_logger("bot.test")
    log.info("a line", said=f"before {secret} after", deep={"list": [secret]})
    logging.getLogger("elsewhere").warning("said %s", secret)
    ours, theirs = lines()
    secret = secret.removeprefix("Bearer ").removeprefix("xoxe.").removesuffix("&x=1")
    assert secret not in json.dumps([ours, theirs])
    assert logs.HIDDEN in ours["said"]
    assert ours["said"].startswith("before")


def test_a_password_in_a_url_is_hidden(lines: Lines) -> None:
    structlog.get_logger().info("x", url="postgresql://lantern:hunter2@db.example/lantern")
    (line,) = lines()
    assert line["url"] == "postgresql://[hidden]@db.example/lantern"


@pytest.mark.parametrize("name", ["token", "app_token", "password", "signing_secret"])
def test_what_is_named_like_a_secret_is_hidden(lines: Lines, name: str) -> None:
    structlog.get_logger().info("x", **{name: "abc"})
    assert lines()[0][name] == logs.HIDDEN


def test_an_error_is_its_type_and_place_without_its_text(lines: Lines) -> None:
    try:
        raise OperationalError("INSERT", {"topic": "my divorce"}, Exception("my divorce"))
    except OperationalError as error:
        structlog.get_logger().error("fault", reference="ABC234", exc_info=error)
        logging.getLogger("elsewhere").exception("it failed")
    for line in lines():
        assert line["error"] == "OperationalError"
        assert "test_logs.py" in line["where"][0]
        assert "divorce" not in json.dumps(line)


@pytest.mark.parametrize("name", ["slack_bolt.AsyncApp", "slack_sdk.web.async_client"])
def test_libraries_that_log_payloads_are_quiet(lines: Lines, name: str) -> None:
    logging.getLogger(name).debug("payload")
    logging.getLogger(name).warning("Unhandled request ({'text': 'my divorce'})")
    logging.getLogger(name).error("the socket was lost")
    assert [line["event"] for line in lines()] == ["the socket was lost"]


@pytest.mark.parametrize("name", ["slack_bolt.AsyncApp", "aiohttp.server", "sqlalchemy.pool"])
def test_a_library_says_what_but_not_of_what(lines: Lines, name: str) -> None:
    log = logging.getLogger(name)
    log.error("Failed to run listener function (error: my divorce)")
    log.error("Error handling request from %s", {"text": "my divorce"})
    assert [line["event"] for line in lines()] == [
        "Failed to run listener function",
        "Error handling request from",
    ]


def test_the_level_holds(lines: Lines) -> None:
    logs.configure(style="json", level="warning", stream=io.StringIO())
    structlog.get_logger("bot").info("unheard")
    assert lines() == []


def test_for_people_a_line_is_readable() -> None:
    with logged("info", "console") as log:
        structlog.get_logger("bot").info("Lantern is running", team="T1")
    assert "Lantern is running" in log.getvalue()
    assert "team=T1" in log.getvalue()
