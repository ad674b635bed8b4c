"""Where a request goes: the channel's programme, the only one, or the one that was chosen."""

from typing import Any

import pytest
from slack_bolt.app.async_app import AsyncApp

from bot.domain.kinds import Role
from bot.slack.ids import Action
from bot.store.tables import Person, Programme, Request
from tests.support.facts import Facts
from tests.unit.handlers.conftest import Line
from tests.unit.handlers.inbound import click, clicked_in, command, inputs, option, sent, words
from tests.unit.handlers.programme_facts import enrolled, lead, programme

__all__ = ["lead", "programme"]

HERE = {"channel_id": "C1", "channel_name": "circle"}
ASKED = inputs(topic=words("Feedback"), hoped_for=words("Courage"), role=option("mentee"))


def chosen(view: dict[str, Any]) -> str | None:
    """The programme that stands in the menu; None without a menu."""
    menus = [block for block in view["blocks"] if block.get("block_id") == "programme"]
    return menus[0]["element"]["initial_option"]["value"] if menus else None


@pytest.mark.parametrize("word", ["taster", "flash"])
async def test_in_a_channel_its_programme_comes_first(
    bolt: AsyncApp, line: Line, facts: Facts, programme: Programme, word: str
) -> None:
    await bolt.async_dispatch(command(word, **HERE))
    assert chosen(line.views[0]) == str(programme.id)
    await bolt.async_dispatch(sent(line.views[0], ASKED))
    (request,) = await facts.all(Request)
    assert request.programme_id == programme.id


async def test_the_button_on_the_card_knows_its_channel(
    bolt: AsyncApp, line: Line, programme: Programme
) -> None:
    await bolt.async_dispatch(click(Action.OPEN_FLASH, "flash", channel={"id": "C1"}))
    assert chosen(line.views[0]) == str(programme.id)


async def test_elsewhere_there_is_nothing_to_choose(
    bolt: AsyncApp, line: Line, facts: Facts, programme: Programme
) -> None:
    await bolt.async_dispatch(command("flash"))
    assert chosen(line.views[0]) is None
    await bolt.async_dispatch(sent(line.views[0], ASKED))
    (request,) = await facts.all(Request)
    assert request.programme_id != programme.id


async def test_whoever_is_enrolled_may_choose(
    bolt: AsyncApp, line: Line, facts: Facts, lead: Person, programme: Programme
) -> None:
    await enrolled(facts, programme, lead, role=Role.MENTEE)
    await bolt.async_dispatch(command("flash"))
    assert chosen(line.views[0]) not in (None, str(programme.id))
    values = ASKED | inputs(programme=option(str(programme.id)))
    await bolt.async_dispatch(sent(line.views[0], values))
    (request,) = await facts.all(Request)
    assert request.programme_id == programme.id


async def test_the_choice_outlives_a_change_of_role(
    bolt: AsyncApp, line: Line, facts: Facts, lead: Person, programme: Programme
) -> None:
    await enrolled(facts, programme, lead, role=Role.MENTEE)
    await bolt.async_dispatch(command("taster"))
    values = inputs(role=option("mentor"), programme=option(str(programme.id)))
    (taster,) = line.views
    for role in ("mentor", "mentee"):
        await bolt.async_dispatch(
            clicked_in(
                taster,
                Action.TASTER_ROLE,
                values=values | inputs(role=option(role)),
                element=option(role),
            )
        )
        taster, values = line.redrawn[-1][1], {}
    assert chosen(taster) == str(programme.id)
