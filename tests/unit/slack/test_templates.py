import gettext
from pathlib import Path
from typing import Any

import pytest

from bot.slack.templates import TemplateFault, Templates
from tests.unit.slack.rendering import Desk


def test_ids_filters_and_parts_are_at_hand(desk: Desk) -> None:
    desk.write("parts/sign.xml", "{% macro sign(name) %}<b>{{ name }}</b>{% endmacro %}")
    desk.write(
        "messages/it.xml",
        """{% from "parts/sign.xml" import sign %}
        <message><fallback>x</fallback>
          <section>{{ sign(who) }}: {{ 30 | minutes }}, {{ topics | join_and }}</section>
          <actions><button action="{{ ids.Action.ACCEPT_OFFER }}">Yes</button></actions>
        </message>""",
    )
    message = desk.templates().message("it", who="Ada & Bo", topics=["<x>", "y", "z"])
    assert message.blocks[0]["text"]["text"] == "*Ada &amp; Bo*: 30 minutes, &lt;x&gt;, y and z"
    assert message.blocks[1]["elements"][0]["action_id"] == "lantern:accept_offer"


def test_an_override_wins_and_the_rest_stays(desk: Desk, tmp_path: Path) -> None:
    text = "<message><fallback>x</fallback><section>{}</section></message>"
    desk.write("messages/one.xml", text.format("shipped"))
    desk.write("messages/two.xml", text.format("shipped"))
    own = Desk(tmp_path / "own")
    own.write("messages/one.xml", text.format("our own"))
    templates = Templates(own.folder, shipped=desk.folder)
    assert templates.message("one").blocks[0]["text"]["text"] == "our own"
    assert templates.message("two").blocks[0]["text"]["text"] == "shipped"


def test_names_are_surfaces_and_parts_are_not(desk: Desk) -> None:
    for file in ("messages/b.xml", "messages/a/c.xml", "modals/a.xml", "home/h.xml", "parts/p.xml"):
        desk.write(file, "<x/>")
    desk.write("messages/notes.txt", "no template")
    templates = desk.templates()
    assert templates.names() == ["home/h", "messages/a/c", "messages/b", "modals/a"]
    assert "parts/p.xml" in templates.compile_all()


def test_a_template_that_does_not_compile_is_named(desk: Desk) -> None:
    desk.write("messages/good.xml", "<x/>")
    desk.write("messages/bad.xml", "\n{% if %}")
    with pytest.raises(TemplateFault, match=r"^messages/bad.xml: line 2: "):
        desk.templates().compile_all()
    with pytest.raises(TemplateFault, match=r"messages/bad.xml"):
        desk.templates().message("bad")


def test_a_missing_template_is_named(desk: Desk) -> None:
    with pytest.raises(TemplateFault, match=r"messages/none.xml: there is no template"):
        desk.templates().message("none")
    desk.write("messages/it.xml", '{% include "parts/none.xml" %}')
    with pytest.raises(TemplateFault, match=r"messages/it.xml: .*parts/none.xml"):
        desk.templates().message("it")


@pytest.mark.parametrize(
    "expression",
    ["missing", "ids.Action.NOPE", "fact.nothing", "fact.__class__", "''.__class__.__mro__"],
)
def test_an_undefined_or_forbidden_fact_is_an_error(desk: Desk, expression: str) -> None:
    with pytest.raises(TemplateFault, match=r"messages/it.xml"):
        desk.mrkdwn("{{ " + expression + " }}", fact=object())


def test_a_fact_of_the_wrong_kind_is_told_without_its_value(desk: Desk) -> None:
    with pytest.raises(TemplateFault) as caught:
        desk.mrkdwn("{{ fact | minutes }}", fact="private words")
    assert str(caught.value) == "messages/it.xml: TypeError"


def test_none_says_nothing(desk: Desk) -> None:
    assert desk.mrkdwn("a{{ fact }}b", fact=None) == "ab"
    assert desk.mrkdwn("{{ 0 }} {{ fact }}", fact=False) == "0 False"


class German(gettext.NullTranslations):
    def gettext(self, message: str) -> str:
        return {"Hello %(name)s": "Hallo %(name)s"}.get(message, message)

    def ngettext(self, one: str, many: str, n: int) -> str:
        return "%(n)s Fragen" if n != 1 else "eine Frage"


def test_trans_speaks_as_written_or_translated(desk: Desk) -> None:
    body = (
        "<section>{% trans name=who %}Hello {{ name }}{% endtrans %}, "
        "{% trans n=count %}one question{% pluralize %}{{ n }} questions{% endtrans %}</section>"
    )
    desk.write("messages/it.xml", f"<message><fallback>x</fallback>{body}</message>")
    facts: dict[str, Any] = {"who": "<Bo> 100%", "count": 2}
    english = desk.templates().message("it", **facts)
    german = Templates(shipped=desk.folder, translations=German()).message("it", **facts)
    assert english.blocks[0]["text"]["text"] == "Hello &lt;Bo&gt; 100%, 2 questions"
    assert german.blocks[0]["text"]["text"] == "Hallo &lt;Bo&gt; 100%, 2 Fragen"


def test_what_lantern_ships_compiles() -> None:
    Templates().compile_all()
