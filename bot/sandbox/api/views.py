"""views.open, push, update, publish."""

from bot.sandbox import stack
from bot.sandbox.api.call import Call, Method
from bot.sandbox.blockkit.blocks import decoded
from bot.sandbox.blockkit.view_rules import prepared_view
from bot.sandbox.shapes import Json, SlackError
from bot.sandbox.views import View
from bot.sandbox.wire import payloads


def open_(call: Call) -> Json:
    prepared_view(call.need("view"), "modal")
    trigger = call.ws.triggers.use(_trigger(call))
    user = call.ws.users[trigger.user_id]
    below = _open_modal(call, user.id, trigger.view_id)
    return _shown(call, stack.put_on(call.ws, user, _view(call), below))


def push(call: Call) -> Json:
    prepared_view(call.need("view"), "modal")
    trigger = call.ws.triggers.use(_trigger(call))
    below = _open_modal(call, trigger.user_id, trigger.view_id)
    if below is None:
        raise SlackError("not_found")
    return _shown(call, stack.put_on(call.ws, call.ws.users[trigger.user_id], _view(call), below))


def update(call: Call) -> Json:
    view_id, external_id = call.text("view_id"), call.text("external_id")
    if not view_id and not external_id:
        raise SlackError("invalid_arguments")
    prepared_view(call.need("view"), _view(call).get("type", "modal"))
    user, view = stack.find(call.ws, view_id, external_id)
    if call.text("hash") and call.text("hash") != view.hash:
        raise SlackError("hash_conflict")
    return _shown(call, stack.redraw(call.ws, user, view, _view(call)))


def publish(call: Call) -> Json:
    if not call.ws.manifest.home_enabled:
        raise SlackError("not_enabled")
    user = call.ws.users.get(str(call.need("user_id")))
    if user is None:
        raise SlackError("user_not_found")
    if user.deleted:
        raise SlackError("user_disabled")
    prepared_view(call.need("view"), "home")
    home = call.ws.homes.get(user.id)
    if call.text("hash") and home and call.text("hash") != home.hash:
        raise SlackError("hash_conflict")
    return _shown(call, stack.publish(call.ws, user, _view(call)))


def _trigger(call: Call) -> object:
    return call.args.get("trigger_id") or call.need("interactivity_pointer")


def _view(call: Call) -> Json:
    found = decoded(call.need("view"), "invalid_arguments")
    if not isinstance(found, dict):
        raise SlackError("invalid_arguments")
    return found


def _open_modal(call: Call, user_id: str, view_id: str) -> View | None:
    """The modal the trigger was pulled in, if it is still the one on top."""
    opened = call.ws.modals.get(user_id, [])
    return opened[-1] if opened and view_id in [v.id for v in opened] else None


def _shown(call: Call, view: View) -> Json:
    return {"view": payloads.shown(call.ws, view)}


METHODS: dict[str, Method] = {
    "views.open": open_,
    "views.push": push,
    "views.update": update,
    "views.publish": publish,
}
