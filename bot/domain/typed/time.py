"""Reading a time that somebody typed: "tomorrow 3pm", "Thu 14:30", "27 Nov 9:15", "2026-12-01 14h".

The clock is read here; the day too, when it is a weekday or a word; only written dates and "in two
weeks" go to dateparser, in English, day before month. What is not understood is refused: a wrong
guess would send two people to two different hours. Everything read is shown back anyway.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, Literal, TypeVar

from bot.domain.errors import RuleBroken
from bot.domain.hours import moment_at, zone_or_utc
from bot.domain.typed.clock import take_clock
from bot.domain.typed.words import in_english

MAX_AHEAD: Final = timedelta(days=180)
"""A session is set at most this long before it starts."""

YEARS_AWAY: Final = 50
"""A date further away is a slip of the finger, not a date."""

JUST_GONE: Final = timedelta(days=60)
"""A day and month without a year that were so recently are a slip, not next year's."""

Prefer = Literal["future", "past"]
Read = TypeVar("Read", date, datetime)

_NOT_READ: Final = frozenset({"time_unreadable", "time_no_clock"})

_DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY_NAME = r"mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?"
_DAY_NAME += r"|sat(?:urday)?|sun(?:day)?"
_WEEKDAY = re.compile(rf"^(?:(?P<which>next|this|coming)\s+)?(?P<day>{_DAY_NAME})$")
_SHIFTS = {"today": 0, "tonight": 0, "tomorrow": 1, "tmrw": 1, "tmr": 1, "yesterday": -1}
_SHIFTS["day after tomorrow"] = 2
_IN_HOURS = re.compile(r"^in\s+(?P<n>\d{1,3}|an?)\s*(?P<unit>hours?|hrs?|h|minutes?|mins?|min)$")
_ISO_MOMENT = re.compile(r"^\d{4}-\d\d-\d\d[t ]\d\d:\d\d(?::\d\d)?(?:z|[+-]\d\d:\d\d)$")
_YEAR_TYPED = re.compile(r"\d{4}|\d[/.]\d{1,2}[/.]\d\d")
_DOTTED_DAY = re.compile(r"\b(\d{1,2})\.(\d{1,2})\b\.?(\d{4}|\d{2})?(?!\d)")
_ISO_DAY = re.compile(r"^\d{4}-\d\d-\d\d$")
_FILLERS = re.compile(r"\b(?:at|on|the|of|around|about)\b|[@,;]")
_ZONE_TYPED = re.compile(
    r"\b(?:utc|gmt|bst|wes?t|ce?s?t|e[sde]?t|eest|cdt|m[sd]?t|p[sd]?t|ist|jst|a[ecw][sd]t|nz[sd]t)\b"
)
_NUMBERED_DAY = re.compile(r"\d|^in\s|\bfrom now\b")


def read_time(
    text: str,
    now: datetime,
    zone: str | None,
    prefer: Prefer = "future",
    language: str = "en",
) -> datetime:
    """The UTC moment that `text` means to somebody in `zone` at `now`.

    Without a day it is the next such hour (or the last, with prefer="past"); a weekday is the next
    one that fits, "next Thursday" the one of next week. An hour that happens twice, because clocks
    go back, is the first. Raises RuleBroken "time_unreadable",
    "time_no_clock" (a day, no hour), "time_gap" (clocks go forward over it) and, preferring the
    future, "time_past".

    It is read as English, and where that makes no time, in the `language` (a Slack locale) of
    whoever typed it: German and French are known.
    """
    return _in_either(text, language, lambda said: _read_time(said, now, zone, prefer))


def _read_time(text: str, now: datetime, zone: str | None, prefer: Prefer) -> datetime:
    said = " ".join(text.lower().split())[:200]
    moment = _exact_moment(said, now)
    if moment is None:
        rest, clock = take_clock(said)
        moment = _combine(rest, clock, now, zone, prefer)
    if prefer == "future" and moment <= now:
        raise RuleBroken("time_past", moment=moment)
    return moment


def read_day(
    text: str,
    now: datetime,
    zone: str | None,
    prefer: Prefer = "future",
    language: str = "en",
) -> date:
    """The local date that `text` means, without an hour. Raises RuleBroken "time_unreadable".

    The `language` counts as in `read_time`.
    """
    return _in_either(text, language, lambda said: _read_day(said, now, zone, prefer))


def _in_either(text: str, language: str, read: Callable[[str], Read]) -> Read:
    """What `read` makes of the text, or else of its words put into English."""
    try:
        return read(text)
    except RuleBroken as broken:
        english = in_english(text, language)
        if broken.key not in _NOT_READ or english == text.lower():
            raise
    return read(english)


def _read_day(text: str, now: datetime, zone: str | None, prefer: Prefer) -> date:
    today = now.astimezone(zone_or_utc(zone)).date()
    rest = " ".join(_FILLERS.sub(" ", text.lower()).split())[:100]
    return _day(rest, today, prefer)


_DAY_AT_END = re.compile(
    rf"[\s,(]+(?:(?:by|until|till|before|due|on)\s+(?P<said>[^()]{{2,40}}?)|(?P<bare>today|tomorrow|"
    rf"(?:next|this)\s+(?:{_DAY_NAME})))[\s.)!]*$",
    re.IGNORECASE,
)


def find_day(
    text: str, now: datetime, zone: str | None, language: str = "en"
) -> tuple[str, date | None]:
    """Split "send the deck by Friday" into the text and the local date; None leaves it whole."""
    for start in [found.start() for found in re.finditer(r"[\s,(]+", text)]:
        tail = text[start:]
        found = _DAY_AT_END.match(tail) or _DAY_AT_END.match(in_english(tail, language))
        if found is None or not text[:start].strip():
            continue
        try:
            return text[:start].strip(), read_day(
                found["said"] or found["bare"], now, zone, language=language
            )
        except RuleBroken:
            continue
    return text, None


