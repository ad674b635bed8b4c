"""Modals and Home tabs: what is shown, what was typed into it, and the stack it lies on."""

import hashlib
import json
from dataclasses import dataclass, field

from bot.sandbox.blockkit.controls import controls, initial_value
from bot.sandbox.shapes import Json

MOST_STACKED = 3
KEPT = (
    "title",
    "submit",
    "close",
    "private_metadata",
    "callback_id",
    "external_id",
    "clear_on_close",
    "notify_on_close",
    "submit_disabled",
)


@dataclass(eq=False, slots=True)
class View:
    """One modal or Home tab. `given` is the view as the app sent it (with ids), `typed` the state,
    `errors` what the app said about a submission: block_id → sentence."""

    id: str
    kind: str
    user_id: str
    given: Json
    root_view_id: str = ""
    previous_view_id: str = ""
    order: int = 0
    trouble: str = ""
    typed: dict[str, dict[str, Json]] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def blocks(self) -> list[Json]:
        """The blocks, ids included."""
        blocks: list[Json] = self.given["blocks"]
        return blocks

    @property
    def hash(self) -> str:
        """Changes whenever the app changes the view."""
        body = json.dumps([self.given, self.order], sort_keys=True)
        return f"{self.order}.{hashlib.sha256(body.encode()).hexdigest()[:8]}"

    def start_state(self, before: "View | None" = None) -> None:
        """Fill in initial values, but keep what was typed under the same block_id and action_id."""
        old = before.typed if before else {}
        self.typed = {}
        for control in controls(self.blocks):
            kept = old.get(control.block_id, {}).get(control.action_id)
            fresh = initial_value(control.element)
            value = kept if kept and fresh and kept["type"] == fresh["type"] else fresh
            if value is not None:
                self.typed.setdefault(control.block_id, {})[control.action_id] = value

    def as_api(
        self, *, team_id: str, app_id: str, bot_id: str, installed_in: str | None = None
    ) -> Json:
        """The view object that payloads and views.* answers carry; `installed_in` is the
        organisation, where the app is installed in all of it."""
        found: Json = {
            "id": self.id,
            "team_id": team_id,
            "type": self.kind,
            "blocks": self.blocks,
            "private_metadata": "",
            "callback_id": "",
            "state": {"values": self.typed},
            "hash": self.hash,
            "title": None,
            "clear_on_close": False,
            "notify_on_close": False,
            "close": None,
            "submit": None,
            "previous_view_id": self.previous_view_id or None,
            "root_view_id": self.root_view_id or self.id,
            "app_id": app_id,
            "external_id": "",
            "app_installed_team_id": installed_in or team_id,
            "bot_id": bot_id,
        }
        return found | {key: self.given[key] for key in KEPT if key in self.given}
