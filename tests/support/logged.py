"""What is logged, kept in memory for a test, and everything put back afterwards."""

import io
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

import structlog

from bot.ops import logs


class Logged(io.StringIO):
    """The text of a log; `lines()` are its entries where it is written as JSON."""

    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.getvalue().splitlines()]


@contextmanager
def logged(level: str = "debug", style: Literal["json", "console"] = "json") -> Iterator[Logged]:
    """Everything that is logged at this level or above, by whomever, until the end."""
    root = logging.getLogger()
    before, ours = (root.handlers[:], root.level), structlog.get_config()
    log = Logged()
    logs.configure(style=style, level=level, stream=log)
    try:
        yield log
    finally:
        root.handlers[:], root_level = before
        root.setLevel(root_level)
        structlog.configure(**ours)
