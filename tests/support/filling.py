"""Filling in a modal as it was drawn: every input gets an answer that Slack would let through."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from bot.slack.message import Json

SOON: Final = 1796119200  # 2026-12-01 10:00 UTC, a week after the clock of the tests
LATER_ON: Final = "2026-12-10"


def inputs(view: Mapping[str, Any]) -> Iterator[tuple[str, Json]]:
    """The inputs of a view, each with its block's id."""
    for block in view.get("blocks") or ():
        if block["type"] == "input":
            yield block["block_id"], block["element"]


def filled(
    view: Mapping[str, Any], person: str, given: Mapping[str, Json] | None = None, text: str = "10"
) -> dict[str, dict[str, Json]]:
    """`state.values` for a view: `given` by block, else what it begins with, else anything.

    `person` is whoever is chosen where somebody must be, `text` what is typed into empty fields.
    """
    given = given or {}
    return {
        block: {element["action_id"]: given.get(block) or held(element, person, text)}
        for block, element in inputs(view)
    }


def held(element: Json, person: str, text: str) -> Json:
    """What one element holds."""
    kind = element["type"]
    return {"type": kind, **_HELD[kind](element, person, text)}


def _one(element: Json, *_: str) -> Json:
    options = element.get("options") or element["option_groups"][0]["options"]
    return {"selected_option": element.get("initial_option") or options[0]}


def _several(element: Json, *_: str) -> Json:
    options = element.get("options") or element["option_groups"][0]["options"]
    return {"selected_options": element.get("initial_options") or options[:1]}


def _ticked(element: Json, *_: str) -> Json:
    return {"selected_options": element.get("initial_options") or []}


_HELD: Final[Mapping[str, Callable[[Json, str, str], Json]]] = {
    "plain_text_input": lambda e, _, text: {"value": e.get("initial_value") or text},
    "number_input": lambda e, *_: {"value": str(e.get("initial_value") or 1)},
    "static_select": _one,
    "radio_buttons": _one,
    "multi_static_select": _several,
    "checkboxes": _ticked,
    "users_select": lambda e, person, _: {"selected_user": e.get("initial_user") or person},
    "multi_users_select": lambda e, *_: {"selected_users": e.get("initial_users") or []},
    "datepicker": lambda e, *_: {"selected_date": e.get("initial_date") or LATER_ON},
    "timepicker": lambda e, *_: {"selected_time": e.get("initial_time") or "10:00"},
    "datetimepicker": lambda e, *_: {"selected_date_time": e.get("initial_date_time") or SOON},
    "file_input": lambda *_: {"files": [{"id": "F9LIST"}]},
}
