"""Every key that a rule, an answer or a refusal names has its sentence, with and without facts."""

import ast
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time

import pytest

from bot.domain.states import STATES, is_final, may, verbs
from bot.slack.templates import SHIPPED, TemplateFault
from tests.templates.render import templates

BOT = SHIPPED.parent
NAMES_A_KEY = {"RuleBroken", "NotAllowed", "refusal", "sentence", "tell", "plan_notice"}
HANDLERS_NAMES = {"_done", "_tell"}
KEY = re.compile("[a-z]+(_[a-z]+)*")
FACTS = {
    "limit": 3,
    "length": 3001,
    "days": 180,
    "moment": datetime(2026, 11, 26, 14, 30, tzinfo=UTC),
    "instead": datetime(2026, 11, 26, 15, 30, tzinfo=UTC),
    "day": date(2026, 11, 26),
    "time": time(2, 30),
    "state": "declined",
    "verb": "accept",
    "topic": "My first <project> & more",
    "reference": "7f3a9c",
}


def _keys_written() -> list[str]:
    """The keys that sentences.txt knows, from its branches."""
    branches = re.findall(r"if key (?:==|in) (.*?) -%}", (SHIPPED / "sentences.txt").read_text())
    return sorted(key for branch in branches for key in re.findall(r'"(\w+)"', branch))


def _keys_in_code() -> set[str]:
    """Each key that code in bot/ names: raised, told or refused with."""
    found: set[str] = set()
    for file in BOT.rglob("*.py"):
        if "sandbox" not in file.parts:
            tree = ast.parse(file.read_text("utf-8"))
            calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
            names = NAMES_A_KEY | (HANDLERS_NAMES if "handlers" in file.parts else set())
            found |= {key for call in calls for key in _keys_of(call, tree, names)}
    return found


def _keys_of(call: ast.Call, tree: ast.Module, names: set[str]) -> Iterator[str]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name not in names:
        return
    keyword = [word.value for word in call.keywords if word.arg == "key"]
    for argument in (*keyword, *(call.args[1:] if name.startswith("_") else call.args)):
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
            yield argument.value
        elif name == "RuleBroken" and isinstance(argument, ast.Name) and argument.id == "key":
            yield from _assigned(tree)


def _assigned(tree: ast.Module) -> Iterator[str]:
    """What `key` may hold in this file: `key = "a" if … else "b"`, `for key, x in (…)`."""
    for node in ast.walk(tree):
        value: ast.expr | None = None
        if isinstance(node, ast.Assign) and _is_key(node.targets[0]):
            value = node.value
        elif isinstance(node, ast.For) and _is_key(node.target):
            value = node.iter
        for leaf in ast.walk(value) if value is not None else ():
            said = leaf.value if isinstance(leaf, ast.Constant) else None
            if isinstance(said, str) and KEY.fullmatch(said):
                yield said


def _is_key(target: ast.expr) -> bool:
    first = target.elts[0] if isinstance(target, ast.Tuple) else target
    return isinstance(first, ast.Name) and first.id == "key"


def _keys_of_states() -> set[str]:
    """What `states.advance` raises for every state and verb that do not go together."""
    return {
        f"{kind.__name__.removesuffix('State').lower()}_{'over' if is_final(state) else state}"
        for kind in STATES
        if kind.__name__ != "JobState"  # jobs are nobody's to click on
        for state in kind
        for verb in verbs(kind)
        if not may(state, verb)
    }


def test_every_key_in_the_code_has_a_sentence() -> None:
    assert (_keys_in_code() | _keys_of_states()) - set(_keys_written()) == set()


def test_the_scan_finds_what_is_known_to_be_there() -> None:
    """A scan that finds nothing would let everything pass."""
    assert {"blank", "time_past", "not_yours", "guest", "date_past", "busy"} <= _keys_in_code()
    assert {"offer_over", "session_over", "request_over"} <= _keys_of_states()


@pytest.mark.parametrize("key", _keys_written())
def test_a_sentence_stands_with_and_without_facts(key: str) -> None:
    for facts in ({}, FACTS):
        said = templates().sentence(key, **facts)
        assert said == " ".join(said.split())
        assert said[0].isupper()
        assert "!" not in said
        assert "&amp;" not in said
        assert len(said) <= 200


def test_every_key_is_written_once() -> None:
    assert len(set(_keys_written())) == len(_keys_written())
    assert all(KEY.fullmatch(key) for key in _keys_written())


def test_an_unknown_key_is_an_error() -> None:
    with pytest.raises(TemplateFault, match=r"sentences\.txt"):
        templates().sentence("no_such_rule")


def test_a_fact_is_said_as_it_was_typed() -> None:
    assert "My first <project> & more" in templates().sentence("withdrawn", **FACTS)
