"""A rendered template becomes Block Kit: a message, a modal or the Home tab.

The vocabulary mirrors Block Kit and is described in docs/templates.md. Over-long words of a person
are cut with an ellipsis; too many blocks, unknown tags and unknown attributes are the template's
mistakes and raise MarkupError with the template's name and the place.
"""

from bot.slack import limits
from bot.slack.markup.blocks import block
from bot.slack.markup.fit import fit_text
from bot.slack.markup.inline import reference
from bot.slack.markup.text import cut_mrkdwn, plain, said
from bot.slack.markup.tree import MarkupError, Node, parse
from bot.slack.message import Json, Message

__all__ = ["MarkupError", "to_home", "to_message", "to_modal"]


def to_message(xml: str, template: str) -> Message:
    """The message a `<message>` template rendered to; `template` is its name, for errors."""
    root = _root(xml, template, "message")
    root.only()
    children = root.elements()
    if not children or children[0].tag != "fallback":
        raise root.error("starts with a <fallback>: what a notification shows")
    fallback = children[0]
    fallback.only()
    text = cut_mrkdwn(said(reference(fallback.children)), limits.FALLBACK_TEXT)
    return Message(text, fit_text(_blocks(root, children[1:], limits.MESSAGE_BLOCKS)))


def to_modal(xml: str, template: str) -> Json:
    """The view a `<modal>` template rendered to."""
    root = _root(xml, template, "modal")
    root.only("title", "submit", "close", "callback", "metadata", "notify_on_close")
    view: Json = {
        "type": "modal",
        "title": plain(root.said("title"), limits.VIEW_TITLE),
        "callback_id": root.id("callback", limits.CALLBACK_ID),
        "blocks": _blocks(root, root.elements(), limits.VIEW_BLOCKS),
    }
    for name in ("submit", "close"):
        if words := root.words(name):
            view[name] = plain(words, limits.VIEW_TITLE)
    if root.get("metadata"):
        view["private_metadata"] = root.id("metadata", limits.PRIVATE_METADATA)
    if root.flag("notify_on_close"):
        view["notify_on_close"] = True
    return view


def to_home(xml: str, template: str) -> Json:
    """The view a `<home>` template rendered to."""
    root = _root(xml, template, "home")
    root.only("callback", "metadata")
    view: Json = {
        "type": "home",
        "blocks": _blocks(root, root.elements(), limits.VIEW_BLOCKS),
    }
    if root.get("callback"):
        view["callback_id"] = root.id("callback", limits.CALLBACK_ID)
    if root.get("metadata"):
        view["private_metadata"] = root.id("metadata", limits.PRIVATE_METADATA)
    return view


def _root(xml: str, template: str, tag: str) -> Node:
    root = parse(xml, template)
    if root.tag != tag:
        raise root.error(f"stands where a <{tag}> belongs")
    return root


def _blocks(root: Node, nodes: list[Node], most: int) -> list[Json]:
    if not 1 <= len(nodes) <= most:
        raise root.error(f"needs 1 to {most} blocks and has {len(nodes)}")
    return [block(node) for node in nodes]
