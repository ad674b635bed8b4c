"""When plans change: the time moves, another is looked for, the session is called off."""

from datetime import UTC, datetime, timedelta

from tests.scenarios.acts import THURSDAY, bot_messages, offers_to_mentor, scheduled
from tests.scenarios.marks import sqlite_only
from tests.support.company import Company

FRIDAY = datetime(2026, 11, 27, 11, 0, tzinfo=UTC)


async def test_a_moved_time_leaves_no_reminder_of_the_old_one(company: Company) -> None:
    await scheduled(company)
    ada, bruno = company["ada"], company["bruno"]
    await bruno.clicks("Change the time")
    assert bruno.modal is not None
    assert "So far it is Thursday, November 26, 2026 at 14:30." in bruno.modal.text
    await bruno.fills({"Or type it": "Friday 11:00"}, submit=True)
    await company.settle()
    for person in (ada, bruno):
        told = await person.reads("@Bruno Costa has moved your flash session.")
        assert "Friday, November 27, 2026 at 11:00" in told.text
    await company.until(THURSDAY + timedelta(minutes=20))
    for person in (ada, bruno):
        person.never_reads("In a few minutes you meet")
        person.never_reads("starts now.")
        person.never_reads("take place?")
        assert "November 27" in (await person.reads("Soon you meet")).text
    await company.until(FRIDAY + timedelta(minutes=50))
    for handle in ("ada", "bruno"):
        assert len(bot_messages(company, handle, "starts now.")) == 1
        assert len(bot_messages(company, handle, "take place?")) == 1


async def test_another_time_is_asked_for_and_the_agenda_stays(company: Company) -> None:
    await scheduled(company)
    ada, bruno = company["ada"], company["bruno"]
    await ada.says("How to say no")
    await bruno.clicks("Cancel")
    await bruno.reads("Plans change, and nobody is blamed for it.", where="modal")
    await bruno.fills({"A word about why": "My train <b>is</b> late & slow"}, submit=True)
    await company.settle()
    told = await ada.reads("asks for another time for your flash session.")
    assert "Nothing is lost, and your agenda stays." in told.text
    assert "My train <b>is</b> late & slow" in told.text
    assert told.buttons == ("Set a time", "Cancel")
    await company.until(THURSDAY + timedelta(minutes=1))
    ada.never_reads("Soon you meet")
    ada.never_reads("starts now.")
    await ada.clicks("Set a time")
    await ada.fills({"Or type it": "Friday 11:00"}, submit=True)
    await company.settle()
    await bruno.reads("Friday, November 27, 2026 at 11:00", where="group")
    await bruno.reads("How to say no")


async def test_calling_it_off_tells_both_and_stops_everything(company: Company) -> None:
    await scheduled(company)
    ada, bruno = company["ada"], company["bruno"]
    await ada.clicks("Cancel")
    await ada.ticks("Call it off")
    await ada.fills({"A word about why": "I changed teams"}, submit=True)
    await company.settle()
    told = await bruno.reads("@Ada Adeyemi has called off your flash session.")
    assert "I changed teams" in told.text
    assert "/mentoring flash" in told.text
    before = {handle: len(bot_messages(company, handle)) for handle in ("ada", "bruno")}
    await company.until(THURSDAY + timedelta(days=5))
    assert {handle: len(bot_messages(company, handle)) for handle in before} == before
    ada.never_reads("Change the time")
    await ada.types("/mentoring sessions")
    await ada.reads("Nothing is open for you just now.")


@sqlite_only
async def test_the_mentors_place_is_free_again_when_it_is_called_off(company: Company) -> None:
    await scheduled(company)
    await company["ada"].clicks("Cancel")
    await company["ada"].ticks("Call it off")
    await company["ada"].submits()
    await company.settle()
    await company["chen"].types("/mentoring flash")
    await company["chen"].fills(
        {"What is it about?": "Another", "What do you hope to leave with?": "A way"}, submit=True
    )
    await company.settle()
    await company["bruno"].reads("@Chen Wei would like to talk with you")


async def test_one_leaves_the_workspace_and_the_other_is_told(company: Company) -> None:
    await scheduled(company)
    company.workspace.deactivate("bruno")
    await company.settle()
    told = await company["ada"].reads("@Bruno Costa is no longer in the workspace")
    assert "nothing is owed" not in told.text
    await company.until(THURSDAY + timedelta(days=1))
    company["ada"].never_reads("starts now.")


async def test_after_the_second_move_both_are_gently_told_once(company: Company) -> None:
    await scheduled(company)
    ada, bruno = company["ada"], company["bruno"]
    for day in ("Friday 11:00", "Monday 11:00", "Tuesday 11:00"):
        await bruno.clicks("Change the time", in_message="Each of you sees it")
        await bruno.fills({"Or type it": day}, submit=True)
        await company.settle()
    for handle in ("ada", "bruno"):
        assert len(bot_messages(company, handle, "has moved twice now, as things do.")) == 1
    told = await ada.reads("has moved twice now")
    assert "fifteen minutes are worth having too" in told.text
    assert told.buttons == ("Make it shorter", "Cancel")


async def test_the_mentee_may_have_somebody_else_found(company: Company) -> None:
    await scheduled(company)
    ada, bruno = company["ada"], company["bruno"]
    await offers_to_mentor(company, "chen")
    await bruno.clicks("Cancel")
    await bruno.ticks("Call it off")
    await bruno.submits()
    await company.settle()
    bruno.never_reads("Find me somebody else")
    asked = await ada.reads("I ask with the same words as before, and not @Bruno Costa.")
    assert "Speaking up in meetings" in asked.text
    await ada.clicks("Find me somebody else")
    await company.settle()
    await ada.reads("I am asking somebody else, with your words.")
    await company.let_pass(hours=16)  # Chen's morning
    offer = await company["chen"].reads("@Ada Adeyemi would like to talk with you")
    assert "Speaking up in meetings" in offer.text
    ada.never_reads("Find me somebody else")
