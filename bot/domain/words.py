"""Reading what people write in plain words: an agenda, next steps. Nothing typed is lost."""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from bot.domain.errors import RuleBroken
from bot.domain.kinds import Role
from bot.domain.typed.time import find_day

TEXT_MAX: Final = 3000
"""The longest text in any one field, in characters: what a Slack form accepts."""

MAX_TOPICS: Final = 3
THANKS_WITHIN: Final = 60  # characters: "Dear Bruno, it has been a while, and thank you for …"

_KEPT_CONTROLS = frozenset("\n\t")
_TURNS_TEXT_AROUND = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_BULLET = re.compile(r"^\s*(?:[-*•–—‣▪◦]+(?=\s)|\(?\d{1,2}[.)](?=\s))\s*")
_THANKS = re.compile(
    r"\b(?:thanks|thank you|thx|danke|dankeschön|vielen dank|herzlichen dank|besten dank|merci"
    r"|je (?:te|vous) remercie)\b(?!-)",
    re.IGNORECASE,
)
_GAP_AFTER_NAME = re.compile(r"([:：][*_]?[ \t]*)\n(?:[ \t]*\n)+")
_NAMES: Final = {
    "topics": ("topic", "topics", "thema", "themen", "sujet", "sujets"),
    "outcome": (
        *("outcome", "hope", "hopes", "goal", "ergebnis", "hoffnung", "ziel"),
        *("résultat", "attente", "attentes", "objectif"),
    ),
    "questions": ("question", "questions", "frage", "fragen"),
    "reading": ("read", "reading", "lesen", "zu lesen", "lektüre", "à lire", "lecture"),
    "off_limits": (
        *("off limits", "offlimits", "tabu", "kein thema", "tabou", "à éviter", "hors sujet"),
        "sujets à éviter",
    ),
}
"""How the parts of an agenda may be called, in English, German and French."""
_FIELDS: Final = {name: field for field, names in _NAMES.items() for name in names}
_PREFIX = re.compile(
    r"^\s*[*_]?(?P<name>"
    + "|".join(name.replace(" ", r"[\s-]") for name in sorted(_FIELDS, key=len, reverse=True))
    + r")[*_]?\s*[:：][*_]?\s*",
    re.IGNORECASE,
)


def clean(text: str | None) -> str:
    """The text as it is kept: no control characters, no blanks around it, "" if nothing is seen.

    Line ends become "\\n". Marks that turn the direction of text around are dropped, because they
    can make one sentence read as another.
    """
    lines = (text or "").replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(ch for ch in lines if _is_kept(ch)).strip()
    return kept if any(_is_seen(ch) for ch in kept) else ""


def check_text(
    text: str | None, *, field: str | None = None, limit: int = TEXT_MAX, required: bool = True
) -> str:
    """The cleaned text. Raises RuleBroken "blank", or "too_long" with `limit` and `length`."""
    kept = clean(text)
    if required and not kept:
        raise RuleBroken("blank", field=field)
    if len(kept) > limit:
        raise RuleBroken("too_long", field=field, limit=limit, length=len(kept))
    return kept


@dataclass(frozen=True, slots=True)
class AgendaDraft:
    """An agenda as it was understood, to be shown back before it counts."""

    topics: list[str] = field(default_factory=list)
    outcome: str = ""
    questions: list[str] = field(default_factory=list)
    reading: str = ""
    off_limits: str = ""


def read_agenda(text: str) -> AgendaDraft:
    """Read the answer to "what would you like to talk about?".

    A line or a bullet is a topic, a line that ends in "?" a question. "Outcome:" (or "Hope:",
    "Goal:"), "Questions:", "Read:" and "Off limits:" begin their fields, which go on over the
    bullets and lines below them until an empty line or the next such word; the German and French
    words do the same. One plain paragraph is one topic. Topics beyond three are joined to the
    third. Raises RuleBroken "topic_blank" when nothing was said, and "too_long".
    """
    kept = check_text(text, field="agenda", required=False)
    if not kept:
        raise RuleBroken("topic_blank", field="topics")
    found: dict[str, list[str]] = {name: [] for name in set(_FIELDS.values())}
    current = "topics"
    for line in _GAP_AFTER_NAME.sub(r"\1\n", kept).split("\n"):
        current = _read_line(line, current, found)
    questions = found["questions"]
    topics = found["topics"] or questions[:1] or [kept]
    return AgendaDraft(
        topics=_at_most_three(topics),
        outcome="\n".join(found["outcome"]),
        questions=questions if found["topics"] else questions[1:],
        reading="\n".join(found["reading"]),
        off_limits="\n".join(found["off_limits"]),
    )


