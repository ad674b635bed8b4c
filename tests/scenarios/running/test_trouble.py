"""Slack has a bad day: 429, 500, silence after it acted, lost connections and lost sockets.

On SQLite only, but for the first: what Slack does to us does not depend on the database.
"""

import asyncio
import time
from datetime import timedelta

import pytest

from tests.scenarios.acts import (
    accepts,
    asks_flash,
    bot_messages,
    offers_to_mentor,
    paired,
    sets_time,
)
from tests.scenarios.marks import sqlite_only
from tests.scenarios.record import assert_all_said_once
from tests.support.company import Company

TROUBLE = ("429", "500", "timeout_after_effect", "drop_connection")


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Trying again takes hundredths of a second instead of seconds."""
    monkeypatch.setattr("bot.domain.backoff.FIRST_WAIT", timedelta(milliseconds=20))


@pytest.mark.parametrize("kind", TROUBLE)
@pytest.mark.parametrize("method", ["chat.postMessage", "conversations.open", "chat.update"])
async def test_nothing_is_lost_and_nothing_said_twice(
    company: Company, method: str, kind: str
) -> None:
    await offers_to_mentor(company, "bruno")
    await asks_flash(company, "ada")
    company.workspace.faults.add(method, kind, times=3, retry_after=0)
    await accepts(company, "bruno")
    await sets_time(company, "ada", "Thursday 14:30")
    await company.settle()
    assert not company.workspace.faults.waiting, "the trouble never struck"
    for handle in ("ada", "bruno"):
        for once in ("You have a flash session together", "Your checklist", "has set the time"):
            assert len(bot_messages(company, handle, once)) == 1, once
    assert len(bot_messages(company, "ada", "What would you like to talk about")) == 1
    company["bruno"].never_reads("I can help")
    await assert_all_said_once(company)


@sqlite_only
async def test_retry_after_is_obeyed(company: Company) -> None:
    await paired(company)
    company.workspace.faults.add("chat.postMessage", "429", retry_after=1)
    began = time.monotonic()
    await company["ada"].says("How to begin")
    await company["bruno"].reads("How to begin")
    await company["ada"].reads("Thank you, this is your agenda.", timeout=5)
    assert time.monotonic() - began >= 1
    await company.settle()
    await assert_all_said_once(company)


@sqlite_only
@pytest.mark.parametrize("kind", TROUBLE)
async def test_a_modal_that_does_not_open_is_asked_for_again(company: Company, kind: str) -> None:
    ada = company["ada"]
    company.workspace.faults.add("views.open", kind)
    await ada.types("/mentoring flash")
    answer = await ada.reads("please try again in a minute")
    assert answer.ephemeral
    await ada.types("/mentoring flash")
    await ada.fills(
        {"What is it about?": "Still here", "What do you hope to leave with?": "Yes"}, submit=True
    )
    await company.settle()
    await ada.reads("Still here")
    assert len(bot_messages(company, "ada", "Still here")) == 1


@sqlite_only
@pytest.mark.parametrize("kind", TROUBLE)
async def test_a_click_whose_modal_does_not_open_is_answered(company: Company, kind: str) -> None:
    await paired(company)
    company.workspace.faults.add("views.open", kind)
    await company["ada"].clicks("Set a time")
    await company.settle()
    await company["ada"].reads("please try again in a minute", where="dm")
    if company["ada"].modal is not None:
        await company["ada"].closes()
    await sets_time(company, "ada", "Thursday 14:30")
    await company["bruno"].reads("has set the time")


@sqlite_only
@pytest.mark.parametrize("kind", TROUBLE)
async def test_the_change_of_role_that_fails_keeps_what_was_typed(
    company: Company, kind: str
) -> None:
    ada = company["ada"]
    await ada.types("/mentoring taster")
    await ada.fills({"What would you like to talk about?": "Design"})
    company.workspace.faults.add("views.update", kind)
    await ada.ticks("the one who helps, for the first time")
    await ada.ticks("the one who asks")
    await company.settle()
    assert ada.modal is not None
    assert ada.modal.values["What would you like to talk about?"] == "Design"


@sqlite_only
async def test_who_somebody_is_cannot_be_asked(company: Company) -> None:
    company.workspace.faults.add("users.info", "500", times=2)
    company.workspace.ack_limit = 0.5  # what is not acknowledged is delivered again after it
    await company["ada"].types("/mentoring flash")
    await company["ada"].reads("please try again in a minute")
    await company["ada"].says("Hello?")
    await company.settle()
    await company["ada"].reads("Nothing is waiting for an answer")


@sqlite_only
@pytest.mark.parametrize("abruptly", [False, True])
async def test_sockets_dropped_in_the_middle(company: Company, abruptly: bool) -> None:
    await offers_to_mentor(company, "bruno")
    ada = company["ada"]
    await ada.types("/mentoring flash")
    await ada.fills({"What is it about?": "Dropped", "What do you hope to leave with?": "A way"})
    await asyncio.gather(ada.submits(), company.server.drop_sockets(abruptly=abruptly))
    await company.server.wait_connected(20)
    if ada.modal is not None:  # Slack says that it could not connect; what was typed is there
        assert ada.modal.values["What is it about?"] == "Dropped"
        await ada.submits()
    await company.settle()
    assert ada.modal is None
    assert len(bot_messages(company, "bruno", "Dropped")) == 1
    await assert_all_said_once(company)


@sqlite_only
async def test_slack_refreshes_its_sockets(company: Company) -> None:
    await paired(company)
    await company.server.refresh_sockets()
    await company["ada"].says("Thursday 14:30")
    await company.settle()
    await company["bruno"].reads("has set the time")
    await assert_all_said_once(company)


@sqlite_only
async def test_a_message_of_ours_that_is_gone_stops_nothing(company: Company) -> None:
    await paired(company)
    company.workspace.faults.add("chat.update", "ok_false:message_not_found", times=2)
    await sets_time(company, "ada", "Thursday 14:30")
    await company["bruno"].reads("has set the time")
    await assert_all_said_once(company)
