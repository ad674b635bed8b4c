"""A lead makes a programme: form, preview, rules and yes, with nothing lost on the way."""

import json
from typing import Any

import pytest
from slack_bolt.app.async_app import AsyncApp

from bot.domain.job_kinds import JobKind
from bot.slack.ids import Action, Callback
from bot.store.tables import Job, Lead, Person, Programme, ProgrammeDraft
from tests.support.facts import Facts
from tests.unit.handlers.conftest import Line, notes
from tests.unit.handlers.inbound import (
    body_of,
    clicked_in,
    command,
    inputs,
    option,
    options,
    people,
    sent,
    words,
)

CHANNEL = {"channel_id": "C1", "channel_name": "mentoring-circle"}


def filled(**more: dict[str, Any]) -> dict[str, Any]:
    """The form as a lead may fill it in."""
    given = {
        "name": words("Circle"),
        "announcement": words("Come & <join>"),
        "leads": people("UADA", "UBEN"),
        "kinds": options("flash"),
        "shape": option("pairs"),
        "round_kind": option("flash"),
        "every": option("month"),
        "month_day": option("31"),
        "runs_at": {"selected_time": "09:30"},
        "zone": words("Europe/Berlin"),
        "opt_in": options("yes"),
        "approval": option("lead"),
        "length": option("45"),
        "capacity": option("2"),
    }
    return inputs(**given | more)


async def form(bolt: AsyncApp, line: Line) -> dict[str, Any]:
    await bolt.async_dispatch(command("programme", **CHANNEL))
    (opened,) = line.views
    return opened


async def preview(bolt: AsyncApp, line: Line) -> dict[str, Any]:
    answer = body_of(await bolt.async_dispatch(sent(await form(bolt, line), filled())))
    assert answer["response_action"] == "push"
    view: dict[str, Any] = answer["view"]
    return view


async def programmes(facts: Facts) -> list[Programme]:
    """All but the workspace's own."""
    return [each for each in await facts.all(Programme) if each.channel]


async def test_the_command_opens_the_form_in_a_channel(bolt: AsyncApp, line: Line) -> None:
    opened = await form(bolt, line)
    assert opened["callback_id"] == Callback.PROGRAMME
    assert "mentoring-circle" in str(opened["blocks"])
    assert "'initial_users': ['UADA']" in str(opened["blocks"])


async def test_the_creator_of_the_channel_is_a_lead_too(
    bolt: AsyncApp, line: Line, facts: Facts
) -> None:
    line.channels["C1"] = {"creator": "UBOSS"}
    await facts.person(slack_id="UADA", is_admin=True)
    opened = await form(bolt, line)
    assert "'initial_users': ['UBOSS', 'UADA']" in str(opened["blocks"])


@pytest.mark.parametrize(
    ("channel", "facts_", "says"),
    [
        ({"channel_id": "C1"}, {"creator": "UBOSS"}, "can begin one"),
        ({"channel_id": "C1"}, {"is_member": False}, "invite"),
        ({"channel_id": "C1"}, {"is_archived": True}, "archived"),
        ({"channel_id": "G1"}, {"is_direct": True}, "channel"),
    ],
)
async def test_no_form_opens_that_would_be_refused(
    bolt: AsyncApp, line: Line, channel: dict[str, str], facts_: dict[str, Any], says: str
) -> None:
    line.channels[channel["channel_id"]] = facts_
    answer = body_of(await bolt.async_dispatch(command("programme", **channel)))
    assert says in answer["text"]
    assert not line.views


async def test_a_private_channel_without_lantern_is_told_how_to_invite_it(
    bolt: AsyncApp, line: Line
) -> None:
    line.hidden.add("C1")
    answer = body_of(await bolt.async_dispatch(command("programme", **CHANNEL)))
    assert "invite" in answer["text"]


