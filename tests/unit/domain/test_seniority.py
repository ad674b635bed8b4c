"""A first guess at seniority, from a title."""

import pytest

from bot.domain.programmes import LEVELS
from bot.domain.seniority import guess_seniority


@pytest.mark.parametrize(
    ("title", "level"),
    [
        ("", None),
        ("  ", None),
        ("Intern", 1),
        ("Junior Designer", 1),
        ("Engineer", 2),
        ("Designer", 2),
        ("Assistant to the Director", 2),
        ("Senior Engineer", 3),
        ("Product Manager", 3),
        ("Engineering Manager", 4),
        ("Team lead, Payments", 4),
        ("Director", 5),
        ("Head of Design", 5),
        ("VP Sales", 5),
        ("Vice President, People", 5),
        ("CTO", 6),
        ("Chief Financial Officer", 6),
        ("Chief of Staff", 4),
        ("Co-founder", 6),
        ("Headhunter", 2),
        ("Leading Hand", 2),
    ],
)
def test_a_guess_at_seniority(title: str, level: int | None) -> None:
    assert guess_seniority(title) == level
    assert level is None or level in LEVELS
