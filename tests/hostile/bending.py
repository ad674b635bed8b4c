"""Bends what Slack sends: in its values, as somebody who forges could, or in its very shape."""

import copy
import json
from collections.abc import Callable, Iterator
from typing import Any, Final

from hypothesis import strategies as st

from tests.hostile import values

Json = dict[str, Any]
Path = tuple[Any, ...]

_KEPT: Final = {"type", "action_id", "callback_id", "command", "team_id", "trigger_id", "event_id"}
"""What decides who is asked; it is bent with the shape alone."""


def leaves(body: Any, path: Path = ()) -> Iterator[Path]:
    """The way to every value in it that holds no others."""
    if isinstance(body, dict) and body:
        for key, value in body.items():
            yield from leaves(value, (*path, key))
    elif isinstance(body, list) and body:
        for index, value in enumerate(body):
            yield from leaves(value, (*path, index))
    else:
        yield path


def knots(body: Any, path: Path = ()) -> Iterator[Path]:
    """The way to everything in it, itself left out."""
    if path:
        yield path
    parts = (
        body.items()
        if isinstance(body, dict)
        else enumerate(body)
        if isinstance(body, list)
        else ()
    )
    for key, value in parts:
        yield from knots(value, (*path, key))


@st.composite
def bent_values(draw: st.DrawFn, bodies: dict[str, Json]) -> tuple[str, Json]:
    """A body whose values were tampered with: its shape is still Slack's."""
    name = draw(st.sampled_from(sorted(bodies)))
    body = copy.deepcopy(bodies[name])
    tampers: bool = draw(st.booleans())
    metadata = _metadata(body)
    for path in _chosen(draw, [each for each in leaves(body) if _is_value(each, body)]):
        _put(body, path, draw(_value_for(path, _at(body, path))))
    if metadata and tampers:
        for path in _chosen(draw, list(leaves(metadata))):
            _put(metadata, path, draw(_MARKS))
        body["view"]["private_metadata"] = json.dumps(metadata)
    return name, body


@st.composite
def bent_shape(draw: st.DrawFn, bodies: dict[str, Json]) -> tuple[str, Json]:
    """A body with parts that are missing, of another type, or anything at all."""
    name = draw(st.sampled_from(sorted(bodies)))
    body = copy.deepcopy(bodies[name])
    for path in _chosen(draw, list(knots(body))):
        if draw(st.booleans()):
            _put(body, path, draw(values.anything))
        else:
            _take_away(body, path)
    return name, body


def _chosen(draw: st.DrawFn, paths: list[Path]) -> list[Path]:
    return draw(st.lists(st.sampled_from(paths), min_size=1, max_size=3)) if paths else []


def _is_value(path: Path, body: Json) -> bool:
    """Whether a text or a number stands there, which decides nothing about who is asked."""
    if not isinstance(_at(body, path), str | int):
        return False
    kept = path[-1] in _KEPT or not {"blocks", "team"}.isdisjoint(path)
    return not kept and path[:2] not in (("view", "private_metadata"), ("view", "id"))


def _value_for(path: Path, value: object) -> st.SearchStrategy[Any]:
    name = path[-1]
    if isinstance(value, bool):
        return st.booleans()
    if isinstance(value, int):
        return st.sampled_from(values.MOMENTS) | st.integers()
    if name == "value" and "state" in path and "selected_option" not in path:
        return st.one_of(values.texts, values.numbers)
    strategies: dict[str, st.SearchStrategy[Any]] = {
        "text": values.texts,
        "selected_date": st.sampled_from(values.DATES),
        "selected_time": st.sampled_from(values.TIMES),
        "selected_date_time": st.sampled_from(values.MOMENTS),
        "tz": st.sampled_from(values.ZONES),
    }
    return strategies.get(str(name), values.keys)


_MARKS: Final[st.SearchStrategy[Any]] = values.numbers.map(lambda text: _number(text)) | values.keys


def _number(text: str) -> int | str:
    try:
        return int(text)
    except ValueError:
        return text


def _metadata(body: Json) -> Json:
    view = body.get("view")
    raw = view.get("private_metadata") if isinstance(view, dict) else None
    return dict(json.loads(raw)) if raw else {}


def _at(body: Any, path: Path) -> Any:
    for step in path:
        body = body[step]
    return body


def _reach(body: Any, path: Path, do: Callable[[Any, Any], None]) -> None:
    """Do something at the end of a path, if it is still there."""
    try:
        for step in path[:-1]:
            body = body[step]
        do(body, path[-1])
    except (KeyError, IndexError, TypeError, AttributeError):
        return


def _put(body: Json, path: Path, value: Any) -> None:
    _reach(body, path, lambda where, step: where.__setitem__(step, value))


def _take_away(body: Json, path: Path) -> None:
    _reach(body, path, lambda where, step: where.__delitem__(step))
