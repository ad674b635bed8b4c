"""What Slack's own client would not let a person do."""

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any

from bot.sandbox.blockkit.controls import Control, options_of
from bot.sandbox.conversations import Conversation
from bot.sandbox.people import User
from bot.sandbox.views import View

if TYPE_CHECKING:
    from bot.sandbox.workspace import Workspace

MOST_TYPED = 40_000
MOST_FILES = 10
MOST_FILE_BYTES = 10 * 1024 * 1024


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
    if control.kind == "file_input":
        _may_be_put_in(control, chosen)
    most = control.element.get("max_selected_items")
    if most is not None and len(chosen) > most:
        raise Refused(f"no more than {most} may be chosen")
    offered = options_of(control.element)
    if offered and any(v is not None and v not in offered for v in chosen):
        raise Refused("that is not one of the options")
    return None if value == "" else value


def is_known(ws: "Workspace", control: Control, value: Any) -> None:
    """Menus of people and conversations offer only those that there are."""
    known: Any = {"users": ws.users, "conversations": ws.conversations}
    known["channels"] = ws.conversations
    kind = control.kind.removeprefix("multi_").removesuffix("_select")
    chosen = value if isinstance(value, list) else [value]
    if kind in known and any(v is not None and v not in known[kind] for v in chosen):
        raise Refused("that is not one of the options")


def _may_be_put_in(control: Control, files: list[Any]) -> None:
    """As many files, of those sorts and of that size as a file_input takes."""
    most = control.element.get("max_files", MOST_FILES)
    if len(files) > most:
        raise Refused(f"no more than {most} files may be added")
    kinds = [str(kind).lower().lstrip(".") for kind in control.element.get("filetypes") or ()]
    for file in files:
        suffix = str(file["name"]).rpartition(".")[2].lower()
        if kinds and not {suffix, file["filetype"]} & set(kinds):
            raise Refused(f"{file['name']} is not one of these: {', '.join(kinds)}")
        if file["size"] > MOST_FILE_BYTES:
            raise Refused(f"{file['name']} is larger than 10 MB")
