"""One inbound thing, with the person it came from: what a handler is given."""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.handlers.desk import Desk
from bot.handlers.inbound.carried import fit, number, numbers
from bot.handlers.parse_state import Values
from bot.services.context import Context
from bot.services.errors import RuleBroken
from bot.services.views import PersonView

ROOM = 3000  # characters of a view's private metadata, by Slack's own limit


@dataclass(frozen=True, slots=True)
class Heard:
    """A command, a click, a submitted modal or an event, and who it came from.

    `receipt` is the key under which it is dealt with once, however often it is delivered.
    """

    desk: Desk
    person: PersonView
    body: Mapping[str, Any]
    receipt: str | None

    @property
    def ctx(self) -> Context:
        return self.desk.ctx

    @property
    def trigger_id(self) -> str:
        """What lets us open a modal, for three seconds."""
        return str(self.body.get("trigger_id") or "")

    @property
    def action(self) -> Mapping[str, Any]:
        """The element that was operated; empty for anything but a click."""
        actions: Sequence[Mapping[str, Any]] = self.body.get("actions") or ({},)
        return actions[0]

    @property
    def value(self) -> str:
        """The value of the button pressed or of the option chosen."""
        option = self.action.get("selected_option") or {}
        return str(self.action.get("value") or option.get("value") or "")

    @property
    def subject(self) -> int:
        """The row id in the button's value. Raises RuleBroken "button_gone" when it is none."""
        return number(self.value.partition(":")[0])

    @property
    def note(self) -> str:
        """What stands in the value behind the row id and a colon."""
        return self.value.partition(":")[2]

    @property
    def two(self) -> list[int]:
        """The row id and the number behind it: "<row>:<number>". RuleBroken "button_gone"."""
        return numbers(self.value, 2)

    @property
    def block(self) -> str:
        """The id of the block in which it was operated."""
        return str(self.action.get("block_id") or "")

    @property
    def block_subject(self) -> int:
        """The row id in the block's id: "<block>:<row>". Raises RuleBroken "button_gone"."""
        return number(self.block.partition(":")[2].partition(":")[0])

    @property
    def channel(self) -> str:
        """The Slack id of the conversation it happened in; empty in a modal and on Home."""
        where: Mapping[str, Any] = self.body.get("channel") or {}
        return str(self.body.get("channel_id") or where.get("id") or "")

    @property
    def view(self) -> Mapping[str, Any]:
        """The view it happened in; empty for a message."""
        view: Mapping[str, Any] = self.body.get("view") or {}
        return view

    @property
    def values(self) -> Values:
        """What stands in the modal's inputs."""
        return Values(self.view.get("state"))

    @property
    def metadata(self) -> dict[str, Any]:
        """What we put into the modal when we opened it: its token and row ids."""
        return read_metadata(self.view)

    def mark(self, name: str) -> int:
        """A row id, or another number, of the modal's metadata. Raises RuleBroken "button_gone"."""
        return number(self.metadata.get(name))

    @property
    def from_home(self) -> bool:
        """Whether it began on the Home tab, which is then drawn anew."""
        return self.view.get("type") == "home" or bool(self.metadata.get("home"))


def new_metadata(*, home: bool, **ids: int | str) -> str:
    """A modal's private metadata: row ids, and a token that makes one submission of it count."""
    marks: dict[str, Any] = {"token": secrets.token_hex(8), **ids}
    if home:
        marks["home"] = True
    if len(raw := json.dumps(marks)) > ROOM:
        raise RuleBroken("button_gone")  # not of our making: an id is short
    return raw


def keeping(marks: Mapping[str, Any], kept: Mapping[str, str]) -> str:
    """Metadata with what was typed in it; what Slack has no room for is left out, longest first."""
    shortest = sorted(kept.items(), key=lambda item: len(item[1]))
    while len(raw := json.dumps({**marks, "kept": dict(shortest)}, ensure_ascii=False)) > ROOM:
        if not shortest:
            raise RuleBroken("button_gone")  # not of our making
        shortest.pop()
    return raw


def kept_in(marks: Mapping[str, Any]) -> dict[str, str]:
    """What `keeping` put into the metadata."""
    kept = marks.get("kept")
    return {str(name): str(text) for name, text in kept.items()} if isinstance(kept, dict) else {}


def read_metadata(view: Mapping[str, Any]) -> dict[str, Any]:
    """The private metadata of a view of ours; empty for one without, or with anything else."""
    try:
        found = json.loads(view.get("private_metadata") or "{}")
        return dict(fit(found)) if isinstance(found, dict) else {}
    except (ValueError, RecursionError):
        return {}
