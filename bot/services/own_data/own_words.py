"""Values of columns in words that a person can read: labels, local times, names for keys."""

from collections.abc import Iterable
from datetime import date, datetime, time
from enum import StrEnum
from gettext import NullTranslations
from typing import Any, Protocol

from bot.domain.hours import zone_or_utc
from bot.domain.kinds import Window
from bot.services.library import Library

_LABELS = {
    "id": "number",
    "from_id": "from",
    "to_id": "to",
    "for_id": "for",
    "by_id": "by",
    "is_in": "took part",
    "zone": "time zone",
    "plan": "which time agreed on",
}
_ENDINGS = ("_id", "_at")


class Terms(Protocol):
    """The names of days and languages in one language."""

    def weekday(self, day: date) -> str: ...

    def date(self, day: date) -> str: ...

    def language(self, code: str) -> str: ...


class Words(Protocol):
    """What the file is written with, in the language of whoever it is for."""

    @property
    def translations(self) -> NullTranslations: ...

    @property
    def terms(self) -> Terms: ...

    def sentence(self, key: str, /, **facts: Any) -> str: ...


def labelled(column: str) -> str:
    """A column's name as people say it: "starts_at" is "starts", "mentor_id" is "mentor"."""
    if column in _LABELS:
        return _LABELS[column]
    for ending in _ENDINGS:
        column = column.removesuffix(ending)
    return column.removeprefix("is_").replace("_", " ")


def moment(at: datetime, zone: str, words: Words) -> str:
    """A moment (aware) in a zone, with the zone: "Thursday 26 November 2026, 14:30 GMT".

    In UTC where the zone is not known here.
    """
    local = at.astimezone(zone_or_utc(zone))
    return f"{_day(local.date(), words)}, {local:%H:%M %Z}"


def _day(day: date, words: Words) -> str:
    return f"{words.terms.weekday(day)} {words.terms.date(day)}"


def plain(column: str, value: Any, zone: str, library: Library, words: Words) -> Any:
    """A value as it stands in the file; what JSON knows by itself stays as it is."""
    if column == "areas":
        return _areas(value, library, words) or value
    if column == "windows":
        return [_window(each, words) for each in value]
    if column == "languages":
        return [words.terms.language(code) for code in value]
    if column == "slots":
        return [moment(datetime.fromisoformat(each), zone, words) for each in value]
    if column == "reasons":
        return [_reason(each, library, words) for each in value]
    return _plain(value, zone, words)


def _areas(keys: Iterable[str], library: Library, words: Words) -> list[str]:
    return [words.translations.gettext(label) for label in library.area_labels(keys)]


def _plain(value: Any, zone: str, words: Words) -> Any:
    if isinstance(value, datetime):
        return moment(value, zone, words)
    if isinstance(value, date):
        return _day(value, words)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, StrEnum):
        return value.value.replace("_", " ")
    if isinstance(value, dict):
        return {key.replace("_", " "): each for key, each in value.items() if each}
    return value


def _window(key: str, words: Words) -> str:
    """ "thu_pm" as "Thursday 13:00–17:00". One that is no longer known stays a key."""
    try:
        window = Window(key)
    except ValueError:
        return key
    # 2 January 2023 was a Monday.
    day = date(2023, 1, 2 + window.weekday)
    return f"{words.terms.weekday(day)} {window.starts:%H:%M}–{window.ends:%H:%M}"


def _reason(reason: dict[str, Any], library: Library, words: Words) -> dict[str, Any]:
    facts = dict(reason.get("facts") or {})
    if "areas" in facts:
        facts["areas"] = _areas(facts["areas"], library, words)
    if "languages" in facts:
        facts["languages"] = [words.terms.language(code) for code in facts["languages"]]
    return {"why": reason.get("key", ""), **facts}
