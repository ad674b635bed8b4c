"""Turns ids in what Slack sends into those of another company, one at a time.

Nothing here knows which button carries what: whatever stands in a value, in a block's id, in a
form's metadata or in a choice, and is the id of something, is turned. So a new button is turned as
soon as it has a press.
"""

import copy
import re
from collections.abc import Iterator
from typing import Any, Final

from tests.support.who import Who
from tests.support.world_people import World

Json = dict[str, Any]
_KEPT: Final = frozenset(
    {"type", "action_id", "callback_id", "command", "text", "trigger_id", "user", "user_id", "team"}
    | {"blocks", "title", "submit", "close", "id", "root_view_id", "team_id", "ts"}
    | {"channel", "channel_id", "selected_date", "selected_time", "selected_date_time"}
)
"""Which button it was, who pressed it where, how the form had been drawn, and days."""
_TOKEN: Final = re.compile(r"\b([0-9]+|[A-Z][0-9][A-Z]+)\b")


def tampered(body: Json, own: World, other: World) -> Iterator[tuple[str, Json]]:
    """The body with one of its ids turned, and what was turned into what."""
    turns = _turns(own, other)
    for text in sorted(set(_texts(body))):
        for found in _TOKEN.finditer(text):
            for turned in sorted(turns.get(found[0], ())):
                new = text[: found.start()] + turned + text[found.end() :]
                yield f"{text!r} -> {new!r}", _replaced(copy.deepcopy(body), text, new)


def _turns(own: World, other: World) -> dict[str, set[str]]:
    """What each id, of whatever it is one, would be next door. A number may be several things'."""
    turns: dict[str, set[str]] = {}
    pairs = [(row_id, other.ids[name]) for name, row_id in own.ids.items()]
    pairs += [(person.id, other.people[who].id) for who, person in own.people.items()]
    for mine, theirs in pairs:
        turns.setdefault(str(mine), set()).add(str(theirs))
    for who in Who:
        turns[who.slack_id] = {who.slack_id + other.mark}
    return turns


def _texts(body: Any, name: str = "") -> Iterator[str]:
    """Every text of the body that may carry an id; what somebody typed carries none."""
    if isinstance(body, dict) and name == "values":
        for block, held in body.items():
            yield block
            for field in held.values():
                yield from _texts({key: each for key, each in field.items() if key != "value"})
    elif isinstance(body, dict):
        for key, value in body.items():
            if key not in _KEPT:
                yield from _texts(value, key)
    elif isinstance(body, list):
        for value in body:
            yield from _texts(value, name)
    elif isinstance(body, str):
        yield body


def _replaced(body: Any, old: str, new: str) -> Any:
    if isinstance(body, dict):
        return {_swap(key, old, new): _replaced(value, old, new) for key, value in body.items()}
    if isinstance(body, list):
        return [_replaced(value, old, new) for value in body]
    return _swap(body, old, new) if isinstance(body, str) else body


def _swap(text: str, old: str, new: str) -> str:
    return new if text == old else text
