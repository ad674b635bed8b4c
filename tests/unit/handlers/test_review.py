"""A round's plan in its leads' hands."""

from datetime import timedelta
from typing import Any

import pytest
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest

from bot.domain.kinds import Role
from bot.domain.programmes import Constraint, Shape
from bot.domain.states import RoundState
from bot.handlers.desk import Desk
from bot.slack.errors import Transient
from bot.slack.ids import Action, Callback
from bot.store.tables import Lead, Person, Programme, Round, RoundConstraint, RoundPair
from tests.support.clock import MONDAY
from tests.support.facts import Facts
from tests.unit.handlers.conftest import Line, notes
from tests.unit.handlers.inbound import body_of, click, inputs, option, sent, words
from tests.unit.handlers.programme_facts import (
    enrolled,
    lead,
    pair_of,
    pairs_card,
    programme,
    programme_of,
    round_of,
)

__all__ = ["lead", "programme"]


@pytest.fixture
async def planned(facts: Facts, programme: Programme) -> Round:
    """A round whose plan waits for its yes: Mia with Max, and Moe is free."""
    return await plan(facts, programme)


async def plan(facts: Facts, programme: Programme) -> Round:
    mia = await facts.person("Mia", slack_id="UMIA")
    max_, moe = [await facts.person(name, slack_id=f"U{name}") for name in ("MAX", "MOE")]
    await enrolled(facts, programme, mia, role=Role.MENTEE)
    await enrolled(facts, programme, max_, moe, role=Role.MENTOR)
    row = await round_of(facts, programme, state=RoundState.PLANNED, run=1)
    await pair_of(facts, row, mia, max_)
    return row


async def the_pair(facts: Facts) -> RoundPair:
    (pair,) = await facts.all(RoundPair)
    return pair  # type: ignore[no-any-return]


async def state(facts: Facts) -> RoundState:
    (row,) = await facts.all(Round)
    return row.state  # type: ignore[no-any-return]


async def test_a_plan_is_approved_as_it_was_seen(
    bolt: AsyncApp, facts: Facts, planned: Round
) -> None:
    await bolt.async_dispatch(click(Action.APPROVE_ROUND, f"{planned.id}:0"))
    assert await notes(facts) == ["plan_changed"]
    await bolt.async_dispatch(click(Action.APPROVE_ROUND, f"{planned.id}:1"))
    assert await state(facts) is RoundState.APPROVED
    await bolt.async_dispatch(click(Action.APPROVE_ROUND, f"{planned.id}:1"))
    assert await notes(facts) == ["plan_changed", "round_approved"]


@pytest.mark.parametrize("broken", [None, Transient("ratelimited")])
async def test_the_second_yes_is_told_who_was_first(
    bolt: AsyncApp,
    desk: Desk,
    line: Line,
    facts: Facts,
    programme: Programme,
    planned: Round,
    broken: Exception | None,
) -> None:
    ben = await facts.person("Ben", slack_id="UBEN")
    await facts.add(Lead(programme_id=programme.id, person_id=ben.id, made_at=facts.now))
    where = {"channel": {"id": "G1"}, "message": {"ts": "2.1", "thread_ts": "1.1"}}
    for who in ("UADA", "UBEN"):
        line.broken = broken if who == "UBEN" else None
        value = f"{planned.id}:1"
        await bolt.async_dispatch(click(Action.APPROVE_ROUND, value, user=who, **where))
        await desk.flight.idle()
    if broken:
        assert await notes(facts) == ["round_approved"]
        return
    ((channel, who, text, thread),) = line.whispers
    assert (channel, who, thread) == ("G1", "UBEN", "1.1")
    assert "Ada" in text


async def test_a_group_flash_is_asked_when_and_where(
    bolt: AsyncApp, line: Line, facts: Facts, lead: Person
) -> None:
    row = await plan(facts, await programme_of(facts, lead, shape=Shape.GROUPS))
    await bolt.async_dispatch(click(Action.APPROVE_ROUND, f"{row.id}:1"))
    (view,) = line.views
    assert view["callback_id"] == Callback.APPROVE
    values = inputs(meets_at={"selected_date_time": None}, place=words("Room 4"))
    answer = body_of(await bolt.async_dispatch(sent(view, values)))
    assert list(answer["errors"]) == ["meets_at"]
    values["meets_at"]["a"]["selected_date_time"] = int((MONDAY + timedelta(days=3)).timestamp())
    assert body_of(await bolt.async_dispatch(sent(view, values))) == {}
    (kept,) = await facts.all(Round)
    assert (kept.state, kept.place) == (RoundState.APPROVED, "Room 4")
    assert kept.meets_at == MONDAY + timedelta(days=3)


@pytest.mark.parametrize(("typed", "seed"), [("42", 42), ("", None)])
async def test_another_plan_with_a_seed(
    bolt: AsyncApp, line: Line, facts: Facts, planned: Round, typed: str, seed: int | None
) -> None:
    await bolt.async_dispatch(click(Action.RERUN_ROUND, str(planned.id)))
    (view,) = line.views
    await bolt.async_dispatch(sent(view, inputs(seed=words(typed))))
    (kept,) = await facts.all(Round)
    assert kept.state is RoundState.RUNNING
    assert kept.seed == seed if seed is not None else kept.seed != planned.seed


