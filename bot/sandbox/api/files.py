"""files.getUploadURLExternal, completeUploadExternal, info, delete."""

import re
from typing import Any

from bot.sandbox import posting, sharing
from bot.sandbox.api.call import Call, Method
from bot.sandbox.api.chat import thread_of
from bot.sandbox.blockkit.blocks import decoded, prepared
from bot.sandbox.conversations import Conversation
from bot.sandbox.shapes import Json, SlackError

CHANNEL_ID = r"[CGDZ][A-Z0-9]{8,}"
MOST_BYTES = 10**9
LONGEST_ALT = 1000
# A new file is looked over before it is read: until then Slack says no more than this of it.
NOT_YET = {"mimetype": "", "filetype": "", "pretty_type": "", "shares": {}}
NOT_YET_LISTED: Json = {"channels": [], "groups": [], "ims": []}


def get_upload_url(call: Call) -> Json:
    ws, name = call.ws, str(call.need("filename"))
    call.need("length")
    length = call.number("length", 0, MOST_BYTES)
    alt_text = call.text("alt_txt")
    if len(alt_text) > LONGEST_ALT:
        raise SlackError("alt_txt_too_large")
    file = sharing.new_file(ws, name, ws.bot_user_id, length, alt_text)
    ws.files.promised.add(file["id"])
    return {"upload_url": f"{ws.base_url}upload/{file['id']}", "file_id": file["id"]}


def complete_upload(call: Call) -> Json:
    ws = call.ws
    asked = decoded(call.need("files"), "invalid_arguments")
    if not isinstance(asked, list) or not asked:
        raise SlackError("invalid_arguments")
    files = [_uploaded(call, one) for one in asked]
    places = [_place(call, channel) for channel in _channels(call)]
    content = _content(call)
    threads = [thread_of(call, place) for place in places]
    for one, file in zip(asked, files, strict=True):
        ws.files.promised.discard(file["id"])
        file["title"] = one.get("title") or file["name"]
    answer = [file | NOT_YET | NOT_YET_LISTED for file in files]
    for place, thread_ts in zip(places, threads, strict=True):
        message = posting.by_app(ws, place, files=files, thread_ts=thread_ts, **content)
        message.subtype = "file_share"
        posting.post(ws, place, message)
    return {"files": answer}


def info(call: Call) -> Json:
    return {"file": _visible(call), "content": None}


def delete(call: Call) -> Json:
    file = _visible(call)
    if file["user"] != call.ws.bot_user_id:
        raise SlackError("cant_delete_file")
    del call.ws.files.objects[file["id"]]
    call.ws.files.contents.pop(file["id"], None)
    for conversation in call.ws.conversations.values():
        for message in conversation.messages:
            if file in message.files:
                gone = {"id": file["id"], "mode": "tombstone", "title": file["title"]}
                message.files = [gone if f is file else f for f in message.files]
                call.ws.changes.add("message", conversation.id, frozenset(conversation.members))
    return {}


def _uploaded(call: Call, one: Any) -> Json:
    files, file_id = call.ws.files, one.get("id") if isinstance(one, dict) else None
    if file_id not in files.contents or file_id not in files.promised:
        raise SlackError("file_not_found")
    return files.objects[file_id]


def _visible(call: Call) -> Json:
    found = call.ws.files.objects.get(str(call.need("file")))
    if found is None or found["id"] in call.ws.files.promised:
        raise SlackError("file_not_found")
    if not sharing.app_sees(call.ws, found):
        raise SlackError("file_not_found")
    return found


def _channels(call: Call) -> list[str]:
    one = call.text("channel_id")
    if one and not re.fullmatch(CHANNEL_ID, one):
        wrong = f"[ERROR] input must match regex pattern: ^{CHANNEL_ID}$ [json-pointer:/channel_id]"
        raise SlackError("invalid_arguments", response_metadata={"messages": [wrong]})
    found = call.words("channels") or ([one] if one else [])
    if call.text("thread_ts") and len(found) > 1:
        raise SlackError("invalid_arguments")
    return found


def _place(call: Call, channel: str) -> Conversation:
    if channel in call.ws.users:
        return call.ws.app_dm(channel)
    call.args["channel"] = channel
    found = call.joined()
    if found.archived:
        raise SlackError("is_archived")
    return found


def _content(call: Call) -> Json:
    if comment := call.text("initial_comment"):
        return prepared({"text": comment})
    if call.args.get("blocks"):
        return prepared({"blocks": call.args["blocks"]})
    return {}


METHODS: dict[str, Method] = {
    "files.getUploadURLExternal": get_upload_url,
    "files.completeUploadExternal": complete_upload,
    "files.info": info,
    "files.delete": delete,
}
