"""Does a finished payload keep Slack's limits? Asked at the one place that sends.

It knows nothing of templates: the same rules hold for a payload from anywhere. The SDK's own models
miss several of them, so none of them is used here.
"""

import json
from collections.abc import Iterator
from typing import Any

from bot.slack import limits
from bot.slack.blocks.check import BlockError, check, choice, listed, mapping, string, text_object
from bot.slack.blocks.elements import check_element

__all__ = ["BlockError", "check_message", "check_view"]

_INPUT_ELEMENTS = {
    *("plain_text_input", "static_select", "multi_static_select", "users_select"),
    *("multi_users_select", "checkboxes", "radio_buttons"),
    *("datepicker", "timepicker", "datetimepicker", "number_input", "file_input"),
}
_ONLY_IN_INPUTS = {"plain_text_input", "number_input", "file_input"}
_ACTION_ELEMENTS = (_INPUT_ELEMENTS | {"button", "overflow"}) - _ONLY_IN_INPUTS
_ACCESSORIES = _ACTION_ELEMENTS | {"image"}


def check_message(payload: Any) -> None:
    """Raise BlockError unless `payload` (with `text` and `blocks`) is a message Slack takes."""
    mapping("message", payload)
    string("text", payload.get("text"), limits.FALLBACK_TEXT)
    blocks = _blocks(payload.get("blocks"), limits.MESSAGE_BLOCKS)
    _no_files("a message", blocks)
    total = sum(len(text) for text in _texts(blocks))
    check(
        total <= limits.MESSAGE_TEXT_TOTAL,
        "blocks",
        f"hold {total} characters of text, {limits.MESSAGE_TEXT_TOTAL} are allowed",
    )


def check_view(view: Any) -> None:
    """Raise BlockError unless `view` is a modal or a Home tab Slack takes."""
    mapping("view", view)
    choice("type", view.get("type"), {"modal", "home"})
    blocks = _blocks(view.get("blocks"), limits.VIEW_BLOCKS)
    if view["type"] == "modal":
        _check_modal(view, blocks)
    else:
        _no_files("the Home tab", blocks)
    if "callback_id" in view:
        string("callback_id", view["callback_id"], limits.CALLBACK_ID)
    if "private_metadata" in view:
        string("private_metadata", view["private_metadata"], limits.PRIVATE_METADATA, least=0)
    size = len(json.dumps(view).encode())
    check(size <= limits.VIEW_BYTES, "view", f"has {size} bytes, {limits.VIEW_BYTES} are allowed")


def _check_modal(view: dict[str, Any], blocks: list[Any]) -> None:
    text_object("title", view.get("title"), limits.VIEW_TITLE, plain=True)
    for name in ("submit", "close"):
        if name in view:
            text_object(name, view[name], limits.VIEW_TITLE, plain=True)
    asks = any(block["type"] == "input" for block in blocks)
    check(not asks or "submit" in view, "submit", "is needed where there are inputs")


def _no_files(where: str, blocks: list[Any]) -> None:
    for index, block in enumerate(blocks):
        for element in _elements(block):
            asks = element.get("type") == "file_input"
            check(not asks, f"blocks[{index}].element", f"asks for a file, which {where} cannot")


def _blocks(blocks: Any, most: int) -> list[Any]:
    listed("blocks", blocks, most)
    seen: dict[str, str] = {}
    focused: list[str] = []
    for index, block in enumerate(blocks):
        path = f"blocks[{index}]"
        mapping(path, block)
        render = _CHECKS.get(str(block.get("type")))
        check(render is not None, f"{path}.type", "is no block that Lantern sends")
        assert render is not None
        render(path, block)
        _check_block_id(path, block, seen)
        focused += [path for element in _elements(block) if element.get("focus_on_load")]
    check(len(focused) <= 1, "blocks", "have the focus on more than one element")
    return list(blocks)


def _check_block_id(path: str, block: dict[str, Any], seen: dict[str, str]) -> None:
    if "block_id" in block:
        block_id = string(f"{path}.block_id", block["block_id"], limits.BLOCK_ID)
        before = seen.setdefault(block_id, path)
        check(before is path, f"{path}.block_id", f"is the same as that of {before}")


def _elements(block: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from block.get("elements", [])
    yield from (block[name] for name in ("accessory", "element") if name in block)


def _texts(blocks: list[Any]) -> Iterator[str]:
    for block in blocks:
        if block["type"] in ("header", "section"):
            yield from (text["text"] for text in block.get("fields", []))
            if "text" in block:
                yield block["text"]["text"]
        elif block["type"] == "context":
            yield from (part["text"] for part in block["elements"] if "text" in part)


def _header(path: str, block: dict[str, Any]) -> None:
    text_object(f"{path}.text", block.get("text"), limits.HEADER_TEXT, plain=True)


def _section(path: str, block: dict[str, Any]) -> None:
    check("text" in block or "fields" in block, path, "needs text or fields")
    if "text" in block:
        text_object(f"{path}.text", block["text"], limits.SECTION_TEXT)
    if "fields" in block:
        for index, field in enumerate(
            listed(f"{path}.fields", block["fields"], limits.SECTION_FIELDS)
        ):
            text_object(f"{path}.fields[{index}]", field, limits.FIELD_TEXT)
    if "accessory" in block:
        check_element(f"{path}.accessory", block["accessory"], _ACCESSORIES)


def _context(path: str, block: dict[str, Any]) -> None:
    parts = listed(f"{path}.elements", block.get("elements"), limits.CONTEXT_ELEMENTS)
    for index, part in enumerate(parts):
        here = f"{path}.elements[{index}]"
        mapping(here, part)
        if part.get("type") == "image":
            check_element(here, part, {"image"})
        else:
            text_object(here, part, limits.CONTEXT_TEXT)


def _divider(path: str, block: dict[str, Any]) -> None:
    check(set(block) <= {"type", "block_id"}, path, "holds nothing")


def _image(path: str, block: dict[str, Any]) -> None:
    picture = {key: value for key, value in block.items() if key not in ("title", "block_id")}
    check_element(path, picture, {"image"})
    if "title" in block:
        text_object(f"{path}.title", block["title"], limits.IMAGE_TITLE, plain=True)


def _actions(path: str, block: dict[str, Any]) -> None:
    elements = listed(f"{path}.elements", block.get("elements"), limits.ACTIONS_ELEMENTS)
    seen: set[str] = set()
    for index, element in enumerate(elements):
        here = f"{path}.elements[{index}]"
        check_element(here, element, _ACTION_ELEMENTS)
        check(element["action_id"] not in seen, f"{here}.action_id", "stands twice in one block")
        seen.add(element["action_id"])


def _input(path: str, block: dict[str, Any]) -> None:
    text_object(f"{path}.label", block.get("label"), limits.INPUT_LABEL, plain=True)
    check_element(f"{path}.element", block.get("element"), _INPUT_ELEMENTS)
    if block.get("dispatch_action"):
        kind = block["element"]["type"]
        check(kind != "file_input", f"{path}.dispatch_action", "is not for files")
    if "hint" in block:
        text_object(f"{path}.hint", block["hint"], limits.INPUT_HINT, plain=True)


_CHECKS = {
    "header": _header,
    "section": _section,
    "context": _context,
    "divider": _divider,
    "image": _image,
    "actions": _actions,
    "input": _input,
}
