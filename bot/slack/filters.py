"""Small helpers for the words in templates."""

from collections.abc import Iterable

from markupsafe import Markup, escape

from bot.slack.markup_text import ELLIPSIS
from bot.slack.markup_tree import fold


def short(text: str, limit: int = 80) -> str:
    """At most `limit` characters, cut after a whole word where there is one, with an ellipsis."""
    words = fold(str(text)).strip(" ")
    if len(words) <= limit:
        return words
    kept = words[:limit]
    before, space, _ = kept.rpartition(" ")
    return (before if space else kept[:-1]).rstrip(" ,;:.") + ELLIPSIS


def join_and(parts: Iterable[object], word: str = "and") -> str:
    """`a, b and c`. Parts that are markup already stay so, and the others are escaped beside it."""
    said = list(parts)
    if not any(isinstance(part, Markup) for part in said):
        return _joined([str(part) for part in said], word)
    return Markup(_joined([str(escape(part)) for part in said], str(escape(word))))  # noqa: S704


def _joined(parts: list[str], word: str) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {word} {parts[-1]}"


def plural(count: int, one: str, many: str | None = None) -> str:
    """`1 question`, `3 questions`; `many` where an s is not enough."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def minutes(length: int) -> str:
    """A length in minutes, in words: `1 minute`, `30 minutes`, `1 hour`."""
    hours, rest = divmod(length, 60)
    parts = ([plural(hours, "hour")] if hours else []) + (
        [plural(rest, "minute")] if rest or not hours else []
    )
    return " ".join(parts)


FILTERS = {"short": short, "join_and": join_and, "plural": plural, "minutes": minutes}
