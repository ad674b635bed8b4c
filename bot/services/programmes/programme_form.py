"""What a lead fills in about a programme, and what a form must be to count."""

from collections.abc import Collection, Iterable, Sequence
from datetime import time
from difflib import get_close_matches
from enum import StrEnum
from functools import cache
from typing import Any, Final
from zoneinfo import available_timezones

from pydantic import BaseModel

from bot.domain.errors import RuleBroken
from bot.domain.kinds import LENGTHS, MAX_LENGTH, Kind
from bot.domain.programmes import KEPT_FOR, Approval, Every, Shape
from bot.domain.words import check_text
from bot.matching.people import Differ, Rules, Share
from bot.matching.reasons import ROUND_WEIGHTS, WORTH, ReasonKey
from bot.services.access import known
from bot.services.holidays_of import countries
from bot.store.tables import Programme

NAME_MAX: Final = 75  # characters: it has to fit into a menu
ANNOUNCEMENT_MAX: Final = 2000
CONTACTS_MAX: Final = 1000
CAPACITY_MAX: Final = 8  # sessions a month; two a week is a second job
WINDOW_MAX: Final = 52  # rounds; a year of weekly ones
ASKED_FOR: Final = (Kind.FLASH, Kind.SPOT, Kind.REVERSE)
"""What may be asked for, and what a round may be of; keeping in touch comes by itself."""

_RULES: Final = Rules()


class ProgrammeForm(BaseModel, frozen=True):
    """A programme as it was typed and picked; `checked_form` looks at it.

    Times of day are local: `runs_at` in `zone`, `opens_at` and `closes_at` to each person.
    """

    name: str = ""
    kinds: Sequence[str] = (Kind.FLASH.value, Kind.SPOT.value)
    shape: str = Shape.PAIRS.value
    round_kind: str = Kind.FLASH.value
    every: str = Every.FOUR_WEEKS.value
    weekday: int = 1
    month_day: int = 1
    runs_at: time | None = time(10)
    zone: str = "UTC"
    is_opt_in: bool = False
    approval: str = Approval.LEAD.value
    length_minutes: int = 30
    capacity: int = 1
    must_differ: Sequence[str] = tuple(sorted(_RULES.must_differ))
    must_share: Sequence[str] = tuple(sorted(_RULES.must_share))
    repeat_window: int = _RULES.repeat_window
    weights: dict[str, int] = {}
    with_trios: bool = True
    open_board: bool = False
    retention_days: int = 90
    announcement: str = ""
    contacts: str = ""
    country: str = ""
    opens_at: time | None = time(9)
    closes_at: time | None = time(17)
    lead_ids: tuple[int, ...] = ()


def form_from(row: Programme, lead_ids: Iterable[int]) -> ProgrammeForm:
    """The form with what holds now."""
    values = row.model_dump(include=set(ProgrammeForm.model_fields) - {"lead_ids"})
    return ProgrammeForm(**values, lead_ids=tuple(lead_ids))


def checked_form(form: ProgrammeForm) -> ProgrammeForm:
    """The form as it is kept: cleaned, each choice once, every name as we write it.

    Raises RuleBroken at the field: "blank", "too_long" (name, announcement, contacts), "no_choice"
    (kinds), "unknown_choice", "unknown_zone" (`nearest`), "longer_than_an_hour", "capacity",
    "repeat_window", "weights_sum", "time_missing", "hours_order". The leads are not looked at.
    """
    changed = {**_words(form), **_calendar(form), **_rules(form)}
    return form.model_copy(update=changed)


def _words(form: ProgrammeForm) -> dict[str, Any]:
    kinds = known(Kind, form.kinds, "kinds")
    if not kinds:
        raise RuleBroken("no_choice", field="kinds")
    return {
        "name": " ".join(check_text(form.name, field="name", limit=NAME_MAX).split()),
        "kinds": tuple(_asked_for(each, "kinds").value for each in kinds),
        "shape": one_of(Shape, form.shape, "shape").value,
        "round_kind": _asked_for(one_of(Kind, form.round_kind, "kinds"), "kinds").value,
        "approval": one_of(Approval, form.approval, "approval").value,
        "length_minutes": _length(form.length_minutes),
        "announcement": _text(form.announcement, "announcement", ANNOUNCEMENT_MAX),
        "contacts": _text(form.contacts, "contacts", CONTACTS_MAX),
    }


