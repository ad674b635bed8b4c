"""Rendering a variant with the shipped templates, to the payload that Slack would get."""

from functools import cache
from typing import Any

from bot.slack.blocks import check_message, check_view
from bot.slack.templates import Templates
from tests.templates.variants import Variant


@cache
def templates() -> Templates:
    """The shipped templates."""
    return Templates()


def render(variant: Variant) -> dict[str, Any]:
    """The payload, which keeps Slack's limits or raises BlockError."""
    surface, name = variant.template.split("/")
    if surface == "messages":
        message = templates().message(name, **variant.facts)
        payload: dict[str, Any] = {"text": message.text, "blocks": message.blocks}
        check_message(payload)
        return payload
    draw = templates().modal if surface == "modals" else templates().home
    view = draw(name, **variant.facts)
    check_view(view)
    return view
