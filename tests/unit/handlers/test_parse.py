"""What people type after /mentoring, and what it is taken for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.handlers.parse import ALIASES, Typed, parse
from bot.slack.ids import Subcommand

S = Subcommand


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", S.HELP),
        ("   ", S.HELP),
        ("?", S.HELP),
        ("...", S.HELP),
        ("help", S.HELP),
        ("HELP!", S.HELP),
        ("taster", S.TASTER),
        ("Taster", S.TASTER),
        ("  taster  ", S.TASTER),
        ("*taster*", S.TASTER),
        ("`taster`", S.TASTER),
        ("a taster, please", S.TASTER),
        ("I would like a taster", S.TASTER),
        ("/taster", S.TASTER),
        ("“flash”", S.FLASH),
        ("flash session", S.FLASH),
        ("offer", S.OFFER),
        ("mentor", S.OFFER),
        ("I want to become a mentor", S.OFFER),
        ("sessions", S.SESSIONS),
        ("my sessions", S.SESSIONS),
        ("status", S.SESSIONS),
        ("withdraw", S.WITHDRAW),
        ("withdraw everything", S.WITHDRAW),
        ("cancel", S.SESSIONS),
        ("pause", S.PAUSE),
        ("pause until Friday", S.PAUSE),
        ("pause off", S.RESUME),
        ("Pause: OFF.", S.RESUME),
        ("stop", S.PAUSE),
        ("resume", S.RESUME),
        ("flash <@U123ABC|ada>", S.FLASH),
        ("taster\u00a0now", S.TASTER),
    ],
)
def test_understood(text: str, word: Subcommand) -> None:
    assert parse(text).word is word


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("flsh", S.FLASH),
        ("tasetr", S.TASTER),
        ("sesions", S.SESSIONS),
        ("withdrow", S.WITHDRAW),
        ("pauze", S.PAUSE),
        ("resum", S.RESUME),
        ("hepl", S.HELP),
        ("xyzzy", None),
        ("頑張って", None),
        ("🙂🙂", S.HELP),
    ],
)
def test_not_understood(text: str, suggestion: Subcommand | None) -> None:
    typed = parse(text)
    if suggestion is S.HELP and typed.word is S.HELP:  # only signs: nothing was really said
        return
    assert typed.word is None
    assert typed.suggestion is suggestion


def test_a_name_alone_is_not_taken_for_a_call_for_help() -> None:
    assert parse("<@U123ABC|ada>") == Typed(Subcommand.SPOT, mentions=("U123ABC",))
    assert parse("ask <@U123ABC|ada> please").word is Subcommand.SPOT
    assert parse("ask").word is Subcommand.FLASH


def test_mentions_are_kept() -> None:
    assert parse("flash <@U1|ada> and <@W2>").mentions == ("U1", "W2")


def test_what_was_typed_is_told_back() -> None:
    assert parse("Flsh now").first == "flsh"


@pytest.mark.parametrize(("alias", "word"), sorted(ALIASES.items()))
def test_aliases(alias: str, word: Subcommand) -> None:
    assert parse(alias.upper() + "!").word is word


def test_no_alias_hides_a_word() -> None:
    assert not set(ALIASES) & set(Subcommand)


@given(st.text())
def test_anything_can_be_typed(text: str) -> None:
    typed = parse(text)
    assert typed.word is None or typed.suggestion is None


@pytest.mark.parametrize(
    ("text", "word", "number"),
    [
        ("report", S.REPORT, None),
        ("report 30", S.REPORT, 30),
        ("report for 30 days", S.REPORT, 30),
        ("report ٣٠", S.REPORT, None),
        ("report 99999999999", S.REPORT, None),
    ],
)
def test_a_number_after_the_word(text: str, word: Subcommand, number: int | None) -> None:
    typed = parse(text)
    assert (typed.word, typed.number) == (word, number)


def test_what_follows_the_word_is_kept() -> None:
    assert parse("round NOW, please").rest == ("now",)
    assert parse("round unknown; restart?").rest == ("unknown", "restart")
