"""Small helpers for the words in templates, in one language.

Words of Lantern's own that a fact carries (an area, a line of a guide) are found in the catalogue;
names of days, languages and countries, and lengths, are Babel's.
"""

from collections.abc import Callable, Iterable, Mapping
from gettext import NullTranslations
from typing import Any, Protocol

from markupsafe import Markup, escape

from bot.slack.markup.text import ELLIPSIS
from bot.slack.markup.tree import fold
from bot.slack.names import ListStyle, Names

Filter = Callable[..., Any]


class Person(Protocol):
    """The part of a person that their name needs."""

    @property
    def name(self) -> str: ...

    @property
    def first_name(self) -> str: ...

    @property
    def is_forgotten(self) -> bool: ...


class Topical(Protocol):
    """The part of a session that says what it is about."""

    @property
    def topic(self) -> str: ...

    @property
    def shared(self) -> tuple[str, ...]: ...


def short(text: str, limit: int = 80) -> str:
    """At most `limit` characters, cut after a whole word where there is one, with an ellipsis."""
    words = fold(str(text)).strip(" ")
    if len(words) <= limit:
        return words
    kept = words[:limit]
    before, space, _ = kept.rpartition(" ")
    return (before if space else kept[:-1]).rstrip(" ,;:.") + ELLIPSIS


class Spoken:
    """The filters that say something, in one language."""

    def __init__(self, translations: NullTranslations, names: Names) -> None:
        self._translations = translations
        self._names = names

    def translated(self, text: str) -> str:
        """Lantern's own words in this language; anybody else's as they are. Never markup."""
        return self._translations.gettext(str(text)) if text else ""

    def join_and(self, parts: Iterable[object]) -> str:
        """`a, b and c`. Parts that are markup stay so, and the others are escaped beside them."""
        return self._listed(parts, "standard")

    def join_or(self, parts: Iterable[object]) -> str:
        """`a, b or c`, in the same way."""
        return self._listed(parts, "or")

    def _listed(self, parts: Iterable[object], style: ListStyle) -> str:
        said = list(parts)
        if not any(isinstance(part, Markup) for part in said):
            return self._names.listed([str(part) for part in said], style)
        whole = self._names.listed([str(escape(part)) for part in said], style)
        return Markup(whole)  # noqa: S704 - each part is markup, or escaped

    def topic(self, session: Topical) -> str:
        """What a session is about: as somebody typed it, or the areas for which a round made it."""
        return self.join_and(map(self.translated, session.shared)) or session.topic

    def name(self, person: Person) -> str:
        """What somebody is called; once they are forgotten, what everybody is."""
        return self.translated(person.name) if person.is_forgotten else person.name

    def first_name(self, person: Person) -> str:
        """The same by their first name."""
        return self.name(person) if person.is_forgotten else person.first_name

    def all(self) -> Mapping[str, Filter]:
        """By the name that templates call them."""
        names = self._names
        return {
            "short": short,
            "translated": self.translated,
            "join_and": self.join_and,
            "join_or": self.join_or,
            "topic": self.topic,
            "name": self.name,
            "first_name": self.first_name,
            "minutes": names.minutes,
            "number": names.number,
            "weekday": names.weekday,
            "day_and_month": names.day_and_month,
            "month": names.month,
            "date": names.date,
            "language": names.language,
            "languages": names.languages,
            "countries": names.countries,
        }
