"""Rendering a variant with the shipped templates, to the payload that Slack would get."""

from functools import cache
from typing import Any

from bot.ops import rendering
from bot.ops.samples.variants import Variant
from bot.slack.templates import Templates


@cache
def templates() -> Templates:
    """The shipped templates."""
    return Templates()


def render(variant: Variant) -> dict[str, Any]:
    """The payload, which keeps Slack's limits or raises BlockError."""
    return rendering.render(templates(), variant)