@pytest.mark.parametrize("typed", ["-1", "1.5", "seven", "٧", "99999999999999999999"])
async def test_a_seed_that_is_none_is_told_at_its_field(
    bolt: AsyncApp, line: Line, facts: Facts, planned: Round, typed: str
) -> None:
    await bolt.async_dispatch(click(Action.RERUN_ROUND, str(planned.id)))
    answer = body_of(await bolt.async_dispatch(sent(line.views[0], inputs(seed=words(typed)))))
    assert list(answer["errors"]) == ["seed"]
    assert await state(facts) is RoundState.PLANNED


async def test_a_page_is_turned_by_a_button_or_a_menu(
    bolt: AsyncApp, facts: Facts, planned: Round
) -> None:
    card = await pairs_card(facts)
    await bolt.async_dispatch(click(Action.TURN_PAGE, f"{card.id}:page:2"))
    assert (await pairs_card(facts)).note == "page:2"
    menu = {"type": "static_select", "value": None, **option(f"{card.id}:page:3")}
    await bolt.async_dispatch(click(Action.TURN_PAGE, element=menu))
    assert (await pairs_card(facts)).note == "page:3"


async def test_somebody_is_found(bolt: AsyncApp, facts: Facts, planned: Round) -> None:
    pair = await the_pair(facts)
    await bolt.async_dispatch(looking_for("UMIA", planned))
    assert (await pairs_card(facts)).note == f"person:{pair.mentee_id}"
    for nobody in ("UMOE", "UNEVER"):
        await bolt.async_dispatch(looking_for(nobody, planned))
    assert await notes(facts) == ["not_in_plan", "not_in_plan"]
    assert (await pairs_card(facts)).note == f"person:{pair.mentee_id}"
    await bolt.async_dispatch(looking_for(None, planned))
    assert (await pairs_card(facts)).note == "page:1"


@pytest.mark.parametrize(
    ("verb", "said", "after"),
    [
        ("lock", [Constraint.LOCK], RoundState.PLANNED),
        ("unlock", [], RoundState.PLANNED),
        ("veto", [Constraint.VETO], RoundState.RUNNING),
    ],
)
async def test_a_pair_is_locked_let_go_or_ruled_out(
    bolt: AsyncApp,
    facts: Facts,
    planned: Round,
    verb: str,
    said: list[Constraint],
    after: RoundState,
) -> None:
    pair = await the_pair(facts)
    await bolt.async_dispatch(menu_of(pair, verb))
    assert [row.constraint for row in await facts.all(RoundConstraint)] == said
    assert await state(facts) is after


async def test_a_pair_is_swapped(bolt: AsyncApp, line: Line, facts: Facts, planned: Round) -> None:
    pair = await the_pair(facts)
    await bolt.async_dispatch(menu_of(pair, "swap"))
    (view,) = line.views
    assert "MOE" in str(view["blocks"])
    (moe,) = [each for each in await facts.all(Person) if each.slack_id == "UMOE"]
    await bolt.async_dispatch(sent(view, inputs(partner=option(str(moe.id)))))
    kept = {(row.mentor_id, row.constraint) for row in await facts.all(RoundConstraint)}
    assert kept == {(pair.mentor_id, Constraint.VETO), (moe.id, Constraint.LOCK)}
    assert await state(facts) is RoundState.RUNNING


async def test_whoever_leads_no_more_changes_and_sees_nothing(
    bolt: AsyncApp, line: Line, facts: Facts, planned: Round
) -> None:
    await facts.person("Zoe", slack_id="UZOE")
    pair, card = await the_pair(facts), await pairs_card(facts)
    done = [
        click(Action.APPROVE_ROUND, f"{planned.id}:1", user="UZOE"),
        click(Action.RERUN_ROUND, str(planned.id), user="UZOE"),
        click(Action.TURN_PAGE, f"{card.id}:page:2", user="UZOE"),
        looking_for("UMIA", planned, user="UZOE"),
        menu_of(pair, "swap", user="UZOE"),
        menu_of(pair, "veto", user="UZOE"),
    ]
    for request in done:
        await bolt.async_dispatch(request)
    assert await notes(facts) == ["not_a_lead"] * len(done)
    assert line.views == []
    assert await state(facts) is RoundState.PLANNED


async def test_a_pair_of_an_older_plan_is_told(
    bolt: AsyncApp, facts: Facts, planned: Round
) -> None:
    for verb in ("lock", "swap"):
        await bolt.async_dispatch(click(Action.PAIR_MENU, element=overflow(f"999:{verb}")))
    assert await notes(facts) == ["plan_changed", "plan_changed"]


def overflow(value: str) -> dict[str, Any]:
    return {"type": "overflow", "value": None, **option(value)}


def menu_of(pair: RoundPair, verb: str, user: str = "UADA") -> AsyncBoltRequest:
    return click(Action.PAIR_MENU, user=user, element=overflow(f"{pair.id}:{verb}"))


def looking_for(slack_id: str | None, row: Round, user: str = "UADA") -> AsyncBoltRequest:
    menu = {
        "type": "users_select",
        "block_id": f"find:{row.id}",
        "selected_user": slack_id,
        "value": None,
    }
    return click(Action.FIND_IN_ROUND, user=user, element=menu)