def _calendar(form: ProgrammeForm) -> dict[str, Any]:
    if form.runs_at is None:
        raise RuleBroken("time_missing", field="runs_at")
    opens, closes = _hours(form)
    return {
        "every": one_of(Every, form.every, "every").value,
        "weekday": _within(form.weekday, 0, 4, "weekday"),
        "month_day": _within(form.month_day, 1, 31, "month_day"),
        "runs_at": form.runs_at.replace(second=0, microsecond=0, tzinfo=None),
        "zone": known_zone(form.zone),
        "country": known_country(form.country),
        "opens_at": opens,
        "closes_at": closes,
    }


def _rules(form: ProgrammeForm) -> dict[str, Any]:
    window = _within(form.repeat_window, 0, WINDOW_MAX, "repeat_window", "repeat_window")
    return {
        "capacity": _within(form.capacity, 1, CAPACITY_MAX, "capacity", "capacity"),
        "must_differ": tuple(one.value for one in known(Differ, form.must_differ, "must_differ")),
        "must_share": tuple(one.value for one in known(Share, form.must_share, "must_share")),
        "repeat_window": window,
        "weights": _weights(form.weights),
        "retention_days": _kept_for(form.retention_days),
    }


def known_zone(name: str) -> str:
    """The IANA name of a zone; RuleBroken "unknown_zone" with the `nearest` we know, or ""."""
    typed = "_".join(name.split())
    zones = _zones()
    if typed.casefold() in zones:
        return zones[typed.casefold()]
    raise RuleBroken("unknown_zone", field="zone", nearest=_nearest_zone(typed.casefold()))


def known_country(code: str) -> str:
    """The ISO 3166 code, "" for none; RuleBroken "unknown_choice"."""
    wanted = code.strip().upper()
    if wanted and wanted not in _country_codes():
        raise RuleBroken("unknown_choice", field="country")
    return wanted


def one_of(kind: type[StrEnum], value: str, field: str) -> Any:
    """The value as a member; RuleBroken "unknown_choice"."""
    return known(kind, [value], field)[0]


@cache
def _zones() -> dict[str, str]:
    """By their names in small letters. Names without an area are left out, but for UTC."""
    names = {name for name in available_timezones() if "/" in name and not name.startswith("Etc/")}
    return {name.casefold(): name for name in sorted(names | {"UTC"})}


def _nearest_zone(typed: str) -> str:
    """The zone somebody may have meant: its city alone, or a slip of the finger."""
    zones = _zones()
    cities = {key.rpartition("/")[2]: name for key, name in reversed(zones.items())}
    asked = typed.rpartition("/")[2]
    for wanted, names in ((asked, cities), (typed, zones)):
        near = get_close_matches(wanted, names, n=1, cutoff=0.75)
        if near:
            return names[near[0]]
    return ""


@cache
def _country_codes() -> Collection[str]:
    return frozenset(countries())


def _asked_for(kind: Kind, field: str) -> Kind:
    if kind not in ASKED_FOR:
        raise RuleBroken("unknown_choice", field=field)
    return kind


def _hours(form: ProgrammeForm) -> tuple[time, time]:
    for field, given in (("opens_at", form.opens_at), ("closes_at", form.closes_at)):
        if given is None:
            raise RuleBroken("time_missing", field=field)
    assert form.opens_at is not None
    assert form.closes_at is not None
    if form.opens_at >= form.closes_at:
        raise RuleBroken("hours_order", field="closes_at")
    return form.opens_at, form.closes_at


def _within(value: int, least: int, most: int, field: str, key: str = "unknown_choice") -> int:
    if not least <= value <= most:
        raise RuleBroken(key, field=field, limit=most)
    return value


def _length(minutes: int) -> int:
    if minutes > MAX_LENGTH:
        raise RuleBroken("longer_than_an_hour", field="length", limit=MAX_LENGTH)
    if minutes not in LENGTHS:
        raise RuleBroken("unknown_choice", field="length")
    return minutes


def _kept_for(days: int) -> int:
    if days not in KEPT_FOR:
        raise RuleBroken("unknown_choice", field="retention")
    return days


def _weights(given: dict[str, int]) -> dict[str, int]:
    """What each reason is worth, every one named; empty for the usual ones."""
    if not given:
        return {}
    known(ReasonKey, given, "weights")
    total = sum(given.values())
    if total != WORTH or min(given.values()) < 0:
        raise RuleBroken("weights_sum", field="weights", total=total)
    worth = {key.value: given.get(key.value, 0) for key in ReasonKey}
    usual = {key.value: ROUND_WEIGHTS.get(key, 0) for key in ReasonKey}
    return {} if worth == usual else worth


def _text(text: str, field: str, limit: int) -> str:
    return check_text(text, field=field, limit=limit, required=False)
