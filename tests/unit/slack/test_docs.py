"""docs/templates.md lists every tag, attribute and filter there is."""

import ast
import re
from gettext import NullTranslations
from pathlib import Path

import pytest

import bot.slack
from bot.slack.filters import Spoken
from bot.slack.markup.blocks import BLOCKS
from bot.slack.markup.elements import ELEMENTS
from bot.slack.markup.inline import INLINE
from bot.slack.names import Names

PACKAGE = Path(bot.slack.__file__).parent
PAGE = (PACKAGE.parent.parent / "docs" / "templates.md").read_text(encoding="utf-8")
PARTS = {"message", "modal", "home", "fallback", "accessory", "field", "option", "group", "confirm"}


def attributes() -> set[str]:
    """Every attribute that the code allows: the words in its calls of `only`."""
    found: set[str] = set()
    for file in (PACKAGE / "markup").glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "only":
                found |= {str(a.value) for a in node.args if isinstance(a, ast.Constant)}
    return found | {"action", "focus"}


@pytest.mark.parametrize("tag", sorted({*BLOCKS, *ELEMENTS, *INLINE, *PARTS}))
def test_every_tag_is_described(tag: str) -> None:
    assert re.search(rf"^\|[^|]*`<{tag}>`", PAGE, re.MULTILINE)


@pytest.mark.parametrize("name", sorted(attributes()))
def test_every_attribute_is_described(name: str) -> None:
    assert re.search(rf"^\|[^|]*\|[^|]*\b{name}\b", PAGE, re.MULTILINE)


@pytest.mark.parametrize("name", sorted(Spoken(NullTranslations(), Names("en")).all()))
def test_every_filter_is_described(name: str) -> None:
    assert f"| `{name}` |" in PAGE
