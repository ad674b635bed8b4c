"""What a message in the DM is taken for."""

from typing import Any

import pytest

from bot.handlers.said import Sort, named, plain, read

BOT = "UBOT"


def event(**fields: Any) -> dict[str, Any]:
    return {"type": "message", "channel_type": "im", "user": "U1", "text": "Hello"} | fields


def edited(**fields: Any) -> dict[str, Any]:
    return {
        "type": "message",
        "subtype": "message_changed",
        "message": {"user": "U1", "text": "new", "edited": {"user": "U1"}} | fields,
        "previous_message": {"user": "U1", "text": "old"},
    }


@pytest.mark.parametrize(
    ("heard", "sort"),
    [
        (event(), Sort.WORDS),
        (event(thread_ts="1.2"), Sort.WORDS),
        (event(subtype="thread_broadcast"), Sort.WORDS),
        (event(subtype="file_share", files=[{}], text="Notes"), Sort.WORDS),
        (event(subtype="file_share", files=[{}], text=""), Sort.FILE),
        (event(text="  "), Sort.FILE),
        (event(user=BOT), Sort.NOISE),
        (event(channel_type="mpim"), Sort.NOISE),
        (event(channel_type="channel"), Sort.NOISE),
        (event(user="U2", bot_id="B2"), Sort.NOISE),
        (event(subtype="bot_message", user=None), Sort.NOISE),
        (event(subtype="message_deleted"), Sort.NOISE),
        (event(subtype="channel_topic"), Sort.NOISE),
        (edited(), Sort.EDIT),
        (edited(user=BOT), Sort.NOISE),
        (edited(bot_id="B1"), Sort.NOISE),
        (edited(edited=None), Sort.NOISE),  # Slack unfurled a link
        (edited(text="old"), Sort.NOISE),
    ],
)
def test_sorts(heard: dict[str, Any], sort: Sort) -> None:
    assert read(heard, BOT).sort is sort


def test_words_come_with_their_thread_and_their_file() -> None:
    said = read(event(subtype="file_share", files=[{}], thread_ts="1.2"), BOT)
    assert (said.user, said.text, said.thread_ts, said.has_file) == ("U1", "Hello", "1.2", True)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("1 &lt; 2 &amp; 3 &gt; 2", "1 < 2 & 3 > 2"),
        ("&amp;lt;script&amp;gt;", "&lt;script&gt;"),
        ("<@U7> says", "@Ada says"),
        ("<@U8|bruno> says", "@bruno says"),
        ("<@U9>", "@U9"),
        ("<#C1|design>", "#design"),
        ("<!here> <!subteam^S1|@team>", "@here @team"),
        ("<https://a.example/b?c=1&amp;d=2>", "https://a.example/b?c=1&d=2"),
        ("<http://a.example|a.example>", "a.example"),
        ("<https://a.example|the plan>", "the plan (https://a.example)"),
        ("<mailto:a@b.example|a@b.example>", "a@b.example"),
        ("a < b and c > d", "a < b and c > d"),
    ],
)
def test_escaped_text_reads_as_its_writer_saw_it(text: str, seen: str) -> None:
    assert plain(text, {"U7": "Ada"}) == seen


def test_names_are_needed_only_where_slack_gives_none() -> None:
    assert named("<@U1> <@U2|bruno> <#C1> <!here>") == {"U1"}
