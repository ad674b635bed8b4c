"""The small questions a payload is asked, and the error that names the place and the rule."""

from collections.abc import Collection
from typing import Any

from bot.slack.errors import Permanent


class BlockError(Permanent):
    """A payload Slack would refuse: `path` says where (`blocks[3].text`), `rule` what is wrong.

    Neither holds any of the text. It is a Permanent with Slack's own code for this.
    """

    def __init__(self, path: str, rule: str) -> None:
        super().__init__("invalid_blocks")
        self.path = path
        self.rule = rule

    def __str__(self) -> str:
        return f"{self.path} {self.rule}"


def check(true: bool, path: str, rule: str) -> None:
    """Raise BlockError unless `true`."""
    if not true:
        raise BlockError(path, rule)


def mapping(path: str, value: Any) -> None:
    """It is an object."""
    check(isinstance(value, dict), path, "is not an object")


def string(path: str, value: Any, most: int, least: int = 1) -> str:
    """It is a string of `least` to `most` characters."""
    if not isinstance(value, str):
        raise BlockError(path, "is not a string")
    check(
        least <= len(value) <= most,
        path,
        f"has {len(value)} characters, {least} to {most} are allowed",
    )
    return value


def listed(path: str, value: Any, most: int, least: int = 1) -> list[Any]:
    """It is a list of `least` to `most` things."""
    if not isinstance(value, list):
        raise BlockError(path, "is not a list")
    check(
        least <= len(value) <= most,
        path,
        f"has {len(value)} entries, {least} to {most} are allowed",
    )
    return value


def number(path: str, value: Any, least: int, most: int) -> None:
    """It is a whole number from `least` to `most`."""
    whole = isinstance(value, int) and not isinstance(value, bool)
    check(whole and least <= value <= most, path, f"is not a number from {least} to {most}")


def choice(path: str, value: Any, allowed: Collection[str]) -> None:
    """It is one of `allowed`."""
    check(value in allowed, path, f"is none of {', '.join(sorted(allowed))}")


def address(path: str, value: Any, most: int) -> None:
    """It is a web address of at most `most` characters."""
    text = string(path, value, most)
    check(text.startswith(("https://", "http://", "mailto:")), path, "is not a web address")


def text_object(path: str, value: Any, most: int, *, plain: bool = False) -> None:
    """It is a text object of at most `most` characters, and not mrkdwn where `plain`."""
    mapping(path, value)
    choice(f"{path}.type", value.get("type"), {"plain_text"} if plain else {"plain_text", "mrkdwn"})
    text = string(f"{path}.text", value.get("text"), most)
    check(bool(text.strip()), f"{path}.text", "is nothing but white space")
