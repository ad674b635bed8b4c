"""Slack's text markup: how what a person types is encoded, and how a text reads to a person."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from bot.sandbox.shapes import Json

if TYPE_CHECKING:
    from bot.sandbox.people import User
    from bot.sandbox.workspace import Workspace

BROADCAST = re.compile(r"<!(channel|here|everyone|subteam\^[^|>]+)(?:\|[^>]*)?>")
ANGLE = re.compile(r"<([^<>]*)>")
TYPED_MENTION = re.compile(r"(?<![\w<|])@([A-Za-z0-9][\w.-]*)")
TYPED_CHANNEL = re.compile(r"(?<![\w<|&])#([a-z0-9][\w-]*)")
DATE_TOKENS = re.compile(r"\{(\w+)\}")
FORMATTED = tuple(
    re.compile(
        rf"(?<![\w{sign}]){re.escape(sign)}([^\s{sign}](?:[^{sign}\n]*[^\s{sign}])?){re.escape(sign)}(?![\w{sign}])"
    )
    for sign in ("*", "_", "~", "`")
)
INVISIBLE = re.compile("[\u200b\u2060\ufeff]")
WIDE = ("channel", "here", "everyone")


def escape(raw: str) -> str:
    """The three characters that are markup, made harmless."""
    return raw.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    """The opposite of `escape`, once: `&amp;lt;` becomes `&lt;`."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def encode(ws: "Workspace", raw: str, *, with_names: bool = False) -> str:
    """What a person types, as Slack stores it: escaped, @handle and #channel turned into ids.

    `with_names` gives the long forms a slash command gets: <@U…|handle> and <#C…|name>.
    """

    def mention(found: re.Match[str]) -> str:
        word, tail = found[1].rstrip(".-"), found[1][len(found[1].rstrip(".-")) :]
        if word in WIDE:
            return f"<!{word}>{tail}"
        user = next((u for u in ws.users.values() if u.handle == word), None)
        if user is None:
            return found[0]
        return f"<@{user.id}|{user.handle}>{tail}" if with_names else f"<@{user.id}>{tail}"

    def channel(found: re.Match[str]) -> str:
        known = next((c for c in ws.conversations.values() if c.name == found[1]), None)
        return f"<#{known.id}|{known.name}>" if known and known.kind == "channel" else found[0]

    return TYPED_CHANNEL.sub(channel, TYPED_MENTION.sub(mention, escape(raw)))


def read(ws: "Workspace", text: str, reader: "User") -> str:
    """A mrkdwn text as this reader sees it: names, links, dates in their zone, unescaped once."""
    tokens: list[str] = []

    def set_aside(found: re.Match[str]) -> str:
        tokens.append(_token(ws, found[1], reader))
        return f"\x00{len(tokens) - 1}\x00"

    # Tokens are set aside while signs are taken away: a name with _ in it keeps them.
    formatted = unescape(plain(ANGLE.sub(set_aside, text.replace("\x00", ""))))
    return re.sub(r"\x00(\d+)\x00", lambda found: tokens[int(found[1])], formatted)


def plain(text: str) -> str:
    """Formatting signs taken away as Slack takes them, and the invisible characters that guard
    a person's text against formatting."""
    for sign in FORMATTED:
        text = sign.sub(r"\1", text)
    return INVISIBLE.sub("", text)


def links(text: str) -> Iterator[tuple[str, str]]:
    """(label, address) of each link in a mrkdwn text."""
    for found in ANGLE.finditer(text):
        if found[1][:1] not in "@#!":
            address, _, label = found[1].partition("|")
            yield unescape(label or address), unescape(address)


def broadcasts(text: str, blocks: list[Json] | None) -> list[str]:
    """Which broadcasts a message would set off: channel, here, everyone or subteam^…"""
    texts = [text, *(mrkdwn_texts(blocks or []))]
    return [found for one in texts for found in BROADCAST.findall(one)]


def mrkdwn_texts(thing: Any) -> Iterator[str]:
    """Every mrkdwn text, wherever it is; plain text holds no markup."""
    if isinstance(thing, list):
        for item in thing:
            yield from mrkdwn_texts(item)
    elif isinstance(thing, dict):
        if thing.get("type") == "mrkdwn":
            yield str(thing.get("text", ""))
        for value in thing.values():
            yield from mrkdwn_texts(value)


def _token(ws: "Workspace", inside: str, reader: "User") -> str:
    body, _, label = inside.partition("|")
    if body.startswith("@"):
        user = ws.users.get(body[1:])
        return f"@{user.name}" if user else unescape(f"<{inside}>")
    if body.startswith("#"):
        channel = ws.conversations.get(body[1:])
        return f"#{channel.name if channel else unescape(label) or 'private channel'}"
    if body.startswith("!date^"):
        return _date(body, label, reader)
    if body.startswith("!"):
        return f"@{unescape(label.lstrip('@') or body[1:])}"
    return unescape(label or body.removeprefix("mailto:"))


def _date(body: str, fallback: str, reader: "User") -> str:
    _, stamp, form, *_ = [*body.split("^"), ""]
    try:
        moment = datetime.fromtimestamp(int(stamp), UTC)
    except ValueError:
        return unescape(fallback)
    local = moment.astimezone(ZoneInfo(reader.tz or "UTC"))
    return unescape(DATE_TOKENS.sub(lambda found: _date_part(found[1], local, found[0]), form))


def _date_part(token: str, local: datetime, unknown: str) -> str:
    day = local.day
    forms = {
        "date_num": local.strftime("%Y-%m-%d"),
        "date": f"{local:%B} {day}, {local.year}",
        "date_short": f"{local:%b} {day}, {local.year}",
        "date_long": f"{local:%A}, {local:%B} {day}, {local.year}",
        "time": local.strftime("%H:%M"),
        "time_secs": local.strftime("%H:%M:%S"),
        "day_divider_pretty": f"{local:%A}, {local:%B} {day}",
    }
    # Slack's "pretty" forms say yesterday, today and tomorrow by the reader's own screen; the local
    # workspace keeps to the date, so that a test reads the same whenever it runs.
    return forms.get(token.removesuffix("_pretty"), forms.get(token, unknown))
