"""Blocks as the text a person reads."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from bot.sandbox import markup
from bot.sandbox.blockkit.controls import Control, controls, options_of, text_of, value_in
from bot.sandbox.conversations import Message
from bot.sandbox.shapes import Json

if TYPE_CHECKING:
    from bot.sandbox.people import User
    from bot.sandbox.workspace import Workspace

State = Mapping[str, Mapping[str, Json]]


def message_text(ws: "Workspace", message: Message, reader: "User", state: State) -> str:
    """A message: its blocks where it has them (the text is then only for notifications)."""
    typed_by_hand = bool(message.client_msg_id)
    if message.blocks and not typed_by_hand:
        lines = [blocks_text(ws, message.blocks, reader, state)]
    else:
        lines = [markup.read(ws, message.text, reader)] if message.text else []
    return "\n".join([*lines, *map(_file, message.files)])


def _file(file: Json) -> str:
    alt = file.get("alt_txt")
    return f"🖼 {file['title']}: {alt}" if alt else f"📄 {file['title']}"


def blocks_text(ws: "Workspace", blocks: list[Json], reader: "User", state: State) -> str:
    """Blocks from top to bottom, one line or more each."""
    lines = [line for block in blocks for line in _block(ws, block, reader, state)]
    return "\n".join(line for line in lines if line)


def shown(ws: "Workspace", text: Any, reader: "User") -> str:
    """A text object: mrkdwn is read, plain text is what it is."""
    if isinstance(text, Mapping) and text.get("type") == "mrkdwn":
        return markup.read(ws, text_of(text), reader)
    return markup.INVISIBLE.sub("", text_of(text))


def value_text(ws: "Workspace", control: Control, state: State, reader: "User") -> str:
    """What a control holds, as it is shown: a name, a date, the chosen options."""
    held = state.get(control.block_id, {}).get(control.action_id)
    value = value_in(held) if held else None
    if value is None or value == []:
        return ""
    if control.kind == "datetimepicker":
        local = datetime.fromtimestamp(value, UTC).astimezone(ZoneInfo(reader.tz or "UTC"))
        return local.strftime("%Y-%m-%d %H:%M")
    several = value if isinstance(value, list) else [value]
    return ", ".join(_one(ws, v, reader) for v in several)


def _one(ws: "Workspace", value: Any, reader: "User") -> str:
    if isinstance(value, Mapping) and "filetype" in value:
        return str(value["name"])
    if isinstance(value, Mapping):
        return shown(ws, value.get("text"), reader)
    if value in ws.users:
        return ws.users[value].name
    if value in ws.conversations:
        return f"#{ws.conversations[value].name}"
    return str(value)


def _block(ws: "Workspace", block: Json, reader: "User", state: State) -> Iterator[str]:
    kind = block["type"]
    if kind == "divider":
        yield "———"
    elif kind == "image":
        yield f"🖼 {text_of(block.get('title')) or block['alt_text']}"
    elif kind == "context":
        parts = (shown(ws, e, reader) or e.get("alt_text", "") for e in block["elements"])
        yield " ".join(parts)
    else:
        yield shown(ws, block.get("text") or block.get("label"), reader)
        yield from (shown(ws, one, reader) for one in block.get("fields", ()))
        accessory = block.get("accessory", {})
        if accessory.get("type") == "image":
            yield f"🖼 {accessory['alt_text']}"
        yield from (_control(ws, c, reader, state) for c in controls([block]))
        yield text_of(block.get("hint"))


def _control(ws: "Workspace", control: Control, reader: "User", state: State) -> str:
    element = control.element
    if control.kind == "button":
        return f"[{text_of(element['text'])}]"
    if control.kind == "overflow":
        return f"[… {' · '.join(text_of(o['text']) for o in options_of(element))}]"
    if control.kind in ("checkboxes", "radio_buttons"):
        held = state.get(control.block_id, {}).get(control.action_id)
        chosen = value_in(held) if held else None
        ticked = chosen if isinstance(chosen, list) else [chosen]
        signs = ("☑", "☐") if control.kind == "checkboxes" else ("◉", "○")
        lines = (_option(ws, o, signs[o not in ticked], reader) for o in options_of(element))
        return "\n".join(lines)
    value = value_text(ws, control, state, reader)
    return f"‹{value or control.placeholder}›" if value or control.placeholder else "‹›"


def _option(ws: "Workspace", option: Json, sign: str, reader: "User") -> str:
    about = shown(ws, option.get("description"), reader)
    return f"{sign} {shown(ws, option['text'], reader)}{f' ({about})' if about else ''}"
