"""Whatever happens in a listener, Slack hears an answer in time, and so does the person."""

import asyncio
import logging
from typing import Any

import pytest
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.exc import OperationalError
from structlog.testing import capture_logs

from bot.handlers.answers import Answer, Reply
from bot.handlers.desk import Desk
from bot.handlers.heard import Heard
from bot.handlers.inbound import middleware
from bot.handlers.inbound.middleware import Handler, listener
from bot.handlers.inbound.ways import CLICK, COMMAND, EVENT, SUBMISSION, WORDS, Way
from bot.services.errors import AlreadyDone, RuleBroken
from bot.slack.errors import Permanent, Transient, Uncertain
from tests.unit.handlers.conftest import Line
from tests.unit.handlers.inbound import (
    SECRET,
    TEAM,
    body_of,
    click,
    command,
    happening,
    said,
    submission,
)

BUSY = OperationalError("INSERT", {"topic": "my secret"}, Exception("database is locked"))


def app_with(desk: Desk, way: Way, handle: Handler) -> AsyncApp:
    """Bolt, as `make_bolt` sets it up, with one handler for everything."""

    async def authorize(**_: Any) -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id=TEAM, bot_user_id=desk.bot_user_id)

    app = AsyncApp(
        client=AsyncWebClient(token=None),
        authorize=authorize,
        signing_secret=SECRET,
        process_before_response=True,
    )
    heard = listener(desk, way, handle)
    app.command("/mentoring")(heard)
    app.action("lantern:withdraw")(heard)
    app.view("lantern:flash")(heard)
    app.event("message")(heard)
    app.event("app_home_opened")(heard)
    return app


def failing(error: Exception) -> Handler:
    async def handle(heard: Heard) -> Answer:
        raise error

    return handle


async def test_a_rule_is_told_where_the_command_was_typed(desk: Desk) -> None:
    app = app_with(desk, COMMAND, failing(RuleBroken("too_many_requests", limit=3)))
    answer = body_of(await app.async_dispatch(command()))
    assert "3 open requests" in answer["text"]
    assert answer["response_type"] == "ephemeral"


async def test_a_rule_is_told_at_the_field_it_is_about(desk: Desk) -> None:
    broken = RuleBroken("blank", field="hoped_for")
    app = app_with(desk, SUBMISSION, failing(broken))
    answer = body_of(await app.async_dispatch(submission("lantern:flash")))
    assert answer["response_action"] == "errors"
    assert list(answer["errors"]) == ["hoped_for"]


@pytest.mark.parametrize("field", [None, "elsewhere", "s"])
async def test_a_rule_without_a_field_is_told_at_the_first(desk: Desk, field: str | None) -> None:
    app = app_with(desk, SUBMISSION, failing(RuleBroken("too_many_requests", field=field)))
    answer = body_of(await app.async_dispatch(submission("lantern:flash")))
    assert list(answer["errors"]) == ["topic"]


async def test_a_modal_without_inputs_is_answered_in_the_dm(desk: Desk, line: Line) -> None:
    app = app_with(desk, SUBMISSION, failing(BUSY))
    response = await app.async_dispatch(submission("lantern:flash", blocks=()))
    await desk.flight.idle()
    assert (response.status, body_of(response)) == (200, {})
    assert len(line.said) == 1


async def test_a_rule_about_a_click_becomes_a_job(desk: Desk) -> None:
    app = app_with(desk, CLICK, failing(RuleBroken("offer_over", state="accepted")))
    response = await app.async_dispatch(click("lantern:withdraw"))
    assert (response.status, body_of(response)) == (200, {})
    assert await _notes(desk) == ["offer_over:accepted"]


async def test_a_command_that_was_done_before_is_answered(desk: Desk, line: Line) -> None:
    response = await app_with(desk, COMMAND, failing(AlreadyDone("x"))).async_dispatch(command())
    assert "I did it once, and it is done" in body_of(response)["text"]
    assert line.said == []


@pytest.mark.parametrize(("second", "times"), [("1.2.first", 1), ("1.2.second", 2)])
async def test_what_comes_again_is_not_done_again(desk: Desk, second: str, times: int) -> None:
    done: list[str] = []

    async def once(heard: Heard) -> Answer:
        done.append(heard.trigger_id)
        return Reply(heard.desk.refusal("busy"))

    app = app_with(desk, COMMAND, once)
    heard = [await app.async_dispatch(command(trigger_id=each)) for each in ("1.2.first", second)]
    assert len(done) == times
    assert body_of(heard[0]) == body_of(heard[1])


