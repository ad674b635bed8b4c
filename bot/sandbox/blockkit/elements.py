"""Every element of Block Kit that the local workspace knows, and which block may hold it."""

import re

from bot.sandbox.blockkit.parts import (
    CONFIRM,
    ID,
    MENU_OPTION,
    PLAIN_OPTION,
    RICH_OPTION,
    URL,
    groups,
    initial_in_options,
    options,
    plain,
    unique_across_groups,
)
from bot.sandbox.blockkit.rules import (
    Report,
    Rule,
    anything,
    at_least_one,
    boolean,
    every,
    exactly_one,
    integer,
    items,
    one_of,
    shape,
    string,
)
from bot.sandbox.shapes import Json

DATE = string(10, pattern=r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", what="YYYY-MM-DD")
TIME = string(5, pattern=r"([01]\d|2[0-3]):[0-5]\d", what="HH:mm")
USER_ID = string(20, pattern=r"[UW][A-Z0-9]+", what="a user id")
CHANNEL_ID = string(20, pattern=r"[CDG][A-Z0-9]+", what="a conversation id")


WITHOUT_CONFIRM = (
    "plain_text_input",
    "email_text_input",
    "url_text_input",
    "number_input",
    "file_input",
)
WITHOUT_FOCUS = ("button", "overflow", "file_input")


def element(kind: str, required: dict[str, Rule], optional: dict[str, Rule]) -> Rule:
    """An interactive element: type and action_id come with every one."""
    common: dict[str, Rule] = {"action_id": ID}
    if kind not in WITHOUT_CONFIRM:
        common["confirm"] = CONFIRM
    if kind not in WITHOUT_FOCUS:
        common["focus_on_load"] = boolean
    return shape({"type": one_of(kind)} | required, common | optional)


def _select(kind: str, required: dict[str, Rule], optional: dict[str, Rule]) -> Rule:
    multi: dict[str, Rule] = {"max_selected_items": integer(1, 100)}
    extra = multi if kind.startswith("multi_") else {}
    return element(kind, required, {"placeholder": plain(150)} | extra | optional)


def _static(kind: str, initial: dict[str, Rule]) -> Rule:
    choices: dict[str, Rule] = {
        "options": options(PLAIN_OPTION, 1, 100),
        "option_groups": groups(100),
    }
    return every(
        _select(kind, {}, choices | initial),
        exactly_one("options", "option_groups"),
        unique_across_groups,
        initial_in_options,
    )


def _choice(kind: str, initial: dict[str, Rule]) -> Rule:
    held: dict[str, Rule] = {"options": options(RICH_OPTION, 1, 10)}
    return every(element(kind, held, initial), initial_in_options)


def _lengths(report: Report, value: Json, path: str) -> None:
    least, most = value.get("min_length"), value.get("max_length")
    if least is not None and most is not None and least > most:
        report.add(path, "min_length must not be more than max_length")
    if most is not None and len(value.get("initial_value") or "") > most:
        report.add(f"{path}/initial_value", "must not be longer than max_length")


def _numbers(report: Report, value: Json, path: str) -> None:
    """Limits and the first value are numbers of the sort that may be typed, and in order."""
    sort = NUMBER if value["is_decimal_allowed"] else r"-?\d+"
    given = {k: value[k] for k in ("min_value", "max_value", "initial_value") if value.get(k)}
    for key, number in given.items():
        if not re.fullmatch(sort, number):
            report.add(f"{path}/{key}", "must be a number that may be entered")
            return
    least, most = given.get("min_value"), given.get("max_value")
    if least and most and float(least) > float(most):
        report.add(path, "min_value must not be more than max_value")
    first = given.get("initial_value")
    if first and not (float(least or first) <= float(first) <= float(most or first)):
        report.add(f"{path}/initial_value", "must be between min_value and max_value")


def _no_more_users(report: Report, value: Json, path: str) -> None:
    most, first = value.get("max_selected_items"), value.get("initial_users") or []
    if most is not None and len(first) > most:
        report.add(f"{path}/initial_users", f"no more than {most} items allowed")


NUMBER = r"-?\d+(\.\d+)?"
DISPATCH = shape(
    {"trigger_actions_on": items(one_of("on_enter_pressed", "on_character_entered"), 1, 2)}
)
TYPED: dict[str, Rule] = {"placeholder": plain(150), "dispatch_action_config": DISPATCH}
SLACK_FILE = every(shape({}, {"id": string(20), "url": URL}), exactly_one("id", "url"))
FILTER = every(
    shape(
        {},
        {
            "include": items(one_of("im", "mpim", "private", "public"), 1, 4),
            "exclude_external_shared_channels": boolean,
            "exclude_bot_users": boolean,
        },
    ),
    at_least_one("include", "exclude_external_shared_channels", "exclude_bot_users"),
)
IMAGE = every(
    shape(
        {"type": one_of("image"), "alt_text": string(2000)},
        {"image_url": URL, "slack_file": SLACK_FILE},
    ),
    exactly_one("image_url", "slack_file"),
)

ELEMENTS: dict[str, Rule] = {
    "button": element(
        "button",
        {"text": plain(75)},
        {
            "url": URL,
            "value": string(2000),
            "style": one_of("primary", "danger"),
            "accessibility_label": string(75),
        },
    ),
    "overflow": element("overflow", {"options": options(MENU_OPTION, 2, 5)}, {}),
    "checkboxes": _choice("checkboxes", {"initial_options": items(anything, 1, 10)}),
    "radio_buttons": _choice("radio_buttons", {"initial_option": anything}),
    "static_select": _static("static_select", {"initial_option": anything}),
    "multi_static_select": _static(
        "multi_static_select", {"initial_options": items(anything, 1, 100)}
    ),
    "users_select": _select("users_select", {}, {"initial_user": USER_ID}),
    "multi_users_select": every(
        _select("multi_users_select", {}, {"initial_users": items(USER_ID, 1, 100)}),
        _no_more_users,
    ),
    "channels_select": _select(
        "channels_select", {}, {"initial_channel": CHANNEL_ID, "response_url_enabled": boolean}
    ),
    "conversations_select": _select(
        "conversations_select",
        {},
        {
            "initial_conversation": CHANNEL_ID,
            "default_to_current_conversation": boolean,
            "response_url_enabled": boolean,
            "filter": FILTER,
        },
    ),
    "datepicker": element("datepicker", {}, {"initial_date": DATE, "placeholder": plain(150)}),
    "timepicker": element(
        "timepicker",
        {},
        {"initial_time": TIME, "placeholder": plain(150), "timezone": string(100)},
    ),
    "datetimepicker": element(
        "datetimepicker", {}, {"initial_date_time": integer(1_000_000_000, 9_999_999_999)}
    ),
    "plain_text_input": every(
        element(
            "plain_text_input",
            {},
            TYPED
            | {
                "initial_value": string(3000, 0),
                "multiline": boolean,
                "min_length": integer(0, 3000),
                "max_length": integer(1, 3000),
            },
        ),
        _lengths,
    ),
    "email_text_input": element("email_text_input", {}, TYPED | {"initial_value": string(3000)}),
    "url_text_input": element("url_text_input", {}, TYPED | {"initial_value": string(3000)}),
    "number_input": every(
        element(
            "number_input",
            {"is_decimal_allowed": boolean},
            TYPED | {"initial_value": string(40), "min_value": string(40), "max_value": string(40)},
        ),
        _numbers,
    ),
    "file_input": element(
        "file_input", {}, {"filetypes": items(string(20), 1, 50), "max_files": integer(1, 10)}
    ),
}

SELECTS = ("static_select", "users_select", "channels_select", "conversations_select")
MULTI = ("multi_static_select", "multi_users_select")
PICKED = ("checkboxes", "radio_buttons", "datepicker", "timepicker")
TEXTS = ("plain_text_input", "email_text_input", "url_text_input", "number_input")

IN_ACTIONS = {k: ELEMENTS[k] for k in ("button", "overflow", "datetimepicker", *SELECTS, *PICKED)}
IN_SECTION = {k: ELEMENTS[k] for k in ("button", "overflow", *SELECTS, *MULTI, *PICKED)} | {
    "image": IMAGE
}
IN_INPUT = {
    k: ELEMENTS[k] for k in ("datetimepicker", "file_input", *SELECTS, *MULTI, *PICKED, *TEXTS)
}
