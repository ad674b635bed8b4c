"""The languages somebody may say they like to talk in."""

from functools import cache


@cache
def languages() -> tuple[tuple[str, str], ...]:
    """Code (ISO 639-1) and English name of every language that has such a code, by name."""
    from babel import Locale  # looked at when first asked for: most processes start without it

    known = Locale("en").languages
    named = ((code, name) for code, name in known.items() if len(code) == 2)
    return tuple(sorted(named, key=lambda each: each[1].casefold()))


def language_name(code: str) -> str:
    """The English name for a code; the code itself when it is none that is known."""
    return _names().get(code, code)


@cache
def _names() -> dict[str, str]:
    return dict(languages())
