"""Whoever offered can stop, and whoever never answered still can: the odd ends of a story."""

from datetime import timedelta

from tests.scenarios.acts import (
    THURSDAY,
    accepts,
    asks_flash,
    bot_messages,
    held,
    offers_to_mentor,
    paired,
    scheduled,
)
from tests.support.company import Company


async def test_a_mentor_stops_on_the_home_tab(company: Company) -> None:
    await offers_to_mentor(company, "bruno")
    await asks_flash(company, "ada")
    bruno = company["bruno"]
    await bruno.opens_home()
    await company.settle()
    await bruno.clicks("Stop offering")
    await company.settle()
    await bruno.reads("You no longer offer to mentor")
    assert not any("I can help" in seen.buttons for seen in bruno.screen())
    await company["ada"].reads("is safe with me")


async def test_a_mentor_stops_by_command_and_comes_back(company: Company) -> None:
    await offers_to_mentor(company, "bruno")
    bruno = company["bruno"]
    await bruno.types("/mentoring offer")
    await bruno.fills({"Enough for now?": ["Stop offering to mentor"]}, submit=True)
    await company.settle()
    await asks_flash(company, "ada")
    assert not any("I can help" in seen.buttons for seen in bruno.screen())
    await offers_to_mentor(company, "bruno")
    await accepts(company, "bruno")
    await company["ada"].reads("meet", where="group")


async def test_a_late_yes_is_still_heard(company: Company) -> None:
    await scheduled(company)
    await company.until(THURSDAY + timedelta(days=8))
    bruno = company["bruno"]
    await bruno.reads("If it did after all, tell me here")
    await bruno.clicks("Yes")
    await company.settle()
    await bruno.reads("Good to hear that you met")


async def test_it_is_called_off_at_night_and_known_before_the_hour(company: Company) -> None:
    await paired(company, "dara", "bruno")
    await company.let_pass(hours=5)  # ten in New York: the two are introduced
    dara = company["dara"]
    await dara.clicks("Set a time")
    await dara.fills({"Or type it": "Thursday 09:00"}, submit=True)  # 14:00 in Lisbon
    await company.until(THURSDAY - timedelta(hours=15))  # half past six in the evening there
    await dara.clicks("Cancel")
    await dara.fills({"What would you like?": "Call it off"}, submit=True)
    await company.settle()
    assert not bot_messages(company, "bruno", "has called off")  # it is half past eleven for him
    await company.until(THURSDAY - timedelta(hours=5, minutes=25))  # his day has begun
    assert bot_messages(company, "bruno", "has called off your flash session")


async def test_after_the_retention_time_the_screens_forget_too(company: Company) -> None:
    await held(company)
    await company.let_pass(hours=2)
    ada = company["ada"]
    await ada.clicks("Say thanks")
    await ada.fills({"How did it help you?": "The zebra told me"}, submit=True)
    await company.settle()
    await company.let_pass(days=1)
    await company["bruno"].reads("The zebra told me")
    await company.until(THURSDAY + timedelta(days=110))
    for handle in ("ada", "bruno"):
        assert not bot_messages(company, handle, "zebra")
    await company["bruno"].reads("The words are no longer kept")


async def test_a_session_without_a_time_is_let_go(company: Company) -> None:
    await paired(company)
    await company.let_pass(days=29)
    await company["ada"].reads("has found no time in four weeks", where="group")
