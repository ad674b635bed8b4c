"""Whoever is named in a form is met first, and not everybody may pass."""

from typing import Any

import pytest

from bot.handlers.desk import Desk
from bot.handlers.gate import LOOK_UPS, Gate
from bot.services.errors import RuleBroken
from bot.slack.errors import Permanent
from tests.support.facts import Facts
from tests.unit.handlers.conftest import Line


async def test_people_come_back_in_their_order_each_once(
    desk: Desk, facts: Facts, line: Line
) -> None:
    await facts.person("Ben", slack_id="UBEN")
    found = await Gate(desk).people(["UCLEO", "UBEN", "UCLEO"], "leads")
    assert [person.slack_id for person in found] == ["UCLEO", "UBEN"]
    assert line.asked == ["UCLEO"]
    assert all(person.id for person in found)


async def test_nobody_chosen_is_nobody(desk: Desk) -> None:
    assert await Gate(desk).person([], "manager") is None


@pytest.mark.parametrize(
    ("facts_", "key"),
    [
        ({"is_bot": True}, "bot"),
        ({"is_restricted": True}, "guest"),
        ({"is_ultra_restricted": True}, "guest"),
        ({"is_stranger": True}, "not_from_here"),
        ({"team_id": "T9"}, "not_from_here"),
        ({"deleted": True}, "deactivated"),
    ],
)
async def test_not_everybody_passes(
    desk: Desk, line: Line, facts_: dict[str, Any], key: str
) -> None:
    line.people["UX"] = facts_
    with pytest.raises(RuleBroken) as refused:
        await Gate(desk).people(["UCLEO", "UX"], "apart")
    assert (refused.value.key, refused.value.field) == (key, "apart")


async def test_somebody_whom_slack_does_not_show_is_not_from_here(desk: Desk, line: Line) -> None:
    line.broken = Permanent("user_not_visible")
    with pytest.raises(RuleBroken, match="not_from_here"):
        await Gate(desk).people(["UX"], "apart")


async def test_the_look_ups_of_all_fields_are_counted_together(desk: Desk, line: Line) -> None:
    gate = Gate(desk)
    await gate.people([f"U{n}" for n in range(LOOK_UPS)], "leads")
    await gate.people(["U1", "U2"], "apart")  # met by now
    with pytest.raises(RuleBroken, match="too_many_people") as refused:
        await gate.people(["UMORE"], "apart")
    assert refused.value.field == "apart"
    assert len(line.asked) == LOOK_UPS
