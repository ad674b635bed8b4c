"""chat.postMessage, postEphemeral, update, delete, getPermalink; scheduleMessage is refused."""

from bot.sandbox import posting, sharing
from bot.sandbox.api.call import Call, Method
from bot.sandbox.blockkit.blocks import prepared
from bot.sandbox.conversations import Conversation, Message
from bot.sandbox.shapes import SLACKBOT, Json, SlackError

CUSTOM = ("username", "icon_emoji", "icon_url")


def post_message(call: Call) -> Json:
    if any(call.args.get(key) for key in CUSTOM):
        call.ws.need_scope("chat:write.customize")
    conversation = _target(call)
    content = prepared(call.args)
    sharing.check_pictures(call.ws, content.get("blocks"), "invalid_blocks")
    if content.pop("attachments", None) and not content:
        raise SlackError("no_text")
    thread_ts = thread_of(call, conversation)
    message = posting.by_app(call.ws, conversation, thread_ts=thread_ts, **content)
    posting.post(call.ws, conversation, message)
    shown = message.as_api(with_metadata=True)
    return {"channel": conversation.id, "ts": message.ts, "message": shown}


def post_ephemeral(call: Call) -> Json:
    conversation = call.joined()
    if conversation.archived:
        raise SlackError("is_archived")
    user = call.user()
    if user.deleted or user.id not in conversation.members:
        raise SlackError("user_not_in_channel")
    content = prepared({k: v for k, v in call.args.items() if k != "metadata"})
    thread_ts = thread_of(call, conversation)
    message = posting.by_app(
        call.ws, conversation, only_for=user.id, thread_ts=thread_ts, **content
    )
    posting.post(call.ws, conversation, message)
    return {"message_ts": message.ts}


def update(call: Call) -> Json:
    conversation, message = _own(call, "cant_update_message")
    # A field that is not given stays as it was; an empty list of blocks removes them.
    given = {key: value for key, value in call.args.items() if value is not None}
    kept = {"text": message.text, "blocks": message.blocks}
    checked = prepared({k: v for k, v in (kept | given).items() if v is not None})
    sharing.check_pictures(call.ws, checked.get("blocks"), "invalid_blocks")
    changes = {key: checked[key] for key in checked if key in given}
    posting.change(call.ws, conversation, message, changes, call.ws.bot_user_id)
    shown = message.as_api(with_metadata=True)
    return {"channel": conversation.id, "ts": message.ts, "text": message.text, "message": shown}


def delete(call: Call) -> Json:
    conversation, message = _own(call, "cant_delete_message")
    posting.remove(call.ws, conversation, message)
    return {"channel": conversation.id, "ts": message.ts}


def permalink(call: Call) -> Json:
    conversation = call.conversation()
    message = conversation.find(str(call.need("message_ts")))
    if message is None or message.only_for:
        raise SlackError("message_not_found")
    where = f"{conversation.id}/p{message.ts.replace('.', '')}"
    url = f"https://{call.ws.team_domain}.slack.com/archives/{where}"
    return {"channel": conversation.id, "permalink": url}


def schedule(call: Call) -> Json:
    """Refused: it drops metadata and cannot be taken back in time (slack.md, Messages)."""
    raise SlackError("restricted_action_scheduling")


def _target(call: Call) -> Conversation:
    """A conversation by id or #name, or a person's user id, which means the DM with the app."""
    ws, where = call.ws, str(call.need("channel"))
    if where in ws.users:
        user = ws.users[where]
        if user.is_bot or user.id == SLACKBOT:
            raise SlackError("cannot_dm_bot")
        # A deactivated person's DM takes messages without a word (slack.md, People).
        return ws.app_dm(user.id)
    named = [
        c for c in ws.conversations.values() if c.kind == "channel" and c.name == where.lstrip("#")
    ]
    if named and not named[0].private:
        call.args["channel"] = named[0].id
    conversation = call.conversation()
    if conversation.archived:
        raise SlackError("is_archived")
    if not call.is_member(conversation) and "chat:write.public" not in ws.manifest.scopes:
        raise SlackError("not_in_channel")
    return conversation


def thread_of(call: Call, conversation: Conversation) -> str:
    """The root's ts of the thread an argument names, or an empty string; raises
    thread_not_found."""
    thread_ts = call.text("thread_ts")
    if not thread_ts:
        return ""
    parent = conversation.find(thread_ts)
    if parent is None or parent.only_for:
        raise SlackError("thread_not_found")
    parent.thread_ts = parent.thread_ts or parent.ts
    return parent.thread_ts


def _own(call: Call, error: str) -> tuple[Conversation, Message]:
    conversation = call.conversation()
    if conversation.archived:
        # chat.update has a word of its own for it.
        raise SlackError("is_inactive" if error == "cant_update_message" else "is_archived")
    message = conversation.find(str(call.need("ts")))
    if message is None or message.only_for:
        raise SlackError("message_not_found")
    if message.user != call.ws.bot_user_id or not call.is_member(conversation):
        raise SlackError(error)
    return conversation, message


METHODS: dict[str, Method] = {
    "chat.postMessage": post_message,
    "chat.postEphemeral": post_ephemeral,
    "chat.update": update,
    "chat.delete": delete,
    "chat.getPermalink": permalink,
    "chat.scheduleMessage": schedule,
}
