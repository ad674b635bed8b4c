"""Finding the hour in what somebody typed: "3pm", "14:30", "9.15", "14h", "at 10", "noon"."""

import re
from datetime import time
from typing import Final

from bot.domain.errors import RuleBroken

_ALONE = r"(?<![\d.:/-])"  # not the tail of a date or of another number
_CLOCKS: Final = (
    re.compile(_ALONE + r"(?P<h>\d{1,2}):(?P<m>\d\d)(?::00)?\s*(?P<ap>[ap]\.?m\b\.?)?(?![\d.:/-])"),
    re.compile(_ALONE + r"(?P<h>\d{1,2})(?:\.(?P<m>\d\d))?\s*(?P<ap>[ap]\.?m\b\.?)(?!\d)"),
    re.compile(_ALONE + r"(?P<h>\d{1,2})\.(?P<m>\d\d)(?P<ap>)(?![\d.:/-])"),
    re.compile(_ALONE + r"(?P<h>\d{1,2})h(?P<m>\d\d)?(?P<ap>)(?!\w)"),
    re.compile(r"(?:\bat\b|@)\s*(?P<h>\d{1,2})(?P<m>)(?P<ap>)\s*(?:o['’]?clock)?(?![\w:./-])"),
    re.compile(r"\b(?P<h>\d{1,2})(?P<m>)(?P<ap>)\s*o['’]?clock\b"),
    re.compile(r"\b(?:noon|midday)(?P<h>)(?P<m>)(?P<ap>)\b"),
)
_TOO_SOON_IS_AFTERNOON: Final = range(1, 8)  # "at 3" among colleagues is three in the afternoon


def take_clock(said: str) -> tuple[str, time | None]:
    """The text (lower case) without its hour, and the hour; None when there is none.

    A bare "at 3" is in the afternoon: one to seven without minutes, "h", am or pm. Raises
    RuleBroken "time_unreadable" for an hour that no clock shows.
    """
    said = re.sub(r"^(\d{4}-\d\d-\d\d)t(?=\d)", r"\1 ", said)
    for pattern in _CLOCKS:
        found = pattern.search(said)
        if found:
            rest = f"{said[: found.start()]} {said[found.end() :]}"
            return rest, _clock(found["h"], found["m"], found["ap"])
    return said, None


def _clock(hour: str, minute: str | None, half: str | None) -> time:
    if not hour:
        return time(12)
    h = int(hour)
    if half:
        if not 1 <= h <= 12:
            raise RuleBroken("time_unreadable")
        h = h % 12 + (12 if half.startswith("p") else 0)
    elif minute == "" and h in _TOO_SOON_IS_AFTERNOON:
        h += 12
    try:
        return time(h, int(minute or 0))
    except ValueError as error:
        raise RuleBroken("time_unreadable") from error
