from typing import Any

import pytest

from bot.slack.blocks import check_message, check_view
from bot.slack.markup import MarkupError
from tests.unit.slack.rendering import Desk

TWO = '<option value="a">A</option><option value="b" description="the b">B</option>'


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text, "emoji": True}


A = {"text": plain("A"), "value": "a"}
B = {"text": plain("B"), "value": "b", "description": plain("the b")}


def test_a_button_with_everything(desk: Desk) -> None:
    message = desk.message(
        """<actions><button action="{{ ids.Action.CANCEL_SESSION }}" value="{{ id }}" style="danger"
              url="https://a.b/?c=1&amp;d=2">
             Cancel  it
             <confirm title="Sure?" ok="Cancel it" cancel="Keep it" style="danger">
               It is {{ when }}</confirm>
           </button></actions>""",
        id=7,
        when="<soon>",
    )
    check_message({"text": message.text, "blocks": message.blocks})
    assert message.blocks[0]["elements"] == [
        {
            "type": "button",
            "action_id": "lantern:cancel_session",
            "text": plain("Cancel it"),
            "value": "7",
            "style": "danger",
            "url": "https://a.b/?c=1&d=2",
            "confirm": {
                "title": plain("Sure?"),
                "text": plain("It is <soon>"),
                "confirm": plain("Cancel it"),
                "deny": plain("Keep it"),
                "style": "danger",
            },
        }
    ]


@pytest.mark.parametrize(
    ("markup", "element"),
    [
        (
            f'<select placeholder="pick" initial="b">{TWO}</select>',
            {
                "type": "static_select",
                "options": [A, B],
                "initial_option": B,
                "placeholder": plain("pick"),
            },
        ),
        (
            f'<select><group label="g">{TWO}</group></select>',
            {
                "type": "static_select",
                "option_groups": [{"label": plain("g"), "options": [A, B]}],
            },
        ),
        (
            '<select initial="a"><group label="g"><option value="a">A</option></group></select>',
            {
                "type": "static_select",
                "option_groups": [{"label": plain("g"), "options": [A]}],
                "initial_option": A,
            },
        ),
        (
            f'<multi_select initial="a b" max="2">{TWO}</multi_select>',
            {
                "type": "multi_static_select",
                "options": [A, B],
                "initial_options": [A, B],
                "max_selected_items": 2,
            },
        ),
        (
            f'<multi_select initial="b a"><group label="g">{TWO}</group></multi_select>',
            {
                "type": "multi_static_select",
                "option_groups": [{"label": plain("g"), "options": [A, B]}],
                "initial_options": [B, A],
            },
        ),
        ('<user_select initial="U1"/>', {"type": "users_select", "initial_user": "U1"}),
        (
            '<multi_user_select initial="U1 U2"/>',
            {"type": "multi_users_select", "initial_users": ["U1", "U2"]},
        ),
        (
            '<checkboxes><option value="a" selected="true">A</option></checkboxes>',
            {"type": "checkboxes", "options": [A], "initial_options": [A]},
        ),
        (
            f'<radio initial="b" focus="true">{TWO}</radio>',
            {
                "type": "radio_buttons",
                "options": [A, B],
                "initial_option": B,
                "focus_on_load": True,
            },
        ),
        (
            '<date initial="2026-11-24" placeholder="when"/>',
            {"type": "datepicker", "initial_date": "2026-11-24", "placeholder": plain("when")},
        ),
        (
            '<time initial="14:30" timezone="Europe/Berlin"/>',
            {"type": "timepicker", "initial_time": "14:30", "timezone": "Europe/Berlin"},
        ),
        (
            '<datetime initial="2026-11-24T14:00:00Z"/>',
            {"type": "datetimepicker", "initial_date_time": 1795528800},
        ),
        (
            '<text min_length="2" max_length="5" initial="too long"/>',
            {
                "type": "plain_text_input",
                "multiline": False,
                "min_length": 2,
                "max_length": 5,
                "initial_value": "too …",
            },
        ),
        (
            '<number initial="4" min="0" max="52" placeholder="n"/>',
            {
                "type": "number_input",
                "is_decimal_allowed": False,
                "initial_value": "4",
                "min_value": "0",
                "max_value": "52",
                "placeholder": plain("n"),
            },
        ),
        (
            '<number initial="" decimal="true" max="1.5"/>',
            {"type": "number_input", "is_decimal_allowed": True, "max_value": "1.5"},
        ),
        ("<file/>", {"type": "file_input", "max_files": 1}),
        (
            '<file types="csv txt" max="3"/>',
            {"type": "file_input", "max_files": 3, "filetypes": ["csv", "txt"]},
        ),
    ],
)
def test_elements_in_an_input(desk: Desk, markup: str, element: dict[str, Any]) -> None:
    assert desk.input(markup) == {"action_id": "b", **element}
    check_view(desk.modal(f'<input block="b" label="L">{markup}</input>'))


def test_an_overflow_menu(desk: Desk) -> None:
    element = desk.element(f'<overflow action="more">{TWO}</overflow>')
    assert element == {"type": "overflow", "action_id": "more", "options": [A, B]}


CONFIRM = '<confirm title="t" ok="o" cancel="c">sure?</confirm>'


