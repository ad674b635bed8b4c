import pytest

from bot.slack.markup import MarkupError
from bot.slack.markup.text import cut_mrkdwn, web_address
from tests.unit.slack.rendering import Desk


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        ("plain", "plain"),
        ("  spread\n   over\tlines  ", "spread over lines"),
        ("a <b>bold</b> word", "a *bold* word"),
        ("a<b> bold </b>word", "a *bold* word"),
        ("<i>so</i> <s>no</s> <code>x</code>", "_so_ ~no~ `x`"),
        ("<b><i>both</i></b>", "*_both_*"),
        ("<b>two<br/>lines</b>", "*two*\n*lines*"),
        ("<b></b>nothing", "nothing"),
        ("one <br/> two", "one\ntwo"),
        ("one<br/><br/>two", "one\n\ntwo"),
        ("<user id='U1'/>, meet <user id='W2B'/>", "<@U1>, meet <@W2B>"),
        ("in <channel id='C1'/>", "in <#C1>"),
        ("<a href='https://a.b/?c=1&amp;d=2'>here</a>", "<https://a.b/?c=1&amp;d=2|here>"),
        ("<a href='mailto:a@b.c'/>", "<mailto:a@b.c>"),
        ("<a href='javascript:alert(1)'>words stay</a>", "words stay"),
        ("<a href='https://a.b/|x>y'>words stay</a>", "words stay"),
        ("for:<list><item>one</item> <item><b>two</b></item></list>", "for:\n• one\n• *two*"),
        ("<list><item>a</item></list><quote>q<br/>r</quote>end", "• a\n> q\n> r\nend"),
        ("<quote>q</quote><br/>after a gap", "> q\n\nafter a gap"),
        ("5 &lt; 6 &amp; 7 &gt; 6", "5 &lt; 6 &amp; 7 &gt; 6"),
        ("&amp;lt;", "&amp;lt;"),
    ],
)
def test_inline_markup_becomes_mrkdwn(desk: Desk, markup: str, shown: str) -> None:
    assert desk.mrkdwn(markup) == shown


@pytest.mark.parametrize(
    ("attributes", "shown"),
    [
        (
            'at="2026-11-24T15:00:00+01:00"',
            "<!date^1795528800^{date_short_pretty}, {time}|Tue 24 Nov 2026, 14:00 UTC>",
        ),
        ('at="1795528800" format="{time}"', "<!date^1795528800^{time}|Tue 24 Nov 2026, 14:00 UTC>"),
    ],
)
def test_a_date_shows_each_reader_their_own_time(desk: Desk, attributes: str, shown: str) -> None:
    assert desk.mrkdwn(f"<date {attributes}/>") == shown


@pytest.mark.parametrize(
    ("markup", "rule"),
    [
        ("<blink>no</blink>", "not an inline tag"),
        ("<b style='x'>no</b>", "no attribute 'style'"),
        ("<user/>", "needs the attribute 'id'"),
        ("<user id='ada'/>", "needs a Slack id"),
        ("<user id='C1'/>", "needs a Slack id"),
        ("<channel id='U1'/>", "needs a Slack id"),
        ("<user id='U1'>Ada</user>", "no text here"),
        ("<date at='2026-11-24T15:00:00'/>", "without a zone"),
        ("<date at='soon'/>", "ISO 8601"),
        ("<date at='1795528800' format='{year}'/>", "does not know"),
        ("<date at='1795528800' format='at three'/>", "does not know"),
        ("<date at='1795528800' format='{time}|x'/>", "does not know"),
        ("<list><b>no</b></list>", "holds items"),
        ("<list>words</list>", "no text here"),
        ("<b><list><item>x</item></list></b>", "cannot stand in <b>"),
        ("<a href='https://a.b'><user id='U1'/></a>", "cannot stand in <a>"),
        ("<a>where</a>", "needs the attribute 'href'"),
        ("<br>x</br>", "no text here"),
        ("words <typed>x</typed>", "must be all"),
        ("<typed><b>x</b></typed>", "inside <typed>"),
    ],
)
def test_what_is_not_in_the_vocabulary_is_refused(desk: Desk, markup: str, rule: str) -> None:
    with pytest.raises(MarkupError, match=rule):
        desk.mrkdwn(markup)


def test_a_person_cannot_write_markup(desk: Desk) -> None:
    shown = desk.mrkdwn("{{ text }}", text="<!channel> & <script> <@U1> </section>")
    assert shown == "&lt;!channel&gt; &amp; &lt;script&gt; &lt;@U1&gt; &lt;/section&gt;"


def test_typed_words_stand_exactly_as_typed(desk: Desk) -> None:
    words = "*not bold*\n  > no quote\n`code` <!here> &amp;"
    for body in ("<typed>{{ w }}</typed>", "<section>\n <typed>{{ w }}</typed>\n</section>"):
        block = desk.block(body, w=words)
        assert block["text"] == {"type": "plain_text", "text": words, "emoji": True}


def test_words_that_hold_nothing_show_an_ellipsis(desk: Desk) -> None:
    for nothing in ("", " \n", "\x00\x07", "\u00a0"):
        assert desk.mrkdwn("{{ w }}", w=nothing) == "…"
        assert desk.block("<typed>{{ w }}</typed>", w=nothing)["text"]["text"] == "…"


@pytest.mark.parametrize(
    ("text", "limit", "cut"),
    [
        ("abc", 3, "abc"),
        ("abcd", 3, "ab…"),
        ("a&amp;&amp;", 7, "a&amp;…"),
        ("a&amp;&amp;", 6, "a…"),
        ("<@U12345678> and", 12, "…"),
        ("<@U12345678> and", 13, "<@U12345678>…"),
        ("&" * 3, 2, "&…"),
    ],
)
def test_cutting_keeps_entities_and_mentions_whole(text: str, limit: int, cut: str) -> None:
    assert cut_mrkdwn(text, limit) == cut
    assert len(cut_mrkdwn(text, limit)) <= limit


@pytest.mark.parametrize("text", ["https://a.b/c", "http://a.b", "mailto:x@y.z"])
def test_web_addresses(text: str) -> None:
    assert web_address(text) == text


@pytest.mark.parametrize(
    "text",
    ["", "a.b", "ftp://a.b", "https://", "https://a b", "https://a.b/\n", "http://[x", "//a"],
)
def test_no_web_addresses(text: str) -> None:
    assert web_address(text) is None
