"""A small language for what Slack accepts: a rule looks at one value and reports what is wrong."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.shapes import Json


@dataclass(slots=True)
class Report:
    """What is wrong, in Slack's style: `[ERROR] … [json-pointer:/blocks/0/text]`."""

    errors: list[str] = field(default_factory=list)

    def add(self, path: str, what: str) -> None:
        """Note one thing wrong at this JSON pointer."""
        self.errors.append(f"[ERROR] {what} [json-pointer:{path}]")


Rule = Callable[[Report, Any, str], None]


def string(most: int, least: int = 1, pattern: str = "", what: str = "") -> Rule:
    """A string of `least` to `most` characters, matching `pattern` when there is one."""

    def check(report: Report, value: Any, path: str) -> None:
        if not isinstance(value, str):
            report.add(path, "must be a string")
        elif len(value) > most:
            report.add(path, f"must be less than {most + 1} characters")
        elif len(value) < least:
            report.add(path, f"must be more than {least - 1} characters")
        elif pattern and not re.fullmatch(pattern, value):
            report.add(path, f"must be {what}")

    return check


def integer(least: int, most: int) -> Rule:
    """A whole number in this range."""

    def check(report: Report, value: Any, path: str) -> None:
        if not isinstance(value, int) or isinstance(value, bool):
            report.add(path, "must be an integer")
        elif not least <= value <= most:
            report.add(path, f"must be between {least} and {most}")

    return check


def boolean(report: Report, value: Any, path: str) -> None:
    """True or false."""
    if not isinstance(value, bool):
        report.add(path, "must be a boolean")


def one_of(*words: str) -> Rule:
    """One of these words."""

    def check(report: Report, value: Any, path: str) -> None:
        if value not in words:
            report.add(path, f"must be one of {', '.join(words)}")

    return check


def anything(report: Report, value: Any, path: str) -> None:
    """Whatever it is, it is not for us to judge."""


def items(rule: Rule, least: int, most: int) -> Rule:
    """A list of `least` to `most` things that each pass `rule`."""

    def check(report: Report, value: Any, path: str) -> None:
        if not isinstance(value, list):
            report.add(path, "must be an array")
            return
        if len(value) > most:
            report.add(path, f"no more than {most} items allowed")
        if len(value) < least:
            report.add(path, f"no fewer than {least} items allowed")
        for number, item in enumerate(value):
            rule(report, item, f"{path}/{number}")

    return check


def shape(required: Mapping[str, Rule], optional: Mapping[str, Rule] | None = None) -> Rule:
    """An object with these keys and no others; a null is as good as a missing key."""
    known = dict(required) | dict(optional or {})

    def check(report: Report, value: Any, path: str) -> None:
        if not isinstance(value, dict):
            report.add(path, "must be an object")
            return
        for key in required:
            if value.get(key) is None:
                report.add(path, f"missing required field: {key}")
        for key, inside in value.items():
            if key not in known:
                report.add(path, f"no more fields allowed: {key}")
            elif inside is not None:
                known[key](report, inside, f"{path}/{key}")

    return check


def by_type(kinds: Mapping[str, Rule], what: str) -> Rule:
    """An object whose `type` chooses the rule."""

    def check(report: Report, value: Any, path: str) -> None:
        kind = value.get("type") if isinstance(value, dict) else None
        if not isinstance(kind, str) or kind not in kinds:
            report.add(path, f"unsupported type: {kind} ({what})")
        else:
            kinds[kind](report, value, path)

    return check


def every(*rules: Rule) -> Rule:
    """All of these; the later ones only when the earlier found nothing."""

    def check(report: Report, value: Any, path: str) -> None:
        for rule in rules:
            before = len(report.errors)
            rule(report, value, path)
            if len(report.errors) > before:
                return

    return check


def exactly_one(*keys: str) -> Rule:
    """Exactly one of these keys is given."""

    def check(report: Report, value: Json, path: str) -> None:
        if sum(value.get(key) is not None for key in keys) != 1:
            report.add(path, f"needs exactly one of {', '.join(keys)}")

    return check


def at_least_one(*keys: str) -> Rule:
    """One or more of these keys is given."""

    def check(report: Report, value: Json, path: str) -> None:
        if not any(value.get(key) is not None for key in keys):
            report.add(path, f"needs one of {', '.join(keys)}")

    return check
