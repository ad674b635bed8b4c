"""The elements that longer forms are made of: what Slack accepts of them, and what they hold."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import ClientSession
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.blockkit.blocks import check_blocks
from bot.sandbox.blockkit.controls import controls
from bot.sandbox.screen.person import Person, Refused
from bot.sandbox.server import Server, serve
from bot.sandbox.workspace import Workspace
from tests.sandbox.conftest import CHANNELS, PEOPLE, ShiftedClock
from tests.sandbox.lunch import text
from tests.sandbox.test_api_calls import refusal
from tests.sandbox.test_channels import manifest
from tests.sandbox.test_files import PICTURE
from tests.sandbox.test_person import field, open_modal, options

Json = dict[str, Any]


@pytest.fixture
def ws(clock: ShiftedClock) -> Workspace:
    """The app may read files here."""
    return Workspace(manifest("files:read"), PEOPLE, clock, channels=CHANNELS)


@pytest.fixture
async def server(ws: Workspace) -> AsyncIterator[Server]:
    async with serve(ws) as served:
        yield served


def submitted(ws: Workspace) -> list[Json]:
    """The values of the last submission, in the order of the form."""
    view = [r for r in ws.traffic if r.name == "view_submission"][-1].payload["view"]
    return [next(iter(held.values())) for held in view["state"]["values"].values()]


def one(element: Json) -> Json:
    """An input block of this element."""
    return field("x", element)


def number(**more: Any) -> Json:
    return {"type": "number_input", "is_decimal_allowed": False, **more}


def groups() -> list[Json]:
    return [
        {"label": text("Herbs"), "options": options("dill", "mint")},
        {"label": text("Roots"), "options": options("beet")},
    ]


USERS = {"type": "multi_users_select", "max_selected_items": 1}
MANY = {"type": "multi_static_select", "option_groups": groups(), "max_selected_items": 1}
TYPED = {"type": "plain_text_input"}
MENU = {"type": "overflow", "options": options("a", "b")}
WRONG: dict[str, Json] = {
    "no files at all": one({"type": "file_input", "max_files": 0}),
    "eleven files": one({"type": "file_input", "max_files": 11}),
    "no sorts of files": one({"type": "file_input", "filetypes": []}),
    "a file that tells at once": one({"type": "file_input"}) | {"dispatch_action": True},
    "a confirm dialog on a file": one({"type": "file_input", "confirm": {}}),
    "a word for a number": one(number(min_value="few")),
    "half for whole": one(number(min_value="0.5")),
    "min above max": one(number(min_value="5", max_value="4")),
    "a first number out of range": one(number(initial_value="9", max_value="4")),
    "more people than may be": one(USERS | {"initial_users": ["U1", "U2"]}),
    "more options than may be": one(MANY | {"initial_options": options("dill", "mint")}),
    "a group without options": one(
        {"type": "static_select", "option_groups": [{"label": text("x"), "options": []}]}
    ),
    "one value in two groups": one(
        {"type": "multi_static_select", "option_groups": [groups()[0], groups()[0]]}
    ),
    "a menu of one": {"type": "actions", "elements": [MENU | {"options": options("a")}]},
    "a menu in an input": one(MENU),
    "an odd dispatch": one(TYPED | {"dispatch_action_config": {"trigger_actions_on": ["x"]}}),
    "a confirm dialog on a text": one(TYPED | {"confirm": {}}),
    "the focus on a button": {
        "type": "actions",
        "elements": [{"type": "button", "text": text("x"), "focus_on_load": True}],
    },
    "a picture by id and address": {
        "type": "image",
        "alt_text": "x",
        "slack_file": {"id": "F1", "url": "https://x.y/z.png"},
    },
    "a filter of nothing": one({"type": "conversations_select", "filter": {}}),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_slack_would_refuse(what: str) -> None:
    assert check_blocks([WRONG[what]], "modal")


def test_files_are_for_modals_only() -> None:
    blocks = [one({"type": "file_input"})]
    assert check_blocks(blocks, "modal") == []
    assert check_blocks(blocks, "message")
    assert check_blocks(blocks, "home")


async def test_a_file_is_put_in_and_read(client: AsyncWebClient, ws: Workspace) -> None:
    mira = Person(ws, "mira")
    element = {"type": "file_input", "filetypes": ["csv", "txt"], "max_files": 2}
    await open_modal(client, ws, mira, field("People", element))
    await mira.submits()
    assert mira.errors == {"People": "Please complete this required field."}
    with pytest.raises(Refused, match=r"people\.pdf is not one of these: csv, txt"):
        await mira.uploads("People", ("people.pdf", b"x"))
    with pytest.raises(Refused, match="no more than 2"):
        await mira.uploads("People", *[(f"{n}.csv", b"x") for n in range(3)])
    with pytest.raises(Refused, match="larger than 10 MB"):
        await mira.uploads("People", ("big.csv", b"x" * (10 * 1024 * 1024 + 1)))
    await mira.uploads("People", ("people.csv", b"name\nAda"))
    file = mira.client.modals[-1].view.typed
    assert await refusal(client.files_info(file=_only(file)["id"])) == "file_not_found"
    await mira.submits()
    (held,) = submitted(ws)
    assert held["type"] == "file_input"
    (one,) = held["files"]
    assert (one["name"], one["mimetype"], one["filetype"]) == ("people.csv", "text/csv", "csv")
    assert one["size"] == 8
    head = {"Authorization": f"Bearer {ws.bot_token}"}
    async with ClientSession(headers=head) as session:
        got = await session.get(one["url_private_download"])
        assert await got.read() == b"name\nAda"


def _only(state: dict[str, dict[str, Json]]) -> Json:
    found: Json = next(iter(next(iter(state.values())).values()))["files"][0]
    return found


async def test_a_file_field_needs_its_scope(clock: ShiftedClock) -> None:
    ws = Workspace(manifest(), PEOPLE, clock, channels=CHANNELS)
    async with serve(ws) as server:
        client = AsyncWebClient(token=ws.bot_token, base_url=server.api_url)
        opened = open_modal(client, ws, Person(ws, "mira"), field("x", {"type": "file_input"}))
        assert await refusal(opened) == "missing_scope"


async def test_several_are_chosen_in_their_order(client: AsyncWebClient, ws: Workspace) -> None:
    mira = Person(ws, "mira")
    first = {"initial_users": [ws.user("ada").id]}
    await open_modal(
        client,
        ws,
        mira,
        field("Roots", {"type": "multi_static_select", "option_groups": groups()}),
        field("Guests", {"type": "multi_users_select", **first}),
        field("Host", {"type": "users_select", "initial_user": ws.user("omar").id}),
        field("Bowls", number(min_value="1", max_value="9", initial_value="2")),
    )
    assert mira.modal
    assert mira.modal.values["Guests"] == "Ada Okafor"
    await mira.fills({"Roots": ["beet", "dill"], "Guests": ["omar", "ada"]})
    await mira.submits()
    roots, guests, host, bowls = submitted(ws)
    assert [o["value"] for o in roots["selected_options"]] == ["beet", "dill"]
    assert guests["selected_users"] == [ws.user("omar").id, ws.user("ada").id]
    assert host["selected_user"] == ws.user("omar").id
    assert bowls["value"] == "2"


async def test_nobody_is_chosen_who_is_not_there(client: AsyncWebClient, ws: Workspace) -> None:
    mira = Person(ws, "mira")
    await open_modal(client, ws, mira, field("Host", {"type": "users_select"}))
    surface = mira.client.modals[-1]
    (control,) = controls(surface.blocks)
    with pytest.raises(Refused, match="not one of the options"):
        await mira.client.set(surface, control, "U0NOBODY")


async def test_an_input_that_dispatches_tells_at_once(
    client: AsyncWebClient, ws: Workspace
) -> None:
    mira = Person(ws, "mira")
    size = {"type": "static_select", "action_id": "size", "options": options("S", "L")}
    await open_modal(client, ws, mira, field("Size", size, dispatch_action=True))
    await mira.picks("Size", "L")
    told = [r.payload for r in ws.traffic if r.name == "block_actions"][-1]
    assert told["actions"][0]["selected_option"]["value"] == "L"
    values = next(iter(told["view"]["state"]["values"].values()))
    assert values["size"]["selected_option"]["value"] == "L"


async def test_a_picture_is_shown_by_its_file(client: AsyncWebClient, ws: Workspace) -> None:
    mira = Person(ws, "mira")
    done = await client.files_upload_v2(filename="chart.png", content=PICTURE)
    text_file = await client.files_upload_v2(filename="a.txt", content="x")
    image = {"type": "image", "alt_text": "Bars", "slack_file": {"id": done["file"]["id"]}}
    await client.chat_postMessage(channel=mira.id, text="x", blocks=[image])
    await mira.reads("🖼 Bars")
    for wrong in ("F0NOBODY", text_file["file"]["id"]):
        blocks = [image | {"slack_file": {"id": wrong}}]
        call = client.chat_postMessage(channel=mira.id, text="x", blocks=blocks)
        assert await refusal(call) == "invalid_blocks"


async def test_three_modals_lie_on_each_other(client: AsyncWebClient, ws: Workspace) -> None:
    mira = Person(ws, "mira")
    await open_modal(client, ws, mira, field("One", TYPED))
    for name in ("Two", "Three"):
        await push(client, ws, mira, name)
    assert len(mira.client.modals) == 3
    assert await refusal(push(client, ws, mira, "Four")) == "push_limit_reached"
    assert mira.modal
    assert mira.modal.title == "Three"
    await mira.closes()
    assert mira.modal.title == "Two"
    await mira.closes(everything=True)
    assert mira.modal is None


async def push(client: AsyncWebClient, ws: Workspace, who: Person, title: str) -> None:
    """Put a modal on the one that is open."""
    trigger = ws.triggers.issue(who.id, who.client.modals[-1].view.id)
    view = {"type": "modal", "title": text(title), "blocks": [{"type": "divider"}]}
    await client.views_push(trigger_id=trigger, view=view)
