"""Bad input, words: blanks, three thousand emoji, and markup that must stay what was typed.

On SQLite only, but for the first: what a text looks like is settled before a database sees it, and
sealed columns are the same on both engines.
"""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from tests.scenarios.acts import (
    THURSDAY,
    asks_flash,
    asks_taster,
    bot_messages,
    held,
    offers_to_mentor,
    paired,
    scheduled,
)
from tests.scenarios.marks import sqlite_only
from tests.support.company import Company

HOSTILE = "<!channel> & <script>alert('x')</script> <@U0> *b* `c` <https://a.example|here>"
EMOJI = "🦔" * 3000
NOTHING_SEEN = "  \u200b\u2800 "


@sqlite_only
@pytest.mark.parametrize("blank", ["   ", NOTHING_SEEN])
async def test_a_topic_of_spaces_keeps_the_modal_open(company: Company, blank: str) -> None:
    ada = company["ada"]
    await ada.types("/mentoring flash")
    await ada.fills(
        {"What is it about?": blank, "What do you hope to leave with?": "A way out"}, submit=True
    )
    assert ada.errors == {"What is it about?": "A few words are needed here."}
    assert ada.modal is not None
    assert ada.modal.values["What do you hope to leave with?"] == "A way out"
    await ada.fills({"What is it about?": "Really something"}, submit=True)
    await company.settle()
    await ada.reads("Really something")


async def test_three_thousand_emoji_are_shown_back(company: Company) -> None:
    await offers_to_mentor(company, "bruno", **{"What can you help with?": EMOJI})
    await asks_flash(company, "ada", "🦔" * 300, EMOJI)
    await company["ada"].reads(EMOJI)
    await company["bruno"].reads(EMOJI)
    await company["bruno"].clicks("I can help")
    await company.settle()
    hello = await company["ada"].reads("meet @Bruno Costa", where="group")
    assert hello.text.count("🦔") >= 3000
    await company["ada"].says(EMOJI)
    await company.settle()
    await company["bruno"].reads("The agenda from @Ada Adeyemi")
    assert "🦔" * 3000 in (await company["bruno"].reads("The agenda from")).text


@sqlite_only
async def test_emoji_in_the_thanks_and_next_steps(company: Company) -> None:
    await held(company)
    ada = company["ada"]
    await ada.clicks("Add next steps")
    await ada.fills({"First step": EMOJI, "Second step": EMOJI, "Third step": EMOJI}, submit=True)
    await company.settle()
    assert ada.modal is None
    for handle in ("ada", "bruno"):
        assert any("🦔" * 3000 in text for text in bot_messages(company, handle))
    await company.let_pass(hours=20)
    await ada.clicks("Say thanks")
    await ada.fills({"How did it help you?": EMOJI}, submit=True)
    await company.settle()
    await company["bruno"].reads("@Ada Adeyemi says thank you.")
    assert not await _dead(company)


@sqlite_only
async def test_too_long_words_in_the_dm_are_not_lost(company: Company) -> None:
    await paired(company)
    await company["ada"].says("word " * 700)
    await company.settle()
    answer = await company["ada"].reads("Could you shorten it a little?")
    assert answer.where == "dm"
    assert (await company["ada"].reads("word word")).author == "Ada Adeyemi"


async def _ask_flash(company: Company) -> str:
    await offers_to_mentor(company, "bruno")
    await asks_flash(company, "ada", HOSTILE, HOSTILE, **{"Your questions": HOSTILE})
    return "bruno"


async def _ask_taster(company: Company) -> str:
    await offers_to_mentor(company, "bruno")
    await asks_taster(company, "ada", HOSTILE, HOSTILE)
    return "bruno"


async def _offer(company: Company) -> str:
    await offers_to_mentor(company, "bruno", **{"What can you help with?": HOSTILE})
    await asks_flash(company, "ada")
    await company["bruno"].clicks("I can help")
    return "ada"


