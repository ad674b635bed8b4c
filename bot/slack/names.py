"""Names that no catalogue needs: of days, of lengths, of languages and of countries, by Babel."""

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from babel import Locale

ListStyle = Literal["standard", "or"]
Named = tuple[tuple[str, str], ...]

OF_HERE: Final = {"en": "en_GB"}
"""Where a language is spoken as Lantern speaks it: British English puts the day first."""


class Names:
    """The names in one language (`de`, `pt_BR`). What Babel knows of it is read when needed.

    `locale` is its identifier for Babel.
    """

    def __init__(self, language: str) -> None:
        self.locale = OF_HERE.get(language, language)

    @cached_property
    def _known(self) -> "Locale":
        from babel import Locale  # looked at when first asked for: much is said without it

        return Locale.parse(self.locale)

    def minutes(self, length: int) -> str:
        """A length in minutes, in words: `1 minute`, `30 minutes`, `1 hour 30 minutes`."""
        from babel.units import format_unit

        hours, rest = divmod(length, 60)
        parts = [(hours, "duration-hour")] if hours else []
        parts += [(rest, "duration-minute")] if rest or not hours else []
        return " ".join(format_unit(count, unit, locale=self._known) for count, unit in parts)

    def listed(self, parts: Sequence[str], style: ListStyle = "standard") -> str:
        """`a, b and c`; with the style "or" `a, b or c`."""
        from babel.lists import format_list

        return format_list(parts, style=style, locale=self._known)

    def number(self, value: int) -> str:
        """`18,240`, and in German `18.240`."""
        from babel.numbers import format_decimal

        return format_decimal(value, locale=self._known)

    def weekday(self, day: date) -> str:
        """`Monday`."""
        from babel.dates import format_date

        return format_date(day, "EEEE", locale=self._known)

    def day_and_month(self, day: date) -> str:
        """`3 August`."""
        from babel.dates import format_skeleton

        return format_skeleton("MMMMd", day, locale=self._known)

    def month(self, day: date) -> str:
        """`August`."""
        from babel.dates import format_date

        return format_date(day, "LLLL", locale=self._known)

    def date(self, day: date) -> str:
        """`3 August 2026`."""
        from babel.dates import format_date

        return format_date(day, "long", locale=self._known)

    def language(self, code: str) -> str:
        """The name of the language with this ISO 639 code; the code itself when it has none."""
        return str(self._known.languages.get(code, code))

    def languages(self, codes: Iterable[str]) -> Named:
        """Code and name of these languages, by name."""
        return _by_name((code, self.language(code)) for code in codes)

    def countries(self, codes: Iterable[str]) -> Named:
        """Code (ISO 3166) and name of these countries, by name."""
        names = self._known.territories
        return _by_name((code, names.get(code, code)) for code in codes)


def _by_name(named: Iterable[tuple[str, str]]) -> Named:
    return tuple(sorted(named, key=lambda each: _key(each[1])))


def _key(name: str) -> str:
    """Åland belongs to A, not behind Zimbabwe."""
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
