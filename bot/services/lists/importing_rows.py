"""The rows of a list of people: what each says, what holds now, and what it would change."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

from bot.domain.errors import RuleBroken
from bot.domain.kinds import Role, Window
from bot.services.lists import importing_words as words
from bot.services.lists.importing_people import Directory, why_not
from bot.services.lists.sheets import Row

Values = dict[str, Any]
"""What a row says, by column, as it can be kept in JSON; a column without a word is not in it."""

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "person": ("slack id", "user", "user id", "member", "member id"),
        "email": ("e-mail", "mail", "email address", "e-mail address"),
        "name": ("full name", "display name", "real name"),
        "roles": ("role",),
        "offered": ("topics offered", "offers", "areas offered"),
        "sought": ("topics sought", "seeks", "areas sought"),
        "capacity": ("sessions a month", "sessions per month"),
        "department": ("unit",),
        "seniority": ("level",),
        "languages": ("language",),
        "location": ("place", "office", "site", "city"),
        "country": ("country code",),
        "manager": ("reports to", "line manager"),
        "windows": ("free windows", "free", "usually free"),
    }
)
"""The columns of a list, with the other headings that each may have."""

WHO: Final = ("person", "email", "name")
"""The columns that say who is meant; the first of them that is filled counts."""

_OF_A_ROLE: Final = {"offered": Role.MENTOR, "capacity": Role.MENTOR, "sought": Role.MENTEE}


NOTHING: Final[Values] = {
    "roles": [],
    "offered": [],
    "sought": [],
    "capacity": None,
    "department": "",
    "seniority": None,
    "languages": [],
    "location": "",
    "country": "",
    "manager": "",
    "windows": [],
}
"""What holds of somebody who is not in the programme."""


@dataclass(frozen=True, slots=True)
class AlsoCalled:
    """What columns and areas are called in languages other than English, as a list may have it.

    `headings` are by column; `areas` say which area each label means.
    """

    headings: Mapping[str, Collection[str]] = field(default_factory=dict)
    areas: Mapping[str, str] = field(default_factory=dict)

    def columns(self) -> Mapping[str, tuple[str, ...]]:
        """All headings of each column."""
        return {key: (*names, *self.headings.get(key, ())) for key, names in COLUMNS.items()}


ENGLISH_ALONE: Final = AlsoCalled()


@dataclass(frozen=True, slots=True)
class Entry:
    """A row that makes sense by itself."""

    number: int
    slack_id: str
    values: Values


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row has to stay out: the key of a sentence, and its facts."""

    number: int
    key: str
    facts: Mapping[str, object]


def check_columns(columns: Collection[str]) -> None:
    """Raises RuleBroken "sheet_columns_missing" when nothing says who is meant."""
    if not set(columns) & set(WHO):
        raise RuleBroken("sheet_columns_missing", columns=["person"])


def read_rows(
    rows: Iterable[Row],
    directory: Directory,
    areas: Mapping[str, str],
    also: AlsoCalled = ENGLISH_ALONE,
) -> tuple[list[Entry], list[Problem]]:
    """What the rows say, and what is wrong with the others (one problem each, the first).

    `areas` are the labels by key. Of two rows about one person the first counts.
    """
    entries: dict[str, Entry] = {}
    problems = []
    for row in rows:
        try:
            entry = _read(row, directory, areas, also)
            if entry.slack_id in entries:
                raise RuleBroken("row_twice", row=entries[entry.slack_id].number)
            entries[entry.slack_id] = entry
        except RuleBroken as rule:
            problems.append(Problem(row.number, rule.key, rule.facts))
    return list(entries.values()), problems


def _read(row: Row, directory: Directory, areas: Mapping[str, str], also: AlsoCalled) -> Entry:
    if row.spare:
        raise RuleBroken("row_spare")
    called = next((row.values[key] for key in WHO if row.values.get(key)), "")
    if not called:
        raise RuleBroken("row_blank")
    slack_id = directory.find(called)
    key = why_not(directory[slack_id])
    if key is not None:
        raise RuleBroken(key, value=called)
    readers = _readers(directory, areas, also)
    values = {
        column: read(row.values[column])
        for column, read in readers.items()
        if row.values.get(column)
    }
    if values.get("manager") == slack_id:
        raise RuleBroken("row_own_manager")
    return Entry(row.number, slack_id, values)


def _readers(
    directory: Directory, areas: Mapping[str, str], also: AlsoCalled
) -> Mapping[str, Callable[[str], object]]:
    return {
        "roles": words.read_roles,
        "offered": lambda cell: in_order(words.read_areas(cell, areas, also.areas), areas),
        "sought": lambda cell: words.read_areas(cell, areas, also.areas),
        "capacity": words.read_capacity,
        "department": words.read_line,
        "seniority": words.read_seniority,
        "languages": words.read_languages,
        "location": words.read_line,
        "country": words.read_country,
        "manager": directory.find,
        "windows": words.read_windows,
    }


def in_order(keys: Collection[str], areas: Mapping[str, str]) -> list[str]:
    """The areas in the order in which they are offered; those that are no longer, left out."""
    return [key for key in areas if key in keys]


def values_of(
    person: Any, rows: Mapping[Any, Any], manager: str, areas: Mapping[str, str]
) -> Values:
    """What holds now: of a person's row and the live enrolments, as a list would say it.

    `manager` is Slack's id of theirs, "" for none.
    """
    mentor, mentee = rows.get(Role.MENTOR), rows.get(Role.MENTEE)
    windows = {one for row in rows.values() for one in row.windows}
    return {
        "roles": [role.value for role in Role if role in rows],
        "offered": in_order(mentor.areas, areas) if mentor else [],
        "sought": [key for key in mentee.areas if key in areas] if mentee else [],
        "capacity": mentor.capacity if mentor else None,
        "department": person.department,
        "seniority": person.seniority,
        "languages": list(person.languages),
        "location": person.location,
        "country": person.country,
        "manager": manager,
        "windows": [window.value for window in Window if window.value in windows],
    }


def changes(said: Values, now: Values, *, among_peers: bool) -> Values:
    """What of a row is not so yet, always with the "roles" that it comes to; empty for nothing.

    Without a word on roles those that somebody has stay; who has none takes those that the topics
    belong to, and among peers both. Raises RuleBroken "row_no_role" when that leaves none.
    """
    roles = said.get("roles") or now["roles"]
    if not roles:
        roles = [one.value for one in Role if among_peers or said.get(_TOPICS[one])]
    if not roles:
        raise RuleBroken("row_no_role")
    changed = {
        column: value
        for column, value in said.items()
        if value != now[column] and _OF_A_ROLE.get(column, roles[0]) in roles
    }
    if changed or roles != now["roles"]:
        changed["roles"] = roles
    return changed


_TOPICS: Final = {Role.MENTOR: "offered", Role.MENTEE: "sought"}


def cells_of(values: Values, areas: Mapping[str, str]) -> dict[str, object]:
    """What holds now, as cells that `read_rows` understands."""
    return {
        **values,
        "roles": words.SEPARATOR.join(values["roles"]),
        "offered": words.write_areas(values["offered"], areas),
        "sought": words.write_areas(values["sought"], areas),
        "languages": words.SEPARATOR.join(values["languages"]),
        "windows": words.write_windows(values["windows"]),
    }
