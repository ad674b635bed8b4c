"""Stopped in the middle, started again: late rules apply, nothing is lost, nothing said twice."""

from datetime import timedelta

from tests.scenarios.acts import (
    THURSDAY,
    accepts,
    asks_flash,
    bot_messages,
    offers_to_mentor,
    scheduled,
)
from tests.scenarios.marks import sqlite_only
from tests.scenarios.record import assert_all_said_once
from tests.support.company import Company


async def _is_down_until(company: Company, length: timedelta) -> None:
    await company.settle()
    await company.stop()
    await company.clock.advance(length)
    await company.start()
    await company.settle()


async def test_a_short_stop_is_not_noticed(company: Company) -> None:
    await offers_to_mentor(company, "bruno")
    await asks_flash(company, "ada")
    await _is_down_until(company, timedelta(minutes=5))
    await accepts(company, "bruno")
    await company["ada"].says("Thursday 14:30")
    await _is_down_until(company, timedelta(minutes=5))
    await company.until(THURSDAY + timedelta(minutes=45))
    for handle in ("ada", "bruno"):
        for once in ("Soon you meet", "In a few minutes you meet", "starts now.", "take place?"):
            assert len(bot_messages(company, handle, once)) == 1, once
    await assert_all_said_once(company)


async def test_what_is_too_late_is_left_unsaid(company: Company) -> None:
    """Down from the day before until after the session: only what still helps is said."""
    await scheduled(company)
    await company.until(THURSDAY - timedelta(hours=49))
    await _is_down_until(company, timedelta(hours=50))
    for handle in ("ada", "bruno"):
        for late in ("Soon you meet", "In a few minutes you meet", "starts now.", "still open"):
            company[handle].never_reads(late)
        assert len(bot_messages(company, handle, "take place?")) == 1
    await assert_all_said_once(company)


async def test_a_long_stop_over_the_end_of_an_offer(company: Company) -> None:
    for mentor in ("bruno", "dara"):
        await offers_to_mentor(company, mentor)
    await asks_flash(company, "ada")
    await _is_down_until(company, timedelta(days=4))
    await company["ada"].reads("so I have asked another one who fits.")
    await company.let_pass(hours=6)
    both = bot_messages(company, "bruno", "I can help") + bot_messages(company, "dara", "help")
    assert len(bot_messages(company, "bruno", "A small reminder")) == 0
    assert both
    await assert_all_said_once(company)


async def test_what_people_did_just_before_the_stop_is_carried_out(company: Company) -> None:
    """The click is committed before its ack; what it says is said by whoever runs next."""
    await offers_to_mentor(company, "bruno")
    await asks_flash(company, "ada")
    await company["bruno"].clicks("I can help")
    await company.stop()
    await company.start()
    await company.settle()
    assert len(bot_messages(company, "ada", "You have a flash session together")) == 1
    await assert_all_said_once(company)


@sqlite_only
async def test_what_people_do_while_it_is_down_is_not_lost(company: Company) -> None:
    await scheduled(company)
    await company.stop()
    company.workspace.ack_limit = 0.2
    await company["ada"].types("/mentoring sessions")
    await company["ada"].reads("/mentoring failed with the error")
    await company["ada"].says("How to begin")
    company.workspace.ack_limit = 3.0
    await company.start()
    await company.let_pass(minutes=10)
    assert "How to begin" in (await company["bruno"].reads("The agenda from")).text
    await assert_all_said_once(company)
