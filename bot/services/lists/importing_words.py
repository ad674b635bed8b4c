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
    1: (
        *("first steps at work", "junior", "trainee", "intern", "apprentice", "graduate", "entry"),
        *("erste schritte im beruf", "berufseinstieg", "azubi", "auszubildende", "praktikum"),
        *("premiers pas au travail", "débutant", "débutante", "stagiaire", "apprenti", "apprentie"),
    ),
    2: (
        *("a few years in", "mid", "mid-level", "intermediate", "regular", "professional"),
        *("ein paar jahre dabei", "fachkraft", "quelques années d’expérience", "confirmé"),
        "confirmée",
    ),
    3: (
        *("experienced, or senior", "experienced", "senior", "expert", "specialist"),
        *("erfahren, oder senior", "erfahren", "expertin", "experte", "expérimenté"),
        *("de l’expérience, ou un poste senior", "expérimentée", "experte", "spécialiste"),
    ),
    4: (
        *("leading a team or a field", "lead", "team lead", "manager", "principal", "staff"),
        *("leitet ein team oder ein fachgebiet", "teamleitung", "chef d’équipe", "responsable"),
        "à la tête d’une équipe ou d’un domaine",
    ),
    5: (
        *("leading leaders, or a whole area", "director", "head", "vp", "vice president"),
        *("leitet führungskräfte oder einen ganzen bereich", "bereichsleitung", "direktorin"),
        *("direktor", "directeur", "directrice"),
        "à la tête de responsables, ou de tout un secteur",
    ),
    6: (
        *("head of the house", "c-level", "executive", "chief", "ceo", "founder"),
        *("geschäftsführung", "vorstand", "direction générale", "pdg"),
    ),
}
"""What a seniority may be called, by level, in English, German and French; first the words of the
forms."""

_MENTOR = ("mentor", "mentors", "mentorin", "mentor:in", "mentoren", "mentorinnen")
_MENTEE = ("mentee", "mentees", "mentoré", "mentorée", "mentoré·e", "mentorés", "mentorées")
_BOTH = ("both", "peer", "peers", "beide", "beides", "les deux")
_ROLES: Final = {
    **dict.fromkeys(_MENTOR, (Role.MENTOR,)),
    **dict.fromkeys(_MENTEE, (Role.MENTEE,)),
    **dict.fromkeys(_BOTH, tuple(Role)),
}
_AND = re.compile(r"\s*(?:[/+&]|\b(?:and|und|et)\b)\s*")
_WHOLE = re.compile(r"(\d+)(?:[.,]0+)?")
_DAYS: Final = {
    **dict.fromkeys(("mon", "monday", "mo", "montag", "lun", "lundi"), "mon"),
    **dict.fromkeys(("tue", "tues", "tuesday", "di", "dienstag", "mar", "mardi"), "tue"),
    **dict.fromkeys(("wed", "wednesday", "mi", "mittwoch", "mer", "mercredi"), "wed"),
    **dict.fromkeys(
        ("thu", "thur", "thurs", "thursday", "do", "donnerstag", "jeu", "jeudi"), "thu"
    ),
    **dict.fromkeys(("fri", "friday", "fr", "freitag", "ven", "vendredi"), "fri"),
}
_HALVES: Final = {
    **dict.fromkeys(("am", "morning", "mornings", "vormittag", "vormittags", "morgen"), "am"),
    **dict.fromkeys(("morgens", "matin"), "am"),
    **dict.fromkeys(("pm", "afternoon", "afternoons", "nachmittag", "nachmittags"), "pm"),
    **dict.fromkeys(("après-midi", "apres-midi"), "pm"),
}
_WINDOW = re.compile(rf"({'|'.join(sorted(_DAYS, key=len, reverse=True))})s?\.?[\s_-]*(.*)")
_SPOKEN: Final = ("en", "de", "fr")  # in these, languages and countries are known by name
_CODE = re.compile(r"[a-z]{2,3}")
_ALSO_CALLED = {"uk": "GB", "usa": "US", "united states of america": "US", "england": "GB"}


def read_roles(cell: str) -> list[str]:
    """ "mentor", "mentee", both of them, or "both". Raises RuleBroken "row_role"."""

    def find(word: str) -> list[str]:
        return [role.value for role in _ROLES.get(word, ())]

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
        if said is None or (said[2] and said[2] not in _HALVES):
            return []
        halves = [_HALVES[said[2]]] if said[2] else ["am", "pm"]
        return [f"{_DAYS[said[1]]}_{half}" for half in halves]

    found = _several(cell, find, "row_window")
    return [window.value for window in Window if window.value in found]


def read_languages(cell: str) -> list[str]:
    """Codes, or names. Raises RuleBroken "row_language", "too_many_choices" (`limit`)."""

    def find(word: str) -> list[str]:
        code = re.split(r"[-_]", word)[0]
        known = _languages()
        return [known[each] for each in (word, code) if each in known][:1]

    found = _several(cell, find, "row_language")
    if len(found) > LANGUAGES_MOST:
        raise RuleBroken("too_many_choices", limit=LANGUAGES_MOST)
    return found


def read_country(cell: str) -> str:
    """An ISO 3166 code or a name. Raises RuleBroken "row_country"."""
    known = _countries()
    if folded(cell) not in known:
        raise RuleBroken("row_country", value=cell)
    return known[folded(cell)]


def read_seniority(cell: str) -> int:
    """A level from 1 to 6, or a word for it. Raises RuleBroken "row_seniority"."""
    number = _WHOLE.fullmatch(cell.strip())
    words = {folded(word): level for level, names in LEVEL_WORDS.items() for word in names}
    level = int(number[1]) if number else words.get(folded(cell.replace("'", "’")), 0)
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
    """Codes by themselves and by their names; of two with one name, the shorter, English first."""
    from babel import Locale  # looked at when first asked for: most processes start without it

    known: dict[str, str] = {}
    for spoken in reversed(_SPOKEN):
        names = Locale(spoken).languages
        named = [(code, name) for code, name in names.items() if _CODE.fullmatch(code)]
        named.sort(key=lambda each: -len(each[0]))
        known |= {folded(name): code for code, name in named}
    codes = (str(code) for code in Locale("en").languages)
    return known | {code: code for code in codes if _CODE.fullmatch(code)}


@cache
def _countries() -> Mapping[str, str]:
    from babel import Locale

    known: dict[str, str] = {}
    for spoken in reversed(_SPOKEN):
        names = Locale(spoken).territories
        known |= {folded(names.get(code, code)): code for code in countries()}
    return _ALSO_CALLED | known | {code.casefold(): code for code in countries()}
