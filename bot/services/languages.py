"""The languages somebody may say they like to talk in."""

from functools import cache


@cache
def languages() -> tuple[str, ...]:
    """The code (ISO 639-1) of every language that has such a code; what reads them names them."""
    from babel import Locale  # looked at when first asked for: most processes start without it

    return tuple(sorted(code for code in map(str, Locale("en").languages) if len(code) == 2))
