"""Files: the object Slack makes of one, where it was shared, and whether the app may see it."""

import mimetypes
import secrets
from pathlib import PurePath
from typing import TYPE_CHECKING
from urllib.parse import quote

from bot.sandbox.blockkit.blocks import slack_files
from bot.sandbox.conversations import Conversation, Message
from bot.sandbox.shapes import Json, SlackError

if TYPE_CHECKING:
    from bot.sandbox.workspace import Workspace

PRETTY = {"png": "PNG", "jpg": "JPEG", "pdf": "PDF", "csv": "CSV", "txt": "Plain Text"}
KINDS = {"jpeg": "jpg", "text": "txt"}
PICTURES = ("image/png", "image/jpeg", "image/gif")
PNG = b"\x89PNG\r\n\x1a\n"


def new_file(ws: "Workspace", name: str, user_id: str, size: int, alt_text: str = "") -> Json:
    """A file object of somebody's, kept in the workspace; its bytes may follow."""
    file_id = f"F{secrets.token_hex(5).upper()}"
    suffix = PurePath(name).suffix.lstrip(".").lower()
    kind = KINDS.get(suffix, suffix) or "text"
    created = int(ws.clock.now().timestamp())
    made: Json = {
        "id": file_id,
        "created": created,
        "timestamp": created,
        "name": name,
        "title": name,
        "mimetype": mimetypes.guess_type(name)[0] or "application/octet-stream",
        "filetype": kind,
        "pretty_type": PRETTY.get(kind, kind.upper()),
        "user": user_id,
        "user_team": ws.team_id,
        "editable": False,
        "size": size,
        "mode": "hosted",
        "is_external": False,
        "external_type": "",
        "is_public": False,
        "public_url_shared": False,
        "display_as_bot": False,
        "username": "",
        "file_access": "visible",
    }
    made |= {"alt_txt": alt_text} if alt_text else {}
    ws.files.objects[file_id] = made | {"channels": [], "groups": [], "ims": [], "shares": {}}
    address(ws, ws.files.objects[file_id])
    return ws.files.objects[file_id]


def address(ws: "Workspace", file: Json) -> None:
    """Give a file the addresses it has while the workspace is served where it is now."""
    base, name = f"{ws.base_url}files/{file['id']}", quote(file["name"], safe="")
    file["url_private"] = f"{base}/{name}"
    file["url_private_download"] = f"{base}/download/{name}"
    file["permalink"] = f"https://{ws.team_domain}.slack.com/files/{file['user']}/{file['id']}"


def keep(ws: "Workspace", file: Json, data: bytes) -> None:
    """The bytes have come; Slack measures pictures."""
    ws.files.contents[file["id"]] = data
    file["size"] = len(data)
    if data.startswith(PNG) and len(data) >= 24:
        file["original_w"] = int.from_bytes(data[16:20], "big")
        file["original_h"] = int.from_bytes(data[20:24], "big")


def note_share(ws: "Workspace", conversation: Conversation, message: Message) -> None:
    """Remember in each file of a message where it was shared."""
    open_to_all = conversation.kind == "channel" and not conversation.private
    word = "channels" if open_to_all else "ims" if conversation.kind == "im" else "groups"
    for file in message.files:
        if conversation.id not in file[word]:
            file[word].append(conversation.id)
        file["is_public"] = file["is_public"] or open_to_all
        shares = file["shares"].setdefault("public" if open_to_all else "private", {})
        shared: Json = {"ts": message.ts, "team_id": ws.team_id}
        if message.thread_ts:
            shared["thread_ts"] = message.thread_ts
        shares.setdefault(conversation.id, []).append(shared)


def check_pictures(ws: "Workspace", blocks: list[Json] | None, error: str) -> None:
    """Pictures that blocks show by slack_file must be uploaded pictures the app can see; raises
    SlackError `error` with Slack's message."""
    for given in slack_files(blocks or []):
        file = picture(ws, given)
        if file is None or not app_sees(ws, file):
            wrong = "[ERROR] invalid slack file"
            raise SlackError(error, errors=[wrong], response_metadata={"messages": [wrong]})


def picture(ws: "Workspace", given: Json) -> Json | None:
    """The uploaded picture a slack_file object names by id or address."""
    for file in ws.files.objects.values():
        if given.get("id") == file["id"] or given.get("url") in (
            file["url_private"],
            file["permalink"],
        ):
            ready = file["id"] not in ws.files.promised
            return file if ready and file["mimetype"] in PICTURES else None
    return None


def app_sees(ws: "Workspace", file: Json) -> bool:
    """Its own files, those given to it in a form, and those of conversations it can see."""
    if file["user"] == ws.bot_user_id or file["id"] in ws.files.submitted:
        return True
    if file.get("is_public"):
        return True
    # A workspace that was kept by an earlier version knows less of its files.
    places = map(ws.conversations.get, [*file.get("groups", ()), *file.get("ims", ())])
    return any(ws.bot_user_id in c.members for c in places if c)
