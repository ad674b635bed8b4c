"""What Slack's own client would not let a person do."""

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any

from bot.sandbox.controls import Control, options_of
from bot.sandbox.conversations import Conversation
from bot.sandbox.people import User
from bot.sandbox.views import View

if TYPE_CHECKING:
    from bot.sandbox.workspace import Workspace

MOST_TYPED = 40_000


class Refused(Exception):
    """Slack's own client would not let the person do this; the text says why."""


def is_active(user: User) -> None:
    """The person may sign in."""
    if user.deleted:
        raise Refused("this account has been deactivated")


def is_member_of_team(user: User) -> None:
    """The person is active and no guest: guests make, rename and close no channels."""
    is_active(user)
    if user.guest:
        raise Refused("guests cannot do this")


def may_be_in(user: User, conversation: Conversation) -> None:
    """The person is active, and a member."""
    is_active(user)
    if user.id not in conversation.members:
        raise Refused("you are not in this conversation")


def may_write(ws: "Workspace", user: User, conversation: Conversation, raw: str) -> None:
    """And the message is short enough, and the app's Messages tab is open for answers."""
    may_be_in(user, conversation)
    if conversation.archived:
        raise Refused("this channel has been archived")
    if len(raw) > MOST_TYPED:
        raise Refused(f"a message has at most {MOST_TYPED} characters")
    closed = not ws.manifest.messages_enabled or ws.manifest.messages_read_only
    if conversation is ws.app_dm(user.id) and closed:
        raise Refused("sending messages to this app has been turned off")


def is_open(ws: "Workspace", user: User, view: View) -> None:
    """The modal lies on this person's stack."""
    if view not in ws.modals.get(user.id, []):
        raise Refused("this modal is not open")


def is_offered(ws: "Workspace", callback_id: str, kind: str) -> None:
    """The manifest has this shortcut."""
    offered = ws.manifest.shortcut(callback_id)
    if offered is None or offered.kind != kind:
        raise Refused(f"there is no {kind} shortcut {callback_id}")


def fitting(control: Control, value: Any) -> Any:
    """The value as state.values keeps it; only what is offered, and no more of it than allowed."""
    if isinstance(value, datetime):
        return int(value.astimezone(UTC).timestamp())
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.strftime("%H:%M")
    chosen = value if isinstance(value, list) else [value]
    most = control.element.get("max_selected_items")
    if most is not None and len(chosen) > most:
        raise Refused(f"no more than {most} may be chosen")
    offered = options_of(control.element)
    if offered and any(v is not None and v not in offered for v in chosen):
        raise Refused("that is not one of the options")
    return None if value == "" else value
