"""The interactive elements: what a person clicks, chooses or fills in."""

import re
from collections.abc import Callable

from bot.slack import limits
from bot.slack.markup import choices
from bot.slack.markup.extras import (
    COMMON,
    address,
    confirmed,
    image,
    only_confirm,
    placeholder,
    without_confirm,
)
from bot.slack.markup.text import cut, plain, plain_words
from bot.slack.markup.tree import Node
from bot.slack.message import Json

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_TIME = re.compile(r"\d{2}:\d{2}")
_WHOLE = re.compile(r"-?\d{1,18}")
_DECIMAL = re.compile(r"-?\d{1,12}(\.\d{1,6})?")


def element(node: Node, action: str | None = None) -> Json:
    """One element; `action` is the action id to use where the tag names none."""
    render = ELEMENTS.get(node.tag)
    if render is None:
        raise node.error("is not an element")
    built = render(node)
    if node.tag != "image":
        built["action_id"] = _action(node, action)
    if node.flag("focus"):
        built["focus_on_load"] = True
    return built


def _action(node: Node, otherwise: str | None) -> str:
    if otherwise is not None and node.get("action") is None:
        return otherwise
    return node.id("action", limits.ACTION_ID)


def _button(node: Node) -> Json:
    node.only("action", "value", "style", "url")
    words = Node("button", {}, node.template, node.line, node.column, without_confirm(node))
    built: Json = {"type": "button", "text": plain(plain_words(words), limits.BUTTON_TEXT)}
    if node.get("value"):
        built["value"] = node.id("value", limits.BUTTON_VALUE)
    if style := node.get("style"):
        if style not in ("primary", "danger"):
            raise node.error("takes primary or danger for 'style'")
        built["style"] = style
    if node.get("url"):
        built["url"] = address(node, "url", limits.BUTTON_URL)
    return confirmed(node, built)


def _date(node: Node) -> Json:
    node.only(*COMMON, "placeholder", "initial")
    return _picker(node, {"type": "datepicker"}, "initial_date", _DAY)


def _time(node: Node) -> Json:
    node.only(*COMMON, "placeholder", "initial", "timezone")
    built: Json = {"type": "timepicker"}
    if zone := node.get("timezone"):
        built["timezone"] = zone
    return _picker(node, built, "initial_time", _TIME)


def _picker(node: Node, built: Json, key: str, form: re.Pattern[str]) -> Json:
    if initial := node.get("initial"):
        if not form.fullmatch(initial):
            raise node.error("has an 'initial' that is no date or time (YYYY-MM-DD, HH:MM)")
        built[key] = initial
    only_confirm(node)
    return confirmed(node, placeholder(node, built))


def _datetime(node: Node) -> Json:
    node.only(*COMMON, "initial")
    built: Json = {"type": "datetimepicker"}
    if node.get("initial"):
        built["initial_date_time"] = node.moment("initial")
    only_confirm(node)
    return confirmed(node, built)


def _text(node: Node) -> Json:
    node.only(*COMMON, "placeholder", "initial", "multiline", "min_length", "max_length")
    node.empty()
    built: Json = {"type": "plain_text_input", "multiline": node.flag("multiline")}
    least = node.number("min_length", 0, limits.TEXT_INPUT)
    most = node.number("max_length", 1, limits.TEXT_INPUT)
    if least is not None:
        built["min_length"] = least
    if most is not None:
        built["max_length"] = most
    if initial := node.get("initial"):
        built["initial_value"] = cut(initial, most or limits.TEXT_INPUT)
    return placeholder(node, built)


def _number(node: Node) -> Json:
    """A number typed in: `min`, `max` and `initial` are whole, unless `decimal` is true."""
    node.only(*COMMON, "placeholder", "initial", "min", "max", "decimal")
    node.empty()
    decimal = node.flag("decimal")
    built: Json = {"type": "number_input", "is_decimal_allowed": decimal}
    form = _DECIMAL if decimal else _WHOLE
    for name in ("initial", "min", "max"):
        if value := node.get(name):
            if not form.fullmatch(value):
                raise node.error(f"takes a number for {name!r}")
            built[f"{name}_value"] = value
    return placeholder(node, built)


def _file(node: Node) -> Json:
    """Files to be sent: at most `max`, with the endings in `types` (spaces between them)."""
    node.only("action", "types", "max")
    node.empty()
    built: Json = {"type": "file_input", "max_files": node.number("max", 1, limits.FILES) or 1}
    if types := node.get("types"):
        built["filetypes"] = types.split()
    return built


def _image(node: Node) -> Json:
    node.only("url", "file", "alt")
    node.empty()
    return image(node)


ELEMENTS: dict[str, Callable[[Node], Json]] = {
    "button": _button,
    "select": choices.select,
    "multi_select": choices.multi_select,
    "user_select": choices.user_select,
    "multi_user_select": choices.multi_user_select,
    "checkboxes": choices.checkboxes,
    "radio": choices.radio,
    "overflow": choices.overflow,
    "date": _date,
    "time": _time,
    "datetime": _datetime,
    "text": _text,
    "number": _number,
    "file": _file,
    "image": _image,
}
