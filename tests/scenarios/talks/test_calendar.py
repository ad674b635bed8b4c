"""The session in everybody's calendar: set, moved, and taken out again."""

from datetime import UTC, datetime, timedelta

from tests.scenarios.acts import THURSDAY, paired, scheduled, sets_time
from tests.scenarios.calendars import entries
from tests.scenarios.record import assert_all_said_once
from tests.support.company import Company

FRIDAY = datetime(2026, 11, 27, 11, 0, tzinfo=UTC)


async def test_one_entry_is_put_in_moved_and_taken_out(company: Company) -> None:
    await scheduled(company)
    ada, bruno = company["ada"], company["bruno"]
    told = await bruno.reads("Your flash session for your calendars: open it to put it in.")
    assert list(told.files) == ["Lantern: flash session with Bruno Costa and Ada Adeyemi"]
    (first,) = entries(company, "ada")
    assert (first.method, first.status) == ("PUBLISH", "CONFIRMED")
    assert (first.starts_at, first.ends_at) == (THURSDAY, THURSDAY + timedelta(minutes=30))
    assert first.summary == "Lantern: flash session with Bruno Costa and Ada Adeyemi"

    await bruno.clicks("Change the time")
    await bruno.fills({"Or type it": "Friday 11:00"}, submit=True)
    await company.settle()
    await ada.reads("Open it, and the entry you have moves along.")
    _, moved = entries(company, "ada")
    assert (moved.uid, moved.sequence) == (first.uid, first.sequence + 1)
    assert (moved.method, moved.starts_at) == ("PUBLISH", FRIDAY)

    await ada.clicks("Cancel")
    await ada.ticks("Call it off")
    await ada.submits()
    await company.settle()
    await bruno.reads("open this, and the entry goes.")
    last = entries(company, "bruno")[-1]
    assert (last.uid, last.sequence) == (first.uid, first.sequence + 2)
    assert (last.method, last.status, last.starts_at) == ("CANCEL", "CANCELLED", FRIDAY)
    assert entries(company, "bruno") == entries(company, "ada")
    await assert_all_said_once(company)


async def test_a_time_that_is_given_up_goes_and_the_next_one_takes_its_place(
    company: Company,
) -> None:
    await scheduled(company)
    await company["bruno"].clicks("Cancel")
    await company["bruno"].submits()
    await company.settle()
    await sets_time(company, "ada", "Friday 11:00")
    first, gone, again = entries(company, "ada")
    assert [e.sequence for e in (first, gone, again)] == [1, 2, 3]
    assert {e.uid for e in (first, gone, again)} == {first.uid}
    assert (gone.method, gone.starts_at) == ("CANCEL", THURSDAY)
    assert (again.method, again.starts_at) == ("PUBLISH", FRIDAY)


async def test_nothing_the_two_wrote_is_in_the_file(company: Company) -> None:
    await paired(company)
    await sets_time(company, "ada", "Thursday 14:30", Where="The fountain in the park")
    (only,) = entries(company, "ada")
    for private in ("fountain", "Speaking up", "One thing to try", "bruno has seen"):
        assert private not in only.raw


async def test_a_session_without_a_time_needs_no_calendar(company: Company) -> None:
    await paired(company)
    await company["ada"].clicks("Cancel")
    await company["ada"].submits()
    await company.settle()
    assert entries(company, "ada") == []


async def test_who_is_left_can_take_out_what_a_leaver_leaves(company: Company) -> None:
    await scheduled(company)
    company.workspace.deactivate("bruno")
    await company.settle()
    await company["ada"].reads("open this, and the entry goes.", where="dm")
    assert [e.method for e in entries(company, "ada")] == ["PUBLISH", "CANCEL"]
