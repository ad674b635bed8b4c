"""conversations.* and users.conversations."""

from bot.sandbox import membership
from bot.sandbox.api.call import Call, Method, page
from bot.sandbox.conversations import ChannelSpec, Conversation, Message
from bot.sandbox.shapes import SLACKBOT, Json, SlackError

KINDS = {"public_channel": "channels", "private_channel": "groups", "im": "im", "mpim": "mpim"}
MANAGE = {"channels": ("channels:manage",), "groups": ("groups:write",), "mpim": ("mpim:write",)}


def open_(call: Call) -> Json:
    ws = call.ws
    if call.text("channel"):
        conversation = call.conversation()
        ws.need_scope(f"{conversation.scope_word}:write")
        return {"channel": _object(call, conversation)}
    ids = [u for u in dict.fromkeys(call.words("users")) if u != ws.bot_user_id]
    if not ids:
        raise SlackError("users_list_not_supplied" if not call.words("users") else "cannot_dm_bot")
    ws.need_scope("im:write" if len(ids) == 1 else "mpim:write")
    if len(ids) > 8:
        raise SlackError("too_many_users")
    for user_id in ids:
        _check_partner(call, user_id, alone=len(ids) == 1)
    known = ws.conversations.keys()
    before = len(known)
    conversation = ws.direct(ws.bot_user_id, *ids)
    found: Json = {"id": conversation.id}
    if call.flag("return_im"):
        found = _object(call, conversation)
    again = {} if len(ws.conversations) > before else {"no_op": True, "already_open": True}
    return again | {"channel": found}


def info(call: Call) -> Json:
    conversation = call.conversation()
    call.need_read(conversation)
    found = _object(call, conversation)
    if call.flag("include_num_members"):
        found["num_members"] = len(conversation.members)
    return {"channel": found}


def members(call: Call) -> Json:
    conversation = call.conversation()
    call.need_read(conversation)
    found, cursor = page(conversation.members, call)
    return {"members": found, "response_metadata": {"next_cursor": cursor}}


def history(call: Call) -> Json:
    conversation = call.joined()
    call.need_history(conversation)
    said = [m for m in conversation.said() if m.thread_ts in ("", m.ts)]
    found, cursor = page(_window(call, said)[::-1], call)
    return _told(call, conversation, found, cursor)


def replies(call: Call) -> Json:
    conversation = call.joined()
    call.need_history(conversation)
    ts = str(call.need("ts"))
    said = conversation.said()
    parent = next((m for m in said if m.ts == ts), None)
    if parent is None:
        raise SlackError("thread_not_found")
    root = parent.thread_ts or parent.ts
    first = [m for m in said if m.ts == root]
    answers = [m for m in said if m.thread_ts == root and m.ts != root]
    # Slack puts the root before every page, whatever the window.
    found, cursor = page(_window(call, answers), call, default=1000)
    return _told(call, conversation, first + found, cursor)


def list_(call: Call) -> Json:
    return _listed(call, [c for c in call.ws.conversations.values() if _seen(call, c)])


def of_user(call: Call) -> Json:
    user_id = call.text("user") or call.ws.bot_user_id
    if user_id not in call.ws.users:
        raise SlackError("user_not_found")
    mine = [c for c in call.ws.conversations.values() if user_id in c.members and _seen(call, c)]
    return _listed(call, mine)


def invite(call: Call) -> Json:
    conversation = call.joined()
    call.ws.need_scope(*MANAGE.get(conversation.scope_word, ("im:write",)))
    if conversation.kind != "channel":
        raise SlackError("method_not_supported_for_channel_type")
    if conversation.archived:
        raise SlackError("is_archived")
    for user_id in call.words("users"):
        user = call.ws.users.get(user_id)
        if user is None or user.deleted:
            raise SlackError("user_not_found")
        if user_id == call.ws.bot_user_id:
            raise SlackError("cant_invite_self")
        if user_id in conversation.members:
            raise SlackError("already_in_channel")
    for user_id in call.words("users"):
        membership.join(call.ws, conversation, user_id, call.ws.bot_user_id)
    return {"channel": _object(call, conversation)}


