"""Times typed in German and French."""

from datetime import UTC, datetime

import pytest

from bot.domain.errors import RuleBroken
from bot.domain.typed.time import find_day, read_time
from bot.domain.typed.words import in_english

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # ten o'clock in Berlin and in Paris


def read(text: str, locale: str) -> str:
    """The local moment it means in Berlin, which is also that in Paris."""
    moment = read_time(text, MONDAY, "Europe/Berlin", language=locale)
    return f"{moment.hour + 1:02}:{moment.minute:02} on the {moment.day}.{moment.month}."


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("Donnerstag 14:30", "14:30 on the 26.11."),
        ("Donnerstag um 14 Uhr", "14:00 on the 26.11."),
        ("am Donnerstag um 14 Uhr 30", "14:30 on the 26.11."),
        ("Do. 9:15 Uhr", "09:15 on the 26.11."),
        ("nächsten Dienstag 10:00", "10:00 on the 1.12."),
        ("morgen um 11", "11:00 on the 24.11."),
        ("übermorgen 8:30", "08:30 on the 25.11."),
        ("heute 16 Uhr", "16:00 on the 23.11."),
        ("27. November 9:15", "09:15 on the 27.11."),
        ("3. Dezember um 15 Uhr", "15:00 on the 3.12."),
        ("27.11. 14:30", "14:30 on the 27.11."),
        ("in zwei Stunden", "12:00 on the 23.11."),
        ("in 2 Wochen 10:00", "10:00 on the 7.12."),
        ("Thursday 14:30", "14:30 on the 26.11."),
    ],
)
def test_german(text: str, means: str) -> None:
    assert read(text, "de-AT") == means


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("jeudi 14h30", "14:30 on the 26.11."),
        ("jeudi à 14 h 30", "14:30 on the 26.11."),
        ("jeudi à 9 heures", "09:00 on the 26.11."),
        ("jeu. 14:30", "14:30 on the 26.11."),
        ("mardi prochain 10h", "10:00 on the 1.12."),
        ("demain à 11h", "11:00 on the 24.11."),
        ("après-demain 8h30", "08:30 on the 25.11."),
        ("aujourd’hui 16h", "16:00 on the 23.11."),
        ("le 27 novembre à 9h15", "09:15 on the 27.11."),
        ("1er décembre 15h", "15:00 on the 1.12."),
        ("dans 2 heures", "12:00 on the 23.11."),
        ("dans deux semaines à 10h", "10:00 on the 7.12."),
        ("Thursday 14:30", "14:30 on the 26.11."),
    ],
)
def test_french(text: str, means: str) -> None:
    assert read(text, "fr-CA") == means


@pytest.mark.parametrize(
    ("text", "locale", "key"),
    [
        ("Donnerstag", "de", "time_no_clock"),
        ("jeudi", "fr", "time_no_clock"),
        ("irgendwann", "de", "time_unreadable"),
        ("un de ces jours", "fr", "time_unreadable"),
        ("Donnerstag 14:30", "fr", "time_unreadable"),
        ("Donnerstag 14:30", "en-GB", "time_unreadable"),
        ("Donnerstag 25 Uhr", "de", "time_unreadable"),
        ("gestern 10:00", "de", "time_past"),
    ],
)
def test_what_is_no_time_is_refused(text: str, locale: str, key: str) -> None:
    with pytest.raises(RuleBroken) as broken:
        read(text, locale)
    assert broken.value.key == key


def test_a_day_at_the_end_of_a_step() -> None:
    assert str(find_day("Folien schicken bis Freitag", MONDAY, "Europe/Berlin", "de")[1]) == (
        "2026-11-27"
    )
    text, day = find_day("Envoyer le texte d’ici vendredi", MONDAY, "Europe/Paris", "fr")
    assert (text, str(day)) == ("Envoyer le texte", "2026-11-27")


def test_other_languages_stay_as_they_are() -> None:
    assert in_english("Jueves 14:30", "es-ES") == "jueves 14:30"
    assert in_english("Thursday 14:30", "") == "thursday 14:30"
