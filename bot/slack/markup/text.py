"""Text as Slack takes it: plain or mrkdwn, escaped once, and cut to fit.

A person's words reach mrkdwn with `&`, `<` and `>` escaped, so they cannot become a mention, a link
or a broadcast; `verbatim` keeps Slack from linking bare names and addresses by itself. Slack has no
escape for `*`, `_`, `~` and backticks: a person's own asterisks still make bold, as they do when
that person types in Slack. Where a text must stand exactly as typed, `<typed>` shows it as plain
text, in which nothing is ever parsed.
"""

import re
from urllib.parse import urlsplit

from bot.slack.markup.tree import SPACE, Node, fold
from bot.slack.message import Json

ELLIPSIS = "…"
_MRKDWN_PIECE = re.compile(r"<[^<>]*>|&(?:amp|lt|gt);|.", re.DOTALL)
_LINK_SCHEMES = {"http", "https", "mailto"}


def plain(text: str, limit: int, *, emoji: bool = True) -> Json:
    """A plain_text object; over-long text is cut, and an empty one shows an ellipsis."""
    return {"type": "plain_text", "text": cut(said(text), limit), "emoji": emoji}


def mrkdwn(text: str, limit: int) -> Json:
    """A mrkdwn object of text that is escaped already; cut between characters, never inside one."""
    return {"type": "mrkdwn", "text": cut_mrkdwn(said(text), limit), "verbatim": True}


def said(text: str) -> str:
    """The text, or an ellipsis where there is nothing to see: Slack refuses empty texts."""
    return text if text.strip() else ELLIPSIS


def cut(text: str, limit: int) -> str:
    """`text`, or as much of it as fits with an ellipsis."""
    return text if len(text) <= limit else text[: limit - 1] + ELLIPSIS


def cut_mrkdwn(text: str, limit: int) -> str:
    """The same for mrkdwn: an entity, a mention or a date stays whole or goes."""
    if len(text) <= limit:
        return text
    kept = 0
    for piece in _MRKDWN_PIECE.finditer(text):
        if piece.end() > limit - 1:
            break
        kept = piece.end()
    return text[:kept] + ELLIPSIS


def escape(text: str) -> str:
    """The three characters that mean something to Slack, escaped."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def plain_words(node: Node) -> str:
    """The text of an element whose place shows plain text: folded, and free of tags."""
    for child in node.children:
        if isinstance(child, Node):
            raise child.error(f"cannot stand inside <{node.tag}>: it shows plain text")
    return fold(raw_text(node)).strip(" ")


def typed_text(node: Node) -> str:
    """The content of a `<typed>`: as typed, but for white space around it."""
    for child in node.children:
        if isinstance(child, Node):
            raise child.error("cannot stand inside <typed>")
    return raw_text(node).strip(SPACE)


def raw_text(node: Node) -> str:
    """The text directly inside an element, unfolded."""
    return "".join(child for child in node.children if isinstance(child, str))


def web_address(text: str) -> str | None:
    """An address that may be a link, or None: http, https and mailto only, nothing odd inside."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    if parts.scheme not in _LINK_SCHEMES or not (parts.netloc or parts.scheme == "mailto"):
        return None
    if any(not sign.isprintable() or sign in ' <>|"`' for sign in text):
        return None
    return text
