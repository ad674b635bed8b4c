"""api.test, auth.test, apps.connections.open, team.info, reactions.add."""

from bot.sandbox.api.call import Call, Method
from bot.sandbox.shapes import Json, SlackError


def api_test(call: Call) -> Json:
    if error := call.text("error"):
        raise SlackError(error, args=call.args)
    return {"args": call.args}


def auth_test(call: Call) -> Json:
    ws = call.ws
    return {
        "url": f"https://{ws.team_domain}.slack.com/",
        "team": ws.name,
        "user": ws.users[ws.bot_user_id].handle,
        "team_id": ws.team_id,
        "user_id": ws.bot_user_id,
        "bot_id": ws.bot_id,
        "app_id": ws.app_id,
        "is_enterprise_install": False,
    }


def connections_open(call: Call) -> Json:
    if not call.ws.manifest.socket_mode:
        raise SlackError("forbidden_team", detail="socket mode is off in the manifest")
    return {"url": call.link()}


def team_info(call: Call) -> Json:
    ws = call.ws
    team = {"id": ws.team_id, "name": ws.name, "domain": ws.team_domain, "email_domain": ""}
    return {"team": team | {"icon": {"image_default": True}}}


def reactions_add(call: Call) -> Json:
    conversation = call.joined()
    message = conversation.find(str(call.need("timestamp")))
    if message is None or message.only_for:
        raise SlackError("message_not_found")
    name = str(call.need("name"))
    found = next((r for r in message.reactions if r["name"] == name), None)
    if found is None:
        found = {"name": name, "users": [], "count": 0}
        message.reactions.append(found)
    if call.ws.bot_user_id in found["users"]:
        raise SlackError("already_reacted")
    found["users"].append(call.ws.bot_user_id)
    found["count"] += 1
    call.ws.changes.add("message", conversation.id, frozenset(conversation.members))
    return {}


METHODS: dict[str, Method] = {
    "api.test": api_test,
    "auth.test": auth_test,
    "apps.connections.open": connections_open,
    "team.info": team_info,
    "reactions.add": reactions_add,
}
