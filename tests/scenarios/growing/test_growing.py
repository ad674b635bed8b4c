"""What grows from a talk: an answered agenda, the last five minutes, going on, public thanks."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from bot.sandbox.people import PersonSpec
from tests.scenarios.acts import (
    THURSDAY,
    accepts,
    asks_flash,
    bot_messages,
    held,
    offers_to_mentor,
    paired,
    scheduled,
    sets_time,
)
from tests.scenarios.programme_acts import (
    CHANNEL,
    LEADS,
    MENTOR,
    joins,
    makes_programme,
    people,
    to_her_alone,
)
from tests.support.company import STAFF, Company

FRIDAY = datetime(2026, 11, 27, 16, 0, tzinfo=UTC)
COMPARED = datetime(2026, 12, 3, 16, 0, tzinfo=UTC)
AGAIN, KEEP, FORMAL = "Another talk on this", "Keep in touch", "Something formal"


@pytest.fixture
def staff() -> Sequence[PersonSpec]:
    return (*STAFF[:2], *LEADS, *people("cleo"))


async def would_go_on(company: Company, handle: str, *wishes: str) -> None:
    """Somebody answers in private, for the first time."""
    person = company[handle]
    await person.clicks("Answer in private", in_message="Would you go on with")
    await person.fills({"What would you like?": list(wishes)}, submit=True)
    await company.settle()
    assert person.modal is None, person.errors


async def test_the_mentor_answers_the_agenda(company: Company) -> None:
    await paired(company)
    ada, bruno = company["ada"], company["bruno"]
    await ada.says("How decisions are made here")
    await company.settle()
    await bruno.clicks("Add a point", in_message="The agenda from")
    await bruno.fills({"Your points": "Who else could help"}, submit=True)
    await company.settle()
    assert "Who else could help" in (await ada.reads("would like to add to it")).text
    await bruno.clicks("Good as it is", in_message="The agenda from")
    await company.settle()
    await ada.reads("and finds it good as it is")
    await ada.clicks("Change the agenda", in_message="finds it good")
    await ada.fills({"To talk about": "How decisions are really made"}, submit=True)
    await company.settle()
    card = await bruno.reads("It has changed since you found it good.")
    assert "Good as it is" in card.buttons
    assert "Who else could help" in card.text


async def test_five_minutes_before_the_end_and_the_question_the_same_day(company: Company) -> None:
    await scheduled(company)
    await company.until(THURSDAY + timedelta(minutes=26))
    for handle in ("ada", "bruno"):
        await company[handle].reads("Five minutes left with")
    await company.until(THURSDAY + timedelta(minutes=45))
    for handle in ("ada", "bruno"):
        await company[handle].reads("take place?")


async def test_both_would_like_another_talk(company: Company) -> None:
    await held(company)
    await company.until(FRIDAY)
    await would_go_on(company, "ada", AGAIN, KEEP)
    await would_go_on(company, "bruno", AGAIN)
    for handle in ("ada", "bruno"):
        company[handle].never_reads("would both like")
    await company.until(COMPARED)
    news = await company["ada"].reads("would both like another talk on this")
    assert (
        "Ask for another talk"
        not in (await company["bruno"].reads("would both like another talk on this")).buttons
    )
    assert "Ask for another talk" in news.buttons
    await company["ada"].clicks("Ask for another talk")
    await company.settle()
    await company["ada"].reads("You have asked, and hear from me what becomes of it.")
    asked = [s for s in company["bruno"].screen("dm") if "Speaking up in meetings" in s.text]
    assert asked[-1].buttons, "the invitation can be answered"


async def test_both_would_keep_in_touch_and_a_changed_mind_counts(company: Company) -> None:
    await held(company)
    await company.until(FRIDAY)
    await would_go_on(company, "ada", "No, it is good as it is")
    await would_go_on(company, "bruno", KEEP)
    await company["ada"].clicks("Change my answer")
    await company["ada"].fills({"What would you like?": [KEEP]}, submit=True)
    await company.until(COMPARED)
    for handle in ("ada", "bruno"):
        await company[handle].reads("would both like to keep in touch")
    await company["bruno"].reads("is closed", where="dm")


async def test_without_a_wish_of_both_each_reads_the_same(company: Company) -> None:
    await held(company)
    await company.until(FRIDAY)
    await would_go_on(company, "ada", FORMAL)
    await would_go_on(company, "bruno", AGAIN)
    await company.until(COMPARED)
    said = {
        bot_messages(company, handle, "nothing that both of you")[0].replace(other, "X")
        for handle, other in (("ada", "@Bruno Costa"), ("bruno", "@Ada Adeyemi"))
    }
    assert len(said) == 1


async def test_a_no_beside_a_wish_is_said_at_the_field(company: Company) -> None:
    await held(company)
    await company.until(FRIDAY)
    ada = company["ada"]
    await ada.clicks("Answer in private")
    await ada.fills({"What would you like?": [AGAIN, "No, it is good as it is"]}, submit=True)
    assert any("A no stands alone" in each for each in ada.errors.values())


async def test_feedback_is_given_and_changed_in_private(company: Company) -> None:
    await held(company)
    await company.until(datetime(2026, 11, 30, 16, 0, tzinfo=UTC))
    ada = company["ada"]
    await ada.clicks("Give feedback")
    words = {
        "How good was it for you?": "4: it helped me",
        "One sentence, for yourself": "Ask earlier next time",
    }
    await ada.fills(words, submit=True)
    await company.settle()
    await ada.reads("Thank you for your feedback")
    await ada.clicks("Change it")
    assert ada.modal is not None
    assert ada.modal.values["One sentence, for yourself"] == "Ask earlier next time"
    await ada.closes()
    company["bruno"].never_reads("Ask earlier")


async def test_after_a_no_one_may_let_go_or_find_another_time(company: Company) -> None:
    await scheduled(company)
    await company.until(THURSDAY + timedelta(minutes=45))
    for handle in ("ada", "bruno"):
        await company[handle].clicks("No")
        await company.settle()
    await company["bruno"].clicks("Let it go")
    await company.settle()
    await company["bruno"].reads("It is let go, and nobody minds.")
    await company["ada"].clicks("Find another time")
    await company.settle()
    await company["ada"].reads("Then you and @Bruno Costa find another time.")


async def test_a_silent_mentor_is_paused_and_comes_back(company: Company) -> None:
    await offers_to_mentor(company, "bruno", **{"Sessions a month, at most": "3"})
    for handle in ("ada", "cleo"):
        await asks_flash(company, handle)
        await accepts(company, "bruno")
        await sets_time(company, handle, "Thursday 14:30" if handle == "ada" else "Thursday 16:00")
    await company.until(THURSDAY + timedelta(days=7))
    card = await company["bruno"].reads("Two talks in a row have passed")
    assert card.buttons == ("I am back",)
    await company["bruno"].clicks("I am back", in_message="Two talks in a row")
    await company.settle()
    assert len(bot_messages(company, "bruno", "You are back.")) == 1
    card = await company["bruno"].reads("Two talks in a row have passed")
    assert card.buttons == (), "what is over can be read, and not pressed"


async def in_the_circle(company: Company) -> None:
    """A talk between Ada and Bruno in a programme with a channel and a lead, its hour gone by."""
    await makes_programme(company, "ada", "bruno", every="On request only")
    await joins(company, "bruno", roles=(MENTOR,))
    ada = company["ada"]
    await ada.types("/mentoring flash", CHANNEL)
    words = {
        "What is it about?": "Speaking up in meetings",
        "What do you hope to leave with?": "One thing to try",
    }
    await ada.fills(words, submit=True)
    await company.settle()
    await accepts(company, "bruno")
    await sets_time(company, "ada", "Thursday 14:30")
    await company.until(THURSDAY + timedelta(minutes=45))


async def test_thanks_are_shown_in_the_channel_only_by_consent_of_both(company: Company) -> None:
    await in_the_circle(company)
    ada, bruno = company["ada"], company["bruno"]
    await ada.clicks("Yes")
    await company.let_pass(days=1)
    await ada.clicks("Say thanks", in_message="Would you like to say thanks")
    thanks = {
        "How did it help you?": "I slept well after it.",
        "In the channel": ["It may be shown in the programme’s channel"],
    }
    await ada.fills(thanks, submit=True)
    await company.settle()
    company["lea"].never_reads("I slept well")
    await bruno.clicks("Show it in the channel")
    await company.settle()
    shown = await company["lea"].reads("says thank you to", where=f"#{CHANNEL}")
    assert "I slept well after it." in shown.text
    await company.let_pass(days=120)
    company["lea"].never_reads("I slept well")
    await company["lea"].reads("The words are no longer kept.", where=f"#{CHANNEL}")


async def test_a_contradiction_reaches_the_lead_as_a_fact(company: Company) -> None:
    await in_the_circle(company)
    await company["ada"].clicks("Yes")
    await company["bruno"].clicks("No")
    await company.settle()
    (news,) = to_her_alone(company, "lea", "told me different things")
    assert "@Ada Adeyemi" in news
    assert "@Bruno Costa" in news
    assert "Speaking up" not in news
    await company["bruno"].reads("You said: no")
