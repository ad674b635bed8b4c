"""The open board in a programme's channel: shown without its words, first come, first served."""

from collections.abc import Sequence

import pytest

from bot.sandbox.people import PersonSpec
from tests.scenarios.programme_acts import CHANNEL, makes_programme, people
from tests.support.company import Company

TOPIC = "A quarrel in my team"


@pytest.fixture
def staff() -> Sequence[PersonSpec]:
    return people("lea", "max", "noa", "sam")


async def board(company: Company) -> None:
    """A programme with an open board, in which Max asks and nobody mentors."""
    rules = {"For a request that found nobody": ["Show it in the channel"]}
    await makes_programme(company, "max", "noa", "sam", rules=rules)
    await company["max"].types("/mentoring flash", CHANNEL)
    words = {"What is it about?": TOPIC, "What do you hope to leave with?": "Peace"}
    await company["max"].fills(words, submit=True)
    await company.settle()


async def test_the_first_claim_wins(company: Company) -> None:
    await board(company)
    card = await company["noa"].reads("A colleague would like a flash session", where=f"#{CHANNEL}")
    assert TOPIC not in card.text
    assert "Max" not in card.text
    await company["noa"].clicks("I can help")
    await company.settle()
    await company["max"].reads("Good news: a mentor said yes to your flash session.")
    intro = await company["max"].reads("meet @Noa", where="group")
    assert TOPIC in intro.text
    await company["sam"].reads("somebody has made room for it", where=f"#{CHANNEL}")


async def test_it_goes_when_it_is_taken_back(company: Company) -> None:
    await board(company)
    await company["max"].types("/mentoring withdraw")
    await company.settle()
    await company["sam"].reads("It is settled, and nothing is left to do.", where=f"#{CHANNEL}")