async def _taster_as_mentor(company: Company) -> str:
    bruno = company["bruno"]
    await bruno.types("/mentoring taster")
    await bruno.ticks("the one who helps, for the first time")
    await bruno.fills({"What could you talk about?": HOSTILE}, submit=True)
    await asks_taster(company, "ada")
    await bruno.clicks("I can help")
    return "ada"


async def _place(company: Company) -> str:
    await paired(company)
    await company["ada"].clicks("Set a time")
    await company["ada"].fills({"Or type it": "Thursday 14:30", "Where": HOSTILE}, submit=True)
    return "bruno"


async def _why(company: Company) -> str:
    await scheduled(company)
    await company["ada"].clicks("Cancel")
    await company["ada"].fills({"A word about why": HOSTILE}, submit=True)
    return "bruno"


async def _why_called_off(company: Company) -> str:
    await scheduled(company)
    await company["ada"].clicks("Cancel")
    await company["ada"].ticks("Call it off")
    await company["ada"].fills({"A word about why": HOSTILE}, submit=True)
    return "bruno"


async def _agenda(company: Company) -> str:
    await paired(company)
    await company["ada"].clicks("Write the agenda")
    fields = ("To talk about", "What you hope to leave with", "Your questions")
    more = ("To read beforehand", "Off limits")
    await company["ada"].fills(dict.fromkeys((*fields, *more), HOSTILE), submit=True)
    await company.settle()
    assert (await company["bruno"].reads("The agenda from")).text.count(HOSTILE) == 5
    return "bruno"


async def _steps(company: Company) -> str:
    await held(company)
    await company["ada"].clicks("Add next steps")
    await company["ada"].fills({"First step": HOSTILE, "Third step": HOSTILE}, submit=True)
    return "bruno"


async def _thanks(company: Company) -> str:
    await held(company)
    await company.until(THURSDAY + timedelta(days=1))
    await company["ada"].clicks("Say thanks")
    await company["ada"].fills({"How did it help you?": HOSTILE}, submit=True)
    return "bruno"


FIELDS = (
    _ask_flash,
    _ask_taster,
    _offer,
    _taster_as_mentor,
    _place,
    _why,
    _why_called_off,
    _agenda,
    _steps,
    _thanks,
)


@sqlite_only
@pytest.mark.parametrize("fill", FIELDS, ids=lambda fill: fill.__name__.strip("_"))
async def test_markup_in_every_field_is_shown_as_typed(
    company: Company, fill: Callable[[Company], Awaitable[str]]
) -> None:
    reader = await fill(company)
    await company.settle()
    shown = await company[reader].reads(HOSTILE)
    assert shown.links == {}
    assert company.workspace.broadcasts == []
    assert not await _dead(company)


@sqlite_only
async def test_markup_in_words_of_the_dm_is_shown_as_typed(company: Company) -> None:
    await paired(company)
    typed = "Is <b>this</b> & that *fine*? `yes`"
    await company["ada"].says(f"{typed}\n- second & <third>")
    await company.settle()
    card = await company["bruno"].reads("The agenda from @Ada Adeyemi")
    assert typed in card.text
    assert "second & <third>" in card.text
    assert company.workspace.broadcasts == []


@sqlite_only
async def test_a_channel_mention_in_the_dm_calls_nobody(company: Company) -> None:
    await paired(company)
    await company["ada"].says("@channel @here please, and @chen too")
    company.workspace.broadcasts.clear()  # what Ada's own message did, if it did
    await company.settle()
    await company["bruno"].reads("The agenda from @Ada Adeyemi")
    assert company.workspace.broadcasts == []
    assert not company["chen"].screen()


async def _dead(company: Company) -> list[str]:
    from sqlmodel import select

    from bot.domain.states import JobState
    from bot.store.tables import Job

    async with company.bot.ctx.db.read() as session:
        dead = await session.execute(select(Job).where(Job.state == JobState.DEAD))
        return [f"{job.kind}: {job.reason}" for job in dead.scalars()]