def join(call: Call) -> Json:
    call.ws.need_scope("channels:join")
    conversation = call.conversation()
    if conversation.kind != "channel" or conversation.private:
        raise SlackError("method_not_supported_for_channel_type")
    if conversation.archived:
        raise SlackError("is_archived")
    if not call.is_member(conversation):
        membership.join(call.ws, conversation, call.ws.bot_user_id)
    return {"channel": _object(call, conversation)}


def create(call: Call) -> Json:
    private, name = call.flag("is_private"), str(call.need("name"))
    call.ws.need_scope("groups:write" if private else "channels:manage")
    if not all(c.islower() or c.isdigit() or c in "-_" for c in name) or len(name) > 80:
        raise SlackError("invalid_name_specials" if len(name) <= 80 else "invalid_name_maxlength")
    if any(c.name == name for c in call.ws.conversations.values()):
        raise SlackError("name_taken")
    spec = ChannelSpec(name, private=private, with_app=True)
    conversation = call.ws.add_channel(spec)
    conversation.creator = call.ws.bot_user_id
    return {"channel": _object(call, conversation)}


def leave(call: Call) -> Json:
    conversation = call.conversation()
    call.ws.need_scope(*MANAGE.get(conversation.scope_word, ("im:write",)))
    if conversation.kind != "channel":
        raise SlackError("method_not_supported_for_channel_type")
    if conversation.archived:
        raise SlackError("is_archived")
    if not call.is_member(conversation):
        return {"not_in_channel": True}
    membership.leave(call.ws, conversation, call.ws.bot_user_id)
    return {}


def _check_partner(call: Call, user_id: str, *, alone: bool) -> None:
    user = call.ws.users.get(user_id)
    if user is None:
        raise SlackError("user_not_found")
    if user.stranger:
        raise SlackError("user_not_visible")
    if user.deleted:
        raise SlackError("user_disabled")
    if (user.is_bot or user.id == SLACKBOT) and alone:
        raise SlackError("cannot_dm_bot")


def _object(call: Call, conversation: Conversation) -> Json:
    """The conversation object as the app gets it."""
    ws = call.ws
    found = conversation.as_api(ws.bot_user_id) | {"context_team_id": ws.team_id}
    if conversation.kind == "im":
        partner = ws.users.get(found["user"])
        found["is_user_deleted"] = bool(partner and partner.deleted)
    elif conversation.kind == "channel":
        found["shared_team_ids"] = [ws.team_id]
    return found


def _seen(call: Call, conversation: Conversation) -> bool:
    return not conversation.private or call.is_member(conversation)


def _listed(call: Call, found: list[Conversation]) -> Json:
    asked = call.words("types") or ["public_channel"]
    if not set(asked) <= set(KINDS):
        raise SlackError("invalid_types")
    words = [KINDS[kind] for kind in asked]
    for word in words:
        call.ws.need_scope(f"{word}:read")
    open_only = call.flag("exclude_archived")
    wanted = [c for c in found if c.scope_word in words and not (open_only and c.archived)]
    some, cursor = page(wanted, call)
    shown = [_object(call, c) | {"num_members": len(c.members)} for c in some]
    return {"channels": shown, "response_metadata": {"next_cursor": cursor}}


def _window(call: Call, said: list[Message]) -> list[Message]:
    oldest, latest = call.text("oldest", "0"), call.text("latest")
    try:
        low, high = float(oldest), float(latest) if latest else float("inf")
    except ValueError:
        raise SlackError("invalid_ts_oldest") from None
    if call.flag("inclusive"):
        return [m for m in said if low <= float(m.ts) <= high]
    return [m for m in said if low < float(m.ts) < high]


def _told(call: Call, conversation: Conversation, found: list[Message], cursor: str) -> Json:
    with_metadata = call.flag("include_all_metadata")
    shown = []
    for message in found:
        one = message.as_api(with_metadata=with_metadata)
        shown.append(one | conversation.thread_facts(message))
    more = {"has_more": bool(cursor), "response_metadata": {"next_cursor": cursor}}
    return {"messages": shown} | more


METHODS: dict[str, Method] = {
    "conversations.open": open_,
    "conversations.info": info,
    "conversations.members": members,
    "conversations.history": history,
    "conversations.replies": replies,
    "conversations.list": list_,
    "conversations.invite": invite,
    "conversations.join": join,
    "conversations.create": create,
    "conversations.leave": leave,
    "users.conversations": of_user,
}
