"""A person sees what is theirs to see, and cannot touch anything else."""

from datetime import UTC, datetime
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.people import PersonSpec
from bot.sandbox.screen.person import Person, Refused
from bot.sandbox.workspace import Workspace
from tests.sandbox.lunch import MANIFEST, invitation, text


def button(label: str, **more: Any) -> dict[str, Any]:
    return {"type": "button", "text": text(label), **more}


def options(*labels: str) -> list[dict[str, Any]]:
    return [{"text": text(label), "value": label} for label in labels]


async def open_modal(
    client: AsyncWebClient, ws: Workspace, who: Person, *blocks: dict[str, Any]
) -> None:
    """Put a modal of these blocks on somebody's screen."""
    view = {"type": "modal", "title": text("Form"), "submit": text("Send"), "blocks": list(blocks)}
    await client.views_open(trigger_id=ws.triggers.issue(who.id), view=view)


def field(label: str, element: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "input", "label": text(label), "element": element, **more}


async def test_nobody_clicks_what_is_on_another_screen(
    client: AsyncWebClient, ws: Workspace
) -> None:
    mira, omar = Person(ws, "mira"), Person(ws, "omar")
    await client.chat_postMessage(channel=mira.id, text="x", blocks=invitation("stew"))
    with pytest.raises(AssertionError, match="nothing to click called “I am in” on omar's screen"):
        await omar.clicks("I am in", within=0)
    with pytest.raises(AssertionError, match="stew for lunch"):
        await mira.clicks("I am out", within=0)


async def test_a_failed_look_lists_what_there_is(client: AsyncWebClient, ws: Workspace) -> None:
    mira = Person(ws, "mira", patience=0)
    await client.chat_postMessage(channel=mira.id, text="Only this")
    with pytest.raises(AssertionError, match=r"“That” is nowhere[^$]*\[dm\] lunch: Only this"):
        await mira.reads("That")
    with pytest.raises(AssertionError, match="mira reads “Only”"):
        mira.never_reads("Only")


async def test_the_newest_button_of_a_name_is_clicked_unless_a_message_is_named(
    client: AsyncWebClient, ws: Workspace
) -> None:
    mira = Person(ws, "mira")
    for dish in ("soup", "stew"):
        await client.chat_postMessage(channel=mira.id, text=dish, blocks=invitation(dish))
    await mira.clicks("I am in")
    await mira.clicks("I am in", in_message="soup")
    pressed = [r.payload["actions"][0]["value"] for r in ws.traffic if r.name == "block_actions"]
    assert pressed == ["stew", "soup"]


async def test_menus_links_and_confirm_dialogs(client: AsyncWebClient, ws: Workspace) -> None:
    mira = Person(ws, "mira")
    sure = {"title": text("Sure?"), "text": text("?"), "confirm": text("Yes"), "deny": text("No")}
    menu = {"type": "overflow", "action_id": "more", "options": options("Later", "Never")}
    words = {"type": "mrkdwn", "text": "See <https://x.y/a?b&amp;c|the menu>"}
    blocks: list[dict[str, Any]] = [
        {"type": "section", "text": words, "accessory": menu},
        {"type": "actions", "elements": [button("Cancel it", action_id="no", confirm=sure)]},
    ]
    await client.chat_postMessage(channel=mira.id, text="x", blocks=blocks)
    await mira.clicks("Never")
    await mira.clicks("the menu")
    await mira.clicks("Cancel it", confirm=False)
    await mira.clicks("Cancel it")
    told = [r.payload["actions"][0] for r in ws.traffic if r.name == "block_actions"]
    assert [a["action_id"] for a in told] == ["more", "no"]
    assert told[0]["selected_option"]["value"] == "Never"
    assert mira.opened_links == ["https://x.y/a?b&c"]


