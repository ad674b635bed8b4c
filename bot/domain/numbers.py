"""Whole numbers out of text that anybody may have written."""

from typing import Final

MOST: Final = 2**63 - 1
"""The largest number that a database keeps as one."""
_DIGITS: Final = 19


def whole(text: str) -> int | None:
    """The number that plain digits stand for, 0 to MOST; None for anything else."""
    if not (text.isascii() and text.isdecimal()) or len(text) > _DIGITS:
        return None
    number = int(text)
    return number if number <= MOST else None
