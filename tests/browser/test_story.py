"""Lantern's own story in the page alone: from the slash command to the thank-you."""

from pathlib import Path

from playwright.async_api import Browser, expect

from bot.sandbox.people import PersonSpec
from bot.store.crypto import new_key
from tests.browser.conftest import Opens
from tests.browser.screen import Screen
from tests.support.company import Company, company

STAFF = (
    PersonSpec("ada", "Ada Adeyemi", tz="Europe/London", title="Designer"),
    PersonSpec("bruno", "Bruno Costa", tz="Europe/Lisbon", title="Head of Design"),
    PersonSpec("noor", "Noor El-Sayed", tz="Europe/Paris", title="Director"),
)
NAMES = {person.handle: person.name for person in STAFF}


async def offers(screen: Screen, handle: str) -> None:
    """Somebody becomes a mentor."""
    await screen.becomes(NAMES[handle])
    await screen.types("/mentoring offer")
    await screen.fills({"What can you help with?": "Speaking up in meetings"})
    await screen.submits()
    await expect(screen.modal).to_have_count(0)


async def asks(screen: Screen, handle: str) -> None:
    """Somebody asks for a taster; the first try lacks what they hope for."""
    await screen.becomes(NAMES[handle])
    await screen.types("/mentoring taster")
    await screen.fills({"What would you like to talk about?": "Speaking up <b>loudly</b>"})
    await screen.submits()
    await expect(screen.modal).to_contain_text("Please complete this required field.")
    await screen.fills({"What do you hope to leave with?": "One thing to try"})
    await screen.submits()
    await expect(screen.modal).to_have_count(0)


async def who_was_asked(screen: Screen, *handles: str) -> str:
    """The mentor on whose screen the offer is."""
    for _ in range(20):
        for handle in handles:
            await screen.becomes(NAMES[handle])
            if await screen.page.get_by_role("button", name="I can help").count():
                return handle
    raise AssertionError("nobody was asked")


async def accepted(screen: Screen) -> tuple[str, str]:
    """Ada asks, one mentor declines, the other accepts; returns (who declined, who accepted)."""
    await offers(screen, "bruno")
    await offers(screen, "noor")
    await asks(screen, "ada")
    first = await who_was_asked(screen, "bruno", "noor")
    await screen.reads("Speaking up <b>loudly</b>")
    await screen.clicks("Not this time")
    await screen.lets_pass("+15 min")
    second = "noor" if first == "bruno" else "bruno"
    await screen.becomes(NAMES[second])
    await screen.clicks("I can help")
    return first, second


async def sets_the_time(screen: Screen, typed: str) -> None:
    """Whoever is on the screen types a time."""
    await screen.clicks("Set a time")
    await screen.fills({"Or type it": typed})
    await screen.submits()
    await expect(screen.modal).to_have_count(0)


async def thanks_to_the_end(screen: Screen, running: Company, mentor: str) -> None:
    """From the day of the session to the thank-you."""
    for _ in range(4):
        await screen.lets_pass("+1 day")
    for handle in ("ada", mentor):
        await screen.becomes(NAMES[handle])
        await screen.goes_to("Lantern")
        await screen.clicks("Yes")
    await screen.lets_pass("+1 day")
    await screen.becomes(NAMES["ada"])
    await screen.goes_to("Lantern")
    await screen.clicks("Say thanks")
    await screen.submits()
    await expect(screen.modal).to_have_count(0)
    await running.settle()
    await screen.lets_pass("+1 day")
    await screen.becomes(NAMES[mentor])
    await screen.reads("Ada Adeyemi")


async def test_a_taster_as_three_people(tmp_path: Path, opens: Opens) -> None:
    async with company(tmp_path, staff=STAFF, page=True) as running:
        screen = await opens(running.server, "ada")
        _, mentor = await accepted(screen)
        await screen.goes_to("Ada Adeyemi")
        await screen.reads("Speaking up <b>loudly</b>")
        await screen.becomes(NAMES["ada"])
        await screen.goes_to(NAMES[mentor])
        await sets_the_time(screen, "Thursday 14:30")
        await thanks_to_the_end(screen, running, mentor)
        assert not [r for r in running.workspace.traffic if r.outcome.startswith("invalid")]


async def test_a_restart_in_the_middle(tmp_path: Path, browser: Browser, opens: Opens) -> None:
    kept, keys = tmp_path / "workspace.json", new_key()
    async with company(tmp_path, staff=STAFF, keys=keys, page=True) as running:
        screen = await opens(running.server, "ada")
        _, mentor = await accepted(screen)
        await screen.becomes(NAMES["ada"])
        await screen.goes_to(NAMES[mentor])
        await screen.clicks("Set a time")
        async with screen.page.expect_response("**/do/hold"):
            await screen.fills({"Or type it": "Thurs"})
        running.workspace.save(kept)
    async with company(tmp_path, keys=keys, page=True, kept=kept) as running:
        screen = await opens(running.server, "ada")
        typed = screen.modal.get_by_label("Or type it")
        await expect(typed).to_have_value("Thurs")
        await typed.fill("Thursday 14:30")
        await screen.submits()
        await expect(screen.modal).to_have_count(0)
        await thanks_to_the_end(screen, running, mentor)
