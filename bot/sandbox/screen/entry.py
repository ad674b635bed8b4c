"""What Slack's own client checks in a modal before it bothers the app."""

import re
from typing import Any

from bot.sandbox.blockkit.controls import Control, controls, value_in
from bot.sandbox.views import View

REQUIRED = "Please complete this required field."


def problems(view: View) -> dict[str, str]:
    """block_id → sentence, for each input that Slack would not let through."""
    found = {}
    for control in controls(view.blocks):
        if control.block["type"] != "input":
            continue
        value = value_in(view.typed[control.block_id][control.action_id])
        if problem := _problem(control, value):
            found[control.block_id] = problem
    return found


def _problem(control: Control, value: Any) -> str:
    if value is None or value == [] or value == "":
        return "" if control.block.get("optional") else REQUIRED
    if control.kind == "plain_text_input":
        return _length(control, value)
    if control.kind == "email_text_input" and not re.fullmatch(r"[^@\s]+@[^@\s]+\.\w+", value):
        return "Enter a valid email address."
    if control.kind == "url_text_input" and not re.fullmatch(r"https?://\S+", value):
        return "Enter a valid URL."
    if control.kind == "number_input":
        return _number(control, value)
    return ""


def _length(control: Control, value: str) -> str:
    least, most = control.element.get("min_length", 0), control.element.get("max_length", 3000)
    if len(value) < least:
        return f"Enter at least {least} characters."
    if len(value) > most:
        return f"Enter no more than {most} characters."
    return ""


def _number(control: Control, value: str) -> str:
    decimal = control.element["is_decimal_allowed"]
    if not re.fullmatch(r"-?\d+(\.\d+)?" if decimal else r"-?\d+", value):
        return "Enter a number."
    least, most = control.element.get("min_value"), control.element.get("max_value")
    if least is not None and float(value) < float(least):
        return f"Enter a number that is at least {least}."
    if most is not None and float(value) > float(most):
        return f"Enter a number that is at most {most}."
    return ""
