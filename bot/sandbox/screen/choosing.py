"""From what a person says they choose to the control and the value that Slack sends."""

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from bot.sandbox.blockkit.controls import VALUES, Control, controls, options_of, text_of
from bot.sandbox.screen.rendering import shown
from bot.sandbox.screen.surfaces import Surface
from bot.sandbox.shapes import Json

if TYPE_CHECKING:
    from bot.sandbox.screen.client import Client


def find_choice(client: "Client", surface: Surface, label: str) -> Control | None:
    """The control that holds a value and carries this label, placeholder or text beside it."""
    holding = [c for c in controls(surface.blocks) if c.kind in VALUES]
    for control in holding:
        if label in (control.label, control.placeholder):
            return control
    for control in holding:
        beside = shown(client.workspace, control.block.get("text"), client.user)
        if beside and (label == beside or label in beside):
            return control
    return None


def find_option(client: "Client", control: Control, label: str) -> Json | None:
    """The option that reads like this, or None."""
    for option in options_of(control.element):
        if label in (shown(client.workspace, option["text"], client.user), text_of(option["text"])):
            return option
    return None


def fitting_value(client: "Client", control: Control, answer: Any) -> Any:
    """The value that state.values keeps for it; raises AssertionError if it is not on offer."""
    if answer is None:
        return [] if VALUES[control.kind][2] == [] else None
    if control.kind == "file_input":
        return [_file(client, one) for one in (answer if isinstance(answer, list) else [answer])]
    if isinstance(answer, list | tuple | set):
        assert VALUES[control.kind][2] == [], f"“{control.label}” takes one choice only"
        return [_one(client, control, a) for a in answer]
    value = _one(client, control, answer)
    return [value] if VALUES[control.kind][2] == [] else value


def _one(client: "Client", control: Control, answer: Any) -> Any:
    if options_of(control.element):
        option = find_option(client, control, str(answer))
        offered = [text_of(o["text"]) for o in options_of(control.element)]
        assert option is not None, f"“{answer}” is not among {offered}"
        return option
    if control.kind in ("users_select", "multi_users_select"):
        return _user(client, str(answer))
    if control.kind in ("conversations_select", "channels_select"):
        return client.workspace.channel(str(answer)).id
    if control.kind == "datetimepicker":
        return _moment(client, answer)
    if isinstance(answer, datetime | date | time):
        return answer
    return str(answer)


def _file(client: "Client", answer: Any) -> Json:
    """A file one has sent to Slack already, or (name, bytes) to send now."""
    if isinstance(answer, tuple):
        name, data = answer
        return client.stores(name, data)
    found: Json = answer
    return found


def _user(client: "Client", answer: str) -> str:
    """Slack's people menus offer everybody who is not deactivated, bots and guests included."""
    for user in client.workspace.users.values():
        if answer.removeprefix("@") in (user.handle, user.name, user.id) and not user.deleted:
            return user.id
    raise AssertionError(f"nobody called “{answer}” is in the list")


def _moment(client: "Client", answer: Any) -> Any:
    """A datetime, or `YYYY-MM-DD HH:MM` on the person's own watch."""
    if isinstance(answer, int | datetime):
        return answer
    local = datetime.strptime(str(answer), "%Y-%m-%d %H:%M")  # noqa: DTZ007 - the zone follows
    return local.replace(tzinfo=ZoneInfo(client.user.tz or "UTC"))
