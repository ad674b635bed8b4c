import pytest

from bot.slack import limits
from bot.slack.blocks import check_message, check_view
from bot.slack.markup import MarkupError
from tests.unit.slack.rendering import Desk


def test_every_block_of_a_message(desk: Desk) -> None:
    message = desk.message(
        """
        <fallback>Hello <user id="U1"/> &amp; all</fallback>
        <header>Hello {{ name }}</header>
        <section block="who">Words <accessory><button action="go">Go</button></accessory></section>
        <fields><field>left</field><field><typed>right</typed></field></fields>
        <context>small <image url="https://a.b/c.png" alt="a face"/> print
            <typed>*t*</typed></context>
        <divider/>
        <image file="F1" alt="a chart">Load</image>
        <actions><overflow action="more">
            <option value="1">One</option><option value="2">Two</option>
        </overflow></actions>
        """,
        name="Ada & <Bo>",
    )
    check_message({"text": message.text, "blocks": message.blocks})
    assert message.text == "Hello <@U1> &amp; all"
    assert [block["type"] for block in message.blocks] == [
        *("header", "section", "section", "context", "divider", "image", "actions")
    ]
    assert message.blocks[0]["text"]["text"] == "Hello Ada & <Bo>"
    assert message.blocks[1]["block_id"] == "who"
    assert message.blocks[1]["accessory"]["action_id"] == "go"
    assert [part["type"] for part in message.blocks[3]["elements"]] == [
        *("mrkdwn", "image", "mrkdwn", "plain_text")
    ]
    assert message.blocks[5]["slack_file"] == {"id": "F1"}


def test_a_modal(desk: Desk) -> None:
    view = desk.modal(
        """
        <input block="topics" label="What would
            you like to talk about?" hint="{{ none_given }}" optional="true" dispatch="true">
          <text multiline="true" max_length="500" initial="{{ before }}" focus="true"/>
        </input>
        """,
        'close="Not now" metadata="42" notify_on_close="true"',
        before="one\n\ttwo",
        none_given=None,
    )
    check_view(view)
    assert view["callback_id"] == "c"
    assert view["private_metadata"] == "42"
    assert view["notify_on_close"] is True
    (block,) = view["blocks"]
    assert block["label"]["text"] == "What would you like to talk about?"
    assert "hint" not in block
    assert block["optional"] is True
    assert block["dispatch_action"] is True
    assert block["element"] == {
        "type": "plain_text_input",
        "action_id": "topics",
        "multiline": True,
        "max_length": 500,
        "initial_value": "one\n\ttwo",
        "focus_on_load": True,
    }


def test_a_home_tab(desk: Desk) -> None:
    desk.write("home/it.xml", '<home callback="h"><section>Hello</section></home>')
    view = desk.templates().home("it")
    check_view(view)
    assert view["type"] == "home"
    assert view["callback_id"] == "h"


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        ("words", "no text here"),
        ("<p>words</p>", "<p> is not a block"),
        ("<section colour='red'>x</section>", "no attribute 'colour'"),
        ("<header><b>x</b></header>", "cannot stand inside <header>"),
        ("<header/><accessory/>", "<accessory> is not a block"),
        ("<section>x<accessory/></section>", "exactly one element"),
        ("<section><accessory/><accessory/></section>", "at most one <accessory>"),
        ("<section>x<accessory><b/></accessory></section>", "is not an element"),
        ("<divider>x</divider>", "no text here"),
        ("<divider><b/></divider>", "takes no content"),
        ("<fields/>", "needs 1 to 10 fields"),
        ("<fields><b>x</b></fields>", "it holds <field>"),
        ("<actions/>", "needs 1 to 25 elements"),
        ("<actions><text action='x'/></actions>", "cannot stand in <actions>"),
        ("<actions><image url='https://a.b' alt='x'/></actions>", "cannot stand in <actions>"),
        ("<image alt='x'/>", "either 'url' or 'file'"),
        ("<image url='https://a.b' file='F' alt='x'/>", "either 'url' or 'file'"),
        ("<image url='https://a.b'/>", "needs the attribute 'alt'"),
        ("<image url='a.b' alt='x'/>", "needs a web address"),
        ("<input block='b' label='L'><button action='x'>x</button></input>", "stand in <input>"),
        ("<input label='L'><text/></input>", "needs the attribute 'block'"),
        ("<input block='b'><text/></input>", "needs the attribute 'label'"),
        ("<section block='" + "x" * 256 + "'>x</section>", "more than 255"),
        ("<context>" + "<typed>x</typed>" * 11 + "</context>", "at most 10"),
        ("<section>x</section>" * 51, "1 to 50 blocks and has 51"),
        ("<section>x", "mismatched tag"),
        ("<section>&nbsp;</section>", "undefined entity"),
    ],
)
def test_a_template_out_of_the_vocabulary_is_refused(desk: Desk, body: str, rule: str) -> None:
    with pytest.raises(MarkupError, match=rule) as caught:
        desk.message(body)
    assert caught.value.template == "messages/it.xml"


