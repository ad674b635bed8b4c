"""A programme's form, read from its modals; what a modal does not ask for stays as it was."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.domain.numbers import whole
from bot.handlers.parse_state import Values
from bot.services.errors import RuleBroken
from bot.services.programmes.programmes import ProgrammeForm
from bot.slack.ids import Block

Read = Callable[[Values, Block], Any]


def _ticked(values: Values, block: Block) -> bool:
    """A box that was ticked, or a yes that was chosen."""
    return bool(values.many(block)) or values.one(block) == "yes"


def _weights(values: Values, block: Block) -> dict[str, int]:
    """Lines of "<reason>: <number>"; RuleBroken "weights_unreadable" for anything else."""
    found = {}
    for line in values.lines(block):
        name, _, number = line.rpartition(":")
        weight = whole(number.strip())
        if not name.strip() or weight is None:
            raise RuleBroken("weights_unreadable", field=block)
        found[name.strip().casefold()] = weight
    return found


READ: Final[Mapping[Block, tuple[str, Read]]] = {
    Block.NAME: ("name", Values.text),
    Block.ANNOUNCEMENT: ("announcement", Values.text),
    Block.CONTACTS: ("contacts", Values.text),
    Block.KINDS: ("kinds", Values.many),
    Block.SHAPE: ("shape", Values.one),
    Block.ROUND_KIND: ("round_kind", Values.one),
    Block.EVERY: ("every", Values.one),
    Block.WEEKDAY: ("weekday", Values.number),
    Block.MONTH_DAY: ("month_day", Values.number),
    Block.RUNS_AT: ("runs_at", Values.clock),
    Block.ZONE: ("zone", Values.said),
    Block.APPROVAL: ("approval", Values.one),
    Block.OPT_IN: ("is_opt_in", _ticked),
    Block.LENGTH: ("length_minutes", Values.number),
    Block.CAPACITY: ("capacity", Values.number),
    Block.MUST_DIFFER: ("must_differ", Values.many),
    Block.MUST_SHARE: ("must_share", Values.many),
    Block.REPEAT_WINDOW: ("repeat_window", Values.number),
    Block.WEIGHTS: ("weights", _weights),
    Block.TRIOS: ("with_trios", _ticked),
    Block.OPEN_BOARD: ("open_board", _ticked),
    Block.RETENTION: ("retention_days", Values.number),
    Block.COUNTRY: ("country", Values.said),
    Block.OPENS_AT: ("opens_at", Values.clock),
    Block.CLOSES_AT: ("closes_at", Values.clock),
}
KEPT: Final = (Block.WEEKDAY, Block.MONTH_DAY)  # only one of the cadences asks for these


def filled(values: Values, base: ProgrammeForm, **more: Any) -> ProgrammeForm:
    """The form as it stands in the modal, over `base`; `more` is known from elsewhere.

    Nothing chosen where something must be leaves `base` as it was.
    """
    read = {
        name: said
        for block, (name, reader) in READ.items()
        if values.has(block) and (said := reader(values, block)) is not None
    }
    return ProgrammeForm.model_validate({**base.model_dump(), **read, **more})
