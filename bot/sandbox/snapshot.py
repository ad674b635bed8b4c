"""Keeping a workspace in one JSON file, and taking it out again.

Kept: people, conversations with all that was said, views with what was typed, files, ticks in
messages. Not kept, being short-lived by nature: triggers, response_urls, planned retries, traffic.
"""

import base64
import json
import os
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.clock import Clock
from bot.sandbox.conversations import Conversation, Message
from bot.sandbox.people import User
from bot.sandbox.shapes import Json
from bot.sandbox.traffic import Broadcast
from bot.sandbox.views import View

if TYPE_CHECKING:
    from bot.sandbox.workspace import Workspace

VERSION = 1


def save(ws: "Workspace", path: Path) -> None:
    """Write the file beside itself first, then move it into place: a crash leaves the old one."""
    kept = {
        "version": VERSION,
        "saved_at": ws.clock.now().isoformat(),
        "name": ws.name,
        "order": ws.last_order,
        "last_ts": ws.last_ts,
        "users": [asdict(u) for u in ws.users.values()],
        "conversations": [asdict(c) for c in ws.conversations.values()],
        "modals": {user: [asdict(v) for v in views] for user, views in ws.modals.items()},
        "homes": {user: asdict(view) for user, view in ws.homes.items()},
        "message_state": [[*key, state] for key, state in ws.message_state.items()],
        "files": {
            "objects": ws.files.objects,
            "promised": sorted(ws.files.promised),
            "submitted": sorted(ws.files.submitted),
            "contents": {k: base64.b64encode(v).decode() for k, v in ws.files.contents.items()},
        },
        "broadcasts": [asdict(b) for b in ws.broadcasts],
    }
    draft = path.with_suffix(path.suffix + ".new")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(kept, file, ensure_ascii=False)
    draft.replace(path)


def load(
    kind: "type[Workspace]", path: Path, manifest: Mapping[str, Any], clock: Clock
) -> "Workspace":
    """Make a workspace of this manifest and fill it from the file; raises ValueError for another
    version of the format."""
    kept = _read(path)
    ws = kind(manifest, [], clock, name=kept["name"])
    app = ws.users[ws.bot_user_id]
    ws.users = {u["id"]: User(**u) for u in kept["users"]} | {app.id: app}
    ws.conversations = {c["id"]: _conversation(c) for c in kept["conversations"]}
    ws.modals = {user: [View(**v) for v in views] for user, views in kept["modals"].items()}
    ws.homes = {user: View(**view) for user, view in kept["homes"].items()}
    ws.message_state = {(c, ts, u): state for c, ts, u, state in kept["message_state"]}
    ws.files.objects = kept["files"]["objects"]
    ws.files.promised = set(kept["files"]["promised"])
    ws.files.contents = {k: base64.b64decode(v) for k, v in kept["files"]["contents"].items()}
    ws.files.submitted = set(kept["files"].get("submitted", ()))
    _join_files(ws)
    ws.broadcasts = [Broadcast(**b) for b in kept["broadcasts"]]
    ws.last_order, ws.last_ts = kept["order"], kept["last_ts"]
    return ws


def saved_at(path: Path) -> datetime:
    """The workspace's time (UTC) when the file was written."""
    return datetime.fromisoformat(_read(path)["saved_at"])


def _read(path: Path) -> Json:
    kept: Json = json.loads(path.read_text())
    if kept.get("version") != VERSION:
        raise ValueError(f"{path} was written by another version of the local workspace")
    return kept


def _join_files(ws: "Workspace") -> None:
    """A message and the list of files speak of one and the same object."""
    for conversation in ws.conversations.values():
        for message in conversation.messages:
            message.files = [ws.files.objects.get(f["id"], f) for f in message.files]


def _conversation(kept: Json) -> Conversation:
    messages = [Message(**m) for m in kept.pop("messages")]
    return Conversation(**kept, messages=messages)