async def test_every_sort_of_field_is_filled_by_its_label(
    client: AsyncWebClient, ws: Workspace
) -> None:
    mira = Person(ws, "mira")
    await open_modal(
        client,
        ws,
        mira,
        field("Name", {"type": "plain_text_input"}),
        field("Size", {"type": "static_select", "options": options("S", "L")}),
        field("Herbs", {"type": "multi_static_select", "options": options("dill", "mint")}),
        field("Extras", {"type": "checkboxes", "options": options("egg", "salt")}),
        field("Heat", {"type": "radio_buttons", "options": options("mild", "hot")}),
        field("With", {"type": "users_select"}),
        field("Guests", {"type": "multi_users_select"}),
        field("Day", {"type": "datepicker"}),
        field("Hour", {"type": "timepicker"}),
        field("Moment", {"type": "datetimepicker"}),
        field("Bowls", {"type": "number_input", "is_decimal_allowed": False}),
    )
    await mira.fills(
        {
            "Name": "leeks",
            "Size": "L",
            "Herbs": ["dill", "mint"],
            "Extras": ["egg"],
            "Heat": "hot",
            "With": "Omar Said",
            "Guests": ["@ada"],
            "Day": "2026-11-24",
            "Hour": "12:30",
            "Moment": "2026-11-24 12:30",
            "Bowls": "3",
        },
        submit=True,
    )
    view = next(r for r in ws.traffic if r.name == "view_submission").payload["view"]
    values = [next(iter(held.values())) for held in view["state"]["values"].values()]
    noon = int(datetime(2026, 11, 24, 11, 30, tzinfo=UTC).timestamp())
    assert values[0] == {"type": "plain_text_input", "value": "leeks"}
    assert values[1]["selected_option"]["value"] == "L"
    assert [o["value"] for o in values[2]["selected_options"]] == ["dill", "mint"]
    assert [o["value"] for o in values[3]["selected_options"]] == ["egg"]
    assert values[4]["selected_option"]["value"] == "hot"
    assert values[5]["selected_user"] == ws.user("omar").id
    assert values[6]["selected_users"] == [ws.user("ada").id]
    assert values[7]["selected_date"] == "2026-11-24"
    assert values[8]["selected_time"] == "12:30"
    assert values[9]["selected_date_time"] == noon
    assert values[10]["value"] == "3"


async def test_what_was_left_empty_is_null(client: AsyncWebClient, ws: Workspace) -> None:
    mira = Person(ws, "mira")
    await open_modal(
        client,
        ws,
        mira,
        field("Name", {"type": "plain_text_input", "action_id": "a"}, block_id="b", optional=True),
        field(
            "Extras",
            {"type": "checkboxes", "action_id": "c", "options": options("egg")},
            block_id="d",
            optional=True,
        ),
    )
    await mira.submits()
    view = next(r for r in ws.traffic if r.name == "view_submission").payload["view"]
    assert view["state"]["values"] == {
        "b": {"a": {"type": "plain_text_input", "value": None}},
        "d": {"c": {"type": "checkboxes", "selected_options": []}},
    }


@pytest.mark.parametrize(
    ("element", "answer", "error"),
    [
        ({"type": "plain_text_input"}, "", "Please complete this required field."),
        ({"type": "plain_text_input", "max_length": 3}, "four", "Enter no more than 3 characters."),
        ({"type": "plain_text_input", "min_length": 3}, "no", "Enter at least 3 characters."),
        ({"type": "email_text_input"}, "not one", "Enter a valid email address."),
        ({"type": "url_text_input"}, "not one", "Enter a valid URL."),
        ({"type": "number_input", "is_decimal_allowed": False}, "1.5", "Enter a number."),
        (
            {"type": "number_input", "is_decimal_allowed": True, "max_value": "9"},
            "9.5",
            "Enter a number that is at most 9.",
        ),
    ],
)
async def test_slack_itself_stops_a_bad_entry(
    client: AsyncWebClient, ws: Workspace, element: dict[str, Any], answer: str, error: str
) -> None:
    mira = Person(ws, "mira")
    await open_modal(client, ws, mira, field("Entry", element))
    await mira.fills({"Entry": answer}, submit=True)
    assert mira.errors == {"Entry": error}
    assert not [r for r in ws.traffic if r.name == "view_submission"]


