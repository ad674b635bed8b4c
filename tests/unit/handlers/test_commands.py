"""What is typed after `/mentoring`, and the shortcut, through Bolt and every listener."""

import pytest
from slack_bolt.app.async_app import AsyncApp

from bot.domain.job_kinds import JobKind
from bot.domain.states import RequestState
from bot.slack.ids import Action, Callback, Shortcut
from bot.store.tables import Job, Person, Request
from tests.support.facts import Facts
from tests.unit.handlers.conftest import Line
from tests.unit.handlers.inbound import body_of, command, shortcut


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "What Lantern does"),
        ("help", "What Lantern does"),
        ("sessions", "What is open"),
        ("flsh", "I do not know"),
        ("withdraw", "no open request"),
    ],
)
async def test_commands_answer(bolt: AsyncApp, text: str, says: str) -> None:
    answer = body_of(await bolt.async_dispatch(command(text)))
    assert says in answer["text"]
    assert answer["response_type"] == "ephemeral"


@pytest.mark.parametrize(
    ("text", "callback"),
    [
        ("taster", Callback.TASTER),
        ("flash", Callback.FLASH),
        ("offer", Callback.OFFER),
        ("pause", Callback.PAUSE),
    ],
)
async def test_commands_open_modals(
    bolt: AsyncApp, line: Line, text: str, callback: Callback
) -> None:
    response = await bolt.async_dispatch(command(text))
    assert (response.status, body_of(response)) == (200, {})
    assert [view["callback_id"] for view in line.views] == [callback]


async def test_each_opening_has_a_token_of_its_own(bolt: AsyncApp, line: Line) -> None:
    await bolt.async_dispatch(command("flash"))
    await bolt.async_dispatch(command("flash"))
    first, second = (view["private_metadata"] for view in line.views)
    assert first != second


async def test_the_only_request_is_withdrawn_at_once(
    bolt: AsyncApp, facts: Facts, pair: tuple[Person, Person]
) -> None:
    await facts.request(pair[1], topic="Feedback")
    answer = body_of(await bolt.async_dispatch(command("withdraw")))
    (request,) = await facts.all(Request)
    assert request.state is RequestState.WITHDRAWN
    assert "Feedback" in answer["text"]


async def test_several_requests_are_askedabout(
    bolt: AsyncApp, facts: Facts, pair: tuple[Person, Person]
) -> None:
    await facts.request(pair[1], topic="Feedback")
    await facts.request(pair[1], topic="Hiring")
    answer = body_of(await bolt.async_dispatch(command("withdraw")))
    assert str(answer["blocks"]).count(Action.WITHDRAW) == 2


@pytest.mark.parametrize("text", ["resume", "pause off"])
async def test_coming_back_is_answered_once(bolt: AsyncApp, facts: Facts, text: str) -> None:
    assert body_of(await bolt.async_dispatch(command(text))) == {}
    assert [job.kind for job in await facts.all(Job)] == [JobKind.PAUSE_CARD]


async def test_a_command_nobody_knows_is_answered(bolt: AsyncApp) -> None:
    answer = body_of(await bolt.async_dispatch(command(command="/elsewhere")))
    assert "I do not know" in answer["text"]


async def test_the_shortcut_opens_the_taster(bolt: AsyncApp, line: Line) -> None:
    response = await bolt.async_dispatch(shortcut(Shortcut.ASK))
    assert response.status == 200
    assert [view["callback_id"] for view in line.views] == [Callback.TASTER]


@pytest.mark.parametrize("text", ["<@U123|ada>", "spot <@U123|ada>", "ask <@U123> please"])
async def test_a_name_opens_an_invitation_to_them(bolt: AsyncApp, line: Line, text: str) -> None:
    await bolt.async_dispatch(command(text))
    (view,) = line.views
    assert view["callback_id"] == Callback.INVITE
    assert "'initial_user': 'U123'" in str(view["blocks"])
