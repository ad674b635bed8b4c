"""Ids: every one in the templates has a handler, and every handler is reached by a template."""

import re
from pathlib import Path

from bot.handlers.actions import ACTIONS
from bot.handlers.submissions import SUBMISSIONS
from bot.slack import ids

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "bot" / "templates"


def used(kind: str) -> set[str]:
    """The members of an enum in ids that some template names."""
    texts = (file.read_text("utf-8") for file in TEMPLATES.rglob("*.xml"))
    return {name for text in texts for name in re.findall(rf"ids\.{kind}\.([A-Z0-9_]+)", text)}


def test_every_action_has_a_handler() -> None:
    assert set(ACTIONS) == set(ids.Action)


def test_every_action_is_offered_somewhere() -> None:
    assert used("Action") == {action.name for action in ids.Action}


def test_every_modal_has_a_handler() -> None:
    assert set(SUBMISSIONS) == set(ids.Callback)


def test_every_callback_belongs_to_a_modal() -> None:
    assert used("Callback") == {callback.name for callback in ids.Callback}
    assert len(list((TEMPLATES / "modals").glob("*.xml"))) == len(ids.Callback)


def test_every_block_read_is_asked_for() -> None:
    """A block that a handler reads and no template draws would always read as empty."""
    read = set()
    for file in (ROOT / "bot" / "handlers").rglob("*.py"):
        read |= set(re.findall(r"Block\.([A-Z0-9_]+)", file.read_text("utf-8")))
    steps = {name for name in read if re.fullmatch(r"(STEP|DUE|OWNER)_\d", name)}
    assert read - steps <= used("Block")
    assert read <= set(ids.Block.__members__)


def test_blocks_carry_the_names_of_fields() -> None:
    for block in ids.Block:
        assert block.value == block.name.lower()


def test_no_two_ids_are_alike() -> None:
    values = [member.value for kind in (ids.Action, ids.Callback) for member in kind]
    actions = [member.value for member in ids.Action]
    assert len(set(actions)) == len(actions)
    assert all(value.startswith("lantern:") for value in values)