async def test_an_unknown_label_or_choice_fails(client: AsyncWebClient, ws: Workspace) -> None:
    mira = Person(ws, "mira", patience=0)
    await open_modal(
        client, ws, mira, field("Size", {"type": "static_select", "options": options("S")})
    )
    with pytest.raises(AssertionError, match="no field “Colour”"):
        await mira.fills({"Colour": "red"})
    with pytest.raises(AssertionError, match=r"“XL” is not among \['S'\]"):
        await mira.picks("Size", "XL")
    with pytest.raises(AssertionError, match="no modal is open"):
        await Person(ws, "omar", patience=0).submits()


async def test_a_box_is_ticked_once_and_unticked_once(
    client: AsyncWebClient, ws: Workspace
) -> None:
    mira = Person(ws, "mira")
    await client.chat_postMessage(channel=mira.id, text="x", blocks=invitation("stew"))
    await mira.ticks("Bring a spoon")
    with pytest.raises(AssertionError, match="ticked already"):
        await mira.ticks("Bring a spoon")
    await mira.unticks("Bring a spoon")
    await mira.reads("☐ Bring a spoon")


async def test_the_screen_holds_only_ones_own_conversations(
    client: AsyncWebClient, ws: Workspace
) -> None:
    mira, omar = Person(ws, "mira"), Person(ws, "omar")
    await omar.says("only us here", channel="#secret")
    await omar.says("hello all", channel="#general")
    assert [s.text for s in mira.screen("#general")] == ["hello all"]
    mira.never_reads("only us")
    with pytest.raises(AssertionError, match="in no conversation called #secret"):
        await mira.says("let me in", channel="#secret")


async def test_an_answer_goes_into_the_thread(client: AsyncWebClient, ws: Workspace) -> None:
    mira = Person(ws, "mira")
    posted = await client.chat_postMessage(channel=mira.id, text="What do you bring?")
    seen = await mira.says("bread", thread="What do you bring?")
    assert seen.thread_ts == posted["ts"]


async def test_a_deactivated_person_can_do_nothing(ws: Workspace) -> None:
    gone = Person(ws, "gone")
    with pytest.raises(Refused, match="deactivated"):
        await gone.types("/lunch")
    with pytest.raises(Refused, match="deactivated"):
        await gone.says("still here")


async def test_a_read_only_messages_tab_takes_no_answers(ws: Workspace) -> None:
    home = {"messages_tab_enabled": True, "messages_tab_read_only_enabled": True}
    shut = MANIFEST | {"features": MANIFEST["features"] | {"app_home": home}}
    quiet = Workspace(shut, [PersonSpec("mira", "Mira")], ws.clock)
    with pytest.raises(Refused, match="turned off"):
        await Person(quiet, "mira").says("hello?")


async def test_unread_marks_follow_the_person(client: AsyncWebClient, ws: Workspace) -> None:
    mira = Person(ws, "mira").client
    dm = mira.app_dm
    await client.chat_postMessage(channel=dm.id, text="one")
    await client.chat_postMessage(channel=dm.id, text="two")
    assert mira.unread(dm) == 2
    mira.mark_read(dm)
    assert mira.unread(dm) == 0


async def test_changes_are_numbered_and_only_ones_own(
    client: AsyncWebClient, ws: Workspace
) -> None:
    mira, omar = Person(ws, "mira").client, Person(ws, "omar").client
    mira.app_dm, omar.app_dm  # noqa: B018 - both exist from here on
    before = ws.changes.seq
    await client.chat_postMessage(channel=mira.user.id, text="x")
    assert [c.kind for c in ws.changes.since(before, mira.user.id)] == ["message"]
    assert ws.changes.since(before, omar.user.id) == []
