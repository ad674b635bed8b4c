"""The senior person learns: who is asked, and what the two are told (section 4)."""

from collections.abc import Sequence

import pytest
from sqlalchemy import update
from sqlmodel import col

from bot.sandbox.people import PersonSpec
from bot.store.tables import Person
from tests.scenarios.acts import accepts, bot_messages, offers_to_mentor
from tests.scenarios.programme_acts import people
from tests.support.company import Company

LEARN = "How new colleagues find their way"


@pytest.fixture
def staff() -> Sequence[PersonSpec]:
    return people("dora", "report", "boss", "junior")


async def knows(company: Company, handle: str, **columns: object) -> int:
    """What Lantern was told about somebody elsewhere; their row's id."""
    whose = col(Person.slack_id) == company[handle].id
    async with company.bot.ctx.db.work() as work:
        await work.session.execute(update(Person).where(whose).values(**columns))
        row = (await work.session.execute(Person.__table__.select().where(whose))).one()  # type: ignore[attr-defined]
        await work.commit()
    return int(row.id)


async def asks(company: Company) -> None:
    await company["dora"].types("/mentoring reverse")
    words = {"What would you like to learn?": LEARN, "What do you hope to leave with?": "A start"}
    await company["dora"].fills(words, submit=True)
    await company.settle()
    assert company["dora"].modal is None


async def test_nobody_of_the_line_and_nobody_above_is_asked(company: Company) -> None:
    await company["dora"].types("/mentoring help")
    for handle in ("report", "boss"):
        await offers_to_mentor(company, handle)
    dora = await knows(company, "dora", seniority=5)
    boss = await knows(company, "boss", seniority=6)
    await knows(company, "report", seniority=1, manager_id=dora)
    await asks(company)
    await company["dora"].reads("No mentor who fits is free at the moment.")
    assert [bot_messages(company, each, LEARN) for each in ("report", "boss")] == [[], []]
    assert boss
    await company["junior"].types("/mentoring help")
    await knows(company, "junior", seniority=1)
    await offers_to_mentor(company, "junior")
    card = await company["junior"].reads("Here the learning goes the other way")
    assert LEARN in card.text
    await accepts(company, "junior")
    intro = await company["dora"].reads("There is a difference in power between you", where="group")
    assert "please give something back" in intro.text
    assert "@Dora has the longer career, and is the one who learns." in intro.text


async def test_the_line_is_known_over_several_steps(company: Company) -> None:
    for handle in ("dora", "boss", "report"):
        await company[handle].types("/mentoring help")
    dora = await knows(company, "dora", department="")
    middle = await knows(company, "boss", manager_id=dora)
    await offers_to_mentor(company, "report")
    await knows(company, "report", manager_id=middle)
    await asks(company)
    await company["dora"].reads("No mentor who fits is free at the moment.")
