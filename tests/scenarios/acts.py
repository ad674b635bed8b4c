"""What people do again and again in the scenarios, with the words that stand on their screens."""

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.support.company import Company

TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
THURSDAY = datetime(2026, 11, 26, 14, 30, tzinfo=UTC)  # "Thursday 14:30" in London


async def offers_to_mentor(company: Company, handle: str, **answers: Any) -> None:
    """Somebody becomes a mentor by /mentoring offer. `answers` by label, spaces as underscores."""
    words = {"What can you help with?": f"Whatever {handle} has seen"}
    await _sends(company, handle, "/mentoring offer", words, answers)


async def asks_flash(
    company: Company,
    handle: str,
    topic: str = "Speaking up in meetings",
    hoped_for: str = "One thing to try",
    **answers: Any,
) -> None:
    """Somebody asks for a flash session, and the bot has dealt with it."""
    words = {"What is it about?": topic, "What do you hope to leave with?": hoped_for}
    await _sends(company, handle, "/mentoring flash", words, answers)


async def asks_taster(
    company: Company,
    handle: str,
    topic: str = "Speaking up in meetings",
    hoped_for: str = "One thing to try",
    **answers: Any,
) -> None:
    """Somebody asks for a taster, and the bot has dealt with it."""
    words = {
        "What would you like to talk about?": topic,
        "What do you hope to leave with?": hoped_for,
    }
    await _sends(company, handle, "/mentoring taster", words, answers)


async def _sends(
    company: Company, handle: str, command: str, words: dict[str, str], answers: dict[str, Any]
) -> None:
    """Type the command, fill in its form, and see it taken."""
    person = company[handle]
    await person.types(command)
    by_label = {label.replace("_", " "): answer for label, answer in answers.items()}
    await person.fills({**words, **by_label}, submit=True)
    await company.settle()
    assert person.modal is None, person.modal


async def accepts(company: Company, handle: str) -> None:
    """A mentor who was asked says yes."""
    await company[handle].clicks("I can help")
    await company.settle()


async def paired(company: Company, mentee: str = "ada", mentor: str = "bruno") -> None:
    """A flash session of the two, with no time yet."""
    await offers_to_mentor(company, mentor)
    await asks_flash(company, mentee)
    await accepts(company, mentor)


async def sets_time(company: Company, handle: str, typed: str, **answers: Any) -> None:
    """One of the two types a time into the modal."""
    person = company[handle]
    await person.clicks("Set a time")
    await person.fills(
        {"Or type it": typed, **{k.replace("_", " "): v for k, v in answers.items()}}, submit=True
    )
    await company.settle()
    assert person.modal is None, person.modal


async def scheduled(company: Company, mentee: str = "ada", mentor: str = "bruno") -> None:
    """A flash session of the two on Thursday at 14:30 in London."""
    await paired(company, mentee, mentor)
    await sets_time(company, mentee, "Thursday 14:30")


async def held(company: Company, mentee: str = "ada", mentor: str = "bruno") -> None:
    """A flash session that took place: both said so."""
    await scheduled(company, mentee, mentor)
    await company.until(THURSDAY + timedelta(minutes=45))
    for handle in (mentee, mentor):
        await company[handle].clicks("Yes")
    await company.settle()


def bot_messages(company: Company, handle: str, fragment: str = "") -> list[str]:
    """What Lantern said that this person sees, oldest first; only what contains the fragment."""
    return [
        seen.text
        for seen in company[handle].screen()
        if seen.author == "Lantern" and seen.where in ("dm", "group") and seen.has(fragment)
    ]
