"""What several elements have in common: placeholders, confirmation dialogs, addresses, pictures."""

from bot.slack import limits
from bot.slack.markup.text import plain, plain_words, web_address
from bot.slack.markup.tree import Node
from bot.slack.message import Json

COMMON = ("action", "focus")


def address(node: Node, name: str, limit: int) -> str:
    """An attribute that must be a web address."""
    found = web_address(node.id(name, limit))
    if found is None:
        raise node.error(f"needs a web address in {name!r}")
    return found


def placeholder(node: Node, built: Json) -> Json:
    """Add the words that stand where nothing is chosen yet, if there are any."""
    if words := node.words("placeholder"):
        built["placeholder"] = plain(words, limits.PLACEHOLDER)
    return built


def without_confirm(node: Node) -> "list[Node | str]":
    """The content of an element beside its confirmation dialog."""
    return [c for c in node.children if isinstance(c, str) or c.tag != "confirm"]


def confirmed(node: Node, built: Json) -> Json:
    """Add the element's confirmation dialog, if it has one."""
    found = [c for c in node.children if isinstance(c, Node) and c.tag == "confirm"]
    if len(found) > 1:
        raise node.error("holds at most one <confirm>")
    for child in found:
        child.only("title", "ok", "cancel", "style")
        built["confirm"] = {
            "title": plain(child.said("title"), limits.CONFIRM_TITLE),
            "text": plain(plain_words(child), limits.CONFIRM_TEXT),
            "confirm": plain(child.said("ok"), limits.CONFIRM_BUTTON),
            "deny": plain(child.said("cancel"), limits.CONFIRM_BUTTON),
        }
        if style := child.get("style"):
            if style not in ("primary", "danger"):
                raise child.error("takes primary or danger for 'style'")
            built["confirm"]["style"] = style
    return built


def only_confirm(node: Node) -> None:
    """Raise MarkupError where the element holds more than a confirmation dialog."""
    for child in node.elements():
        if child.tag != "confirm":
            raise child.error(f"cannot stand in <{node.tag}>")


def image(node: Node) -> Json:
    """A picture, by `url` or by the id of a Slack `file`, with words for those who cannot see."""
    built: Json = {"type": "image", "alt_text": plain(node.said("alt"), limits.IMAGE_ALT)["text"]}
    if (node.get("url") is None) == (node.get("file") is None):
        raise node.error("needs either 'url' or 'file'")
    if node.get("url"):
        built["image_url"] = address(node, "url", limits.IMAGE_URL)
    else:
        built["slack_file"] = {"id": node.need("file")}
    return built
