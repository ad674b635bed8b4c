"""Every limit of Slack's, at the limit and one beyond it."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from bot.slack.blocks import BlockError, check_message, check_view
from bot.slack.errors import Permanent

Json = dict[str, Any]


def plain(size: int) -> Json:
    return {"type": "plain_text", "text": "x" * size}


def option(text: int = 1, value: int = 1, description: int = 1) -> Json:
    return {
        "text": plain(text),
        "value": "v" * value,
        "description": plain(description),
    }


def button(**changes: Any) -> Json:
    return {"type": "button", "action_id": "a", "text": plain(1), **changes}


def select(**changes: Any) -> Json:
    return {"type": "static_select", "action_id": "a", "options": [option()], **changes}


def boxes(**changes: Any) -> Json:
    return {"type": "checkboxes", "action_id": "a", "options": [option()], **changes}


def text(**changes: Any) -> Json:
    return {"type": "plain_text_input", "action_id": "a", **changes}


def confirm(**changes: Any) -> Json:
    dialog = {"title": plain(1), "text": plain(1), "confirm": plain(1), "deny": plain(1)}
    return button(confirm=dialog | changes)


def section(size: int = 1) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": "x" * size}}


def actions(*elements: Json) -> Json:
    named = [{**element, "action_id": f"{n}"} for n, element in enumerate(elements)]
    return {"type": "actions", "elements": named}


def asks(element: Json, **changes: Any) -> Json:
    return {"type": "input", "label": plain(1), "element": element, **changes}


def modal(*blocks: Json, **changes: Any) -> Json:
    return {
        "type": "modal",
        "title": plain(1),
        "submit": plain(1),
        "blocks": list(blocks) or [section()],
        **changes,
    }


def say(*blocks: Json, **changes: Any) -> None:
    check_message({"text": "x", "blocks": list(blocks), **changes})


def show(*blocks: Json, **changes: Any) -> None:
    check_view(modal(*blocks, **changes))


def home(count: int) -> None:
    check_view({"type": "home", "blocks": [section()] * count})


Try = Callable[[int], None]

LIMITS: list[tuple[str, int, Try]] = [
    ("message blocks", 50, lambda n: say(*[section()] * n)),
    ("modal blocks", 100, lambda n: show(*[section()] * n)),
    ("home blocks", 100, home),
    ("fallback text", 4000, lambda n: say(section(), text="x" * n)),
    ("text in all", 11_000, lambda n: say(*[section(2000)] * 5, section(n - 10_000))),
    ("header", 150, lambda n: say({"type": "header", "text": plain(n)})),
    ("section", 3000, lambda n: say(section(n))),
    ("fields", 10, lambda n: say({"type": "section", "fields": [plain(1)] * n})),
    ("a field", 2000, lambda n: say({"type": "section", "fields": [plain(n)]})),
    ("context", 10, lambda n: say({"type": "context", "elements": [plain(1)] * n})),
    ("actions", 25, lambda n: say(actions(*[button()] * n))),
    ("block_id", 255, lambda n: say(section() | {"block_id": "b" * n})),
    ("label", 2000, lambda n: show(asks(text(), label=plain(n)))),
    ("hint", 2000, lambda n: show(asks(text(), hint=plain(n)))),
    (
        "alt text",
        2000,
        lambda n: say({"type": "image", "image_url": "https://a", "alt_text": "x" * n}),
    ),
    ("image title", 2000, lambda n: say(picture(title=plain(n)))),
    ("image url", 3000, lambda n: say(picture(image_url="https://" + "x" * (n - 8)))),
    ("button", 75, lambda n: say(actions(button(text=plain(n))))),
    ("button value", 2000, lambda n: say(actions(button(value="x" * n)))),
    ("button url", 3000, lambda n: say(actions(button(url="https://" + "x" * (n - 8))))),
    ("action_id", 255, lambda n: say(section() | {"accessory": button(action_id="x" * n)})),
    ("confirm title", 100, lambda n: say(actions(confirm(title=plain(n))))),
    ("confirm text", 300, lambda n: say(actions(confirm(text=plain(n))))),
    ("confirm ok", 30, lambda n: say(actions(confirm(confirm=plain(n))))),
    ("confirm cancel", 30, lambda n: say(actions(confirm(deny=plain(n))))),
    ("placeholder", 150, lambda n: say(actions(select(placeholder=plain(n))))),
    ("select options", 100, lambda n: say(actions(select(options=[option()] * n)))),
    ("select groups", 100, lambda n: say(actions(grouped(n)))),
    ("group label", 75, lambda n: say(actions(grouped(1, n)))),
    ("checkboxes", 10, lambda n: say(actions(boxes(options=[option()] * n)))),
    ("radio", 10, lambda n: say(actions(boxes(type="radio_buttons", options=[option()] * n)))),
    ("overflow", 5, lambda n: say(actions(boxes(type="overflow", options=[option()] * n)))),
    ("option text", 75, lambda n: say(actions(select(options=[option(text=n)])))),
    ("option value", 75, lambda n: say(actions(select(options=[option(value=n)])))),
    ("description", 75, lambda n: say(actions(select(options=[option(description=n)])))),
    ("max_length", 3000, lambda n: show(asks(text(max_length=n)))),
    ("min_length", 3000, lambda n: show(asks(text(min_length=n)))),
    ("initial_value", 3000, lambda n: show(asks(text(initial_value="x" * n)))),
    ("own max_length", 20, lambda n: show(asks(text(max_length=20, initial_value="x" * n)))),
    ("number digits", 20, lambda n: show(asks(number(initial_value="1" * n)))),
    ("files", 10, lambda n: show(asks(files(max_files=n)))),
    ("file types", 20, lambda n: show(asks(files(filetypes=["csv"] * n)))),
    ("title", 24, lambda n: show(title=plain(n))),
    ("submit", 24, lambda n: show(submit=plain(n))),
    ("close", 24, lambda n: show(close=plain(n))),
    ("callback_id", 255, lambda n: show(callback_id="x" * n)),
    ("private_metadata", 3000, lambda n: show(private_metadata="x" * n)),
]


def picture(**changes: Any) -> Json:
    return {"type": "image", "image_url": "https://a.b", "alt_text": "x", **changes}


def number(**changes: Any) -> Json:
    shape = {"type": "number_input", "action_id": "a", "is_decimal_allowed": False}
    return {**shape, **changes}


def files(**changes: Any) -> Json:
    return {"type": "file_input", "action_id": "a", "max_files": 1, **changes}


def grouped(count: int, label: int = 1) -> Json:
    group = {"label": plain(label), "options": [option()]}
    return {"type": "static_select", "action_id": "a", "option_groups": [group] * count}


@pytest.mark.parametrize(("name", "limit", "attempt"), LIMITS, ids=[row[0] for row in LIMITS])
def test_a_limit_holds(name: str, limit: int, attempt: Try) -> None:
    attempt(limit)
    with pytest.raises(BlockError):
        attempt(limit + 1)


WRONG_PAYLOADS: list[tuple[str, Any]] = [
    ("message is not", []),
    ("text is not a string", {"blocks": [section()]}),
    ("blocks is not a list", {"text": "x"}),
    ("blocks has 0", {"text": "x", "blocks": []}),
    ("the same as", {"text": "x", "blocks": [section() | {"block_id": "b"}] * 2}),
]

WRONG_BLOCKS: list[tuple[str, Any]] = [
    (r"blocks\[0\] is not", "x"),
    (r"blocks\[0\].type", {"type": "rich_text"}),
    ("needs text or fields", {"type": "section"}),
    ("white space", {"type": "header", "text": {"type": "plain_text", "text": " "}}),
    ("has 0 characters", section(0)),
    ("none of plain_text", section() | {"type": "header"}),
    ("holds nothing", {"type": "divider", "text": plain(1)}),
    ("stands twice", {"type": "actions", "elements": [button()] * 2}),
    ("none of", actions(text())),
    ("none of", actions(button(style="loud"))),
    ("web address", actions(button(url="javascript:x"))),
    ("action_id", section() | {"accessory": button(action_id=7)}),
    ("is no option", actions(select(initial_option=option(2)))),
    ("not all options", actions(boxes(initial_options=[option(2)]))),
    ("either options", actions(select(option_groups=[]))),
    ("wrong form", actions({"type": "datepicker", "initial_date": "24.11.2026"})),
    ("has no placeholder", actions({"type": "datetimepicker", "placeholder": plain(1)})),
    ("number from", actions({"type": "datetimepicker", "initial_date_time": 5})),
    ("number from", actions({"type": "multi_users_select", "max_selected_items": True})),
    ("either image_url", {"type": "image", "alt_text": "x"}),
]


@pytest.mark.parametrize(
    ("rule", "payload"),
    WRONG_PAYLOADS + [(rule, {"text": "x", "blocks": [block]}) for rule, block in WRONG_BLOCKS],
)
def test_a_message_slack_would_refuse(rule: str, payload: Any) -> None:
    with pytest.raises(BlockError, match=rule) as caught:
        check_message(payload)
    assert isinstance(caught.value, Permanent)
    assert caught.value.code == "invalid_blocks"


def test_a_modal_with_inputs_needs_submit() -> None:
    view = modal(asks(text()))
    check_view(view)
    del view["submit"]
    with pytest.raises(BlockError, match="submit"):
        check_view(view)
    check_view({key: value for key, value in modal().items() if key != "submit"})


def test_one_element_may_have_the_focus() -> None:
    focused = asks(text(focus_on_load=True))
    show(focused)
    with pytest.raises(BlockError, match="focus"):
        show(focused, copy.deepcopy(focused))


def test_buttons_cannot_be_inputs() -> None:
    with pytest.raises(BlockError, match="none of"):
        show(asks(button()))


def test_a_menu_of_one_choice_is_none() -> None:
    """Slack takes boxes and radio buttons with one option, and refuses an overflow menu of one."""
    say(actions(boxes(), boxes(type="radio_buttons")))
    say(actions(boxes(type="overflow", options=[option()] * 2)))
    with pytest.raises(BlockError, match="has 1 entries, 2 to 5 are allowed"):
        say(actions(boxes(type="overflow")))
    for kind in ("checkboxes", "radio_buttons", "overflow", "static_select"):
        with pytest.raises(BlockError, match="has 0 entries"):
            say(actions(boxes(type=kind, options=[])))


def test_a_file_is_asked_for_in_a_modal_and_by_itself() -> None:
    show(asks(files()))
    with pytest.raises(BlockError, match="a message cannot"):
        say(asks(files()))
    with pytest.raises(BlockError, match="the Home tab cannot"):
        check_view({"type": "home", "blocks": [asks(files())]})
    with pytest.raises(BlockError, match="not for files"):
        show(asks(files()) | {"dispatch_action": True})
    for wrong in ({"placeholder": plain(1)}, {"focus_on_load": True}, {"filetypes": [".csv"]}):
        with pytest.raises(BlockError):
            show(asks(files(**wrong)))


def test_a_number_is_written_as_one_and_lies_between_its_bounds() -> None:
    show(asks(number(min_value="-1", initial_value="0", max_value="7")))
    show(asks(number(is_decimal_allowed=True, initial_value="0.5")))
    wrong: list[Json] = [
        {"initial_value": "0.5"},
        {"initial_value": "many"},
        {"initial_value": 3},
        {"min_value": "5", "initial_value": "4"},
        {"initial_value": "4", "max_value": "3"},
        {"is_decimal_allowed": None},
    ]
    for each in wrong:
        with pytest.raises(BlockError):
            show(asks(number(**each)))
    with pytest.raises(BlockError, match="none of"):
        say(actions(number()))


def test_a_view_is_a_modal_or_a_home_and_not_too_big() -> None:
    with pytest.raises(BlockError, match="none of home, modal"):
        check_view(modal(type="window"))
    heavy = [{"type": "section", "fields": [{"type": "mrkdwn", "text": "x" * 2000}] * 5}] * 30
    with pytest.raises(BlockError, match="bytes"):
        check_view({"type": "home", "blocks": heavy})


def test_what_is_right_passes() -> None:
    say(
        {"type": "divider"},
        section() | {"accessory": picture()},
        {"type": "context", "elements": [picture()]},
        {"type": "image", "slack_file": {"id": "F"}, "alt_text": "x"},
        actions(
            {"type": "datepicker", "initial_date": "2026-11-24"},
            {"type": "timepicker", "initial_time": "14:00"},
            {"type": "datetimepicker", "initial_date_time": 1795528800},
            {"type": "multi_users_select", "initial_users": ["U1"], "max_selected_items": 2},
            boxes(initial_options=[option()]),
            confirm(style="danger"),
        ),
    )
