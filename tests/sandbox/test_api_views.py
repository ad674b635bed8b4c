"""views.*: triggers, stacks, hashes, and what stays of what was typed."""

from datetime import timedelta

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.screen.person import Person
from bot.sandbox.workspace import Workspace
from tests.sandbox.conftest import ShiftedClock
from tests.sandbox.lunch import modal, text
from tests.sandbox.test_api_calls import refusal


async def opened(client: AsyncWebClient, ws: Workspace, handle: str = "mira") -> str:
    """A modal on somebody's screen; returns its view id."""
    trigger = ws.triggers.issue(ws.user(handle).id)
    answer = await client.views_open(trigger_id=trigger, view=modal())
    return str(answer["view"]["id"])


async def test_a_trigger_lives_three_real_seconds(
    client: AsyncWebClient, ws: Workspace, clock: ShiftedClock
) -> None:
    trigger = ws.triggers.issue(ws.user("mira").id)
    clock.shift += timedelta(seconds=3.1)
    late = client.views_open(trigger_id=trigger, view=modal())
    assert await refusal(late) == "expired_trigger_id"


async def test_moving_the_workspace_clock_does_not_age_a_trigger(
    client: AsyncWebClient, ws: Workspace, clock: ShiftedClock
) -> None:
    trigger = ws.triggers.issue(ws.user("mira").id)
    await clock.advance(timedelta(days=1))
    assert (await client.views_open(trigger_id=trigger, view=modal()))["ok"]


async def test_a_trigger_works_once(client: AsyncWebClient, ws: Workspace) -> None:
    trigger = ws.triggers.issue(ws.user("mira").id)
    await client.views_open(trigger_id=trigger, view=modal())
    again = client.views_open(trigger_id=trigger, view=modal())
    assert await refusal(again) == "exchanged_trigger_id"
    made_up = client.views_open(trigger_id="1.2.x", view=modal())
    assert await refusal(made_up) == "invalid_trigger_id"


async def test_a_refused_view_does_not_use_the_trigger_up(
    client: AsyncWebClient, ws: Workspace
) -> None:
    trigger = ws.triggers.issue(ws.user("mira").id)
    with pytest.raises(SlackApiError) as caught:
        await client.views_open(trigger_id=trigger, view=modal() | {"title": text("x" * 25)})
    assert caught.value.response["error"] == "invalid_arguments"
    assert "/title/text" in caught.value.response["response_metadata"]["messages"][0]
    assert (await client.views_open(trigger_id=trigger, view=modal()))["ok"]


async def test_three_views_are_stacked_and_no_more(client: AsyncWebClient, ws: Workspace) -> None:
    mira = ws.user("mira").id
    top = root = await opened(client, ws)
    for _ in range(2):
        trigger = ws.triggers.issue(mira, top)
        pushed = (await client.views_push(trigger_id=trigger, view=modal()))["view"]
        assert pushed["previous_view_id"] == top
        assert pushed["root_view_id"] == root
        top = pushed["id"]
    fourth = client.views_push(trigger_id=ws.triggers.issue(mira, top), view=modal())
    assert await refusal(fourth) == "push_limit_reached"


async def test_closing_goes_back_to_the_one_below(client: AsyncWebClient, ws: Workspace) -> None:
    mira = Person(ws, "mira")
    below = await opened(client, ws)
    trigger = ws.triggers.issue(mira.id, below)
    await client.views_push(trigger_id=trigger, view=modal() | {"title": text("Upper")})
    await mira.reads("Upper", where="modal")
    await mira.closes()
    assert mira.modal
    assert mira.modal.title == "Lunch"


async def test_an_update_checks_the_hash(client: AsyncWebClient, ws: Workspace) -> None:
    view_id = await opened(client, ws)
    first = await client.views_update(view_id=view_id, view=modal())
    await client.views_update(view_id=view_id, view=modal(), hash=first["view"]["hash"])
    stale = client.views_update(view_id=view_id, view=modal(), hash=first["view"]["hash"])
    assert await refusal(stale) == "hash_conflict"
    lost = client.views_update(view_id="V0NONE", view=modal())
    assert await refusal(lost) == "not_found"


async def test_what_was_typed_survives_an_update(client: AsyncWebClient, ws: Workspace) -> None:
    mira = Person(ws, "mira")
    view_id = await opened(client, ws)
    await mira.fills({"Dish": "half a word", "How much?": "small"})
    await client.views_update(view_id=view_id, view=modal() | {"title": text("Still lunch")})
    assert mira.modal
    assert mira.modal.title == "Still lunch"
    assert mira.modal.values == {"Dish": "half a word", "How much?": "small"}


async def test_a_view_is_found_by_its_external_id(client: AsyncWebClient, ws: Workspace) -> None:
    mira, view = ws.user("mira").id, modal() | {"external_id": "order-1"}
    await client.views_open(trigger_id=ws.triggers.issue(mira), view=view)
    assert (await client.views_update(external_id="order-1", view=view))["ok"]
    other = ws.triggers.issue(ws.user("omar").id)
    again = client.views_open(trigger_id=other, view=view)
    assert await refusal(again) == "duplicate_external_id"


async def test_home_is_for_people_who_are_there(client: AsyncWebClient, ws: Workspace) -> None:
    view = {"type": "home", "blocks": [{"type": "header", "text": text("Hello")}]}
    gone = client.views_publish(user_id=ws.user("gone").id, view=view)
    assert await refusal(gone) == "user_disabled"
    first = await client.views_publish(user_id=ws.user("mira").id, view=view)
    await client.views_publish(user_id=ws.user("mira").id, view=view)
    stale = client.views_publish(user_id=ws.user("mira").id, view=view, hash=first["view"]["hash"])
    assert await refusal(stale) == "hash_conflict"
    wrong = client.views_publish(user_id=ws.user("mira").id, view=modal())
    assert await refusal(wrong) == "invalid_arguments"
