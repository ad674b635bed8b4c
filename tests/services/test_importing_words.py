"""What a cell of a list may say: English, German and French words, whoever filled it in."""

from collections.abc import Callable
from typing import Any

import pytest

from bot.domain.errors import RuleBroken
from bot.domain.kinds import Role
from bot.services.lists.importing_words import (
    read_country,
    read_languages,
    read_roles,
    read_seniority,
    read_windows,
)

BOTH = [role.value for role in Role]


@pytest.mark.parametrize(
    ("cell", "roles"),
    [
        ("Mentorin und Mentee", BOTH),
        ("beide", BOTH),
        ("mentor et mentoré", BOTH),
        ("les deux", BOTH),
        ("Mentor:in", ["mentor"]),
        ("mentoré·e", ["mentee"]),
    ],
)
def test_roles(cell: str, roles: list[str]) -> None:
    assert read_roles(cell) == roles


@pytest.mark.parametrize(
    "cell",
    [
        "Mon am; Tuesday; Fri_pm",
        "Mondays mornings, Tues, Fri afternoon",
        "Mo vormittags, Di, Fr. nachmittag",
        "lundi matin; mar; ven après-midi",
    ],
)
def test_half_days(cell: str) -> None:
    assert read_windows(cell) == ["mon_am", "tue_am", "tue_pm", "fri_pm"]


def test_languages_and_countries_by_their_names() -> None:
    assert read_languages("Deutsch, français; English, Niederländisch") == ["de", "fr", "en", "nl"]
    found = [read_country(each) for each in ("Österreich", "Allemagne", "uk", "ch")]
    assert found == ["AT", "DE", "GB", "CH"]


def test_seniority_in_words() -> None:
    words = ("Teamleitung", "chef d'équipe", "Stagiaire", "Erfahren, oder Senior", "PDG")
    assert [read_seniority(each) for each in words] == [4, 4, 1, 3, 6]


@pytest.mark.parametrize(
    ("reader", "cell"),
    [(read_roles, "Chef"), (read_windows, "Monat"), (read_windows, "So"), (read_country, "Bonn")],
)
def test_what_nobody_understands_is_refused(reader: Callable[[str], Any], cell: str) -> None:
    with pytest.raises(RuleBroken):
        reader(cell)