@pytest.mark.parametrize("name", ["directmessage", "mpdm-ada--ben-1"])
async def test_in_a_conversation_it_is_about_the_one_they_lead(
    bolt: AsyncApp, line: Line, facts: Facts, name: str
) -> None:
    where = {"channel_id": "C9", "channel_name": name}
    answer = body_of(await bolt.async_dispatch(command("programme", **where)))
    assert "channel" in answer["text"]
    (ada,) = [each for each in await facts.all(Person) if each.slack_id == "UADA"]
    first = await led(facts, ada, "C1")
    await bolt.async_dispatch(command("programme", **where))
    assert f'"programme": {first.id}' in line.views[0]["private_metadata"]
    await led(facts, ada, "C2")
    answer = body_of(await bolt.async_dispatch(command("programme", **where)))
    assert str(answer["blocks"]).count(Action.OPEN_PROGRAMME) == 2


async def led(facts: Facts, lead: Person, channel: str) -> Programme:
    programme: Programme = await facts.add(
        Programme(
            workspace_id=lead.workspace_id, name=channel, channel=channel, created_at=facts.now
        )
    )
    await facts.add(Lead(programme_id=programme.id, person_id=lead.id, made_at=facts.now))
    return programme


async def test_the_form_becomes_a_draft_and_a_preview_over_it(
    bolt: AsyncApp, line: Line, facts: Facts
) -> None:
    shown = await preview(bolt, line)
    assert shown["callback_id"] == Callback.PROGRAMME_PREVIEW
    (draft,) = await facts.all(ProgrammeDraft)
    assert draft.form["name"] == "Circle"
    assert (draft.form["every"], draft.form["month_day"]) == ("month", 31)
    assert (draft.form["runs_at"], draft.form["is_opt_in"]) == ("09:30:00", True)
    assert await programmes(facts) == []
    assert line.said == []


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": words("  ")}, "name"),
        ({"zone": words("Berlin, I think")}, "zone"),
        ({"leads": people("UADA", "UBOT")}, "leads"),
        ({"leads": people(*(f"U{n}" for n in range(11)))}, "leads"),
        ({"kinds": options()}, "kinds"),
    ],
)
async def test_what_is_wrong_is_told_at_its_field(
    bolt: AsyncApp, line: Line, facts: Facts, wrong: dict[str, Any], field: str
) -> None:
    line.people["UBOT"] = {"is_bot": True}
    opened = await form(bolt, line)
    answer = body_of(await bolt.async_dispatch(sent(opened, filled(**wrong))))
    assert list(answer["errors"]) == [field]
    assert await facts.all(ProgrammeDraft) == []


async def test_the_yes_makes_it_and_closes_everything(
    bolt: AsyncApp, line: Line, facts: Facts
) -> None:
    shown = await preview(bolt, line)
    answer = body_of(await bolt.async_dispatch(sent(shown)))
    assert answer == {"response_action": "clear"}
    (made,) = await programmes(facts)
    assert (made.name, made.channel, made.announcement) == ("Circle", "C1", "Come & <join>")
    assert len(await facts.all(Lead)) == 2
    kinds = [job.kind for job in await facts.all(Job)]
    assert JobKind.PROGRAMME_CARD in kinds


async def test_a_yes_that_comes_twice_counts_once(bolt: AsyncApp, line: Line, facts: Facts) -> None:
    shown = await preview(bolt, line)
    for _ in range(2):
        assert (await bolt.async_dispatch(sent(shown))).status == 200
    assert len(await programmes(facts)) == 1
    assert await notes(facts) == []


async def test_how_often_redraws_the_form_with_what_was_typed(bolt: AsyncApp, line: Line) -> None:
    opened = await form(bolt, line)
    values = filled(every=option("week"), weekday=option("3"))
    del values["month_day"]
    await bolt.async_dispatch(clicked_in(opened, Action.PROGRAMME_EVERY, values=values))
    ((view_id, weekly),) = line.redrawn
    assert view_id == "V1"
    assert ids_of(weekly) >= {"weekday", "name"}
    assert "'initial_users': ['UADA', 'UBEN']" in str(weekly["blocks"])
    del values["weekday"]
    await bolt.async_dispatch(
        clicked_in(weekly, Action.PROGRAMME_EVERY, values=values | inputs(every=option("month")))
    )
    monthly = line.redrawn[-1][1]
    assert "month_day" in ids_of(monthly)
    assert json.loads(monthly["private_metadata"])["kept"] == {"weekday": "3"}


