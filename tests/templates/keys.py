"""Which keys of sentences the code names: in a call, or in a variable that a call is given."""

import ast
import re
from collections.abc import Iterable, Iterator
from functools import cache

from bot.slack.templates import SHIPPED

BOT = SHIPPED.parent
KEY = re.compile("[a-z]+(_[a-z]+)*")
NAMES_A_KEY = {
    *("RuleBroken", "NotAllowed", "Problem"),
    *("refusal", "sentence", "tell", "plan_notice", "fail_import"),
}
HANDLERS_NAMES = {"_done", "_tell"}


@cache
def keys_in_code() -> frozenset[str]:
    """Each key that code in bot/ names: raised, told or refused with."""
    files = [file for file in BOT.rglob("*.py") if "sandbox" not in file.parts]
    trees = {file: ast.parse(file.read_text("utf-8")) for file in files}
    returned = _returned(trees.values())
    found: set[str] = set()
    for file, tree in trees.items():
        names = NAMES_A_KEY | (HANDLERS_NAMES if "handlers" in file.parts else set())
        passed_on = dict(_passed_on(tree, names))
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            found |= set(_keys_of(call, tree, names, returned))
            found |= set(_handed_over(call, passed_on))
            found |= set(_noted(call))
    return frozenset(found)


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _said(*nodes: ast.expr | None) -> Iterator[str]:
    """Those of the nodes that are a string which may be a key."""
    for node in nodes:
        said = node.value if isinstance(node, ast.Constant) else None
        if isinstance(said, str) and KEY.fullmatch(said):
            yield said


def _keys_of(
    call: ast.Call, tree: ast.Module, names: set[str], returned: dict[str, set[str]]
) -> Iterator[str]:
    name = _name(call)
    if name not in names:
        return
    keyword = [word.value for word in call.keywords if word.arg == "key"]
    for argument in (*keyword, *(call.args[1:] if name.startswith("_") else call.args)):
        yield from _said(argument)
        if isinstance(argument, ast.Name) and argument.id == "key":
            yield from _assigned(tree, returned)


def _assigned(tree: ast.Module, returned: dict[str, set[str]]) -> Iterator[str]:
    """What `key` may hold in this file: `key = "a" if … else "b"`, `for key, x in (…)`, and
    `key = rule_of(…)`, which holds what that function returns."""
    for node in ast.walk(tree):
        value: ast.expr | None = None
        if isinstance(node, ast.Assign) and _is_key(node.targets[0]):
            value = node.value
        elif isinstance(node, ast.For) and _is_key(node.target):
            value = node.iter
        if isinstance(value, ast.Call):
            yield from returned.get(_name(value), ())
        for one in _either(value):
            for leaf in ast.walk(one):
                yield from _said(leaf if isinstance(leaf, ast.Constant) else None)


def _either(value: ast.expr | None) -> tuple[ast.expr, ...]:
    """What an expression may come to: both branches of `a if … else b`, without its condition."""
    if isinstance(value, ast.IfExp):
        return (*_either(value.body), *_either(value.orelse))
    return () if value is None else (value,)


def _is_key(target: ast.expr) -> bool:
    first = target.elts[0] if isinstance(target, ast.Tuple) else target
    return isinstance(first, ast.Name) and first.id == "key"


def _returned(trees: Iterable[ast.Module]) -> dict[str, set[str]]:
    """The strings that each function may return, by its name."""
    found: dict[str, set[str]] = {}
    for function in _functions(trees):
        for node in ast.walk(function):
            if isinstance(node, ast.Return):
                found.setdefault(function.name, set()).update(_said(*_either(node.value)))
    return found


def _functions(
    trees: Iterable[ast.Module],
) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for tree in trees:
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node


def _passed_on(tree: ast.Module, names: set[str]) -> Iterator[tuple[str, int]]:
    """The functions that raise with the `key` they are given, and at which place it is."""
    for function in _functions([tree]):
        given = [argument.arg for argument in function.args.args]
        calls = (node for node in ast.walk(function) if isinstance(node, ast.Call))
        raised = [call for call in calls if _name(call) in names]
        if "key" in given and any(_takes_key(call) for call in raised):
            yield function.name, given.index("key")


def _takes_key(call: ast.Call) -> bool:
    return any(isinstance(one, ast.Name) and one.id == "key" for one in call.args)


def _handed_over(call: ast.Call, passed_on: dict[str, int]) -> Iterator[str]:
    place = passed_on.get(_name(call))
    if place is not None:
        yield from _said(*call.args[place : place + 1])
        yield from _said(*(word.value for word in call.keywords if word.arg == "key"))


def _noted(call: ast.Call) -> Iterator[str]:
    """A plain answer keeps its key as the job's note; a row that is refused, among the problems."""
    arguments = [*call.args, *(word.value for word in call.keywords)]
    if any(isinstance(one, ast.Attribute) and one.attr == "PLAIN_ANSWER" for one in arguments):
        yield from _said(*(word.value for word in call.keywords if word.arg == "note"))
    if _name(call) == "append" and "problems" in ast.unparse(call.func):
        for one in call.args:
            yield from _said(*(one.elts if isinstance(one, ast.List) else ()))
