"""Keeping in touch over a year: asked once a quarter, each alone, and stopped without a word."""

from datetime import timedelta

import pytest
from sqlmodel import select

from bot.services.growing import keeping
from bot.store.tables import Programme, Session, Tie
from tests.scenarios.acts import bot_messages, held, sets_time
from tests.support.company import Company

ASKED = "Would you like to catch up this quarter?"
QUARTER = timedelta(weeks=13)


async def tie(company: Company) -> None:
    """Ada and Bruno talked, and keep in touch since."""
    await held(company)
    await company.let_pass(days=20)
    ctx = company.bot.ctx
    async with ctx.db.work() as work:
        talk = (await work.session.execute(select(Session))).scalars().one()
        programme = (await work.session.execute(select(Programme))).scalars().one()
        await keeping.begin(
            ctx,
            work,
            a=talk.mentee_id,
            b=talk.mentor_id,
            programme_id=programme.id,
            mentor_id=talk.mentor_id,
        )
        await work.commit()


@pytest.fixture
async def tied(company: Company) -> Company:
    """A company in which Ada and Bruno keep in touch."""
    await tie(company)
    return company


async def _answers(company: Company, handle: str, label: str) -> None:
    await company[handle].clicks(label, in_message=ASKED)
    await company.settle()


async def test_a_year_of_keeping_in_touch(tied: Company) -> None:
    ada, bruno = tied["ada"], tied["bruno"]
    await ada.types("/mentoring sessions")
    await ada.reads("I ask you both once a quarter")
    # The first quarter: both would like to, and the whole arc follows.
    await tied.let_pass(days=93)
    await _answers(tied, "ada", "Yes, let us")
    await ada.reads("If @Bruno Costa feels like it too")
    before = len(bot_messages(tied, "bruno"))
    assert len(bot_messages(tied, "bruno", "would both like to")) == 0
    await _answers(tied, "bruno", "Yes, let us")
    assert len(bot_messages(tied, "bruno")) > before
    await ada.reads("you would both like to catch up", where="group")
    await ada.reads("Your checklist")
    await sets_time(tied, "ada", "in 3 days 14:00")
    await tied.let_pass(days=4)
    for handle in ("ada", "bruno"):
        await tied[handle].clicks("Yes", in_message="take place?")
    await tied.settle()
    # The second: Bruno would rather not, and Ada is not told.
    await tied.let_pass(days=90)
    await _answers(tied, "ada", "Yes, let us")
    said = len(bot_messages(tied, "ada"))
    await _answers(tied, "bruno", "Not this quarter")
    await bruno.reads("Not this quarter, then.")
    assert len(bot_messages(tied, "ada")) == said
    # The third: Bruno stops, and Ada is told nothing, nor asked in vain.
    await tied.let_pass(days=91)
    asked = len(bot_messages(tied, "ada", "Would you like to catch up"))
    await _answers(tied, "bruno", "Stop asking")
    await bruno.reads("Nobody is told.")
    await _answers(tied, "ada", "Yes, let us")
    assert len(bot_messages(tied, "ada", "If @Bruno Costa feels like it too")) >= 1
    await tied.let_pass(days=120)
    assert len(bot_messages(tied, "ada", "Would you like to catch up")) <= asked
    for handle in ("ada", "bruno"):
        assert not [seen for seen in tied[handle].screen() if "Yes, let us" in seen.buttons]


async def test_one_who_leaves_is_asked_about_no_more(tied: Company) -> None:
    tied.workspace.deactivate("bruno")
    await tied.settle()
    await tied.let_pass(days=120)
    assert not bot_messages(tied, "ada", ASKED)
    async with tied.bot.ctx.db.read() as session:
        (tie,) = (await session.execute(select(Tie))).scalars()
    assert tie.stopped_at is not None
