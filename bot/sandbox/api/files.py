"""files.getUploadURLExternal, completeUploadExternal, info."""

import mimetypes
import secrets
from pathlib import PurePath

from bot.sandbox import posting
from bot.sandbox.api.call import Call, Method
from bot.sandbox.blocks import decoded
from bot.sandbox.shapes import Json, SlackError


def file_object(
    ws_url: str, file_id: str, name: str, user_id: str, size: int, created: int
) -> Json:
    """The file object that messages and answers carry."""
    url = f"{ws_url}files/{file_id}"
    return {
        "id": file_id,
        "created": created,
        "name": name,
        "title": name,
        "mimetype": mimetypes.guess_type(name)[0] or "application/octet-stream",
        "filetype": PurePath(name).suffix.lstrip(".") or "text",
        "user": user_id,
        "size": size,
        "mode": "hosted",
        "is_external": False,
        "url_private": url,
        "url_private_download": url,
    }


def get_upload_url(call: Call) -> Json:
    ws, name = call.ws, str(call.need("filename"))
    length = call.number("length", 0, 10**9)
    if not length:
        raise SlackError("invalid_arguments")
    file_id = f"F{secrets.token_hex(5).upper()}"
    ws.files.promised.add(file_id)
    created = int(ws.clock.now().timestamp())
    ws.files.objects[file_id] = file_object(
        ws.base_url, file_id, name, ws.bot_user_id, length, created
    )
    return {"upload_url": f"{ws.base_url}upload/{file_id}", "file_id": file_id}


def complete_upload(call: Call) -> Json:
    ws = call.ws
    asked = decoded(call.need("files"), "invalid_arguments")
    for one in asked:
        if one.get("id") not in ws.files.contents or one["id"] not in ws.files.promised:
            raise SlackError("file_not_found")
    channels = call.words("channels") or call.words("channel_id")
    for channel in channels:
        call.args["channel"] = channel
        call.joined()
    done = []
    for one in asked:
        ws.files.promised.discard(one["id"])
        found = ws.files.objects[one["id"]]
        found["title"] = one.get("title") or found["name"]
        done.append(found)
    for channel in channels:
        _share(call, channel, done)
    return {"files": done}


def info(call: Call) -> Json:
    found = call.ws.files.objects.get(str(call.need("file")))
    if found is None or found["id"] in call.ws.files.promised:
        raise SlackError("file_not_found")
    return {"file": found, "content": None}


def _share(call: Call, channel: str, files: list[Json]) -> None:
    ws, conversation = call.ws, call.ws.conversations[channel]
    message = posting.by_app(ws, conversation, text=call.text("initial_comment"), files=files)
    message.subtype, message.thread_ts = "file_share", call.text("thread_ts")
    posting.post(ws, conversation, message)


METHODS: dict[str, Method] = {
    "files.getUploadURLExternal": get_upload_url,
    "files.completeUploadExternal": complete_upload,
    "files.info": info,
}
