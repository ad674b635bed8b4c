"""Plain words: nothing typed is lost."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import RuleBroken
from bot.domain.kinds import Role
from bot.domain.words import (
    TEXT_MAX,
    ActionDraft,
    AgendaDraft,
    check_text,
    clean,
    read_actions,
    read_agenda,
    sounds_like_thanks,
)
from tests.unit.domain.rules import result_or_rule
from tests.unit.domain.test_hours import utc

NOW = utc("2026-11-21T10:00")


def actions(text: str, writer: Role | None = None) -> list[ActionDraft]:
    return read_actions(text, NOW, "Europe/London", writer)


@pytest.mark.parametrize(
    "blank", [None, "", "   ", "\n\t ", "\u00a0\u2003", "\u200b\u200d\ufe0f", "\x00\x07", "\u202e"]
)
def test_what_cannot_be_seen_is_nothing(blank: str | None) -> None:
    assert clean(blank) == ""
    with pytest.raises(RuleBroken) as error:
        check_text(blank, field="topic")
    assert (error.value.key, error.value.field) == ("blank", "topic")


def test_cleaning_keeps_what_was_meant() -> None:
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
    assert clean(f"  a\x00b\r\nc {family} \u202e<!channel> & <script>\ud800 ") == (
        f"ab\nc {family} <!channel> & <script>"
    )


def test_a_text_has_a_limit() -> None:
    assert check_text("🦉" * TEXT_MAX) == "🦉" * TEXT_MAX
    with pytest.raises(RuleBroken) as error:
        check_text("a" * 301, field="topic", limit=300)
    assert (error.value.key, error.value.facts) == ("too_long", {"limit": 300, "length": 301})
    assert check_text("", required=False) == ""


@given(st.text(max_size=80))
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert once == once.strip()


def test_an_agenda_in_full() -> None:
    text = """1. leading former peers
2) the budget
Where do I start?

Hope: to know
what to try first

QUESTIONS:

- what went wrong for you?
- whom to ask
Read: https://example.org/a
off limits: my boss"""
    assert read_agenda(text) == AgendaDraft(
        topics=["leading former peers", "the budget"],
        outcome="to know\nwhat to try first",
        questions=["Where do I start?", "what went wrong for you?", "whom to ask"],
        reading="https://example.org/a",
        off_limits="my boss",
    )


def test_a_plain_paragraph_is_one_topic() -> None:
    text = "I would like to talk about presenting, and how not to freeze. It happened twice."
    assert read_agenda(text) == AgendaDraft(topics=[text])


def test_a_question_alone_is_the_topic() -> None:
    assert read_agenda("How do I say no?") == AgendaDraft(topics=["How do I say no?"])
    assert read_agenda("How?\nWhy?") == AgendaDraft(topics=["How?"], questions=["Why?"])


def test_more_than_three_topics_are_kept() -> None:
    assert read_agenda("a\nb\nc\nd\ne").topics == ["a", "b", "c\nd\ne"]


def test_an_empty_agenda_is_a_rule() -> None:
    with pytest.raises(RuleBroken) as error:
        read_agenda(" \n ")
    assert error.value.key == "topic_blank"


LINES = st.lists(
    st.sampled_from(["", "- ", "1. ", "Outcome: ", "Questions:", "Off limits: ", "* "]).flatmap(
        lambda start: st.from_regex(r"[a-z]{1,6}( [a-z]{1,6}){0,3}\??", fullmatch=True).map(
            lambda rest: start + rest
        )
    )
    | st.just(""),
    min_size=1,
    max_size=9,
).map("\n".join)


@given(LINES.filter(str.strip))
def test_every_word_of_an_agenda_is_somewhere(text: str) -> None:
    draft = read_agenda(text)
    assert 1 <= len(draft.topics) <= 3
    kept = [*draft.topics, draft.outcome, *draft.questions, draft.reading, draft.off_limits]
    said = re.sub(r"^(- |\* |1\. )", "", text, flags=re.MULTILINE)
    said = re.sub(r"^(Outcome|Questions|Off limits):", "", said, flags=re.MULTILINE)
    words = set(re.findall(r"[a-z]+\??", said))
    assert words <= set(re.findall(r"[a-z]+\??", "\n".join(kept)))


@given(st.text(min_size=1, max_size=200))
def test_any_text_is_an_agenda_or_a_rule(text: str) -> None:
    draft = result_or_rule(lambda: read_agenda(text))
    if isinstance(draft, str):
        assert draft == "topic_blank"
        assert clean(text) == ""
    else:
        assert all(topic.strip() for topic in draft.topics)


@pytest.mark.parametrize(
    ("line", "draft"),
    [
        ("- send the deck by Friday", ActionDraft("send the deck", date(2026, 11, 27))),
        ("send the deck", ActionDraft("send the deck")),
        ("me: write it up tomorrow", ActionDraft("write it up", date(2026, 11, 22), "me")),
        ("I'll read it (by 3 Dec)", ActionDraft("read it", date(2026, 12, 3), "me")),
        ("you: introduce me to Ana", ActionDraft("introduce me to Ana", None, "them")),
        ("They will call Bo on Monday", ActionDraft("call Bo", date(2026, 11, 23), "them")),
        ("work on what I put by", ActionDraft("work on what I put by")),
        ("me:", ActionDraft("me:")),
    ],
)
def test_next_steps(line: str, draft: ActionDraft) -> None:
    assert actions(line) == [draft]


def test_next_steps_by_role() -> None:
    text = "1. mentor: send the list\n2. mentee: read it by 3 Dec"
    assert [draft.owner for draft in actions(text, Role.MENTEE)] == ["them", "me"]
    assert [draft.owner for draft in actions(text)] == [None, None]


def test_no_next_steps_is_a_rule() -> None:
    with pytest.raises(RuleBroken) as error:
        actions("  ")
    assert error.value.key == "blank"


@given(st.text(max_size=120))
def test_any_text_is_next_steps_or_a_rule(text: str) -> None:
    drafts = result_or_rule(lambda: actions(text))
    if drafts == "blank":
        assert clean(text) == ""
    else:
        assert isinstance(drafts, list)
        assert drafts
        assert all(draft.text for draft in drafts)


@pytest.mark.parametrize(
    "text",
    [
        "Themen: Mehr Umfang\nZiel: Ein Plan\nFragen:\n- Wie sage ich Nein?\nZu lesen: Das Papier\n"
        "Kein Thema: Mein altes Team",
        "Sujets\u00a0: Mehr Umfang\nObjectif\u00a0: Ein Plan\nQuestion : Wie sage ich Nein?\n"
        "À lire\u00a0: Das Papier\nSujets à éviter\u00a0: Mein altes Team",
    ],
)
def test_an_agenda_in_german_and_french_words(text: str) -> None:
    assert read_agenda(text) == AgendaDraft(
        topics=["Mehr Umfang"],
        outcome="Ein Plan",
        questions=["Wie sage ich Nein?"],
        reading="Das Papier",
        off_limits="Mein altes Team",
    )


@pytest.mark.parametrize(
    ("text", "sounds"),
    [
        ("Thanks a lot!", True),
        ("Dear Bruno, thank you for your time", True),
        ("Vielen Dank für das Gespräch", True),
        ("Un grand merci", True),
        ("- thanks to Ana by Friday", False),
        ("Send a thank-you note to Ana by Friday", False),
        ("Read the book, and write down the ten things that helped most; thanks", False),
        ("ask for feedback by 4 Dec", False),
    ],
)
def test_what_sounds_like_thanks(text: str, sounds: bool) -> None:
    assert sounds_like_thanks(text) is sounds
