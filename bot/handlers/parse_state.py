"""What was filled in a modal: `state.values`, read by block. Pure."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from typing import Any, Final

from bot.domain.numbers import MOST, whole

_FIRST_DAY, _LAST_DAY = date(1970, 1, 1), date(2999, 12, 31)
_LAST: Final = 32_503_680_000  # the year 3000, from where a calendar can still be walked on


class Values:
    """The inputs of a view by block id; a block that is not there reads as empty."""

    def __init__(self, state: Mapping[str, Any] | None) -> None:
        blocks: Mapping[str, Any] = (state or {}).get("values") or {}
        # Each of our blocks holds one input, so whose action id it is does not matter.
        self._inputs: dict[str, Mapping[str, Any]] = {
            block: next(iter(inputs.values()), {}) or {} for block, inputs in blocks.items()
        }

    def text(self, block: str) -> str:
        """Plain text exactly as typed; empty when nothing was."""
        return str(self._inputs.get(block, {}).get("value") or "")

    def lines(self, block: str) -> tuple[str, ...]:
        """Plain text line by line, without blank lines."""
        return tuple(line.strip() for line in self.text(block).splitlines() if line.strip())

    def one(self, block: str) -> str | None:
        """The value of the option chosen in a select or among radio buttons."""
        chosen = self._inputs.get(block, {}).get("selected_option")
        return str(chosen["value"]) if chosen else None

    def many(self, block: str) -> tuple[str, ...]:
        """The values of all options chosen, in their order."""
        chosen = self._inputs.get(block, {}).get("selected_options") or ()
        return tuple(str(option["value"]) for option in chosen)

    def typed(self, blocks: Iterable[str]) -> dict[str, str]:
        """What stands in those of these blocks that are there: text, or the option chosen."""
        here = (block for block in blocks if block in self._inputs)
        return {str(block): self.one(block) or self.text(block) for block in here}

    def number(self, block: str) -> int | None:
        """A chosen option, or typed text, that is a whole number; None for anything else.

        One too large to be kept is the largest: whatever limit there is says what it is.
        """
        said = (self.one(block) or self.text(block)).strip()
        beyond = MOST if said.isascii() and said.isdecimal() else None
        found = whole(said)
        return beyond if found is None else found

    def said(self, block: str) -> str:
        """Whichever it holds: the option chosen, or plain text."""
        return self.one(block) or self.text(block)

    def has(self, block: str) -> bool:
        """Whether the modal asks for it at all."""
        return block in self._inputs

    def blocks(self, prefix: str) -> tuple[str, ...]:
        """The blocks whose id begins with `prefix`, in their order."""
        return tuple(block for block in self._inputs if block.startswith(prefix))

    def people(self, block: str) -> tuple[str, ...]:
        """The Slack ids of whoever was chosen, one or several."""
        held = self._inputs.get(block, {})
        one = held.get("selected_user")
        return tuple(held.get("selected_users") or ([one] if one else ()))

    def files(self, block: str) -> tuple[str, ...]:
        """The Slack ids of the files that were uploaded."""
        return tuple(str(file["id"]) for file in self._inputs.get(block, {}).get("files") or ())

    def clock(self, block: str) -> time | None:
        """The time of day picked, whether by a clock or from a menu ("09:00")."""
        picked = self._inputs.get(block, {}).get("selected_time") or self.one(block)
        return time.fromisoformat(picked) if picked else None

    def on(self, block: str) -> date | None:
        """The date picked; the first or the last there is for one beyond all calendars."""
        picked = self._inputs.get(block, {}).get("selected_date")
        return min(max(date.fromisoformat(picked), _FIRST_DAY), _LAST_DAY) if picked else None

    def moment(self, block: str) -> datetime | None:
        """The date and time picked, in UTC; the last there is for one beyond all calendars."""
        picked = self._inputs.get(block, {}).get("selected_date_time")
        return datetime.fromtimestamp(min(max(int(picked), 0), _LAST), UTC) if picked else None


def chosen(state: Mapping[str, Any] | None, prefix: str) -> tuple[str, ...]:
    """The values ticked over every block whose id begins with `prefix`, in their order."""
    values = Values(state)
    blocks: Mapping[str, Any] = (state or {}).get("values") or {}
    return tuple(
        each for block in blocks if block.startswith(prefix) for each in values.many(block)
    )


def drawn(message: Mapping[str, Any] | None, prefix: str) -> frozenset[str] | None:
    """The values that stood ticked in those blocks when the message was drawn; None without it."""
    if message is None:
        return None
    return frozenset(
        str(option["value"])
        for block in message.get("blocks") or ()
        if str(block.get("block_id", "")).startswith(prefix)
        for element in block.get("elements") or ()
        for option in element.get("initial_options") or ()
    )
