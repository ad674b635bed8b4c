"""What makes a guide right."""

from dataclasses import replace

import pytest

from bot.domain.errors import RuleBroken
from bot.domain.guides import Guide, Item, check_guide
from bot.domain.kinds import Kind, Role, Window

GOOD = Guide(
    kind=Kind.FLASH,
    role=Role.MENTEE,
    before=(Item("goal", "Get your goal clear."),),
    during=(Item("ask", "Ask directly, and listen to the end."),),
    after=(Item("thank", "Say thank you, and how it helped."),),
)


def test_a_good_guide() -> None:
    assert check_guide(GOOD) == []


@pytest.mark.parametrize(
    ("before", "problem"),
    [
        ((), "has 0 items"),
        (tuple(Item(f"k{n}", "Do it.") for n in range(11)), "has 11 items"),
        ((Item("ask", "Do it."),), "occurs 2 times"),
        ((Item("Goal!", "Do it."),), "lower-case"),
        ((Item("goal", " "),), "is empty"),
        ((Item("goal", "Do\nit."),), "more than one line"),
        ((Item("goal", "a" * 76),), "76 characters"),
        ((Item("goal", "Do it. Then rest."),), "more than one sentence"),
    ],
)
def test_what_is_wrong_is_said(before: tuple[Item, ...], problem: str) -> None:
    (said,) = check_guide(replace(GOOD, before=before))
    assert problem in said
    assert said.startswith("flash/mentee")


def test_windows_know_their_half_day() -> None:
    assert len(Window) == 10
    assert (Window.MON_AM.weekday, Window.FRI_PM.weekday) == (0, 4)
    assert Window.WED_AM.ends == Window.WED_PM.starts
    assert Role.MENTOR.other is Role.MENTEE
    assert Role.MENTEE.other is Role.MENTOR


def test_a_rule_knows_its_field_and_facts() -> None:
    error = RuleBroken("too_long", limit=3).at("topic")
    assert (error.key, error.field, error.facts) == ("too_long", "topic", {"limit": 3})
    assert repr(error) == "RuleBroken('too_long', field='topic', facts={'limit': 3})"
