"""Opening, changing and closing views: what views.* and a submission's answer have in common."""

import secrets
from typing import TYPE_CHECKING

from bot.sandbox import sharing
from bot.sandbox.blockkit.controls import controls
from bot.sandbox.blockkit.view_rules import prepared_view
from bot.sandbox.people import User
from bot.sandbox.shapes import Json, SlackError
from bot.sandbox.views import MOST_STACKED, View

if TYPE_CHECKING:
    from bot.sandbox.workspace import Workspace


def put_on(ws: "Workspace", user: User, given: Json, below: View | None) -> View:
    """Open a modal, on top of `below` or alone; raises push_limit_reached at the fourth."""
    ready = _ready(ws, given, "modal")
    _unique_external_id(ws, ready)
    stack = ws.modals.setdefault(user.id, [])
    if below is None:
        stack.clear()
    elif len(stack) >= MOST_STACKED:
        raise SlackError("push_limit_reached")
    view = View(_new_id(), "modal", user.id, ready, order=ws.next_order())
    if below is not None:
        view.root_view_id, view.previous_view_id = below.root_view_id or below.id, below.id
    view.start_state()
    stack.append(view)
    _drawn(ws, user)
    return view


def redraw(ws: "Workspace", user: User, view: View, given: Json) -> View:
    """Replace what a view shows; what was typed stays where ids stay."""
    ready = _ready(ws, given, view.kind)
    if ready.get("external_id") != view.given.get("external_id"):
        _unique_external_id(ws, ready)
    before = View(view.id, view.kind, user.id, view.given, typed=view.typed)
    view.given, view.order, view.errors, view.trouble = ready, ws.next_order(), {}, ""
    view.start_state(before)
    _drawn(ws, user)
    return view


def publish(ws: "Workspace", user: User, given: Json) -> View:
    """Show a Home tab to one person."""
    home = ws.homes.get(user.id)
    if home is not None:
        return redraw(ws, user, home, given)
    home = View(_new_id(), "home", user.id, _ready(ws, given, "home"), order=ws.next_order())
    home.start_state()
    ws.homes[user.id] = home
    _drawn(ws, user)
    return home


def take_off(ws: "Workspace", user: User, view: View, *, everything: bool = False) -> list[View]:
    """Close a view and what lies on it (or the whole stack); returns what was closed."""
    stack = ws.modals.get(user.id, [])
    if view not in stack:
        return []
    at = 0 if everything else stack.index(view)
    gone, stack[at:] = stack[at:], []
    _drawn(ws, user)
    return gone


def find(ws: "Workspace", view_id: str, external_id: str) -> tuple[User, View]:
    """An open modal or Home tab; raises not_found."""
    stacks = [*ws.modals.items(), *((user_id, [home]) for user_id, home in ws.homes.items())]
    for user_id, stack in stacks:
        for view in stack:
            if view.id == view_id or (external_id and view.given.get("external_id") == external_id):
                return ws.users[user_id], view
    raise SlackError("not_found")


def answer_submission(ws: "Workspace", user: User, view: View, body: Json) -> None:
    """Do what the ack of a submission says; raises SlackError for what Slack cannot do."""
    action = body.get("response_action")
    if action is None:
        _take_out(ws, user, view)
    elif action == "errors":
        _show_errors(ws, user, view, body.get("errors"))
    elif action == "clear":
        take_off(ws, user, view, everything=True)
    elif action == "update":
        redraw(ws, user, view, body.get("view") or {})
    elif action == "push":
        put_on(ws, user, body.get("view") or {}, view)
    else:
        raise SlackError("invalid_arguments")


def _ready(ws: "Workspace", given: Json, kind: str) -> Json:
    """The view with ids, its pictures known, its file inputs allowed (scope files:read)."""
    ready = prepared_view(given, kind)
    sharing.check_pictures(ws, ready["blocks"], "invalid_arguments")
    if any(c.kind == "file_input" for c in controls(ready["blocks"])):
        ws.need_scope("files:read")
    return ready


def _take_out(ws: "Workspace", user: User, view: View) -> None:
    """The submitted view goes; one that was put on it in the meantime stays."""
    stack = ws.modals.get(user.id, [])
    if view in stack:
        stack.remove(view)
        _drawn(ws, user)


def _show_errors(ws: "Workspace", user: User, view: View, errors: object) -> None:
    inputs = {b.get("block_id") for b in view.blocks if b["type"] == "input"}
    if not isinstance(errors, dict) or not errors or not set(errors) <= inputs:
        raise SlackError("invalid_arguments", response_metadata={"messages": [str(errors)]})
    view.errors = {str(key): str(value) for key, value in errors.items()}
    _drawn(ws, user)


def _unique_external_id(ws: "Workspace", given: Json) -> None:
    if external_id := given.get("external_id"):
        try:
            find(ws, "", external_id)
        except SlackError:
            return
        raise SlackError("duplicate_external_id")


def _new_id() -> str:
    return f"V{secrets.token_hex(5).upper()}"


def _drawn(ws: "Workspace", user: User) -> None:
    ws.changes.add("view", users=frozenset([user.id]))
