"""What Slack accepts as blocks and as the content of a message (limits: slack.md, Messages)."""

import json
import secrets
from collections import Counter
from collections.abc import Iterator
from typing import Any

from bot.sandbox.blockkit.controls import controls
from bot.sandbox.blockkit.elements import IMAGE, IN_ACTIONS, IN_INPUT, IN_SECTION, SLACK_FILE
from bot.sandbox.blockkit.parts import ID, URL, plain, rich
from bot.sandbox.blockkit.rules import (
    Report,
    Rule,
    anything,
    at_least_one,
    boolean,
    by_type,
    every,
    exactly_one,
    items,
    one_of,
    shape,
    string,
)
from bot.sandbox.shapes import Json, SlackError

MOST = {"message": 50, "modal": 100, "home": 100}
MOST_TEXT = 4000
MOST_BLOCK_TEXT = 11_000
MOST_METADATA = 16_000


def block(kind: str, required: dict[str, Rule], optional: dict[str, Rule] | None = None) -> Rule:
    """A block: type and block_id come with every one."""
    return shape({"type": one_of(kind)} | required, {"block_id": ID} | (optional or {}))


CONTEXT_ELEMENT = by_type(
    {"image": IMAGE, "plain_text": rich(3000), "mrkdwn": rich(3000)}, "an element of a context"
)

BLOCKS: dict[str, Rule] = {
    "section": every(
        block(
            "section",
            {},
            {
                "text": rich(3000),
                "fields": items(rich(2000), 1, 10),
                "accessory": by_type(IN_SECTION, "an accessory of a section"),
                "expand": boolean,
            },
        ),
        at_least_one("text", "fields"),
    ),
    "header": block("header", {"text": plain(150)}),
    "divider": block("divider", {}),
    "image": every(
        block(
            "image",
            {"alt_text": string(2000)},
            {"image_url": URL, "slack_file": SLACK_FILE, "title": plain(2000)},
        ),
        exactly_one("image_url", "slack_file"),
    ),
    "context": block("context", {"elements": items(CONTEXT_ELEMENT, 1, 10)}),
    "actions": block(
        "actions", {"elements": items(by_type(IN_ACTIONS, "an element of actions"), 1, 25)}
    ),
    "input": block(
        "input",
        {"label": plain(2000), "element": by_type(IN_INPUT, "an element of an input")},
        {"hint": plain(2000), "optional": boolean, "dispatch_action": boolean},
    ),
    "rich_text": block("rich_text", {"elements": items(anything, 1, 100)}),
}


def check_blocks(blocks: Any, surface: str) -> list[str]:
    """What Slack would object to; `surface` is message, modal or home. Empty when all is well."""
    report = Report()
    items(by_type(BLOCKS, f"a block of a {surface}"), 0, MOST[surface])(report, blocks, "/blocks")
    if not report.errors:
        _check_ids(report, blocks)
        _check_surface(report, blocks, surface)
    return report.errors


def prepared_blocks(blocks: list[Json], error: str, surface: str) -> list[Json]:
    """A copy with every missing block_id and action_id filled in; raises `error` with messages."""
    if errors := check_blocks(blocks, surface):
        raise SlackError(error, errors=errors, response_metadata={"messages": errors})
    ready: list[Json] = json.loads(json.dumps(blocks))  # ten times as quick as deepcopy
    for one in ready:
        one.setdefault("block_id", secrets.token_urlsafe(4)[:5])
    for control in controls(ready):
        control.element.setdefault("action_id", secrets.token_urlsafe(6))
    return ready


def prepared(body: Json) -> Json:
    """A message's content (text, blocks, attachments, metadata as given) ready to be kept.

    Raises SlackError: no_text, msg_too_long, msg_blocks_too_long, invalid_blocks,
    invalid_blocks_format, invalid_metadata_format.
    """
    content: Json = {}
    if (text := body.get("text")) is not None:
        content["text"] = str(text)
        if len(content["text"]) > MOST_TEXT:
            raise SlackError("msg_too_long")
    if (blocks := decoded(body.get("blocks"), "invalid_blocks_format")) is not None:
        content["blocks"] = prepared_blocks(blocks, "invalid_blocks", "message")
        if sum(map(len, texts(blocks))) > MOST_BLOCK_TEXT:
            raise SlackError("msg_blocks_too_long")
    if (attachments := decoded(body.get("attachments"), "invalid_attachments")) is not None:
        content["attachments"] = attachments
    if (metadata := decoded(body.get("metadata"), "invalid_metadata_format")) is not None:
        content["metadata"] = _metadata(metadata)
    if not (content.get("text", "").strip() or content.get("blocks") or content.get("attachments")):
        raise SlackError("no_text")
    return content


def decoded(value: Any, error: str) -> Any:
    """Arguments that are objects may come as JSON text."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value) if value else None
    except ValueError:
        raise SlackError(error) from None


def texts(thing: Any) -> Iterator[str]:
    """Every text object's text, wherever it is."""
    if isinstance(thing, list):
        for item in thing:
            yield from texts(item)
    elif isinstance(thing, dict):
        if thing.get("type") in ("plain_text", "mrkdwn"):
            yield str(thing.get("text", ""))
        for value in thing.values():
            yield from texts(value)


def _metadata(metadata: Any) -> Json:
    sound = isinstance(metadata, dict) and set(metadata) <= {"event_type", "event_payload"}
    if not sound or not isinstance(metadata.get("event_type"), str) or not metadata["event_type"]:
        raise SlackError("invalid_metadata_format")
    if not isinstance(metadata.get("event_payload"), dict):
        raise SlackError("invalid_metadata_format")
    if len(json.dumps(metadata)) > MOST_METADATA:
        raise SlackError("metadata_too_large")
    found: Json = metadata
    return found


def _check_surface(report: Report, blocks: list[Json], surface: str) -> None:
    for number, one in enumerate(blocks):
        if one.get("element", {}).get("type") != "file_input":
            continue
        if surface != "modal":
            report.add(f"/blocks/{number}/element", "file_input is for modals only")
        if one.get("dispatch_action"):
            report.add(f"/blocks/{number}/element", "unsupported type: file_input (dispatch)")


def slack_files(thing: Any) -> Iterator[Json]:
    """Every slack_file object in blocks, wherever it is."""
    if isinstance(thing, list):
        for item in thing:
            yield from slack_files(item)
    elif isinstance(thing, dict):
        if isinstance(thing.get("slack_file"), dict):
            yield thing["slack_file"]
        for value in thing.values():
            yield from slack_files(value)


def _check_ids(report: Report, blocks: list[Json]) -> None:
    ids = Counter(b["block_id"] for b in blocks if b.get("block_id"))
    for block_id in [i for i, times in ids.items() if times > 1]:
        report.add("/blocks", f"block_id {block_id} is used more than once")
    for number, one in enumerate(blocks):
        actions = Counter(c.action_id for c in controls([one]) if c.action_id)
        for action_id in [i for i, times in actions.items() if times > 1]:
            report.add(f"/blocks/{number}", f"action_id {action_id} is used more than once")
    if sum(bool(c.element.get("focus_on_load")) for c in controls(blocks)) > 1:
        report.add("/blocks", "only one element may have focus_on_load")
