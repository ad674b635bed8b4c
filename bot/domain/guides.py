"""What a guide is: the preparation, the habits in the room and what follows, for one role.

Guides ship as data; `check_guide` is what the start-up check and the tests hold them to.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from bot.domain.agreements import Stage
from bot.domain.kinds import Role

MAX_ITEMS: Final = 10  # Slack: checkboxes hold ten options
MAX_ITEM_TEXT: Final = 75  # Slack: the text of an option
MAX_HABIT_TEXT: Final = 150  # ours: a habit is read at a glance while someone is talking
MAX_EXPECTED: Final = 6
MAX_EXPECTED_TEXT: Final = 200  # ours: it stands in a form, above what is to be filled in

FORMAL: Final = "formal"  # where other guides name their kind of session

_KEY = re.compile(r"^[a-z][a-z0-9_]*$")
_SENTENCE_BREAK = re.compile(r"[.?!…]\s+\S")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to do or to mind. The key is what is remembered; the text may be reworded."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Guide:
    """Before and after are checklists, ticked by their owner; during is read, not ticked.

    `expect` says, a line each, what is expected of this side and what it may decline. `kind` is a
    kind of session, or FORMAL for those of two who agreed on many: then `agenda` says for each
    stage of their way what is worth talking about.
    """

    kind: str
    role: Role
    before: tuple[Item, ...]
    during: tuple[Item, ...]
    after: tuple[Item, ...]
    expect: tuple[str, ...] = ()
    agenda: Mapping[Stage, tuple[str, ...]] = field(default_factory=dict)


def check_guide(guide: Guide) -> list[str]:
    """What is wrong with a guide, one sentence each; empty when it is right."""
    name = f"{guide.kind}/{guide.role}"
    wrong: list[str] = []
    for part, items, limit in (
        ("before", guide.before, MAX_ITEM_TEXT),
        ("during", guide.during, MAX_HABIT_TEXT),
        ("after", guide.after, MAX_ITEM_TEXT),
    ):
        if not 1 <= len(items) <= MAX_ITEMS:
            wrong.append(f"{name} {part}: has {len(items)} items, 1 to {MAX_ITEMS} fit.")
        for item in items:
            wrong += [f"{name} {part}: {problem}" for problem in _check_item(item, limit)]
    keys = Counter(item.key for item in (*guide.before, *guide.during, *guide.after))
    wrong += [f"{name}: the key {key!r} occurs {n} times." for key, n in keys.items() if n > 1]
    for stage, lines in guide.agenda.items():
        wrong += [f"{name} agenda, {stage}: {problem}" for problem in _check_lines(lines)]
    return wrong + [f"{name} expect: {problem}" for problem in _check_lines(guide.expect)]


def _check_lines(lines: tuple[str, ...]) -> list[str]:
    wrong = []
    if len(lines) > MAX_EXPECTED:
        wrong.append(f"has {len(lines)} lines, {MAX_EXPECTED} fit.")
    for count, line in enumerate(lines, start=1):
        if not line.strip() or line != line.strip() or "\n" in line:
            wrong.append(f"line {count} is empty, has blanks around it or is broken.")
        if len(line) > MAX_EXPECTED_TEXT:
            wrong.append(f"line {count} is {len(line)} characters long, {MAX_EXPECTED_TEXT} fit.")
    return wrong


def _check_item(item: Item, limit: int) -> list[str]:
    wrong = []
    if not _KEY.match(item.key):
        wrong.append(f"the key {item.key!r} is not lower-case words joined by underscores.")
    if not item.text.strip() or item.text != item.text.strip() or "\n" in item.text:
        wrong.append(f"{item.key!r} is empty, has blanks around it or more than one line.")
    if len(item.text) > limit:
        wrong.append(f"{item.key!r} is {len(item.text)} characters long, {limit} fit.")
    if _SENTENCE_BREAK.search(item.text):
        wrong.append(f"{item.key!r} is more than one sentence.")
    return wrong
