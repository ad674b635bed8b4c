"""Buttons, menus and tick boxes in messages: each does one thing, once."""

from datetime import timedelta

import pytest
from slack_bolt.app.async_app import AsyncApp

from bot.domain.job_kinds import JobKind
from bot.domain.kinds import Kind, Outcome, Role
from bot.domain.states import ActionState, OfferState, RequestState, SessionState
from bot.handlers.desk import Desk
from bot.slack.ids import Action
from bot.store.tables import ActionItem, Answer, Job, Offer, Person, Request, Session, Tick
from tests.support.clock import MONDAY
from tests.support.facts import Facts
from tests.unit.handlers.conftest import notes
from tests.unit.handlers.inbound import click, option


@pytest.mark.parametrize(
    ("action", "state"),
    [
        (Action.ACCEPT_OFFER, OfferState.ACCEPTED),
        (Action.DECLINE_OFFER, OfferState.DECLINED),
    ],
)
async def test_an_offer_is_answered(
    bolt: AsyncApp, facts: Facts, pair: tuple[Person, Person], action: Action, state: OfferState
) -> None:
    offer = await facts.offer(await facts.request(pair[1]), pair[0])
    await bolt.async_dispatch(click(action, str(offer.id), user="UMENTOR"))
    (kept,) = await facts.all(Offer)
    assert kept.state is state


async def test_a_second_click_is_told(
    bolt: AsyncApp, facts: Facts, pair: tuple[Person, Person]
) -> None:
    offer = await facts.offer(await facts.request(pair[1]), pair[0])
    for _ in range(2):
        await bolt.async_dispatch(click(Action.ACCEPT_OFFER, str(offer.id), user="UMENTOR"))
    assert len(await facts.all(Session)) == 1
    assert await notes(facts) == ["offer_over:accepted"]


async def test_somebody_elses_button_is_refused(
    bolt: AsyncApp, facts: Facts, pair: tuple[Person, Person]
) -> None:
    offer = await facts.offer(await facts.request(pair[1]), pair[0])
    await bolt.async_dispatch(click(Action.ACCEPT_OFFER, str(offer.id), user="UADA"))
    assert await facts.all(Session) == []
    assert await notes(facts) == ["not_yours"]


async def test_withdrawing_by_a_button(
    bolt: AsyncApp, facts: Facts, pair: tuple[Person, Person]
) -> None:
    request = await facts.request(pair[1])
    await bolt.async_dispatch(click(Action.WITHDRAW, str(request.id)))
    (kept,) = await facts.all(Request)
    assert kept.state is RequestState.WITHDRAWN


async def test_ticks_are_remembered_and_taken_back(
    bolt: AsyncApp, desk: Desk, facts: Facts, pair: tuple[Person, Person]
) -> None:
    session = await facts.session(*pair)
    keys = [item.key for item in desk.ctx.library.guide(Kind.FLASH, Role.MENTEE).before][:2]
    block = f"tick:{session.id}"
    for ticked in (keys, keys[:1], []):
        chosen = [option(key)["selected_option"] for key in ticked]
        action = {"type": "checkboxes", "block_id": block, "selected_options": chosen}
        state = {"values": {block: {Action.TICK.value: {"selected_options": chosen}}}}
        await bolt.async_dispatch(click(Action.TICK, element=action, state=state))
        assert sorted(tick.item for tick in await facts.all(Tick)) == sorted(ticked)


@pytest.mark.parametrize(
    ("action", "outcome"),
    [
        (Action.OUTCOME_YES, Outcome.YES),
        (Action.OUTCOME_NO, Outcome.NO),
        (Action.OUTCOME_NOT_YET, Outcome.NOT_YET),
    ],
)
async def test_did_it_happen(
    bolt: AsyncApp, facts: Facts, pair: tuple[Person, Person], action: Action, outcome: Outcome
) -> None:
    session = await facts.session(*pair, starts_at=MONDAY - timedelta(hours=2))
    await bolt.async_dispatch(click(action, f"{session.id}:{session.plan}"))
    (answer,) = await facts.all(Answer)
    assert (answer.outcome, answer.person_id) == (outcome, pair[1].id)


@pytest.mark.parametrize(
    ("action", "state"),
    [
        (Action.ACTION_DONE, ActionState.DONE),
        (Action.ACTION_OPEN, ActionState.OPEN),
        (Action.ACTION_DROPPED, ActionState.DROPPED),
    ],
)
async def test_what_became_of_a_next_step(
    bolt: AsyncApp, facts: Facts, pair: tuple[Person, Person], action: Action, state: ActionState
) -> None:
    session = await facts.session(*pair, state=SessionState.HELD)
    step = await facts.action(session, pair[1])
    await bolt.async_dispatch(click(action, str(step.id)))
    (kept,) = await facts.all(ActionItem)
    assert kept.state is state


async def test_a_nudge_is_put_off(
    bolt: AsyncApp, facts: Facts, pair: tuple[Person, Person]
) -> None:
    session = await facts.session(*pair, starts_at=MONDAY + timedelta(days=4))
    nudge = await facts.job(JobKind.CHECKLIST_NUDGE, recipient=pair[1], session_id=session.id)
    action = {"type": "static_select", "value": None, **option(f"{nudge.id}:tomorrow")}
    await bolt.async_dispatch(click(Action.SNOOZE, element=action))
    kept = await facts.one(Job, nudge.id)
    assert kept.snoozed_until is not None


async def test_a_button_nobody_knows_any_more_gets_a_sentence(bolt: AsyncApp, facts: Facts) -> None:
    response = await bolt.async_dispatch(click("lantern:of_long_ago"))
    assert response.status == 200
    assert await notes(facts) == ["button_gone"]
