"""A payload as plain text, to be read aloud: what a person sees, without Block Kit.

`python -m tests.templates.aloud [part of a name]` prints every template in every state.
"""

import re
import sys
from collections.abc import Iterator
from typing import Any

_TOKEN = re.compile(r"<!date\^\d+\^[^|]*\|([^>]*)>|<@(\w+)>|<([^|>]*)\|([^>]*)>")


def aloud(payload: dict[str, Any]) -> str:
    """The title or fallback, then every block, a line or more each."""
    first = f"[{payload['text']}]" if "text" in payload else f"## {_said(payload.get('title'))}"
    lines = [_plain(first), *(line for block in payload["blocks"] for line in _block(block))]
    if "submit" in payload:
        lines.append(f"({_said(payload.get('close'))}) ({_said(payload['submit'])})")
    return "\n".join(lines)


def _block(block: dict[str, Any]) -> Iterator[str]:
    match block["type"]:
        case "section":
            yield _said(block.get("text"))
            for field in block.get("fields", []):
                yield _said(field)
            if "accessory" in block:
                yield f"  {_element(block['accessory'])}"
        case "header":
            yield f"# {_said(block['text'])}"
        case "context":
            yield "  ~ " + " ".join(_said(each) for each in block["elements"])
        case "actions":
            yield "  " + "  ".join(_element(each) for each in block["elements"])
        case "input":
            optional = " (optional)" if block["optional"] else ""
            yield f"{_said(block['label'])}{optional}: {_element(block['element'])}"
            if "hint" in block:
                yield f"  ~ {_said(block['hint'])}"
        case "divider":
            yield "----"


def _element(element: dict[str, Any]) -> str:
    if element["type"] == "button":
        return f"({_said(element['text'])})"
    options = list(element.get("options", []))
    for group in element.get("option_groups", []):
        options += group["options"]
    chosen = element.get("initial_options") or [element.get("initial_option")]
    if options:
        words = [("[x] " if each in chosen else "[ ] ") + _said(each["text"]) for each in options]
        return f"{_said(element.get('placeholder'))} " + " | ".join(words)
    keys = ("value", "date_time", "date", "time", "user", "users")
    filled = next((str(element[f"initial_{k}"]) for k in keys if f"initial_{k}" in element), "")
    return f"<{element['type']}: {filled or _said(element.get('placeholder'))}>"


def _said(text: dict[str, Any] | None) -> str:
    return _plain(text["text"]) if text else ""


def _plain(text: str) -> str:
    read = _TOKEN.sub(lambda m: m[1] or (m[2] and f"@{m[2]}") or m[4] or "", text)
    return read.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def main(wanted: str = "") -> None:
    """Print all that has `wanted` in its name."""
    from bot.ops.samples.variants import variants
    from tests.templates.render import render
    from tests.templates.samples import BELIEVABLE_FACTS

    for variant in variants(BELIEVABLE_FACTS):
        if wanted in variant.name:
            sys.stdout.write(f"\n=== {variant.name}\n{aloud(render(variant))}\n")


if __name__ == "__main__":
    main(*sys.argv[1:2])
