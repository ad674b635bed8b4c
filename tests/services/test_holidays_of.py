"""Holidays by country, as far as Lantern leans on the library."""

import subprocess
import sys
from datetime import date

import pytest

from bot.services.holidays_of import countries, holidays_of

YEAR = range(2026, 2027)


def test_the_holidays_of_a_country() -> None:
    found = holidays_of("DE", YEAR)
    assert {date(2026, 1, 1), date(2026, 4, 6), date(2026, 10, 3)} <= found
    assert date(2026, 1, 6) not in found  # a holiday in three of its regions
    assert {day.year for day in holidays_of("DE", range(2026, 2029))} == {2026, 2027, 2028}


def test_a_holiday_on_a_weekend_is_also_the_day_that_makes_up_for_it() -> None:
    assert date(2026, 7, 3) in holidays_of("US", YEAR)  # the fourth is a Saturday


@pytest.mark.parametrize("country", ["", "XX", "DEU", "Germany", "DE-BY", "🇩🇪", "  "])
def test_an_unknown_country_has_none(country: str) -> None:
    assert holidays_of(country, YEAR) == frozenset()


@pytest.mark.parametrize("years", [range(0), range(1, 2), range(9999, 10000)])
def test_years_that_nobody_knows_have_none(years: range) -> None:
    assert holidays_of("US", years) == frozenset()


def test_either_case_will_do() -> None:
    assert holidays_of(" de ", YEAR) == holidays_of("DE", YEAR)


def test_it_is_worked_out_once() -> None:
    assert holidays_of("FR", YEAR) is holidays_of("FR", range(2026, 2027))


def test_the_countries_are_codes() -> None:
    assert len(countries()) > 200
    assert "DE" in countries()
    assert all(len(code) == 2 and code.isupper() for code in countries())


def test_every_country_offered_can_be_asked() -> None:
    known = sum(bool(holidays_of(code, YEAR)) for code in countries())
    assert known > len(countries()) - 10  # some have none by law, some no people


def test_the_library_is_not_loaded_before_it_is_needed() -> None:
    code = "import sys, bot.services.holidays_of; sys.exit('holidays' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