async def test_what_came_to_nothing_is_done_when_it_comes_again(desk: Desk) -> None:
    tried: list[str] = []

    async def second_time(heard: Heard) -> Answer:
        tried.append(heard.trigger_id)
        if len(tried) == 1:
            raise Transient("ratelimited")
        return Answer()

    app = app_with(desk, COMMAND, second_time)
    first = await app.async_dispatch(command(trigger_id="1.2.same"))
    assert "try again" in body_of(first)["text"]
    assert body_of(await app.async_dispatch(command(trigger_id="1.2.same"))) == {}
    assert len(tried) == 2


@pytest.mark.parametrize("way", [SUBMISSION, CLICK, EVENT, WORDS])
async def test_what_was_done_before_is_acknowledged(desk: Desk, line: Line, way: Way) -> None:
    app = app_with(desk, way, failing(AlreadyDone("x")))
    response = await app.async_dispatch(_request(way))
    assert (response.status, body_of(response)) == (200, {})
    assert line.said == []


@pytest.mark.parametrize("error", [BUSY, Transient("ratelimited"), Uncertain("timeout")])
async def test_a_busy_database_or_slack_loses_nothing(
    desk: Desk, line: Line, error: Exception
) -> None:
    typed = await app_with(desk, COMMAND, failing(error)).async_dispatch(command())
    assert "try again" in body_of(typed)["text"]
    filled = await app_with(desk, SUBMISSION, failing(error)).async_dispatch(
        submission("lantern:flash")
    )
    assert "try again" in body_of(filled)["errors"]["topic"]
    clicked = await app_with(desk, CLICK, failing(error)).async_dispatch(click("lantern:withdraw"))
    await desk.flight.idle()
    assert clicked.status == 200
    assert "try again" in line.said[0].text


@pytest.mark.parametrize("code", sorted(middleware.LATE))
async def test_a_trigger_that_ran_out_asks_to_press_again(desk: Desk, code: str) -> None:
    answer = await app_with(desk, COMMAND, failing(Permanent(code))).async_dispatch(command())
    assert "try again" in body_of(answer)["text"]


async def test_words_that_could_not_be_saved_are_delivered_again(desk: Desk, line: Line) -> None:
    app = app_with(desk, WORDS, failing(BUSY))
    for retry in range(3):
        response = await app.async_dispatch(happening(said(), retry=retry))
        assert response.status == 503
    await desk.flight.idle()
    assert line.said == []


async def test_after_the_last_delivery_the_person_hears_of_it(desk: Desk, line: Line) -> None:
    app = app_with(desk, WORDS, failing(BUSY))
    response = await app.async_dispatch(happening(said(), retry=3))
    await desk.flight.idle()
    assert response.status == 200
    assert "try again" in line.said[0].text


@pytest.mark.parametrize("way", [COMMAND, SUBMISSION, CLICK, WORDS])
async def test_a_fault_gives_a_reference_to_quote(desk: Desk, line: Line, way: Way) -> None:
    app = app_with(desk, way, failing(RuntimeError("my secret")))
    with capture_logs() as logged:
        response = await app.async_dispatch(_request(way))
        await desk.flight.idle()
    (fault,) = [each for each in logged if each["event"] == "fault"]
    assert response.status == 200
    told = str(body_of(response)) + "".join(line.texts()) + str(_blocks_said(line))
    if way in (COMMAND, SUBMISSION):
        assert fault["reference"] in str(body_of(response))
    assert told
    assert "my secret" not in str({k: v for k, v in fault.items() if k != "exc_info"})


async def test_a_fault_in_an_event_is_only_logged(desk: Desk, line: Line) -> None:
    app = app_with(desk, EVENT, failing(RuntimeError("x")))
    with capture_logs() as logged:
        response = await app.async_dispatch(_request(EVENT))
    assert response.status == 200
    assert [each["event"] for each in logged] == ["fault", "answered"]
    assert line.said == []


