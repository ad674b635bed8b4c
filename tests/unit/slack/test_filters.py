import pytest
from markupsafe import Markup

from bot.slack.filters import join_and, minutes, plural, short


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
    assert join_and(parts) == shown
    assert join_and(parts, "or") == shown.replace("and", "or")


def test_join_and_escapes_beside_markup() -> None:
    joined = join_and([Markup("<user id='U1'/>"), "<b>"])
    assert joined == Markup("<user id='U1'/> and &lt;b&gt;")
    assert isinstance(joined, Markup)


@pytest.mark.parametrize(
    ("length", "shown"),
    [
        *((0, "0 minutes"), (1, "1 minute"), (30, "30 minutes"), (60, "1 hour")),
        *((90, "1 hour 30 minutes"), (120, "2 hours")),
    ],
)
def test_minutes(length: int, shown: str) -> None:
    assert minutes(length) == shown


def test_plural() -> None:
    assert [plural(0, "question"), plural(1, "question")] == ["0 questions", "1 question"]
    assert plural(2, "person", "people") == "2 people"
