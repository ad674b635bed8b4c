"""The requests that wait, and the mentors whom a lead names for them."""

from datetime import timedelta

import pytest
from slack_bolt.app.async_app import AsyncApp

from bot.domain.kinds import Role
from bot.domain.states import RequestState
from bot.slack.ids import Action, Callback
from bot.store.tables import Offer, Person, Programme, Request
from tests.support.clock import MONDAY
from tests.support.facts import Facts
from tests.unit.handlers.conftest import Line, notes
from tests.unit.handlers.inbound import body_of, click, command, inputs, sent
from tests.unit.handlers.programme_facts import enrolled, lead, programme

__all__ = ["lead", "programme"]


@pytest.fixture
async def waiting(facts: Facts, programme: Programme) -> Request:
    """Mia has waited since yesterday."""
    mia = await facts.person("Mia", slack_id="UMIA")
    row: Request = await facts.request(
        mia,
        programme_id=programme.id,
        state=RequestState.WAITING,
        waiting_since=MONDAY - timedelta(days=1),
        topic="A private matter",
    )
    return row


@pytest.mark.parametrize("by", ["command", "button"])
async def test_the_queue_is_shown_without_what_was_written(
    bolt: AsyncApp, line: Line, programme: Programme, waiting: Request, by: str
) -> None:
    asked = click(Action.OPEN_QUEUE, str(programme.id))
    await bolt.async_dispatch(command("queue") if by == "command" else asked)
    (view,) = line.views
    assert view["callback_id"] == Callback.QUEUE
    assert "UMIA" in str(view["blocks"])
    assert "private" not in str(view["blocks"])


async def test_a_lead_names_a_mentor(
    bolt: AsyncApp, line: Line, facts: Facts, programme: Programme, waiting: Request
) -> None:
    mentor = await facts.person("Max", slack_id="UMAX")
    await enrolled(facts, programme, mentor, role=Role.MENTOR)
    await bolt.async_dispatch(command("queue"))
    chosen = inputs(**{f"mentor:{waiting.id}": {"selected_user": "UMAX"}})
    for _ in range(2):
        assert body_of(await bolt.async_dispatch(sent(line.views[0], chosen))) == {}
    (offer,) = await facts.all(Offer)
    assert offer.mentor_id == mentor.id
    assert await notes(facts) == []


@pytest.mark.parametrize("nobody", ["UMIA", "UBOT"])
async def test_who_cannot_be_asked_is_told_beside_the_request(
    bolt: AsyncApp, line: Line, facts: Facts, waiting: Request, nobody: str
) -> None:
    line.people["UBOT"] = {"is_bot": True}
    await bolt.async_dispatch(command("queue"))
    block = f"mentor:{waiting.id}"
    chosen = inputs(**{block: {"selected_user": nobody}})
    answer = body_of(await bolt.async_dispatch(sent(line.views[0], chosen)))
    assert list(answer["errors"]) == [block]
    assert await facts.all(Offer) == []


async def test_nobody_chosen_asks_nobody(
    bolt: AsyncApp, line: Line, facts: Facts, waiting: Request, lead: Person
) -> None:
    await bolt.async_dispatch(command("queue"))
    chosen = inputs(**{f"mentor:{waiting.id}": {"selected_user": None}})
    assert body_of(await bolt.async_dispatch(sent(line.views[0], chosen))) == {}
    assert await facts.all(Offer) == []