def sounds_like_thanks(text: str) -> bool:
    """Whether words begin like a thank-you, in English, German or French; a list of steps does not.

    A guess that only makes Lantern ask: nothing is sent because of it.
    """
    return not _BULLET.match(text) and _THANKS.search(text[:THANKS_WITHIN]) is not None


def _read_line(line: str, current: str, found: dict[str, list[str]]) -> str:
    """Put one line where it belongs; which field the next line belongs to."""
    bare = _BULLET.sub("", line, count=1)
    named = _PREFIX.match(bare)
    if named:
        current = _FIELDS[re.sub(r"[\s-]", " ", named["name"].lower())]
        bare = bare[named.end() :]
    elif not bare.strip():
        return "topics"
    said = bare.strip()
    if said:
        # A question is one wherever it stands, but on the line that says what is hoped for.
        asks = said.endswith(("?", "？")) and not named
        is_question = asks and current in ("topics", "outcome")
        found["questions" if is_question else current].append(said)
    return current


def _at_most_three(topics: list[str]) -> list[str]:
    first = topics[: MAX_TOPICS - 1]
    rest = topics[MAX_TOPICS - 1 :]
    return [*first, "\n".join(rest)] if rest else first


@dataclass(frozen=True, slots=True)
class ActionDraft:
    """A next step as it was understood: `owner` is "me" (who wrote it), "them", or None."""

    text: str
    due_on: date | None = None
    owner: str | None = None


_OWNER = re.compile(
    r"^(?P<who>me|i|you|them|they|he|she|mentor|mentee)"
    r"(?:\s*[:：]\s*|\s*(?:'ll|’ll)\s+|\s+(?:will|to|am going to|are going to)\s+)",
    re.IGNORECASE,
)


def read_actions(
    text: str,
    now: datetime,
    zone: str | None,
    writer: Role | None = None,
    language: str = "en",
) -> list[ActionDraft]:
    """Read next steps, one a line: "- send the deck by Friday", "you: introduce me to Ana".

    The date ("by Friday", "until 3 Dec", "on Monday", "tomorrow" at the end) is taken as the
    writer's local one and left out of the text; what is not understood stays in it. `writer` tells
    whom "mentor:" and "mentee:" mean, `language` (a Slack locale) in what else the date may be
    written. Raises RuleBroken "blank" and "too_long".
    """
    kept = check_text(text, field="actions")
    lines = (_BULLET.sub("", line, count=1).strip() for line in kept.split("\n"))
    drafts = [_read_action(line, now, zone, writer, language) for line in lines if line]
    return drafts or [ActionDraft(kept)]


def _read_action(
    line: str, now: datetime, zone: str | None, writer: Role | None, language: str
) -> ActionDraft:
    owner = None
    said = _OWNER.match(line)
    if said and line[said.end() :].strip():
        owner = _owner_of(said["who"].lower(), writer)
        line = line[said.end() :].strip()
    rest, due_on = find_day(line, now, zone, language)
    return ActionDraft(rest, due_on, owner)


def _owner_of(who: str, writer: Role | None) -> str | None:
    if who in ("mentor", "mentee"):
        return None if writer is None else ("me" if who == writer.value else "them")
    return "me" if who in ("me", "i") else "them"


def _is_kept(ch: str) -> bool:
    if ch in _TURNS_TEXT_AROUND:
        return False
    return ch in _KEPT_CONTROLS or unicodedata.category(ch) not in ("Cc", "Cs")


def _is_seen(ch: str) -> bool:
    return unicodedata.category(ch)[0] not in "CZM" and ch not in "\u2800\u3164\u115f\u1160\uffa0"
