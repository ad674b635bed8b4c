"""The inline tags: bold words, links, mentions, dates, lists and quotations, as mrkdwn."""

import re
from datetime import UTC, datetime

from bot.slack.markup.text import escape, web_address
from bot.slack.markup.tree import Node, fold

_EDGE = "\x1e"  # where a list or a quote begins and ends; no text can hold it, XML forbids it
_AROUND_EDGE = re.compile(rf" *\n? *(?:{_EDGE} *)+")
_AROUND_BREAK = re.compile(r" *\n *")
_MARKS = {"b": "*", "i": "_", "s": "~", "code": "`"}
_DATE_TOKEN = re.compile(r"\{[^{}]*\}")
_DATE_TOKENS = {
    *("{date}", "{date_num}", "{date_slash}", "{date_long}", "{date_long_full}", "{date_short}"),
    *("{date_pretty}", "{date_long_pretty}", "{date_short_pretty}", "{day_divider_pretty}"),
    *("{time}", "{time_secs}", "{ago}"),
}


def inline(children: "list[Node | str]") -> str:
    """Text and inline tags as mrkdwn, white space folded and the ends trimmed."""
    return _tidy("".join(_inline_one(child) for child in children))


def reference(children: "list[Node | str]") -> str:
    """The same where no formatting is shown (a message's fallback): names, dates, line breaks."""
    for child in children:
        if isinstance(child, Node) and child.tag not in ("user", "channel", "date", "br"):
            raise child.error("cannot stand in a fallback")
    return inline(children)


def _inline_one(child: "Node | str") -> str:
    if isinstance(child, str):
        return escape(fold(child))
    render = INLINE.get(child.tag)
    if render is None:
        raise child.error("is not an inline tag")
    return render(child)


def _tidy(text: str) -> str:
    """Lists and quotes stand on lines of their own; spaces around breaks and at the ends go."""
    text = _AROUND_EDGE.sub("\n", re.sub(" {2,}", " ", text))
    return _AROUND_BREAK.sub("\n", text).strip(" \n")


def _marked(node: Node) -> str:
    """Bold, italic, struck, code: marks hug their words on each line, or Slack ignores them."""
    node.only()
    _without(node, "list", "quote")
    mark = _MARKS[node.tag]
    content = "".join(_inline_one(child) for child in node.children)
    return "\n".join(_hug(line, mark) for line in content.split("\n"))


def _without(node: Node, *tags: str) -> None:
    for child in node.children:
        if isinstance(child, Node) and child.tag in tags:
            raise child.error(f"cannot stand in <{node.tag}>")


def _hug(line: str, mark: str) -> str:
    words = line.strip(" ")
    if not words:
        return line
    before, after = line.split(words, 1)
    return f"{before}{mark}{words}{mark}{after}"


def _link(node: Node) -> str:
    """A link; an address that is none (a person's slip) leaves its words standing without it."""
    node.only("href")
    _without(node, "list", "quote", "a", "user", "channel", "date", "br")
    if "href" not in node.attributes:
        raise node.error("needs the attribute 'href'")
    address = web_address(node.attributes["href"])
    words = inline(node.children)
    if address is None:
        return words
    return f"<{escape(address)}|{words}>" if words else f"<{escape(address)}>"


def _user(node: Node) -> str:
    return f"<@{_slack_id(node, 'UW')}>"


def _channel(node: Node) -> str:
    return f"<#{_slack_id(node, 'CDG')}>"


def _slack_id(node: Node, first: str) -> str:
    node.only("id")
    node.empty()
    value = node.need("id")
    if value[0] not in first or not re.fullmatch("[A-Z0-9]+", value):
        raise node.error("needs a Slack id")
    return value


def _date(node: Node) -> str:
    node.only("at", "format")
    node.empty()
    seconds = node.moment("at")
    form = node.get("format") or "{date_short_pretty}, {time}"
    tokens = _DATE_TOKEN.findall(form)
    if not tokens or not _DATE_TOKENS.issuperset(tokens) or any(c in form for c in "<>|^&"):
        raise node.error("has a format that Slack does not know")
    fallback = datetime.fromtimestamp(seconds, UTC).strftime("%a %d %b %Y, %H:%M UTC")
    return f"<!date^{seconds}^{form}|{fallback}>"


def _break(node: Node) -> str:
    node.only()
    node.empty()
    return "\n"


def _list(node: Node) -> str:
    node.only()
    lines = []
    for item in node.elements():
        if item.tag != "item":
            raise item.error("cannot stand in a list: it holds items")
        item.only()
        lines.append("• " + inline(item.children))
    return _EDGE + "\n".join(lines) + _EDGE


def _quote(node: Node) -> str:
    node.only()
    lines = inline(node.children).split("\n")
    return _EDGE + "\n".join(f"> {line}" for line in lines) + _EDGE


INLINE = {
    "b": _marked,
    "i": _marked,
    "s": _marked,
    "code": _marked,
    "a": _link,
    "user": _user,
    "channel": _channel,
    "date": _date,
    "br": _break,
    "list": _list,
    "quote": _quote,
}
