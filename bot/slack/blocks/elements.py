"""The limits of the elements inside blocks."""

import re
from collections.abc import Callable, Collection
from typing import Any

from bot.slack import limits
from bot.slack.blocks.check import (
    BlockError,
    address,
    check,
    choice,
    listed,
    mapping,
    number,
    string,
    text_object,
)

_STYLES = {"primary", "danger"}
_NUMBERS = ("min_value", "initial_value", "max_value")  # as they must follow one another


def check_element(path: str, element: Any, allowed: Collection[str]) -> None:
    """Raise BlockError unless `element` is one of the `allowed` types and keeps its limits."""
    mapping(path, element)
    kind = str(element.get("type"))
    choice(f"{path}.type", kind, allowed)
    if kind != "image":
        string(f"{path}.action_id", element.get("action_id"), limits.ACTION_ID)
    if "placeholder" in element:
        text_object(f"{path}.placeholder", element["placeholder"], limits.PLACEHOLDER, plain=True)
    if "confirm" in element:
        _confirm(f"{path}.confirm", element["confirm"])
    _CHECKS[kind](path, element)


def _confirm(path: str, confirm: Any) -> None:
    mapping(path, confirm)
    text_object(f"{path}.title", confirm.get("title"), limits.CONFIRM_TITLE, plain=True)
    text_object(f"{path}.text", confirm.get("text"), limits.CONFIRM_TEXT)
    for name in ("confirm", "deny"):
        text_object(f"{path}.{name}", confirm.get(name), limits.CONFIRM_BUTTON, plain=True)
    if "style" in confirm:
        choice(f"{path}.style", confirm["style"], _STYLES)


def _button(path: str, element: dict[str, Any]) -> None:
    text_object(f"{path}.text", element.get("text"), limits.BUTTON_TEXT, plain=True)
    if "value" in element:
        string(f"{path}.value", element["value"], limits.BUTTON_VALUE)
    if "url" in element:
        address(f"{path}.url", element["url"], limits.BUTTON_URL)
    if "style" in element:
        choice(f"{path}.style", element["style"], _STYLES)


def _options(path: str, options: Any, most: int, least: int = 1) -> list[Any]:
    for index, option in enumerate(listed(path, options, most, least)):
        here = f"{path}[{index}]"
        mapping(here, option)
        text_object(f"{here}.text", option.get("text"), limits.OPTION_TEXT)
        string(f"{here}.value", option.get("value"), limits.OPTION_VALUE)
        if "description" in option:
            description = option["description"]
            text_object(f"{here}.description", description, limits.OPTION_DESCRIPTION)
    return list(options)


def _initial(path: str, element: dict[str, Any], options: list[Any]) -> None:
    """What is chosen at first must be among the options, to the letter."""
    if "initial_option" in element:
        check(element["initial_option"] in options, f"{path}.initial_option", "is no option")
    if "initial_options" in element:
        for option in listed(f"{path}.initial_options", element["initial_options"], len(options)):
            check(option in options, f"{path}.initial_options", "are not all options")


def _select(path: str, element: dict[str, Any]) -> None:
    check(
        ("options" in element) != ("option_groups" in element),
        path,
        "needs either options or option_groups",
    )
    if "options" in element:
        options = _options(f"{path}.options", element["options"], limits.SELECT_OPTIONS)
    else:
        options = []
        groups = listed(f"{path}.option_groups", element["option_groups"], limits.SELECT_GROUPS)
        for index, group in enumerate(groups):
            here = f"{path}.option_groups[{index}]"
            mapping(here, group)
            text_object(f"{here}.label", group.get("label"), limits.GROUP_LABEL, plain=True)
            options += _options(f"{here}.options", group.get("options"), limits.SELECT_OPTIONS)
    _initial(path, element, options)
    _at_most(path, element)


def _at_most(path: str, element: dict[str, Any]) -> None:
    if "max_selected_items" in element:
        number(f"{path}.max_selected_items", element["max_selected_items"], 1, 100)


