"""What comes back from Slack, made fit to be read: texts, and the row ids that buttons carry.

Slack sends back what Lantern drew. Should it ever be anything else, it is refused with a sentence
and is no fault: nothing of it reaches a service.
"""

import re
from typing import Any, Final

from bot.domain.numbers import whole
from bot.services.errors import RuleBroken

_UNFIT: Final = re.compile("[\x00\ud800-\udfff]")
"""What JSON can carry and no database: a zero, and half a character."""


def fit(value: Any) -> Any:
    """The same JSON with a sign of replacement for what no database keeps."""
    if isinstance(value, str):
        return _UNFIT.sub("\ufffd", value)
    if isinstance(value, dict):
        return {fit(key): fit(each) for key, each in value.items()}
    if isinstance(value, list):
        return [fit(each) for each in value]
    return value


def number(carried: object) -> int:
    """A row's id, or another number of ours. RuleBroken "button_gone" for what is none."""
    found = whole(str(carried)) if isinstance(carried, str | int) else None
    if found is None:
        raise RuleBroken("button_gone")
    return found


def numbers(carried: str, count: int) -> list[int]:
    """`count` numbers with colons between them; RuleBroken "button_gone" for anything else."""
    parts = carried.split(":")
    if len(parts) != count:
        raise RuleBroken("button_gone")
    return [number(part) for part in parts]
