"""Calling what may break a rule."""

from collections.abc import Callable
from typing import TypeVar

from bot.domain.errors import RuleBroken

T = TypeVar("T")


def result_or_rule(call: Callable[[], T]) -> T | str:
    """What `call` returns, or the key of the rule it broke; anything else it raises is raised."""
    try:
        return call()
    except RuleBroken as error:
        return error.key
