"""What a click, a submission and a closed modal carry, and what their acks bring about."""

from typing import Any

import pytest

from bot.sandbox import posting, stack
from bot.sandbox.screen.person import Person
from bot.sandbox.wire.ack import Ack, Envelope
from bot.sandbox.workspace import Workspace
from tests.sandbox.lunch import MANIFEST, invitation, modal, text

TROUBLE = "We had some trouble connecting. Try again?"


class Recorder:
    """A transport that keeps every envelope and answers with `answer`."""

    def __init__(self) -> None:
        self.got: list[Envelope] = []
        self.answer: dict[str, Any] = {}

    async def send(self, envelope: Envelope, within: float) -> Ack:
        self.got.append(envelope)
        return Ack(self.answer)

    @property
    def last(self) -> dict[str, Any]:
        return self.got[-1].payload


@pytest.fixture
def app(ws: Workspace) -> Recorder:
    recorder = Recorder()
    ws.delivery.transport = recorder
    return recorder


@pytest.fixture
def mira(ws: Workspace) -> Person:
    """Mira with the lunch modal open and its required field filled."""
    person = Person(ws, "mira", patience=0)
    view = stack.put_on(ws, person.user, modal("stew"), None)
    view.given["private_metadata"] = "table 4"
    return person


async def test_a_submission_carries_the_whole_view(app: Recorder, mira: Person) -> None:
    await mira.submits()
    payload = app.last
    assert payload["type"] == "view_submission"
    assert payload["user"]["id"] == mira.id
    view = payload["view"]
    assert view["private_metadata"] == "table 4"
    assert view["callback_id"] == "order"
    assert view["root_view_id"] == view["id"]
    assert view["state"]["values"]["dish"]["dish"]["value"] == "stew"
    assert view["state"]["values"]["size"]["size"]["selected_option"] is None
    assert payload["response_urls"] == []
    assert mira.modal is None


async def test_errors_keep_the_modal(app: Recorder, mira: Person) -> None:
    app.answer = {"response_action": "errors", "errors": {"dish": "Sold out."}}
    await mira.submits()
    assert mira.errors == {"Dish": "Sold out."}
    app.answer = {}
    await mira.submits()
    assert mira.modal is None


@pytest.mark.parametrize(
    "answer",
    [
        {"response_action": "errors", "errors": {"nowhere": "x"}},
        {"response_action": "errors", "errors": {}},
        {"response_action": "update", "view": {"type": "modal"}},
        {"response_action": "push", "view": None},
        {"response_action": "dance"},
    ],
)
async def test_an_answer_slack_cannot_draw_is_trouble_on_the_screen(
    ws: Workspace, app: Recorder, mira: Person, answer: dict[str, Any]
) -> None:
    app.answer = answer
    await mira.submits()
    assert mira.modal
    assert mira.modal.trouble == TROUBLE
    assert ws.traffic[-1].outcome == "invalid_arguments"


async def test_update_push_and_clear(app: Recorder, mira: Person) -> None:
    app.answer = {"response_action": "update", "view": modal() | {"title": text("Second")}}
    await mira.submits()
    assert mira.modal
    assert mira.modal.title == "Second"
    app.answer = {"response_action": "push", "view": modal("cake") | {"title": text("Third")}}
    await mira.submits()
    assert mira.modal.title == "Third"
    app.answer = {"response_action": "clear"}
    await mira.submits()
    assert mira.modal is None


async def test_closing_the_whole_stack_says_so(app: Recorder, mira: Person, ws: Workspace) -> None:
    stack.put_on(ws, mira.user, modal(), ws.modals[mira.id][0])
    await mira.closes(everything=True)
    assert [e.payload["is_cleared"] for e in app.got] == [True, True]
    assert mira.modal is None


async def test_an_action_in_a_modal_carries_view_and_state(app: Recorder, ws: Workspace) -> None:
    mira = Person(ws, "mira", patience=0)
    asks = modal("stew")
    asks["blocks"][1]["dispatch_action"] = True
    view = stack.put_on(ws, mira.user, asks, None)
    await mira.picks("How much?", "large")
    payload = app.last
    assert payload["container"] == {"type": "view", "view_id": view.id}
    assert payload["actions"][0]["selected_option"]["value"] == "large"
    assert payload["view"]["state"]["values"]["dish"]["dish"]["value"] == "stew"
    assert "response_url" not in payload
    await mira.fills({"Dish": "beans"})
    assert len(app.got) == 1


async def test_an_action_in_a_message_carries_message_channel_and_hook(
    app: Recorder, ws: Workspace
) -> None:
    mira = Person(ws, "mira", patience=0)
    dm = ws.app_dm(mira.id)
    message = posting.by_app(ws, dm, text="x", blocks=invitation("stew"))
    posting.post(ws, dm, message)
    await ws.delivery.idle()
    await mira.ticks("Bring a spoon")
    payload = app.last
    assert payload["channel"] == {"id": dm.id, "name": "directmessage"}
    assert payload["message"]["ts"] == message.ts
    assert payload["container"]["is_ephemeral"] is False
    assert payload["response_url"]
    assert payload["trigger_id"]
    ticked = payload["state"]["values"]["answer"]["bring"]["selected_options"]
    assert ticked == payload["actions"][0]["selected_options"]


async def test_an_action_in_an_ephemeral_does_not_carry_the_message(
    app: Recorder, ws: Workspace
) -> None:
    mira, general = Person(ws, "mira", patience=0), ws.channel("general")
    message = posting.by_app(ws, general, text="x", blocks=invitation("stew"), only_for=mira.id)
    posting.post(ws, general, message)
    await mira.clicks("I am in")
    assert "message" not in app.last
    assert app.last["container"]["is_ephemeral"] is True


async def test_ticks_in_a_message_are_drawn_anew_when_the_app_changes_it(
    app: Recorder, ws: Workspace
) -> None:
    mira = Person(ws, "mira", patience=0)
    dm = ws.app_dm(mira.id)
    message = posting.by_app(ws, dm, text="x", blocks=invitation("stew"))
    posting.post(ws, dm, message)
    await mira.ticks("Bring a spoon")
    posting.change(ws, dm, message, {"blocks": invitation("soup")}, ws.bot_user_id)
    await mira.reads("☐ Bring a spoon")


async def test_without_interactivity_nothing_is_sent(app: Recorder, ws: Workspace) -> None:
    dull = MANIFEST | {"settings": MANIFEST["settings"] | {"interactivity": {"is_enabled": False}}}
    ws.manifest = type(ws.manifest).parse(dull)
    mira = Person(ws, "mira", patience=0)
    dm = ws.app_dm(mira.id)
    posting.post(ws, dm, posting.by_app(ws, dm, text="x", blocks=invitation("stew")))
    await mira.clicks("I am in")
    await mira.reads("Lunch is not responding.")
    assert [e.kind for e in app.got if e.kind == "interactive"] == []


async def test_a_command_carries_what_slack_sends(app: Recorder, ws: Workspace) -> None:
    mira = Person(ws, "mira", patience=0)
    app.answer = {"response_type": "in_channel", "text": "Lunch it is"}
    await mira.types("/lunch soup", channel="#general")
    payload = app.last
    general = ws.channel("general")
    assert payload["channel_id"] == general.id
    assert payload["channel_name"] == "general"
    assert payload["user_name"] == "mira"
    assert (payload["command"], payload["text"]) == ("/lunch", "soup")
    assert payload["is_enterprise_install"] == "false"
    await Person(ws, "omar").reads("Lunch it is", where="#general")
