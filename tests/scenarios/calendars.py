"""The files for the calendar that somebody has been given, read as their calendar reads them."""

from dataclasses import dataclass
from datetime import datetime

from icalendar import Calendar

from tests.support.company import Company


@dataclass(frozen=True)
class Entry:
    """One event of one file, and the whole file as text."""

    method: str
    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    summary: str
    status: str
    raw: str


def entries(company: Company, handle: str) -> list[Entry]:
    """What this person was sent for their calendar, oldest first."""
    files = company.workspace.files
    return [
        read(files.contents[file["id"]])
        for seen in company[handle].screen()
        if seen.surface is not None and hasattr(seen.surface, "message")
        for file in seen.surface.message.files
        if file["name"].startswith("lantern-session") and file["name"].endswith(".ics")
    ]


def read(raw: bytes) -> Entry:
    """The one event of a file."""
    calendar = Calendar.from_ical(raw)
    (event,) = calendar.walk("VEVENT")
    return Entry(
        method=str(calendar["METHOD"]),
        uid=str(event["UID"]),
        sequence=int(str(event["SEQUENCE"])),
        starts_at=event.decoded("DTSTART"),
        ends_at=event.decoded("DTEND"),
        summary=str(event["SUMMARY"]),
        status=str(event["STATUS"]),
        raw=raw.decode(),
    )
