from dataclasses import dataclass
from datetime import date
from gettext import NullTranslations

import pytest
from markupsafe import Markup

from bot.services.views import PersonView
from bot.slack.filters import Spoken, short
from bot.slack.names import Names


class French(NullTranslations):
    """A few words of French."""

    WORDS = {" and ": " et ", "a former colleague": "une ancienne connaissance"}

    def gettext(self, message: str) -> str:
        assert message, "the head of the catalogue is no text"
        return self.WORDS.get(message, message)


ENGLISH = Spoken(NullTranslations(), Names("en"))
FRENCH = Spoken(French(), Names("fr"))
MONDAY = date(2026, 8, 3)


@pytest.mark.parametrize(
    ("text", "limit", "shown"),
    [
        ("short", 10, "short"),
        ("two words", 9, "two words"),
        ("two words more", 9, "two…"),
        ("two words, more", 12, "two words…"),
        ("incomprehensibilities", 8, "incompr…"),
        (" a\n b ", 10, "a b"),
    ],
)
def test_short_keeps_whole_words(text: str, limit: int, shown: str) -> None:
    assert short(text, limit) == shown
    assert len(shown) <= limit


@pytest.mark.parametrize(
    ("parts", "shown"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_join_and(parts: list[str], shown: str) -> None:
    assert ENGLISH.join_and(parts) == shown
    assert ENGLISH.join_or(parts) == shown.replace("and", "or")
    assert FRENCH.join_and(parts) == shown.replace("and", "et")
    assert Spoken(NullTranslations(), Names("de")).join_or(parts) == shown.replace("and", "oder")


def test_join_and_escapes_beside_markup() -> None:
    joined = ENGLISH.join_and([Markup("<user id='U1'/>"), "<b>"])
    assert joined == Markup("<user id='U1'/> and &lt;b&gt;")
    assert isinstance(joined, Markup)


@pytest.mark.parametrize(
    ("length", "shown", "german"),
    [
        (0, "0 minutes", "0 Minuten"),
        (1, "1 minute", "1 Minute"),
        (30, "30 minutes", "30 Minuten"),
        (60, "1 hour", "1 Stunde"),
        (90, "1 hour 30 minutes", "1 Stunde 30 Minuten"),
        (120, "2 hours", "2 Stunden"),
    ],
)
def test_minutes(length: int, shown: str, german: str) -> None:
    assert Names("en").minutes(length) == shown
    assert Names("de").minutes(length) == german


def test_nothing_takes_the_singular_in_french() -> None:
    assert [Names("fr").minutes(length) for length in (0, 1, 2)] == [
        "0 minute",
        "1 minute",
        "2 minutes",
    ]


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en", ["Monday", "3 August", "August", "3 August 2026"]),
        ("de", ["Montag", "3. August", "August", "3. August 2026"]),
        ("fr", ["lundi", "3 août", "août", "3 août 2026"]),
        ("pt_BR", ["segunda-feira", "3 de agosto", "agosto", "3 de agosto de 2026"]),
    ],
)
def test_dates_in_plain_text(language: str, shown: list[str]) -> None:
    names = Names(language)
    ways = (names.weekday, names.day_and_month, names.month, names.date)
    assert [way(MONDAY) for way in ways] == shown


def test_languages_and_countries_by_their_names() -> None:
    assert Names("en").languages(["de", "sw"]) == (("de", "German"), ("sw", "Swahili"))
    assert Names("fr").languages(["de", "sw"]) == (("de", "allemand"), ("sw", "swahili"))
    assert Names("de").countries(["DE", "AT"]) == (("DE", "Deutschland"), ("AT", "Österreich"))
    assert Names("en").language("zxx-none") == "zxx-none"


def test_letters_with_accents_stand_where_they_are_looked_for() -> None:
    assert [code for code, _ in Names("en").countries(["ZW", "AX", "BE"])] == ["AX", "BE", "ZW"]


def test_what_is_not_ours_stays_and_is_no_markup() -> None:
    assert FRENCH.translated("<b>100 %</b>") == "<b>100 %</b>"
    assert not isinstance(FRENCH.translated("a former colleague"), Markup)
    assert FRENCH.translated("") == ""


def test_somebody_forgotten_is_called_the_same_everywhere() -> None:
    gone = PersonView(1, 1, "", "a former colleague", "UTC", is_forgotten=True)
    amara = PersonView(2, 1, "U1", "Amara Okafor", "UTC")
    assert [FRENCH.name(gone), FRENCH.first_name(gone)] == ["une ancienne connaissance"] * 2
    assert [FRENCH.name(amara), FRENCH.first_name(amara)] == ["Amara Okafor", "Amara"]


@dataclass(frozen=True)
class About:
    topic: str
    shared: tuple[str, ...] = ()


def test_a_topic_is_as_it_was_typed_or_of_lanterns_own_words() -> None:
    assert FRENCH.topic(About("Speaking up")) == "Speaking up"
    assert FRENCH.topic(About("Hiring, Data", ("Hiring", "Data"))) == "Hiring et Data"
