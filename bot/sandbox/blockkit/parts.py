"""Text objects, options and confirm dialogs: the parts that elements and blocks are made of.

Limits: slack.md, Messages.
"""

from typing import Any

from bot.sandbox.blockkit.controls import options_of
from bot.sandbox.blockkit.rules import Report, Rule, boolean, by_type, items, one_of, shape, string
from bot.sandbox.shapes import Json

ID = string(255)
URL = string(3000, pattern=r"(https?|mailto|tel|slack):\S+", what="a valid URL")


def plain(most: int) -> Rule:
    """A plain_text object of at most this many characters."""
    return by_type({"plain_text": _plain_text(most)}, "plain_text")


def rich(most: int) -> Rule:
    """A plain_text or mrkdwn object of at most this many characters."""
    return by_type(
        {
            "plain_text": _plain_text(most),
            "mrkdwn": shape(
                {"type": one_of("mrkdwn"), "text": string(most)}, {"verbatim": boolean}
            ),
        },
        "plain_text or mrkdwn",
    )


def _plain_text(most: int) -> Rule:
    return shape({"type": one_of("plain_text"), "text": string(most)}, {"emoji": boolean})


CONFIRM = shape(
    {"title": plain(100), "text": rich(300), "confirm": plain(30), "deny": plain(30)},
    {"style": one_of("primary", "danger")},
)


PLAIN_OPTION = shape({"text": plain(75), "value": string(75)}, {"description": plain(75)})
MENU_OPTION = shape(
    {"text": plain(75), "value": string(75)}, {"description": plain(75), "url": URL}
)
RICH_OPTION = shape({"text": rich(75), "value": string(75)}, {"description": rich(75)})


def options(one: Rule, least: int, most: int) -> Rule:
    """A list of options with different values."""
    each = items(one, least, most)

    def check(report: Report, value: Any, path: str) -> None:
        each(report, value, path)
        _unique_values(report, value, path)

    return check


def groups(most: int) -> Rule:
    """Option groups, each with a label."""
    group = shape({"label": plain(75), "options": options(PLAIN_OPTION, 1, 100)})
    return items(group, 1, most)


def initial_in_options(report: Report, element: Json, path: str) -> None:
    """What is chosen at first must be among the options, word for word."""
    known = options_of(element)
    one = element.get("initial_option")
    if one is not None and one not in known:
        report.add(f"{path}/initial_option", "must exactly match one of the options")
    many = element.get("initial_options")
    if many is None:
        return
    if not many:
        report.add(f"{path}/initial_options", "no fewer than 1 items allowed")
    most = element.get("max_selected_items")
    if most is not None and len(many) > most:
        report.add(f"{path}/initial_options", f"no more than {most} items allowed")
    for number, chosen in enumerate(many):
        if chosen not in known:
            where = f"{path}/initial_options/{number}"
            report.add(where, "must exactly match one of the options")


def unique_across_groups(report: Report, element: Json, path: str) -> None:
    """No two options of one element may carry the same value."""
    _unique_values(report, options_of(element), path)


def _unique_values(report: Report, value: Any, path: str) -> None:
    if not isinstance(value, list):
        return
    values = [o.get("value") for o in value if isinstance(o, dict)]
    if len(set(map(str, values))) < len(values):
        report.add(path, "option values must be unique")
