"""What the cells of a list of people may say, and how Lantern writes the same: one kind of cell
each. Every reader takes a cell that is not empty; every writer gives what its reader understands.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Final

from bot.domain.errors import RuleBroken
from bot.domain.kinds import Role, Window
from bot.domain.words import check_text
from bot.services.holidays_of import countries
from bot.services.lists.importing_people import folded
from bot.services.programmes.enrol_form import LANGUAGES_MOST, LINE_MAX
from bot.services.programmes.programme_form import CAPACITY_MAX

SEPARATOR: Final = "; "
LEVEL_WORDS: Final[Mapping[int, tuple[str, ...]]] = {
    1: ("first steps at work", "junior", "trainee", "intern", "apprentice", "graduate", "entry"),
    2: ("a few years in", "mid", "mid-level", "intermediate", "regular", "professional"),
    3: ("experienced, or senior", "experienced", "senior", "expert", "specialist"),
    4: ("leading a team or a field", "lead", "team lead", "manager", "principal", "staff"),
    5: ("leading leaders, or a whole area", "director", "head", "vp", "vice president"),
    6: ("head of the house", "c-level", "executive", "chief", "ceo", "founder"),
}
"""What a seniority may be called, by level; first the words of the form."""

_AND = re.compile(r"\s*(?:[/+&]|\band\b)\s*")
_WHOLE = re.compile(r"(\d+)(?:[.,]0+)?")
_WINDOW = re.compile(r"(mon|tue|wed|thu|fri)[a-z]*[\s_-]*(am|pm|morning|afternoon)?s?")
_HALVES = {"am": "am", "morning": "am", "pm": "pm", "afternoon": "pm"}
_CODE = re.compile(r"[a-z]{2,3}")
_ALSO_CALLED = {"uk": "GB", "usa": "US", "united states of america": "US", "england": "GB"}


def read_roles(cell: str) -> list[str]:
    """ "mentor", "mentee", both of them, or "both". Raises RuleBroken "row_role"."""

    def find(word: str) -> list[str]:
        if word in ("both", "peer", "peers"):
            return [role.value for role in Role]
        return [role.value for role in Role if word in (role.value, f"{role.value}s")]

    found = _several(_AND.sub(";", cell.casefold()), find, "row_role")
    return [role.value for role in Role if role.value in found]


def read_areas(cell: str, areas: Mapping[str, str], also: Mapping[str, str]) -> list[str]:
    """Keys for labels or keys, in the order given. Raises RuleBroken "row_area".

    `also` gives the key for a label of another language.
    """
    known = {folded(label): key for label, key in also.items() if key in areas}
    known |= {folded(name): key for key, label in areas.items() for name in (label, key)}
    return _several(cell, lambda word: [known[word]] if word in known else [], "row_area")


def read_windows(cell: str) -> list[str]:
    """ "Mon am; Tue": half-days, a day alone is both. Raises RuleBroken "row_window"."""

    def find(word: str) -> list[str]:
        said = _WINDOW.fullmatch(word)
        if said is None:
            return []
        halves = [_HALVES[said[2]]] if said[2] else ["am", "pm"]
        return [f"{said[1]}_{half}" for half in halves]

    found = _several(cell, find, "row_window")
    return [window.value for window in Window if window.value in found]


def read_languages(cell: str) -> list[str]:
    """Codes, or English names. Raises RuleBroken "row_language", "too_many_choices" (`limit`)."""

    def find(word: str) -> list[str]:
        code = re.split(r"[-_]", word)[0]
        known = _languages()
        return [known[each] for each in (word, code) if each in known][:1]

    found = _several(cell, find, "row_language")
    if len(found) > LANGUAGES_MOST:
        raise RuleBroken("too_many_choices", limit=LANGUAGES_MOST)
    return found


def read_country(cell: str) -> str:
    """An ISO 3166 code or an English name. Raises RuleBroken "row_country"."""
    known = _countries()
    if folded(cell) not in known:
        raise RuleBroken("row_country", value=cell)
    return known[folded(cell)]


def read_seniority(cell: str) -> int:
    """A level from 1 to 6, or a word for it. Raises RuleBroken "row_seniority"."""
    number = _WHOLE.fullmatch(cell.strip())
    words = {word: level for level, names in LEVEL_WORDS.items() for word in names}
    level = int(number[1]) if number else words.get(folded(cell), 0)
    if level not in LEVEL_WORDS:
        raise RuleBroken("row_seniority", value=cell)
    return level


def read_capacity(cell: str) -> int:
    """A mentor's sessions a month. Raises RuleBroken "capacity" (`limit`)."""
    number = _WHOLE.fullmatch(cell.strip())
    capacity = int(number[1]) if number and len(number[1]) < 4 else 0
    if not 1 <= capacity <= CAPACITY_MAX:
        raise RuleBroken("capacity", limit=CAPACITY_MAX)
    return capacity


def read_line(cell: str) -> str:
    """A department or a place. Raises RuleBroken "too_long"."""
    return " ".join(check_text(cell, limit=LINE_MAX, required=False).split())


def write_areas(keys: Iterable[str], areas: Mapping[str, str]) -> str:
    """Their labels, in order."""
    return SEPARATOR.join(areas[key] for key in keys)


def write_windows(values: Iterable[str]) -> str:
    """ "mon am; tue pm"."""
    return SEPARATOR.join(value.replace("_", " ") for value in values)


def _several(cell: str, find: Callable[[str], list[str]], key: str) -> list[str]:
    """What `find` gives for each part, each once, in order; semicolons divide before commas."""
    found: dict[str, None] = {}
    for part in cell.split(";"):
        whole = find(folded(part))
        pieces = [part] if whole or not part.strip() else part.split(",")
        for piece in (each for each in pieces if each.strip()):
            meant = whole or find(folded(piece))
            if not meant:
                raise RuleBroken(key, value=piece.strip())
            found |= dict.fromkeys(meant)
    return list(found)


@cache
def _languages() -> Mapping[str, str]:
    """Codes by themselves and by their English names; of two with one name, the shorter."""
    from babel import Locale  # looked at when first asked for: most processes start without it

    named = [(code, name) for code, name in Locale("en").languages.items() if _CODE.fullmatch(code)]
    named.sort(key=lambda each: -len(each[0]))
    return {folded(name): code for code, name in named} | {code: code for code, _ in named}


@cache
def _countries() -> Mapping[str, str]:
    from babel import Locale

    names = Locale("en").territories
    known = {folded(names.get(code, code)): code for code in countries()}
    return _ALSO_CALLED | known | {code.casefold(): code for code in countries()}
