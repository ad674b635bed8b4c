"""One's own profile: free windows, working hours, a booking link; by command and from Home."""

from tests.scenarios.acts import paired
from tests.scenarios.marks import sqlite_only
from tests.support.company import Company

LINK = "https://cal.example.com/bruno"


async def test_free_windows_decide_what_is_proposed(company: Company) -> None:
    ada = company["ada"]
    await ada.types("/mentoring profile")
    await ada.reads("So that I propose times that suit you", where="modal")
    await ada.fills({"When you are usually free to meet": ["Wednesday morning"]}, submit=True)
    await company.settle()
    await ada.reads("Your profile is saved.", where="dm")
    await paired(company)
    listed = await ada.reads("When could you meet?", where="dm")
    assert "Wednesday 25 November" in listed.text
    assert "Thursday" not in listed.text
    assert "Tuesday" not in listed.text


@sqlite_only
async def test_the_mentors_booking_link_stands_where_a_time_is_looked_for(
    company: Company,
) -> None:
    ada, bruno = company["ada"], company["bruno"]
    await bruno.opens_home()
    await bruno.clicks("My profile")
    await bruno.fills({"A link where your calendar can be booked": "cal.example.com"}, submit=True)
    assert "begins with https://" in str(bruno.errors)
    await bruno.fills({"A link where your calendar can be booked": LINK}, submit=True)
    await company.settle()
    assert bruno.modal is None
    await paired(company)
    hello = await ada.reads("meet @Bruno Costa", where="group")
    assert hello.links["book an hour in the calendar"] == LINK
    await ada.reads("book an hour in the calendar", where="dm")
    bruno.never_reads("book an hour in the calendar", where="dm")


@sqlite_only
async def test_working_hours_of_ones_own_are_kept_to(company: Company) -> None:
    ada = company["ada"]
    await ada.types("/mentoring hours")
    await ada.fills({"Your working day begins": "18:00", "and ends": "17:00"}, submit=True)
    assert "The day has to end after it begins" in str(ada.errors)
    await ada.fills({"Your working day begins": "12:00", "and ends": "16:00"}, submit=True)
    await company.settle()
    await paired(company)
    await company.until(company.clock.now().replace(hour=11, minute=59))
    ada.never_reads("Your checklist for", where="dm")
    await company.until(company.clock.now().replace(hour=12, minute=1))
    await ada.reads("Your checklist for", where="dm")
    listed = await ada.reads("When could you meet?", where="dm")
    assert ", 09:" not in listed.text
    assert ", 16:" not in listed.text


@sqlite_only
async def test_forms_begin_with_the_windows_of_the_profile(company: Company) -> None:
    ada = company["ada"]
    await ada.types("/mentoring profile")
    await ada.fills({"When you are usually free to meet": ["Wednesday morning"]}, submit=True)
    await company.settle()
    for command in ("flash", "taster", "offer", "reverse", "spot @bruno"):
        await ada.types(f"/mentoring {command}")
        assert ada.modal is not None
        assert ada.modal.values["When you are usually free"] == "Wednesday morning", command
        await ada.closes()
