"""Every limit of slack.md: at the limit it passes, one over it is refused."""

from typing import Any

import pytest

from bot.sandbox.blockkit.blocks import check_blocks, prepared
from bot.sandbox.blockkit.view_rules import check_view, prepared_view
from bot.sandbox.shapes import SlackError

Json = dict[str, Any]


def plain(text: str = "x") -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str = "x") -> Json:
    return {"type": "mrkdwn", "text": text}


def section(text: str = "x", **more: Any) -> Json:
    return {"type": "section", "text": mrkdwn(text), **more}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def button(text: str = "x", **more: Any) -> Json:
    return {"type": "button", "text": plain(text), **more}


def option(n: int, text: str = "x", **more: Any) -> Json:
    return {"text": plain(text), "value": str(n), **more}


def options(count: int) -> list[Json]:
    return [option(n) for n in range(count)]


def field(element: Json, **more: Any) -> Json:
    return {"type": "input", "label": plain(), "element": element, **more}


def typed(**more: Any) -> Json:
    return {"type": "plain_text_input", **more}


def confirm(title: int = 1, text: int = 1, yes: int = 1, no: int = 1) -> Json:
    return {
        "title": plain("x" * title),
        "text": plain("x" * text),
        "confirm": plain("x" * yes),
        "deny": plain("x" * no),
    }


def many(n: int, block: Json) -> list[Json]:
    return [block] * n


# what is limited → (the limit, blocks of that size)
LIMITS: dict[str, tuple[int, Any]] = {
    "blocks of a message": (50, lambda n: many(n, section())),
    "section.text": (3000, lambda n: [section("x" * n)]),
    "section.fields": (10, lambda n: [{"type": "section", "fields": [mrkdwn()] * n}]),
    "a field": (2000, lambda n: [{"type": "section", "fields": [mrkdwn("x" * n)]}]),
    "header": (150, lambda n: [{"type": "header", "text": plain("x" * n)}]),
    "context elements": (10, lambda n: [{"type": "context", "elements": [mrkdwn()] * n}]),
    "actions": (25, lambda n: [actions(*[button(action_id=str(i)) for i in range(n)])]),
    "button text": (75, lambda n: [actions(button("x" * n))]),
    "button value": (2000, lambda n: [actions(button(value="x" * n))]),
    "button url": (3000, lambda n: [actions(button(url="https://" + "x" * (n - 8)))]),
    "button label": (75, lambda n: [actions(button(accessibility_label="x" * n))]),
    "action_id": (255, lambda n: [actions(button(action_id="x" * n))]),
    "block_id": (255, lambda n: [section(block_id="x" * n)]),
    "option text": (
        75,
        lambda n: [field({"type": "radio_buttons", "options": [option(1, "x" * n)]})],
    ),
    "option value": (
        75,
        lambda n: [
            field({"type": "static_select", "options": [{"text": plain(), "value": "x" * n}]})
        ],
    ),
    "option description": (
        75,
        lambda n: [
            field({"type": "checkboxes", "options": [option(1, description=plain("x" * n))]})
        ],
    ),
    "checkboxes": (10, lambda n: [actions({"type": "checkboxes", "options": options(n)})]),
    "radio buttons": (10, lambda n: [actions({"type": "radio_buttons", "options": options(n)})]),
    "static_select": (100, lambda n: [actions({"type": "static_select", "options": options(n)})]),
    "multi_static_select": (
        100,
        lambda n: [section(accessory={"type": "multi_static_select", "options": options(n)})],
    ),
    "overflow": (5, lambda n: [section(accessory={"type": "overflow", "options": options(n)})]),
    "placeholder": (150, lambda n: [field(typed(placeholder=plain("x" * n)))]),
    "label": (2000, lambda n: [{"type": "input", "label": plain("x" * n), "element": typed()}]),
    "hint": (2000, lambda n: [field(typed(), hint=plain("x" * n))]),
    "confirm title": (100, lambda n: [actions(button(confirm=confirm(title=n)))]),
    "confirm text": (300, lambda n: [actions(button(confirm=confirm(text=n)))]),
    "confirm yes": (30, lambda n: [actions(button(confirm=confirm(yes=n)))]),
    "confirm no": (30, lambda n: [actions(button(confirm=confirm(no=n)))]),
    "max_length": (3000, lambda n: [field(typed(max_length=n))]),
    "alt_text": (
        2000,
        lambda n: [{"type": "image", "image_url": "https://x.y/z.png", "alt_text": "x" * n}],
    ),
}

MODAL: Json = {"type": "modal", "title": plain(), "blocks": [section()]}
VIEW_LIMITS: dict[str, tuple[int, Any]] = {
    "blocks of a modal": (100, lambda n: MODAL | {"blocks": many(n, section())}),
    "title": (24, lambda n: MODAL | {"title": plain("x" * n)}),
    "submit": (24, lambda n: MODAL | {"submit": plain("x" * n)}),
    "close": (24, lambda n: MODAL | {"close": plain("x" * n)}),
    "private_metadata": (3000, lambda n: MODAL | {"private_metadata": "x" * n}),
    "callback_id": (255, lambda n: MODAL | {"callback_id": "x" * n}),
    "external_id": (255, lambda n: MODAL | {"external_id": "x" * n}),
}


