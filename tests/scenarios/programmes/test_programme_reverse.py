"""Reverse mentoring: the one with the longer career learns from somebody who knows first-hand."""

from collections.abc import Sequence
from typing import Any

import pytest

from bot.sandbox.people import PersonSpec
from tests.scenarios.programme_acts import (
    DATA,
    LEADS,
    MENTEE,
    MENTOR,
    RUN,
    approves,
    joins,
    makes_programme,
    pairs_in,
    people,
    thread,
)
from tests.scenarios.record import assert_all_said_once
from tests.support.company import Company

SENIOR, JUNIOR = "Leading leaders, or a whole area", "First steps at work"


@pytest.fixture
def staff() -> Sequence[PersonSpec]:
    return (*LEADS, *people("dora", "carl", "jay", "joe"))


async def _joins(company: Company, handle: str, role: str, level: str, **more: Any) -> None:
    side = "offers" if role == MENTOR else "seeks"
    about: dict[str, Any] = {side: [DATA], "Where you are on your way": level, **more}
    await joins(company, handle, roles=(role,), **about)


async def test_the_senior_person_is_the_learner(company: Company) -> None:
    card = await makes_programme(
        company,
        "dora",
        "carl",
        "jay",
        "joe",
        What_they_have_together="Reverse: the senior person learns",
    )
    assert "somebody with a long career, who learns" in card.text
    await _joins(company, "dora", MENTEE, SENIOR)
    await _joins(company, "jay", MENTOR, JUNIOR)
    await company.until(RUN)
    assert pairs_in(company) == {("Dora", "Jay")}
    await approves(company)
    hello = await company["dora"].reads("Why the two of you", where="group")
    assert "@Dora, please write first" in hello.text
    assert "reverse" in hello.text
    await assert_all_said_once(company)


async def test_never_with_a_senior_mentor_nor_in_a_reporting_line(company: Company) -> None:
    await makes_programme(
        company,
        "dora",
        "carl",
        "jay",
        "joe",
        What_they_have_together="Reverse: the senior person learns",
    )
    await _joins(company, "dora", MENTEE, SENIOR)
    await _joins(company, "jay", MENTOR, JUNIOR, Your_manager="dora")
    await company.until(RUN)
    assert pairs_in(company) == set()
    assert "none outside their reporting line" in thread(company)[-1]
    await approves(company)
    told = await company["jay"].reads("found nobody for you", where="dm")
    assert "in your own reporting line, and a talk is freer outside of it" in told.text