def local_to_utc(day: date, at: time, zone: str | None) -> datetime:
    """The UTC moment of a picked local date and time; the first when it happens twice.

    Raises RuleBroken "time_gap" when clocks go forward over it; `facts` has the local `time`.
    """
    tz = zone_or_utc(zone)
    moment = moment_at(day, at, tz)
    if moment.astimezone(tz).replace(tzinfo=None) != datetime.combine(day, at.replace(fold=0)):
        raise RuleBroken("time_gap", day=day, time=at, instead=moment)
    return moment


def check_start(moment: datetime, now: datetime) -> datetime:
    """A start for a session. Raises RuleBroken "time_past" and "time_far" (facts: `days`)."""
    if moment <= now:
        raise RuleBroken("time_past", moment=moment)
    if moment > now + MAX_AHEAD:
        raise RuleBroken("time_far", moment=moment, days=MAX_AHEAD.days)
    return moment


def _exact_moment(said: str, now: datetime) -> datetime | None:
    """What needs no calendar: "in 2 hours", and ISO 8601 with its own offset."""
    ahead = _IN_HOURS.match(said)
    if ahead:
        count = 1 if ahead["n"].startswith("a") else int(ahead["n"])
        unit = timedelta(hours=1) if ahead["unit"].startswith("h") else timedelta(minutes=1)
        return (now.astimezone(UTC) + count * unit).replace(second=0, microsecond=0)
    if _ISO_MOMENT.match(said):
        try:
            return datetime.fromisoformat(said.upper()).astimezone(UTC).replace(second=0)
        except (ValueError, OverflowError) as error:
            raise RuleBroken("time_unreadable") from error
    return None


def _combine(
    rest: str, clock: time | None, now: datetime, zone: str | None, prefer: Prefer
) -> datetime:
    if _ZONE_TYPED.search(rest):
        raise RuleBroken("time_unreadable")
    today = now.astimezone(zone_or_utc(zone)).date()
    rest = " ".join(_FILLERS.sub(" ", rest).split())
    step = 1 if prefer == "future" else -1
    if clock is None:
        _day(rest, today, prefer)
        raise RuleBroken("time_no_clock")
    if not rest:
        moment = local_to_utc(today, clock, zone)
        wanted = (moment > now) if step == 1 else (moment <= now)
        return moment if wanted else local_to_utc(today + timedelta(days=step), clock, zone)
    day = _day(rest, today, prefer)
    if prefer == "future" and not _YEAR_TYPED.search(rest):
        day = _not_a_year_away(day, today)
    moment = local_to_utc(day, clock, zone)
    plain = _WEEKDAY.match(rest)
    if plain and not plain["which"] and day == today and (moment > now) != (step == 1):
        return local_to_utc(day + timedelta(days=7 * step), clock, zone)
    return moment


def _not_a_year_away(day: date, today: date) -> date:
    """Last week's date, typed without a year, is last week's: past, not a year ahead."""
    leap_day = (day.month, day.day) == (2, 29)
    before = day - timedelta(days=366) if leap_day else day.replace(year=day.year - 1)
    return before if today - JUST_GONE <= before <= today else day


def _day(rest: str, today: date, prefer: Prefer) -> date:
    if rest in _SHIFTS:
        return today + timedelta(days=_SHIFTS[rest])
    named = _WEEKDAY.match(rest)
    if named:
        return _weekday(named["which"], _DAYS.index(named["day"][:3]), today, prefer)
    day = _written_day(rest, today, prefer)
    if abs(day.year - today.year) > YEARS_AWAY:
        raise RuleBroken("time_unreadable")
    return day


def _weekday(which: str | None, weekday: int, today: date, prefer: Prefer) -> date:
    monday = today - timedelta(days=today.weekday())
    if which == "next":
        return monday + timedelta(days=7 + weekday)
    if which == "this":
        return monday + timedelta(days=weekday)
    if prefer == "past":
        return today - timedelta(days=(today.weekday() - weekday) % 7)
    return today + timedelta(days=(weekday - today.weekday()) % 7)


def _written_day(rest: str, today: date, prefer: Prefer) -> date:
    """A written date, or a number of days or weeks from today."""
    if not _NUMBERED_DAY.search(rest) or _ZONE_TYPED.search(rest):
        raise RuleBroken("time_unreadable")
    if _ISO_DAY.match(rest):  # never the other way round: 2026-13-01 is no date at all
        try:
            return date.fromisoformat(rest)
        except ValueError as error:
            raise RuleBroken("time_unreadable") from error
    rest = _DOTTED_DAY.sub(r"\1/\2/\3", rest).rstrip("/")
    import dateparser  # here, because it takes a moment to load and few processes read times

    relative = rest.startswith("in ") or rest.endswith(" from now")
    found = dateparser.parse(
        rest,
        languages=["en"],
        settings={
            "DATE_ORDER": "DMY",
            "PREFER_DATES_FROM": prefer,
            "RELATIVE_BASE": datetime.combine(today, time()),
            "REQUIRE_PARTS": ["day", "month"],
            "PARSERS": ["relative-time"] if relative else ["absolute-time"],
            "RETURN_AS_TIMEZONE_AWARE": False,
        },
    )
    if found is None or found.time() != time():
        raise RuleBroken("time_unreadable")
    weekday = re.match(rf"(?P<day>{_DAY_NAME})\b", rest)
    if weekday and found.weekday() != _DAYS.index(weekday["day"][:3]):
        raise RuleBroken("time_unreadable")  # "Monday 27 Nov" when the 27th is a Friday
    return found.date()
