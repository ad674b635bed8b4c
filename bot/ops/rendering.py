"""Rendering the templates with sample facts, as far as Slack's own limits."""

from typing import Any

from bot.ops.samples.cast import Samples
from bot.ops.samples.variants import Variant, variants
from bot.services.library import Library
from bot.slack.blocks import check_message, check_view
from bot.slack.fitting import fitted_home, fitted_overview
from bot.slack.message import Json, Message
from bot.slack.templates import Templates


def render(templates: Templates, variant: Variant) -> dict[str, Any]:
    """The payload as Slack would get it.

    Raises TemplateFault or MarkupError for a template that is wrong, BlockError for one that says
    more than Slack takes.
    """
    surface, name = variant.template.split("/")
    if surface == "messages":
        message = _message(templates, name, variant.facts)
        payload: dict[str, Any] = {"text": message.text, "blocks": message.blocks}
        check_message(payload)
        return payload
    view = _view(templates, surface, name, variant.facts)
    check_view(view)
    return view


def _message(templates: Templates, name: str, facts: dict[str, Any]) -> Message:
    if name == "overview":
        return fitted_overview(templates, **facts)
    return templates.message(name, **facts)


def _view(templates: Templates, surface: str, name: str, facts: dict[str, Any]) -> Json:
    if (surface, name) == ("home", "home"):
        return fitted_home(templates, **facts)
    draw = templates.modal if surface == "modals" else templates.home
    return draw(name, **facts)


def render_all(templates: Templates, library: Library) -> int:
    """Render every template in every state, and return how many times. Raises like `render`."""
    every = variants(Samples(library))
    for variant in every:
        render(templates, variant)
    return len(every)
