"""Bad input, people: bots, guests, the deactivated, strangers, oneself, somebody else's button.

On SQLite only: who may take part is decided by what Slack says of them.
"""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.sandbox.screen.person import Refused
from tests.scenarios.acts import (
    THURSDAY,
    asks_flash,
    bot_messages,
    offers_to_mentor,
    paired,
    scheduled,
)
from tests.scenarios.forged import buttons_of, forge_click
from tests.scenarios.marks import sqlite_only
from tests.support.company import STAFF, Company
from tests.support.company import company as running_company

pytestmark = sqlite_only


async def test_the_only_mentor_is_not_asked_by_themselves(company: Company) -> None:
    await offers_to_mentor(company, "bruno")
    await asks_flash(company, "bruno", "My own question")
    bruno = company["bruno"]
    await bruno.reads("No mentor who fits is free at the moment.")
    bruno.never_reads("I can help")
    await offers_to_mentor(company, "ada")
    await company["ada"].reads("My own question")


@pytest.mark.parametrize("word", ["taster", "flash", "offer", "sessions", "withdraw", "help"])
async def test_a_guest_hears_why_for_every_command(company: Company, word: str) -> None:
    await company["gus"].types(f"/mentoring {word}")
    await company["gus"].reads("guests cannot take part yet.")
    assert company["gus"].modal is None


async def test_a_guest_who_writes_is_answered_too(company: Company) -> None:
    await company["gus"].says("Hello?")
    await company.settle()
    await company["gus"].reads("guests cannot take part yet.")


async def test_a_mentor_who_becomes_a_guest_is_asked_no_more(company: Company) -> None:
    await offers_to_mentor(company, "bruno")
    company.workspace.change_person("bruno", guest=True)
    await company.settle()
    await asks_flash(company, "ada")
    await company["ada"].reads("No mentor who fits is free at the moment.")
    company["bruno"].never_reads("I can help")


async def test_another_app_is_not_answered(company: Company) -> None:
    robo = company["robo"]
    await robo.says("beep")
    await company.settle()
    assert [seen.author for seen in robo.screen()] == ["Robo"]


async def test_the_deactivated_can_do_nothing(company: Company) -> None:
    await offers_to_mentor(company, "bruno")
    company.workspace.deactivate("bruno")
    await company.settle()
    with pytest.raises(Refused):
        await company["bruno"].types("/mentoring sessions")
    await asks_flash(company, "ada")
    await company["ada"].reads("No mentor who fits is free at the moment.")


async def test_who_left_while_the_app_was_down_is_left_in_peace(company: Company) -> None:
    await scheduled(company)
    await company.stop()
    company.workspace.deactivate("bruno")
    before = len(bot_messages(company, "bruno"))
    await company.start()
    await company.until(THURSDAY + timedelta(days=1))
    assert len(bot_messages(company, "bruno")) <= before + 1


@pytest.fixture
async def shared(tmp_path: Path, database_url: str) -> AsyncIterator[Company]:
    """The same company, with somebody of another team in one of its channels."""
    async with running_company(tmp_path, database_url=database_url, staff=STAFF) as running:
        running.workspace.user("chen").team_id = "T0ELSEWHERE"
        yield running


async def test_a_stranger_is_told_that_it_is_for_this_workspace(shared: Company) -> None:
    await shared["chen"].types("/mentoring flash")
    await shared["chen"].reads("I can only help people of this workspace.")
    assert shared["chen"].modal is None
    await shared["chen"].says("Please?")
    await shared.settle()
    await shared["chen"].reads("I can only help people of this workspace.", where="dm")


async def test_somebody_elses_button_does_nothing(company: Company) -> None:
    """A forged click: the value of a button is a row's id, and the service looks whose it is."""
    await scheduled(company)
    await asks_flash(company, "dara", "Another matter")
    await company.until(THURSDAY + timedelta(minutes=45))
    chen = company["chen"]
    before = {h: bot_messages(company, h) for h in ("ada", "bruno", "dara")}
    for owner in ("ada", "bruno", "dara"):
        for action in buttons_of(company[owner]):
            await forge_click(chen, action)
    await company.settle()
    assert {h: bot_messages(company, h) for h in before} == before
    assert chen.modal is None
    assert set(bot_messages(company, "chen")) == {
        "This one belongs to somebody else, so I leave it as it is."
    }


async def test_the_mentor_cannot_write_the_mentees_agenda(company: Company) -> None:
    await paired(company)
    agenda = [a for a in buttons_of(company["ada"]) if a["action_id"] == "lantern:write_agenda"]
    await forge_click(company["bruno"], agenda[0])
    if company["bruno"].modal is not None:
        await company["bruno"].fills({"To talk about": "Mine"}, submit=True)
        assert "belongs to somebody else" in str(company["bruno"].errors)
    company["ada"].never_reads("Mine")