async def test_the_rules_lie_over_the_preview_and_are_not_lost(
    bolt: AsyncApp, line: Line, facts: Facts
) -> None:
    shown = await preview(bolt, line)
    await bolt.async_dispatch(clicked_in(shown, Action.PROGRAMME_RULES, view_id="V2", root="V1"))
    (rules,) = line.pushed
    assert rules["callback_id"] == Callback.PROGRAMME_RULES
    values = inputs(
        must_differ=options("department"),
        must_share=options(),
        repeat_window=words("7"),
        contacts=words("Ombuds"),
        retention=option("30"),
        opens_at={"selected_time": "08:00"},
        closes_at={"selected_time": "16:30"},
        weights=words("areas: 700\nHours: 300"),
    )
    assert body_of(await bolt.async_dispatch(sent(rules, values, id="V3"))) == {}
    assert [view_id for view_id, _ in line.redrawn] == ["V2", "V1"]
    below = line.redrawn[1][1]
    # Back to the form, which is sent once more: the rules stay as they were set.
    again = body_of(await bolt.async_dispatch(sent(below, filled(name=words("Ring")))))
    await bolt.async_dispatch(sent(again["view"]))
    (made,) = await programmes(facts)
    assert (made.name, made.repeat_window, made.contacts) == ("Ring", 7, "Ombuds")
    assert (made.must_differ, made.must_share) == (["department"], [])
    assert (made.weights["areas"], made.weights["near"]) == (700, 0)
    assert (made.closes_at.isoformat(), made.retention_days) == ("16:30:00", 30)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"weights": words("areas: lots")}, "weights"),
        ({"weights": words("areas: 1")}, "weights"),
        ({"closes_at": {"selected_time": "07:00"}}, "closes_at"),
    ],
)
async def test_rules_that_are_wrong_stay_open(
    bolt: AsyncApp, line: Line, wrong: dict[str, Any], field: str
) -> None:
    shown = await preview(bolt, line)
    await bolt.async_dispatch(clicked_in(shown, Action.PROGRAMME_RULES, view_id="V2", root="V1"))
    answer = body_of(await bolt.async_dispatch(sent(line.pushed[0], inputs(**wrong), id="V3")))
    assert list(answer["errors"]) == [field]
    assert line.redrawn == []


async def test_the_command_changes_what_there_is(bolt: AsyncApp, line: Line, facts: Facts) -> None:
    await bolt.async_dispatch(sent(await preview(bolt, line)))
    line.views.clear()
    opened = await form(bolt, line)
    assert "'initial_value': 'Circle'" in str(opened["blocks"])
    answer = body_of(await bolt.async_dispatch(sent(opened, filled(name=words("Ring")))))
    await bolt.async_dispatch(sent(answer["view"]))
    (made,) = await programmes(facts)
    assert made.name == "Ring"


async def test_somebody_who_leads_no_more_is_told(bolt: AsyncApp, line: Line, facts: Facts) -> None:
    shown = await preview(bolt, line)
    await bolt.async_dispatch(sent(shown))
    (made,) = await programmes(facts)
    stranger = await facts.person(slack_id="UZOE")
    await bolt.async_dispatch(
        clicked_in({}, Action.OPEN_PROGRAMME, str(made.id), user=stranger.slack_id)
    )
    assert await notes(facts) == ["not_a_lead"]
    assert len(line.views) == 1


def ids_of(view: dict[str, Any]) -> set[str]:
    return {block["block_id"] for block in view["blocks"] if "block_id" in block}


async def test_everybody_named_is_met(bolt: AsyncApp, line: Line, facts: Facts) -> None:
    await preview(bolt, line)
    assert {person.slack_id for person in await facts.all(Person)} == {"UADA", "UBEN"}