@pytest.mark.parametrize(
    "markup",
    [
        f'<select action="a">{TWO}{CONFIRM}</select>',
        f'<select action="a"><group label="g">{TWO}</group>{CONFIRM}</select>',
        f'<multi_select action="a">{CONFIRM}{TWO}</multi_select>',
        f'<checkboxes action="a">{TWO}{CONFIRM}</checkboxes>',
        f'<radio action="a">{TWO}{CONFIRM}</radio>',
        f'<overflow action="a">{TWO}{CONFIRM}</overflow>',
        f'<date action="a">{CONFIRM}</date>',
        f'<time action="a">{CONFIRM}</time>',
        f'<datetime action="a">{CONFIRM}</datetime>',
        f'<user_select action="a">{CONFIRM}</user_select>',
        f'<multi_user_select action="a">{CONFIRM}</multi_user_select>',
    ],
)
def test_an_element_may_ask_first(desk: Desk, markup: str) -> None:
    message = desk.message(f"<actions>{markup}</actions>")
    check_message({"text": message.text, "blocks": message.blocks})
    assert message.blocks[0]["elements"][0]["confirm"]["text"] == plain("sure?")


def test_an_elements_own_action_wins_over_the_block(desk: Desk) -> None:
    assert desk.input('<text action="mine"/>')["action_id"] == "mine"


def test_long_labels_are_cut_to_what_slack_takes(desk: Desk) -> None:
    message = desk.message(
        """<actions>
             <button action="b">{{ w }}<confirm title="{{ w }}" ok="{{ w }}" cancel="{{ w }}">
               {{ w }}</confirm></button>
             <select action="s" placeholder="{{ w }}"><group label="{{ w }}">
               <option value="1" description="{{ w }}">{{ w }}</option></group></select>
           </actions>""",
        w="ä" * 5000,
    )
    check_message({"text": message.text, "blocks": message.blocks})
    assert message.blocks[0]["elements"][0]["text"]["text"] == "ä" * 74 + "…"


@pytest.mark.parametrize(
    ("markup", "rule"),
    [
        ("<button>Go</button>", "needs the attribute 'action'"),
        ("<button action='a' colour='red'>Go</button>", "no attribute 'colour'"),
        ("<button action='a' focus='true'>Go</button>", "no attribute 'focus'"),
        ("<button action='a' style='loud'>Go</button>", "primary or danger"),
        ("<button action='a' url='nowhere'>Go</button>", "web address"),
        ("<button action='a'><b>Go</b></button>", "shows plain text"),
        ("<button action='a' value='" + "x" * 2001 + "'>Go</button>", "more than 2000"),
        ("<button action='" + "x" * 256 + "'>Go</button>", "more than 255"),
        ("<button action='a'>Go<confirm title='t' ok='o'>x</confirm></button>", "'cancel'"),
        (
            "<button action='a'>Go"
            + "<confirm title='t' ok='o' cancel='c' style='danger'>x</confirm>" * 2
            + "</button>",
            "at most one <confirm>",
        ),
        (
            "<button action='a'>Go<confirm title='t' ok='o' cancel='c' style='x'>x</confirm>"
            "</button>",
            "primary or danger",
        ),
        ("<select action='a'/>", "needs 1 to 100 options and has 0"),
        ("<select action='a'><option>A</option></select>", "needs the attribute 'value'"),
        ("<select action='a'><b/></select>", "cannot stand in <select>"),
        ("<select action='a' initial='z'><option value='a'>A</option></select>", "none of its"),
        ("<select action='a' initial='a b'>" + TWO + "</select>", "more than one option"),
        ("<radio action='a' initial='a b'>" + TWO + "</radio>", "more than one option"),
        (
            "<select action='a'><group label='g'>" + TWO + "</group><option value='z'>Z</option>"
            "</select>",
            "beside a <group>",
        ),
        ("<select action='a'><group label='g'/></select>", "<group> needs 1 to 100 options"),
        (
            "<select action='a'>"
            + "<group label='g'><option value='a'>A</option></group>" * 101
            + "</select>",
            "more than 100 groups",
        ),
        ("<checkboxes action='a'>" + TWO * 5 + TWO + "</checkboxes>", "1 to 10 options"),
        ("<overflow action='a'>" + TWO * 3 + "</overflow>", "2 to 5 options"),
        (
            "<overflow action='a'><option value='a'>A</option></overflow>",
            "2 to 5 options and has 1",
        ),
        (
            "<overflow action='a'>"
            + TWO
            + "<option value='c' selected='true'>C</option></overflow>",
            "no selected option",
        ),
        (
            "<checkboxes action='a'><option value='a' selected='x'>A</option></checkboxes>",
            "true or",
        ),
        ("<multi_select action='a' max='0'>" + TWO + "</multi_select>", "from 1 to 100"),
        ("<multi_select action='a' max='many'>" + TWO + "</multi_select>", "from 1 to 100"),
        ("<date action='a' initial='tomorrow'/>", "no date or time"),
        ("<time action='a' initial='9'/>", "no date or time"),
        ("<datetime action='a' initial='2026-11-24T14:00'/>", "without a zone"),
        ("<user_select action='a'><option value='x'>x</option></user_select>", "cannot stand in"),
        ("<number action='a' initial='many'/>", "takes a number for 'initial'"),
        ("<number action='a' max='1.5'/>", "takes a number for 'max'"),
        ("<number action='a'/>", "cannot stand in <actions>"),
        ("<file action='a'/>", "cannot stand in <actions>"),
        ("<file action='a' max='11'/>", "from 1 to 10"),
        ("<file action='a' focus='true'/>", "no attribute 'focus'"),
    ],
)
def test_elements_out_of_the_vocabulary_are_refused(desk: Desk, markup: str, rule: str) -> None:
    with pytest.raises(MarkupError, match=rule):
        desk.element(markup)