def _boxes(path: str, element: dict[str, Any]) -> None:
    options = _options(f"{path}.options", element.get("options"), limits.BOX_OPTIONS)
    _initial(path, element, options)


def _overflow(path: str, element: dict[str, Any]) -> None:
    least, most = limits.OVERFLOW_OPTIONS_LEAST, limits.OVERFLOW_OPTIONS
    _options(f"{path}.options", element.get("options"), most, least)


def _text_input(path: str, element: dict[str, Any]) -> None:
    least, most = element.get("min_length", 0), element.get("max_length", limits.TEXT_INPUT)
    number(f"{path}.max_length", most, 1, limits.TEXT_INPUT)
    number(f"{path}.min_length", least, 0, most)
    if "initial_value" in element:
        string(f"{path}.initial_value", element["initial_value"], most)


def _picker(key: str, form: str) -> Callable[[str, dict[str, Any]], None]:
    def check_picker(path: str, element: dict[str, Any]) -> None:
        if key in element:
            text = string(f"{path}.{key}", element[key], 10)
            check(re.fullmatch(form, text) is not None, f"{path}.{key}", "has the wrong form")

    return check_picker


def _datetime(path: str, element: dict[str, Any]) -> None:
    check("placeholder" not in element, path, "has no placeholder")
    if "initial_date_time" in element:
        # Slack takes ten digits, which is to say the years 2001 to 2286.
        number(f"{path}.initial_date_time", element["initial_date_time"], 10**9, 10**10 - 1)


def _number_input(path: str, element: dict[str, Any]) -> None:
    decimal = element.get("is_decimal_allowed")
    check(isinstance(decimal, bool), f"{path}.is_decimal_allowed", "is neither true nor false")
    given = {name: element[name] for name in _NUMBERS if name in element}
    for name, value in given.items():
        form = r"-?\d+(\.\d+)?" if decimal else r"-?\d+"
        text = string(f"{path}.{name}", value, limits.NUMBER_DIGITS)
        check(re.fullmatch(form, text) is not None, f"{path}.{name}", "is no such number")
    ordered = [float(given[name]) for name in _NUMBERS if name in given]
    check(ordered == sorted(ordered), path, "has numbers that are out of order")


def _file_input(path: str, element: dict[str, Any]) -> None:
    check("placeholder" not in element, path, "has no placeholder")
    check("focus_on_load" not in element, path, "cannot have the focus")
    number(f"{path}.max_files", element.get("max_files", limits.FILES), 1, limits.FILES)
    if "filetypes" in element:
        kinds = listed(f"{path}.filetypes", element["filetypes"], limits.FILE_TYPES)
        for index, kind in enumerate(kinds):
            text = string(f"{path}.filetypes[{index}]", kind, 20)
            here = f"{path}.filetypes[{index}]"
            check(re.fullmatch("[a-z0-9]+", text) is not None, here, "is no file ending")


def _people(path: str, element: dict[str, Any]) -> None:
    if "initial_users" in element:
        listed(f"{path}.initial_users", element["initial_users"], limits.SELECT_OPTIONS)
    _at_most(path, element)


def _image(path: str, element: dict[str, Any]) -> None:
    string(f"{path}.alt_text", element.get("alt_text"), limits.IMAGE_ALT)
    if ("image_url" in element) == ("slack_file" in element):
        raise BlockError(path, "needs either image_url or slack_file")
    if "image_url" in element:
        address(f"{path}.image_url", element["image_url"], limits.IMAGE_URL)


_CHECKS: dict[str, Callable[[str, dict[str, Any]], None]] = {
    "button": _button,
    "static_select": _select,
    "multi_static_select": _select,
    "users_select": _people,
    "multi_users_select": _people,
    "checkboxes": _boxes,
    "radio_buttons": _boxes,
    "overflow": _overflow,
    "plain_text_input": _text_input,
    "datepicker": _picker("initial_date", r"\d{4}-\d{2}-\d{2}"),
    "timepicker": _picker("initial_time", r"\d{2}:\d{2}"),
    "datetimepicker": _datetime,
    "number_input": _number_input,
    "file_input": _file_input,
    "image": _image,
}
