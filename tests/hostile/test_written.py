"""What Lantern writes into a calendar with somebody's words in it: one event, whatever they are."""

import re
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from bot.services.sessions.calendar import CalendarEntry, calendar_file
from tests.hostile.profiles import examples
from tests.hostile.values import NASTY

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
LINES = {
    *("BEGIN", "END", "VERSION", "PRODID", "METHOD", "UID", "SEQUENCE", "DTSTAMP", "DTSTART"),
    *("DTEND", "STATUS", "ORGANIZER", "SUMMARY", "DESCRIPTION", "CLASS"),
}
BREAKS = (
    "\r\nEND:VEVENT",
    "\nATTENDEE:mailto:x@evil.example",
    "\x0bX",
    "\x85X",
    "\u2028X",
    "\x1cX",
)
# What comes in holds no half of a pair (`handlers.carried.fit`).
words = st.one_of(
    st.sampled_from([text.encode(errors="ignore").decode() for text in (*NASTY, *BREAKS)]),
    st.text(max_size=60),
    st.lists(st.sampled_from([*BREAKS, ";", ",", "\\", ":", '"', "\\n", "a"])).map("".join),
)


@examples(200)
@given(words, words)
def test_an_event_is_one_event(summary: str, description: str) -> None:
    entry = CalendarEntry("u@lantern.invalid", 3, NOON, NOON, 45)
    raw = calendar_file(entry, summary=summary, description=description).decode()
    unfolded = re.sub(r"\r\n[ \t]", "", raw)
    names = [re.split("[;:]", line)[0] for line in unfolded.removesuffix("\r\n").split("\r\n")]
    assert set(names) <= LINES, names
    assert names.count("SUMMARY") == names.count("BEGIN") - 1 == 1
    (event,) = Calendar.from_ical(raw).walk("VEVENT")
    assert event.decoded("dtstart") == NOON
    assert event.get("attendee") is None
    assert all(len(line.encode()) <= 75 for line in raw.split("\r\n"))
