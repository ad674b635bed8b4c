"""What Slack accepts as a modal or a Home tab (limits: slack.md, Messages)."""

import json
from typing import Any

from bot.sandbox.blockkit.blocks import check_blocks, decoded, prepared_blocks
from bot.sandbox.blockkit.parts import plain
from bot.sandbox.blockkit.rules import Report, Rule, anything, boolean, one_of, shape, string
from bot.sandbox.shapes import Json, SlackError

MOST_BYTES = 250_000

COMMON: dict[str, Rule] = {
    "private_metadata": string(3000, 0),
    "callback_id": string(255, 0),
    "external_id": string(255, 0),
}
VIEWS = {
    "modal": shape(
        {"type": one_of("modal"), "title": plain(24), "blocks": anything},
        COMMON
        | {
            "submit": plain(24),
            "close": plain(24),
            "clear_on_close": boolean,
            "notify_on_close": boolean,
            "submit_disabled": boolean,
        },
    ),
    "home": shape({"type": one_of("home"), "blocks": anything}, COMMON),
}


def check_view(view: Any, kind: str) -> list[str]:
    """What Slack would object to in a view of this kind (modal or home); empty when all is well."""
    report = Report()
    VIEWS[kind](report, view, "")
    if report.errors:
        return report.errors
    errors = check_blocks(view["blocks"], kind)
    if errors:
        return errors
    if kind == "modal" and not view["blocks"]:
        report.add("/blocks", "no fewer than 1 items allowed")
    has_inputs = any(b["type"] == "input" for b in view["blocks"])
    if kind == "modal" and has_inputs and not view.get("submit"):
        report.add("", "missing required field: submit (the view has inputs)")
    return report.errors


def prepared_view(given: Any, kind: str) -> Json:
    """A copy with ids filled in; raises invalid_arguments with messages, or view_too_large."""
    given = decoded(given, "invalid_arguments")
    if errors := check_view(given, kind):
        raise SlackError("invalid_arguments", response_metadata={"messages": errors})
    if len(json.dumps(given).encode()) > MOST_BYTES:
        raise SlackError("view_too_large")
    ready = {key: value for key, value in given.items() if value is not None}
    ready["blocks"] = prepared_blocks(given["blocks"], "invalid_arguments", kind)
    return ready