@pytest.mark.parametrize("what", LIMITS)
def test_a_limit_of_a_block(what: str) -> None:
    limit, build = LIMITS[what]
    assert check_blocks(build(limit), "message") == []
    assert check_blocks(build(limit + 1), "message")


@pytest.mark.parametrize("what", VIEW_LIMITS)
def test_a_limit_of_a_view(what: str) -> None:
    limit, build = VIEW_LIMITS[what]
    assert check_view(build(limit), "modal") == []
    assert check_view(build(limit + 1), "modal")


def test_a_home_tab_holds_a_hundred_blocks() -> None:
    assert check_view({"type": "home", "blocks": many(100, section())}, "home") == []
    assert check_view({"type": "home", "blocks": many(101, section())}, "home")


DATE = {"type": "datepicker"}
SELECT = {"type": "static_select", "options": options(2)}
WRONG: dict[str, list[Any]] = {
    "an unknown block": [{"type": "carousel"}],
    "no type": [{"text": plain()}],
    "not an object": ["text"],
    "an unknown field": [section(colour="red")],
    "a section of nothing": [{"type": "section"}],
    "an empty text": [section("")],
    "mrkdwn in a header": [{"type": "header", "text": mrkdwn()}],
    "mrkdwn on a button": [actions({"type": "button", "text": mrkdwn()})],
    "no actions": [actions()],
    "no options": [actions({"type": "static_select", "options": []})],
    "an input in actions": [actions(typed())],
    "a button in an input": [field(button())],
    "an input beside a section": [section(accessory=typed())],
    "a button without text": [actions({"type": "button"})],
    "an odd style": [actions(button(style="pink"))],
    "an odd url": [actions(button(url="javascript:alert(1)"))],
    "one block_id twice": [section(block_id="a"), section(block_id="a")],
    "one action_id twice": [actions(button(action_id="a"), button(action_id="a"))],
    "one option value twice": [
        actions({"type": "radio_buttons", "options": [option(1), option(1)]})
    ],
    "a strange initial option": [field(SELECT | {"initial_option": option(9)})],
    "an initial option of other text": [field(SELECT | {"initial_option": option(1, "y")})],
    "no initial options": [
        field({"type": "checkboxes", "options": options(2), "initial_options": []})
    ],
    "options and groups": [field(SELECT | {"option_groups": []})],
    "a date of another style": [field(DATE | {"initial_date": "1.2.2026"})],
    "the 13th month": [field(DATE | {"initial_date": "2026-13-01"})],
    "a time of another style": [field({"type": "timepicker", "initial_time": "9:00"})],
    "a moment in milliseconds": [
        field({"type": "datetimepicker", "initial_date_time": 1_700_000_000_000})
    ],
    "min above max": [field(typed(min_length=5, max_length=4))],
    "a number box that does not say decimals": [field({"type": "number_input"})],
    "a picture without words": [{"type": "image", "image_url": "https://x.y/z.png"}],
    "two with the focus": [field(typed(focus_on_load=True)), field(typed(focus_on_load=True))],
}


@pytest.mark.parametrize("what", WRONG)
def test_what_slack_would_refuse(what: str) -> None:
    assert check_blocks(WRONG[what], "modal")


def test_inputs_need_a_submit() -> None:
    assert check_view(MODAL | {"blocks": [field(typed())]}, "modal")
    assert check_view(MODAL | {"blocks": [field(typed())], "submit": plain()}, "modal") == []


def test_an_error_says_where() -> None:
    wrong = [section(), {"type": "header", "text": plain("x" * 151)}]
    expected = "[ERROR] must be less than 151 characters [json-pointer:/blocks/1/text/text]"
    assert check_blocks(wrong, "message") == [expected]


def test_missing_ids_are_made() -> None:
    ready = prepared({"text": "x", "blocks": [actions(button(), button())]})["blocks"]
    made = [e["action_id"] for e in ready[0]["elements"]]
    assert ready[0]["block_id"]
    assert len(set(made)) == 2


def test_the_text_of_a_message_has_limits() -> None:
    assert prepared({"text": "x" * 4000})
    with pytest.raises(SlackError, match="msg_too_long"):
        prepared({"text": "x" * 4001})
    with pytest.raises(SlackError, match="msg_blocks_too_long"):
        prepared({"blocks": many(4, section("x" * 2751))})
    assert prepared({"blocks": many(4, section("x" * 2750))})


@pytest.mark.parametrize("body", [{}, {"text": " "}, {"text": "", "blocks": []}])
def test_a_message_of_nothing_is_refused(body: Json) -> None:
    with pytest.raises(SlackError, match="no_text"):
        prepared(body)


def test_a_view_of_more_than_250_kb_is_refused() -> None:
    heavy = MODAL | {"blocks": many(100, section("é" * 3000))}
    with pytest.raises(SlackError, match="view_too_large"):
        prepared_view(heavy, "modal")
