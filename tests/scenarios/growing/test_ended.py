"""Formal mentoring that has ended stays findable, on Home and by its word, and can be taken up."""

from collections.abc import Sequence

import pytest

from bot.sandbox.people import PersonSpec
from bot.sandbox.screen.seen import Seen
from tests.scenarios.growing.test_going_formal import become_formal
from tests.support.company import STAFF, Company

ENDED = "Mentoring that has ended"


@pytest.fixture
def staff() -> Sequence[PersonSpec]:
    return STAFF[:3]


@pytest.fixture
async def ended(company: Company) -> Company:
    """Ada and Bruno had an agreement for three weeks; Ada ended it."""
    await become_formal(company)
    await company.let_pass(days=21)
    await company["ada"].types("/mentoring end")
    await company["ada"].fills({"What did you gain?": "I lead reviews now"}, submit=True)
    await company.settle()
    return company


async def home_of(company: Company, handle: str) -> Seen:
    """Their Home tab as it is now."""
    await company[handle].opens_home()
    await company.settle()
    return company[handle].screen("home")[-1]


async def test_both_find_it_while_its_words_are_kept_and_after(ended: Company) -> None:
    ada, bruno = ended["ada"], ended["bruno"]
    day = ended.clock.now().date()
    until = f"to {day.day} {day:%B %Y}"
    hers, his = await home_of(ended, "ada"), await home_of(ended, "bruno")
    for home, side in ((hers, "@Bruno Costa · was your mentor"), (his, "you were the mentor")):
        assert home.has(ENDED)
        assert home.has(side)
        assert home.has(until)
        assert "End it well" not in home.buttons
    assert "Change what I wrote" in hers.buttons
    assert "Look back" in his.buttons

    await ada.clicks("Ask for a talk", in_message=ENDED)
    form = ada.modal
    assert form is not None
    assert form.values["Whom would you like to talk with?"] == "Bruno Costa"
    words = {"Advice on what?": "My first year", "What do you hope to leave with?": "A next aim"}
    await ada.fills(words, submit=True)
    await ended.settle()
    assert ada.modal is None
    await ended.let_pass(days=1)
    await bruno.reads("My first year", where="dm")

    await ended.let_pass(days=400)
    hers = await home_of(ended, "ada")
    assert hers.has(until)
    assert "Change what I wrote" not in hers.buttons
    await ada.types("/mentoring mentors")
    await ended.settle()
    assert (await ada.reads(ENDED, where="ephemeral")).has(until)
    ended.workspace.change_person("bruno", locale="de-DE")
    await ended.settle()
    his = await home_of(ended, "bruno")
    assert his.has("Mentoring, das zu Ende ist")
    assert his.has("@Ada Adeyemi · wurde von dir begleitet")


async def test_going_on_formally_is_asked_again(ended: Company) -> None:
    ada, bruno = ended["ada"], ended["bruno"]
    assert (await home_of(ended, "bruno")).has(ENDED)
    await bruno.clicks("Ask to go on formally", in_message=ENDED)
    await ended.settle()
    await ended.let_pass(days=1)
    await ada.clicks("Yes, let us", in_message="would like to")
    await ended.settle()
    home = await home_of(ended, "ada")
    assert home.has("The agreement is not signed by both yet")
    assert not home.has(ENDED), "the two go on again"
