"""Clicks that nobody's screen offers: old buttons, and other people's."""

from typing import Any

from bot.sandbox.blockkit.controls import Control, controls, text_of
from bot.sandbox.screen.person import Person
from bot.sandbox.screen.seen import Seen
from bot.sandbox.wire.ack import Envelope


def buttons_of(person: Person) -> list[dict[str, str]]:
    """Every button on somebody's screen that holds a row's id, as a click would send it."""
    return [
        {"action_id": control.action_id, "value": control.element["value"]}
        for seen in person.screen()
        for control in controls_of(seen)
        if control.kind == "button" and control.element["value"][0].isdigit()
    ]


def controls_of(seen: Seen) -> list[Control]:
    """What can be operated in something that was seen, even when it is gone by now."""
    assert seen.surface is not None
    return list(controls(seen.surface.blocks))


def button(seen: Seen, label: str) -> dict[str, str]:
    """The click on this label, to be sent later."""
    found = next(c for c in controls_of(seen) if text_of(c.element.get("text")) == label)
    return {"action_id": found.action_id, "value": found.element["value"]}


async def forge_click(person: Person, action: dict[str, Any], **more: Any) -> None:
    """Send a click in this person's name, whether or not it is on their screen."""
    ws, dm = person.workspace, person.client.app_dm
    who = {"id": person.id, "username": person.user.handle, "team_id": ws.team_id}
    payload = {
        "type": "block_actions",
        "team": {"id": ws.team_id, "domain": ws.team_domain},
        "user": who,
        "api_app_id": ws.app_id,
        "token": ws.verification_token,
        "enterprise": None,
        "is_enterprise_install": False,
        "container": {"type": "message", "message_ts": "1.0", "channel_id": dm.id},
        "trigger_id": ws.triggers.issue(person.id),
        "channel": {"id": dm.id, "name": "directmessage"},
        "actions": [{"type": "button", "block_id": "forged", "action_ts": "1.0", **action}],
        **more,
    }
    await ws.delivery.ask(Envelope("interactive", payload))
