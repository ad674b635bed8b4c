"""users.info, list, lookupByEmail, profile.get, getPresence."""

from bot.sandbox.api.call import Call, Method, page
from bot.sandbox.people import User
from bot.sandbox.shapes import Json, SlackError


def info(call: Call) -> Json:
    return {"user": _shown(call, call.user())}


def list_(call: Call) -> Json:
    found, cursor = page([u for u in call.ws.users.values() if not u.stranger], call, default=1000)
    shown = [_shown(call, user) for user in found]
    return {"members": shown, "response_metadata": {"next_cursor": cursor}}


def by_email(call: Call) -> Json:
    email = str(call.need("email")).lower()
    for user in call.ws.people:
        if user.email.lower() == email and not user.deleted and not user.is_bot:
            return {"user": _shown(call, user)}
    raise SlackError("users_not_found")


def profile(call: Call) -> Json:
    email = "users:read.email" in call.ws.manifest.scopes
    return {"profile": call.user().profile(with_email=email)}


def presence(call: Call) -> Json:
    return {"presence": "away" if call.user().deleted else "active"}


def _shown(call: Call, user: User) -> Json:
    email = "users:read.email" in call.ws.manifest.scopes
    locale = call.flag("include_locale")
    found = user.as_api(call.ws.clock.now(), with_email=email, with_locale=locale)
    if user.stranger and _is_met(call, user):
        found["is_stranger"] = False
    return found


def _is_met(call: Call, user: User) -> bool:
    """Whether the app is in a channel with them: then Slack calls nobody a stranger."""
    together = {user.id, call.ws.bot_user_id}
    return any(together <= set(each.members) for each in call.ws.conversations.values())


METHODS: dict[str, Method] = {
    "users.info": info,
    "users.list": list_,
    "users.lookupByEmail": by_email,
    "users.profile.get": profile,
    "users.getPresence": presence,
}
