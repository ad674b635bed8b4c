"""A pair works through its series, a lead writes another; and Home says what is first."""

import pytest
from sqlmodel import select

from bot.domain.states import RelationshipState
from bot.services.people import OPEN_PROGRAMME
from bot.store.tables import Person, Programme, Relationship
from tests.scenarios.acts import offers_to_mentor
from tests.scenarios.programme_acts import CHANNEL, channel_of, makes_programme
from tests.support.company import Company

AIM = "Write down in one sentence what you want from this year"
BUILD = (
    AIM,
    "List three things you do well, each with a time you did it",
    "Tell your mentee which strengths you see in them",
    "Draw a map of the people you know, at work and beyond",
    "Mark on the map what is missing for your aim",
)


async def go_formal(company: Company, programme: str = OPEN_PROGRAMME) -> None:
    """Bruno is Ada's mentor by an agreement that both signed a while ago."""
    for handle in ("ada", "bruno"):
        await company[handle].types("/mentoring help")
        await company.settle()
    async with company.bot.ctx.db.work() as work:
        ids = {
            row.slack_id: row.id for row in (await work.session.execute(select(Person))).scalars()
        }
        found = select(Programme.id).where(Programme.name == programme)
        now = company.clock.now()
        await work.add(
            Relationship(
                programme_id=(await work.session.execute(found)).scalar_one(),
                mentor_id=ids[company["bruno"].id],
                mentee_id=ids[company["ada"].id],
                area="feedback",
                state=RelationshipState.ACTIVE,
                began_at=now,
                started_on=now.date(),
            )
        )
        await work.commit()


@pytest.fixture
async def formal(company: Company) -> Company:
    await go_formal(company)
    return company


async def begins(company: Company, name: str = "Build, discover, connect") -> None:
    ada = company["ada"]
    await ada.types("/mentoring series")
    await ada.reads("Choose a series", where="modal")
    await ada.fills({"Which one": name}, submit=True)
    await company.settle()
    assert ada.modal is None


async def test_ticks_are_remembered_and_told_to_the_mentor(formal: Company) -> None:
    ada, bruno = formal["ada"], formal["bruno"]
    await begins(formal)
    await ada.reads("0 of 5 done", where="dm")
    await bruno.reads("Your mentee ticks what is done", where="dm")
    await ada.ticks(AIM, in_message="Tick what is done")
    await formal.settle()
    await ada.reads("1 of 5 done", where="dm")
    await bruno.reads("1 of 5 done", where="dm")
    await ada.types("/mentoring series")
    await ada.reads("1 of 5 done", where="modal")
    for task in BUILD[1:]:
        await ada.ticks(task, in_message="Build")
        await formal.settle()
    await ada.reads("5 of 5 done", where="modal")
    await ada.reads("Next comes Discover", where="dm")
    await bruno.reads("has done all of Build", where="dm")


async def test_a_note_is_the_mentees_own_until_it_is_shared(formal: Company) -> None:
    ada, bruno = formal["ada"], formal["bruno"]
    await begins(formal)
    await ada.clicks("Add a note", in_message="Tick what is done")
    await ada.fills({"On which task": AIM, "Your note": "To lead a team of my own"}, submit=True)
    await formal.settle()
    await ada.reads("To lead a team of my own", where="dm")
    bruno.never_reads("To lead a team of my own")
    await ada.clicks("Add a note", in_message="Tick what is done")
    answers = {"On which task": AIM, "Your note": "To lead a team of my own"}
    await ada.fills({**answers, "Who may read it": ["Share it with my mentor"]}, submit=True)
    await formal.settle()
    await bruno.reads("To lead a team of my own", where="dm")


async def test_a_task_is_asked_about_on_its_day_and_can_be_put_off(formal: Company) -> None:
    ada = formal["ada"]
    await begins(formal)
    await formal.let_pass(days=7, hours=3)
    await ada.reads("the day of this task has come")
    await ada.picks("Remind me later", "Tomorrow", in_message="the day of this task has come")
    await formal.settle()
    await formal.let_pass(days=1)
    await ada.clicks("Done", in_message="the day of this task has come")
    await formal.settle()
    await ada.reads("is ticked off")
    await ada.reads("1 of 5 done", where="dm")


async def test_the_next_task_stands_first_on_home(formal: Company) -> None:
    ada = formal["ada"]
    await begins(formal)
    home = await ada.opens_home()
    assert "First" in home.text
    assert home.text.count(AIM) == 2, home.text
    assert home.text.index(AIM) < home.text.index("Your series\n"), home.text
    assert "your mentor by agreement" in home.text
    await ada.types("/mentoring mentors")
    answer = await ada.reads("your mentor by agreement", where="ephemeral")
    assert "Giving and taking feedback" in answer.text


async def test_without_a_pair_there_is_a_kind_sentence(company: Company) -> None:
    chen = company["chen"]
    await chen.types("/mentoring series")
    await chen.reads("belongs to two people who go on formally")
    await chen.types("/mentoring mentors")
    await chen.reads("Nobody yet", where="ephemeral")


async def test_a_lead_writes_the_programmes_own_series(company: Company) -> None:
    ada, lead = company["ada"], company["dara"]
    await channel_of(company, "ada", "bruno", lead="dara")
    await makes_programme(company, lead="dara")
    await go_formal(company, "Circle")
    await lead.types("/mentoring series", CHANNEL)
    await lead.reads("It begins as the one that comes with Lantern", where="modal")
    broken = "key: start\nname: Start\npurpose: Begin\ntasks:\n  - key: one\n    titul: One thing\n"
    await lead.fills({"Second stage": broken, "Third stage": ""}, submit=True)
    assert "titul" in str(lead.errors) or "title" in str(lead.errors)
    right = broken.replace("titul", "title")
    right += "    role: mentee\n    purpose: It is one\n    days: 3\n    after: aim\n"
    await lead.fills({"Name of the series": "Our own way", "Second stage": right}, submit=True)
    await company.settle()
    assert lead.modal is None, lead.modal
    await begins(company, "Our own way")
    await ada.ticks(AIM, in_message="Tick what is done")
    await company.settle()
    await lead.types("/mentoring series", CHANNEL)
    await lead.reads("This is version 1", where="modal")
    await lead.fills({"First stage": right.replace("    after: aim\n", ""), "Second stage": ""})
    await lead.submits()
    await company.settle()
    await ada.reads("Also done, before the series was changed", where="dm")


async def test_whoever_is_no_lead_sees_their_own_in_the_channel(company: Company) -> None:
    await channel_of(company, "ada", "bruno", lead="dara")
    await makes_programme(company, lead="dara")
    await go_formal(company)
    ada = company["ada"]
    await ada.types("/mentoring series", CHANNEL)
    await ada.reads("Choose a series", where="modal")


async def test_an_area_without_a_mentor_can_be_asked_about(company: Company) -> None:
    await offers_to_mentor(company, "bruno")
    ada = company["ada"]
    await ada.types("/mentoring flash")
    answers = {
        "What is it about?": "Hiring well",
        "What do you hope to leave with?": "A plan",
        "Areas it touches": ["Hiring"],
    }
    await ada.fills(answers, submit=True)
    await company.settle()
    home = await ada.opens_home()
    assert "For Hiring you have nobody just now" in home.text
    await ada.clicks("Ask for a talk", in_message="you have nobody just now")
    await ada.reads("Hiring", where="modal")