def test_an_error_says_where_and_never_what_a_person_wrote(desk: Desk) -> None:
    desk.write(
        "messages/it.xml",
        "<message>\n  <fallback>x</fallback>\n  <nope at='{{ secret }}'>{{ secret }}</nope>\n"
        "</message>",
    )
    with pytest.raises(MarkupError) as caught:
        desk.templates().message("it", secret="private words")
    assert (caught.value.line, caught.value.column) == (3, 3)
    assert str(caught.value) == "messages/it.xml, rendered line 3, column 3: <nope> is not a block"


@pytest.mark.parametrize(
    "text",
    [
        "<home><divider/></home>",
        "<message><section>x</section></message>",
        "<message/>",
        "<message><fallback>x</fallback></message>",
        "<message a='b'><fallback>x</fallback><divider/></message>",
        "<message><fallback><b>x</b></fallback><divider/></message>",
        "<!DOCTYPE message [<!ENTITY a 'b'>]><message><fallback>&a;</fallback><divider/></message>",
        "",
    ],
)
def test_a_message_needs_its_root_and_fallback(desk: Desk, text: str) -> None:
    desk.write("messages/it.xml", text)
    with pytest.raises(MarkupError):
        desk.templates().message("it")


@pytest.mark.parametrize(
    ("body", "text", "limit"),
    [
        ("<header>{{ w }}</header>", ("text",), limits.HEADER_TEXT),
        ("<section>{{ w }}</section>", ("text",), limits.SECTION_TEXT),
        ("<typed>{{ w }}</typed>", ("text",), limits.SECTION_TEXT),
        ("<fields><field>{{ w }}</field></fields>", ("fields", 0), limits.FIELD_TEXT),
        ("<context>{{ w }}</context>", ("elements", 0), limits.CONTEXT_TEXT),
        ("<image file='F1' alt='a'>{{ w }}</image>", ("title",), limits.IMAGE_TITLE),
    ],
)
def test_long_words_are_cut_and_arrive(
    desk: Desk, body: str, text: tuple[str | int, ...], limit: int
) -> None:
    for length, shown in ((limit, "x" * limit), (limit + 1, "x" * (limit - 1) + "…")):
        message = desk.message(body, w="x" * length)
        check_message({"text": message.text, "blocks": message.blocks})
        found = message.blocks[0]
        for step in text:
            found = found[step]  # type: ignore[index]
        assert found["text"] == shown


def test_a_message_of_many_long_answers_is_cut_to_arrive(desk: Desk) -> None:
    body = "<header>Agenda</header>" + "<section>{{ w }}</section>" * 5 + "<section>short</section>"
    message = desk.message(body, w="&" * 3000)
    check_message({"text": message.text, "blocks": message.blocks})
    lengths = {len(block["text"]["text"]) for block in message.blocks[1:-1]}
    assert len(lengths) == 1
    assert min(lengths) > 2100
    assert message.blocks[-1]["text"]["text"] == "short"
    assert message.blocks[1]["text"]["text"].endswith("&amp;…")
