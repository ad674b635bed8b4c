"""Values of columns in words that a person can read: labels, local times, names for keys."""

from datetime import date, datetime, time
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.kinds import Window
from bot.services.languages import language_name
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


def labelled(column: str) -> str:
    """A column's name as people say it: "starts_at" is "starts", "mentor_id" is "mentor"."""
    if column in _LABELS:
        return _LABELS[column]
    for ending in _ENDINGS:
        column = column.removesuffix(ending)
    return column.removeprefix("is_").replace("_", " ")


def moment(at: datetime, zone: str) -> str:
    """A moment (aware) in a zone, with the zone: "Thursday 26 November 2026, 14:30 GMT"."""
    local = at.astimezone(ZoneInfo(zone))
    return f"{local:%A} {local.day} {local:%B %Y, %H:%M %Z}"


def plain(column: str, value: Any, zone: str, library: Library) -> Any:
    """A value as it stands in the file; what JSON knows by itself stays as it is."""
    if column == "areas":
        return list(library.area_labels(value)) or value
    if column == "windows":
        return [_window(each) for each in value]
    if column == "languages":
        return [language_name(code) for code in value]
    if column == "slots":
        return [moment(datetime.fromisoformat(each), zone) for each in value]
    if column == "reasons":
        return [_reason(each, library) for each in value]
    return _plain(value, zone)


def _plain(value: Any, zone: str) -> Any:
    if isinstance(value, datetime):
        return moment(value, zone)
    if isinstance(value, date):
        return f"{value:%A} {value.day} {value:%B %Y}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, StrEnum):
        return value.value.replace("_", " ")
    if isinstance(value, dict):
        return {key.replace("_", " "): each for key, each in value.items() if each}
    return value


def _window(key: str) -> str:
    """ "thu_pm" as "Thursday 13:00 to 17:00". One that is no longer known stays a key."""
    try:
        window = Window(key)
    except ValueError:
        return key
    # 2 January 2023 was a Monday.
    day = date(2023, 1, 2 + window.weekday)
    return f"{day:%A} {window.starts:%H:%M} to {window.ends:%H:%M}"


def _reason(reason: dict[str, Any], library: Library) -> dict[str, Any]:
    facts = dict(reason.get("facts") or {})
    if "areas" in facts:
        facts["areas"] = list(library.area_labels(facts["areas"]))
    if "languages" in facts:
        facts["languages"] = [language_name(code) for code in facts["languages"]]
    return {"why": reason.get("key", ""), **facts}
