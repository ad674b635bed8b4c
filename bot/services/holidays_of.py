"""Public holidays by country, and the countries whose holidays are known."""

from datetime import date
from functools import cache, lru_cache


@lru_cache(maxsize=256)
def holidays_of(country: str, years: range) -> frozenset[date]:
    """The public holidays of a whole country in those years, as dates on its own calendar.

    `country` is an ISO 3166 code of two letters, in either case. Nothing comes back for "" or an
    unknown one, and for years the library `holidays` does not know. Days of a region alone are not
    in it; a holiday that is made up for on another day is.
    """
    code = country.strip().upper()
    if code not in _supported():
        return frozenset()
    from holidays import country_holidays

    return frozenset(country_holidays(code, years=years))


@cache
def countries() -> tuple[str, ...]:
    """The code of every country whose holidays are known; what reads them names them."""
    return tuple(sorted(_supported()))


@cache
def _supported() -> frozenset[str]:
    # The library is imported when first asked for: most processes start without needing it.
    from holidays import list_supported_countries

    return frozenset(list_supported_countries(include_aliases=False))
