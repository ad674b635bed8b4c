"""A stranger's app that lives in a channel: long lists, threads, pictures and a long form."""

import re
import struct
import zlib
from typing import Any

from slack_bolt.async_app import AsyncApp

from tests.browser.exhibits import MANIFEST as GALLERY
from tests.browser.exhibits import Json, button, field, mrkdwn, option, plain

SCOPES = (
    "channels:history",
    "groups:history",
    "groups:read",
    *GALLERY["oauth_config"]["scopes"]["bot"],
)
COMMAND = {"command": "/club", "description": "The book club", "usage_hint": "[list | form]"}
MANIFEST: Json = GALLERY | {
    "display_information": {"name": "Club", "description": "Who reads what."},
    "features": {
        "app_home": {"home_tab_enabled": False, "messages_tab_enabled": True},
        "bot_user": {"display_name": "Club"},
        "slash_commands": [COMMAND],
    },
    "oauth_config": {"scopes": {"bot": list(SCOPES)}},
}
BOOKS = ("Dune", "Emma", "Ulysses", "Middlemarch", "Beloved", "Persuasion", "Kindred", "Austerlitz")
GENRES = [
    {"label": plain("Old"), "options": [option("Sagas"), option("Letters")]},
    {"label": plain("New"), "options": [option("Crime"), option("Poems")]},
]


def chart(width: int = 640, height: int = 320) -> bytes:
    """A picture of growing bars (PNG, 8 bits, true colour)."""
    rows = b""
    for y in range(height):
        rows += b"\x00"
        for x in range(width):
            bar = x // 80
            filled = x % 80 > 14 and height - y < 30 + bar * 36
            rows += b"\x0f\x76\x6e" if filled else b"\xff\xff\xff"
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    made = b"\x89PNG\r\n\x1a\n"
    for kind, data in parts:
        made += struct.pack(">I", len(data)) + kind + data
        made += struct.pack(">I", zlib.crc32(kind + data))
    return made


def board() -> list[Json]:
    """A long list: each book with a menu, and a row of many buttons."""
    rows: list[Json] = [{"type": "header", "text": plain("Round 1: who reads what")}]
    for book in BOOKS:
        menu = {
            "type": "overflow",
            "action_id": f"menu_{book}",
            "options": [option(f"Open {book}"), option(f"Swap {book}"), option(f"Drop {book}")],
        }
        words = f"*{book}*\nread by <@USLACKBOT> and one more, since the first evening"
        rows.append({"type": "section", "text": mrkdwn(words), "accessory": menu})
    many = [button(f"take_{book}", f"Take {book}") for book in BOOKS]
    rows.append({"type": "actions", "elements": many})
    return rows


def form() -> Json:
    """The elements that longer forms are made of."""
    several = {"type": "multi_static_select", "option_groups": GENRES, "max_selected_items": 3}
    files = {"type": "file_input", "filetypes": ["csv"], "max_files": 2}
    size = {"type": "number_input", "is_decimal_allowed": False, "min_value": "2"}
    pace = {"type": "radio_buttons", "options": [option("Weekly"), option("Monthly")]}
    return {
        "type": "modal",
        "callback_id": "club",
        "title": plain("A new round"),
        "submit": plain("Start"),
        "blocks": [
            field("Readers", files, hint=plain("One name a line")),
            field("Genres", several, optional=True),
            field("Hosts", {"type": "multi_users_select"}, optional=True),
            field("Circle", size, optional=True),
            field("Pace", pace, optional=True),
            field("Evening", {"type": "timepicker", "initial_time": "19:00"}, optional=True),
        ],
    }


def build(app: AsyncApp, heard: list[Json]) -> AsyncApp:
    """Put the listeners on; `heard` collects every action and submission."""

    @app.command("/club")
    async def club(ack: Any, body: Json, client: Any) -> None:
        await ack()
        channel = body["channel_id"]
        if body["text"] == "form":
            await client.views_open(trigger_id=body["trigger_id"], view=form())
        elif body["text"] == "list":
            await client.chat_postMessage(channel=channel, text="Round 1", blocks=board())
        else:
            top = await client.chat_postMessage(channel=channel, text="How round 1 went")
            await client.files_upload_v2(
                channel=channel,
                thread_ts=top["ts"],
                filename="round.png",
                title="Readers",
                alt_txt="Eight bars, each higher than the one before",
                content=chart(),
            )

    @app.view("club")
    async def started(ack: Any, body: Json) -> None:
        heard.append(body)
        await ack()

    @app.action(re.compile(".*"))
    async def acted(ack: Any, body: Json, client: Any) -> None:
        heard.append(body)
        await ack()
        where = {"channel": body["channel"]["id"], "user": body["user"]["id"]}
        done = body["actions"][0]
        said = done.get("value") or done["selected_option"]["value"]
        await client.chat_postEphemeral(text=f"Noted: {said}", **where)

    @app.event("message")
    async def nothing(event: Json) -> None:
        """Heard, and left alone."""

    return app
