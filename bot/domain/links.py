"""Addresses that people give to others: what may become a link."""

from typing import Final
from urllib.parse import urlsplit

from bot.domain.errors import RuleBroken
from bot.domain.words import check_text

LINK_MAX: Final = 500
_ODD: Final = frozenset(' <>|"`\\')


def check_link(text: str, *, field: str) -> str:
    """An https address as it was typed, "" for none.

    A word before the host that looks like another host, a number for one, or anything that could
    end the link early is refused. Raises RuleBroken "link_https" at `field`, and "too_long".
    """
    kept = check_text(text, field=field, limit=LINK_MAX, required=False)
    if kept and not _is_https(kept):
        raise RuleBroken("link_https", field=field)
    return kept


def _is_https(text: str) -> bool:
    if any(not sign.isprintable() or sign in _ODD for sign in text):
        return False
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    if parts.scheme != "https" or "@" in parts.netloc or port not in (None, 443):
        return False
    labels = host.split(".")
    named = len(labels) > 1 and all(labels) and not labels[-1].isdecimal()
    return named and ":" not in host
