"""The page about states says what the table says."""

import re
from pathlib import Path

import pytest

from bot.domain.reference import reference
from bot.domain.states import STATES, TRANSITIONS, AnyState

PAGE = Path(__file__).resolve().parents[3] / "docs" / "states.md"


def test_the_page_is_what_the_table_says() -> None:
    """`python -m bot.domain.reference > docs/states.md` makes it anew."""
    assert PAGE.read_text("utf-8") == reference()


@pytest.mark.parametrize("kind", STATES)
def test_every_arrow_is_drawn_and_has_one_sentence(kind: type[AnyState]) -> None:
    name = kind.__name__.removesuffix("State")
    section = reference().split(f"\n## {name}\n")[1].split("\n## ")[0]
    for row in TRANSITIONS[kind].values():
        assert f"    {row.state} --> {row.to}: {row.verb}\n" in section
        assert f"| {row.state} | {row.verb} | {row.to} | {row.why} |\n" in section
        assert re.fullmatch(r"[^.]+\.", row.why), row.why


def test_what_people_live_through_comes_first() -> None:
    assert re.findall(r"^## (\w+)", reference(), re.MULTILINE)[:2] == ["Session", "Relationship"]
