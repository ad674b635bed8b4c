"""What the property tests draw from: every zone, clock changes, hours and holidays."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import strategies as st

from bot.domain.hours import WorkingHours

ZONES = sorted(name for name in available_timezones() if name not in ("localtime", "Factory"))
AWKWARD_ZONES = (
    "Europe/London",
    "America/New_York",
    "Australia/Sydney",
    "Australia/Lord_Howe",  # half an hour
    "America/St_Johns",
    "Asia/Kathmandu",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
    "Africa/Cairo",  # at midnight, on a Friday
    "America/Havana",  # at midnight
    "Asia/Beirut",
    "Africa/Casablanca",  # twice more around Ramadan
    "America/Santiago",
    "Antarctica/Troll",  # two hours
)

FIRST, LAST = datetime(2024, 1, 1), datetime(2032, 12, 31)  # noqa: DTZ001 (made aware below)


def clock_changes(zone: str, year: int) -> list[datetime]:
    """The UTC hours in which the offset of that zone changes in that year."""
    tz = ZoneInfo(zone)
    found, at = [], datetime(year, 1, 1, tzinfo=UTC)
    before = at.astimezone(tz).utcoffset()
    while at.year == year:
        at += timedelta(hours=12)
        after = at.astimezone(tz).utcoffset()
        if after != before:
            found.append(at)
        before = after
    return found


zones = st.sampled_from(ZONES) | st.sampled_from(AWKWARD_ZONES)
days = st.dates(FIRST.date(), LAST.date())
any_moments = st.datetimes(FIRST, LAST, timezones=st.just(UTC))
_CHANGES = [
    at for zone in AWKWARD_ZONES for year in (2026, 2027) for at in clock_changes(zone, year)
]
moments_near_changes = st.builds(
    lambda at, by: at + timedelta(minutes=by),
    st.sampled_from(_CHANGES),
    st.integers(-3 * 1440, 3 * 1440),
)
moments = any_moments | moments_near_changes


@st.composite
def working_hours(draw: st.DrawFn, zone: st.SearchStrategy[str] = zones) -> WorkingHours:
    """Nine to five mostly, but also short, long and nightly hours, odd weeks and holidays."""
    opens, closes = draw(
        st.sampled_from([(time(9), time(17))])
        | st.tuples(st.times(), st.times()).filter(lambda pair: pair[0] < pair[1])
    )
    weekdays = draw(st.just(frozenset(range(5))) | st.frozensets(st.integers(0, 6), min_size=1))
    holidays: frozenset[date] = draw(st.frozensets(days, max_size=4))
    return WorkingHours(draw(zone), opens, closes, weekdays, holidays)


office_hours = st.builds(WorkingHours, zones)