async def test_an_unknown_sentence_is_a_fault_and_no_silence(desk: Desk) -> None:
    app = app_with(desk, COMMAND, failing(RuleBroken("no_such_rule")))
    answer = body_of(await app.async_dispatch(command()))
    assert "Something went wrong" in answer["text"]


async def test_a_slow_command_is_answered_in_time_and_still_done(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(middleware, "ANSWER_WITHIN", 0.05)
    go, done = asyncio.Event(), asyncio.Event()

    async def slow(heard: Heard) -> Answer:
        await go.wait()
        done.set()
        return Answer()

    answer = await app_with(desk, COMMAND, slow).async_dispatch(command())
    assert "try again" in body_of(answer)["text"]
    go.set()
    await desk.flight.idle()
    assert done.is_set()


async def test_slow_words_are_left_for_the_next_delivery(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(middleware, "ANSWER_WITHIN", 0.05)
    go = asyncio.Event()

    async def slow(heard: Heard) -> Answer:
        await go.wait()
        return Answer()

    response = await app_with(desk, WORDS, slow).async_dispatch(happening(said()))
    assert response.status == 503
    go.set()


async def test_what_fails_behind_the_acknowledgement_is_logged(desk: Desk, line: Line) -> None:
    line.fail_always("post", Transient("ratelimited"))
    app = app_with(desk, CLICK, failing(BUSY))
    with capture_logs() as logged:
        response = await app.async_dispatch(click("lantern:withdraw"))
        await desk.flight.idle()
        await asyncio.sleep(0)
    assert response.status == 200
    assert "background work failed" in [each["event"] for each in logged]


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"is_restricted": True}, "guests cannot take part"),
        ({"is_ultra_restricted": True}, "guests cannot take part"),
        ({"is_stranger": True}, "people of this workspace"),
        ({"team_id": "T9"}, "people of this workspace"),
    ],
)
async def test_others_are_refused_kindly(
    desk: Desk, line: Line, facts: dict[str, Any], says: str
) -> None:
    line.people["UADA"] = facts

    async def never(heard: Heard) -> Answer:
        raise AssertionError("was let in")

    answer = await app_with(desk, COMMAND, never).async_dispatch(command())
    assert says in body_of(answer)["text"]
    await app_with(desk, CLICK, never).async_dispatch(click("lantern:withdraw"))
    await desk.flight.idle()
    assert says in line.said[0].text


@pytest.mark.parametrize("facts", [{"is_bot": True}, {"deleted": True}])
async def test_nobody_answers_a_bot_or_the_departed(
    desk: Desk, line: Line, facts: dict[str, Any]
) -> None:
    line.people["UADA"] = facts

    async def never(heard: Heard) -> Answer:
        raise AssertionError("was let in")

    response = await app_with(desk, WORDS, never).async_dispatch(happening(said()))
    await desk.flight.idle()
    assert response.status == 200
    assert line.said == []


async def test_a_person_is_asked_of_slack_once_a_day(desk: Desk, line: Line) -> None:
    async def fine(heard: Heard) -> Answer:
        return Answer()

    app = app_with(desk, COMMAND, fine)
    await app.async_dispatch(command())
    await app.async_dispatch(command())
    assert line.asked == ["UADA"]


async def test_who_slack_cannot_tell_now_is_asked_to_try_again(desk: Desk, line: Line) -> None:
    line.broken = Transient("ratelimited")
    answer = await app_with(desk, COMMAND, failing(RuntimeError())).async_dispatch(command())
    assert "try again" in body_of(answer)["text"]


async def test_bolt_itself_says_nothing(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    await app_with(desk, COMMAND, failing(RuntimeError("my secret"))).async_dispatch(command())
    assert "my secret" not in caplog.text.replace("RuntimeError('my secret')", "")


def _request(way: Way) -> AsyncBoltRequest:
    if way is COMMAND:
        return command()
    if way is SUBMISSION:
        return submission("lantern:flash")
    if way is CLICK:
        return click("lantern:withdraw")
    if way is EVENT:
        return happening({"type": "app_home_opened", "user": "UADA", "tab": "home"})
    return happening(said())


def _blocks_said(line: Line) -> list[str]:
    return line.texts()


async def _notes(desk: Desk) -> list[str | None]:
    from sqlmodel import select

    from bot.store.tables import Job

    async with desk.ctx.db.read() as session:
        return list((await session.execute(select(Job.note))).scalars())
