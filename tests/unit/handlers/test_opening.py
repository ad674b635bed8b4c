"""Modals that buttons open, and what may not be opened."""

import json
from typing import Any

import pytest
from slack_bolt.app.async_app import AsyncApp

from bot.domain.states import SessionState
from bot.slack.ids import Action, Callback
from bot.store.tables import Person
from tests.support.facts import Facts
from tests.unit.handlers.conftest import Line, notes
from tests.unit.handlers.inbound import click, clicked_in, command, option


@pytest.mark.parametrize(
    ("action", "callback", "state"),
    [
        (Action.SET_TIME, Callback.SET_TIME, SessionState.MATCHED),
        (Action.CANCEL_SESSION, Callback.CANCEL_SESSION, SessionState.MATCHED),
        (Action.WRITE_AGENDA, Callback.AGENDA, SessionState.MATCHED),
        (Action.ADD_ACTION, Callback.ACTIONS, SessionState.HELD),
        (Action.SAY_THANKS, Callback.THANKS, SessionState.HELD),
    ],
)
async def test_buttons_open_the_modals_of_a_session(
    bolt: AsyncApp,
    facts: Facts,
    line: Line,
    pair: tuple[Person, Person],
    action: Action,
    callback: Callback,
    state: SessionState,
) -> None:
    session = await facts.session(*pair, state=state)
    await bolt.async_dispatch(click(action, str(session.id)))
    (view,) = line.views
    assert view["callback_id"] == callback
    assert f'"session": {session.id}' in view["private_metadata"]


@pytest.mark.parametrize(
    "action", [Action.OPEN_TASTER, Action.OPEN_FLASH, Action.OPEN_OFFER, Action.PAUSE]
)
async def test_buttons_open_what_commands_open(bolt: AsyncApp, line: Line, action: Action) -> None:
    await bolt.async_dispatch(click(action, "open"))
    assert len(line.views) == 1


async def test_a_role_chosen_redraws_the_taster(bolt: AsyncApp, line: Line) -> None:
    await bolt.async_dispatch(command("taster"))
    chosen = option("mentor")
    values = {"role": {Action.TASTER_ROLE.value: chosen}}
    (taster,) = line.views
    await bolt.async_dispatch(clicked_in(taster, Action.TASTER_ROLE, values=values, element=chosen))
    ((_, redrawn),) = line.redrawn
    assert _token(redrawn) == _token(taster)
    assert "topics" in [block.get("block_id") for block in redrawn["blocks"]]


@pytest.mark.parametrize("action", [Action.SET_TIME, Action.CANCEL_SESSION])
async def test_no_form_opens_that_would_be_refused(
    bolt: AsyncApp, facts: Facts, pair: tuple[Person, Person], line: Line, action: Action
) -> None:
    session = await facts.session(*pair, state=SessionState.HELD)
    response = await bolt.async_dispatch(click(action, str(session.id)))
    assert response.status == 200
    assert await notes(facts) == ["session_held"]
    assert not line.views


def _token(view: dict[str, Any]) -> str:
    return str(json.loads(view["private_metadata"])["token"])
