"""How the crowd fills in a form: whatever fits, quickly, and not always everything."""

import re
from datetime import datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from bot.sandbox.blockkit.controls import VALUES, Control, controls, options_of, value_in
from bot.sandbox.screen.client import Client
from bot.sandbox.screen.surfaces import ViewSurface

ALONE = re.compile(
    r"hour|write from|write until|working day|^and ends|zone|holiday|country|language|pause"
)
"""Fields that are left as they are: whether a message came in good hours is judged by them."""
WORDS = ("Speaking up", "A second opinion", "The next step", "How others do it", "Saying no kindly")
ADDRESS = "https://example.com/room"


class Forms:
    """Fills in modals by chance. `now` is the workspace's time."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance

    async def fill(self, client: Client, modal: ViewSurface, now: datetime) -> None:
        """Put something into the fields of an open modal."""
        for control in list(controls(modal.blocks)):
            if control.kind not in VALUES or control.block["type"] != "input":
                continue
            if ALONE.search(control.label.lower()):
                continue
            held = modal.state.get(control.block_id, {}).get(control.action_id)
            is_empty = held is None or value_in(held) in (None, "", [])
            has_error = control.block_id in modal.view.errors
            if not is_empty and not has_error and self._chance.random() < 0.8:
                continue
            if control.block.get("optional") and self._chance.random() < 0.4:
                continue
            value = self._value(client, control, now)
            if value is not None:
                await client.set(modal, control, value)

    def _value(self, client: Client, control: Control, now: datetime) -> Any:
        chance, kind = self._chance, control.kind
        if offered := options_of(control.element):
            if VALUES[kind][2] != []:
                return chance.choice(offered)
            most = min(3, len(offered), control.element.get("max_selected_items") or 3)
            return chance.sample(offered, chance.randint(1, most))
        local = now.astimezone(ZoneInfo(client.user.tz or "UTC"))
        if kind == "datepicker":
            return (local + timedelta(days=chance.randint(1, 15))).date()
        if kind == "timepicker":
            return f"{chance.randint(9, 16):02}:{chance.choice((0, 30)):02}"
        if kind == "datetimepicker":
            at = local + timedelta(days=chance.randint(2, 12))
            return at.replace(hour=chance.randint(9, 15), minute=0, second=0, microsecond=0)
        if kind in ("users_select", "multi_users_select"):
            others = [u.id for u in client.workspace.people if u is not client.user]
            one = chance.choice(others)
            return [one] if kind.startswith("multi") else one
        if kind == "number_input":
            return str(chance.randint(1, 3))
        if kind == "url_text_input":
            return ADDRESS
        return self._text(control, local) if kind == "plain_text_input" else None

    def _text(self, control: Control, local: datetime) -> str:
        label = f"{control.label} {control.placeholder}".lower()
        if "type it" in label:
            day = local + timedelta(days=self._chance.randint(1, 9))
            return f"{day:%Y-%m-%d} {self._chance.randint(9, 16)}:{self._chance.choice((0, 30)):02}"
        if re.search(r"link|https|booking|address", label):
            return ADDRESS
        most = int(control.element.get("max_length") or 3000)
        return f"{self._chance.choice(WORDS)} {self._chance.randint(1, 999)}"[:most]
