"""Whatever a person types, it arrives as typed and never as anything else."""

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.slack.blocks import check_message, check_view
from bot.slack.markup.text import ELLIPSIS
from bot.slack.markup.tree import fold
from bot.slack.templates import Templates

MESSAGE = """
<message>
  <fallback>{{ w }} says</fallback>
  <header>{{ w }}</header>
  <section block="s">{{ w }}<accessory>
    <button action="a">{{ w }}<confirm title="{{ w }}" ok="{{ w }}" cancel="{{ w }}">{{ w }}
    </confirm></button></accessory></section>
  <section><b>{{ w }}</b> <i>{{ w }}</i> <s>{{ w }}</s> <code>{{ w }}</code>
    <a href="https://lantern.example">{{ w }}</a> <quote>{{ w }}</quote>
    <list><item>{{ w }}</item></list> {% trans who=w %}From {{ who }}{% endtrans %}</section>
  <section><a href="{{ w }}">link</a></section>
  <typed block="t">{{ w }}</typed>
  <fields><field>{{ w }}</field><field><typed>{{ w }}</typed></field></fields>
  <context>{{ w }}<typed>{{ w }}</typed></context>
  <image file="F1" alt="{{ w }}">{{ w }}</image>
  <actions>
    <select action="s" placeholder="{{ w }}"><group label="{{ w }}">
      <option value="1" description="{{ w }}">{{ w }}</option></group></select>
    <checkboxes action="c"><option value="1" selected="true">{{ w }}</option></checkboxes>
  </actions>
</message>
"""
MODAL = """
<modal title="{{ w }}" submit="Tell {{ w }}" close="{{ w }}" callback="c">
  <input block="a" label="{{ w }}" hint="{{ w }}">
    <text multiline="true" initial="{{ w }}" placeholder="{{ w }}"/></input>
</modal>
"""

HOSTILE = st.one_of(
    st.text(st.characters(codec=None), max_size=200),
    st.lists(
        st.sampled_from(
            [
                *(
                    "<!channel>",
                    "<!here>",
                    "<@U1>",
                    "<#C1>",
                    "<https://evil.example|click>",
                    "&amp;",
                ),
                *("&lt;!channel&gt;", "&", "<", ">", "]]>", "<![CDATA[", "<!--", "-->", "'", '"'),
                *("{{ ids }}", "{% raw %}", "%(x)s", "\n", "\r\n", "\t", "\x00", "\x1b", "\x1e"),
                *("*", "_", "~", "`", "```", "\n> ", "</section>", "\ud800", "\ufffe", "👩‍🚀", "ﷺ"),
                *("\u202e", "\u2028", "@here", "#general", "https://a.b", "|", "^", " ", "x"),
            ]
        ),
        max_size=60,
    ).map("".join),
    st.sampled_from(["&", "<", "x", "🙂", "\n", "<!channel> "]).map(lambda sign: sign * 3100),
)
ALLOWED_TOKEN = re.compile(r"<https://lantern\.example(\|[^<>]*)?>")


@pytest.fixture(scope="module")
def templates() -> Iterator[Templates]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file, text in {"messages/it.xml": MESSAGE, "modals/it.xml": MODAL}.items():
            (folder / file).parent.mkdir()
            (folder / file).write_text(text, encoding="utf-8")
        yield Templates(shipped=folder)


def texts(value: Any, kind: str) -> Iterator[str]:
    """Every text object of this kind, anywhere inside."""
    if isinstance(value, dict):
        if value.get("type") == kind:
            yield value["text"]
        for inner in value.values():
            yield from texts(inner, kind)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner, kind)


def typed(text: str) -> str:
    """What may be left of a text: no control characters, no lone surrogates, no outer space."""
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "", text)


def arrives(shown: str, wanted: str) -> bool:
    """It is there whole, or cut with an ellipsis; nothing at all shows as the ellipsis."""
    if shown.endswith(ELLIPSIS) and wanted.startswith(shown.removesuffix(ELLIPSIS)):
        return True
    return shown == wanted


hostile = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@hostile
@given(HOSTILE)
@example("<!channel> & <script>")
@example("🙂" * 3000)
@example("https://a.b/<!here>")
def test_a_message_keeps_slacks_limits_and_is_never_markup(templates: Templates, w: str) -> None:
    message = templates.message("it", w=w)
    check_message({"text": message.text, "blocks": message.blocks})
    message.text.encode()
    link_of_theirs = message.blocks.pop(3)
    for said in [message.text, *texts(message.blocks, "mrkdwn")]:
        ours = ALLOWED_TOKEN.sub("", said)
        assert "<" not in ours
        assert re.search("&(?!amp;|lt;|gt;)", ours) is None
    # A link the template asked for is a link or its bare words, and holds no second token.
    assert re.fullmatch(r"(<(https?|mailto):[^<>|]*\|)?link>?", link_of_theirs["text"]["text"])


@hostile
@given(HOSTILE)
@example("one\n  two")
def test_words_come_back_as_typed(templates: Templates, w: str) -> None:
    blocks = templates.message("it", w=w).blocks
    folded = fold(typed(w)).strip(" ")
    exact = typed(w).strip(" \t\r\n\f")
    assert arrives(unescape_slack(blocks[1]["text"]["text"]), folded)
    assert arrives(unescape_slack(blocks[5]["fields"][0]["text"]), folded)
    assert arrives(blocks[0]["text"]["text"], folded)
    assert arrives(blocks[4]["text"]["text"], exact)
    assert arrives(blocks[5]["fields"][1]["text"], exact)


@hostile
@given(HOSTILE)
@example("one\n\ttwo\r\nthree")
def test_a_modal_keeps_what_was_typed_before(templates: Templates, w: str) -> None:
    view = templates.modal("it", w=w)
    check_view(view)
    element = view["blocks"][0]["element"]
    if typed(w):
        assert arrives(element["initial_value"], typed(w))
    else:
        assert "initial_value" not in element
    assert arrives(view["blocks"][0]["label"]["text"], fold(typed(w)).strip(" "))


def unescape_slack(text: str) -> str:
    """What Slack makes of its three entities, and of no other."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
