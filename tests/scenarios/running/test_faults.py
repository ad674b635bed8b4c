"""A fault of ours, right where it hurts: the person gets a reference, the log the same one.

Neither loses what was typed, nor does the log hold any of it. On SQLite only: no database fails.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from bot.services.requests import asking
from bot.services.sessions import following, preparing, timing
from bot.services.sessions import words as plain_words
from tests.scenarios.acts import asks_flash, held, offers_to_mentor, paired
from tests.scenarios.marks import sqlite_only
from tests.support.company import Company
from tests.support.logged import Logged, logged

pytestmark = sqlite_only
SECRET = "my secret topic"


class Broken(Exception):
    """What a driver might raise, with what was typed inside its text."""


@pytest.fixture
def log() -> Iterator[Logged]:
    """All that is logged, as the operator's JSON."""
    with logged("info") as log:
        yield log


def _breaks(monkeypatch: pytest.MonkeyPatch, module: Any, name: str) -> None:
    async def broken(*_: object, **facts: object) -> None:
        raise Broken(f"cannot insert {SECRET} {facts}")

    monkeypatch.setattr(module, name, broken)


def _assert_told(log: Logged, said: str) -> None:
    reference = re.search(r"\b[A-HJ-NP-Z2-9]{6}\b", said)
    assert reference, said
    faults = [
        line for line in log.lines() if line.get("reference") == reference[0] and "error" in line
    ]
    assert len(faults) == 1
    assert faults[0]["error"] == "Broken"
    assert any("test_faults.py" in place for place in faults[0]["where"])
    assert SECRET not in log.getvalue()


async def test_a_modal_stays_open_with_what_was_typed(
    company: Company, log: Logged, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = company["ada"]
    await ada.types("/mentoring flash")
    with monkeypatch.context() as patched:
        _breaks(patched, asking, "ask")
        await ada.fills(
            {"What is it about?": SECRET, "What do you hope to leave with?": SECRET}, submit=True
        )
    said = ada.errors["What is it about?"]
    assert said.startswith("Something went wrong on my side. Please try again in a minute.")
    assert ada.modal is not None
    assert ada.modal.values["What do you hope to leave with?"] == SECRET
    _assert_told(log, said)
    await ada.submits()
    await company.settle()
    await ada.reads(SECRET)


async def test_a_click_is_answered_in_the_dm(
    company: Company, log: Logged, monkeypatch: pytest.MonkeyPatch
) -> None:
    await offers_to_mentor(company, "bruno")
    await asks_flash(company, "ada", SECRET)
    with monkeypatch.context() as patched:
        from bot.services.requests import answering

        _breaks(patched, answering, "accept")
        await company["bruno"].clicks("I can help")
        await company.settle()
    told = await company["bruno"].reads("it is not your doing")
    _assert_told(log, told.text)
    await company["bruno"].clicks("I can help")
    await company.settle()
    await company["ada"].reads("meet @Bruno Costa", where="group")


async def test_words_are_answered_in_the_dm(
    company: Company, log: Logged, monkeypatch: pytest.MonkeyPatch
) -> None:
    await paired(company)
    with monkeypatch.context() as patched:
        _breaks(patched, plain_words, "take_words")
        await company["ada"].says(SECRET)
        await company.settle()
    told = await company["ada"].reads("it is not your doing")
    _assert_told(log, told.text)
    await company["ada"].says(SECRET)
    await company.settle()
    assert SECRET in (await company["bruno"].reads("The agenda from")).text


async def test_a_command_is_answered_where_it_was_typed(
    company: Company, log: Logged, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot.services import reading

    _breaks(monkeypatch, reading, "overview")
    await company["ada"].types("/mentoring sessions")
    told = await company["ada"].reads("it is not your doing")
    assert told.ephemeral
    _assert_told(log, told.text)


@pytest.mark.parametrize(
    ("module", "name", "button", "field"),
    [
        (timing, "set_time", "Set a time", "Where"),
        (preparing, "write_agenda", "Write the agenda", "Off limits"),
    ],
)
async def test_every_other_modal_keeps_what_was_typed(
    company: Company,
    log: Logged,
    monkeypatch: pytest.MonkeyPatch,
    module: Any,
    name: str,
    button: str,
    field: str,
) -> None:
    await paired(company)
    ada = company["ada"]
    await ada.clicks(button)
    _breaks(monkeypatch, module, name)
    await ada.fills({field: SECRET}, submit=True)
    assert ada.modal is not None
    assert ada.modal.values[field] == SECRET
    _assert_told(log, next(iter(ada.errors.values())))


async def test_thanks_that_fail_are_not_lost(
    company: Company, log: Logged, monkeypatch: pytest.MonkeyPatch
) -> None:
    await held(company)
    await company.let_pass(days=1)
    ada = company["ada"]
    await ada.clicks("Say thanks")
    with monkeypatch.context() as patched:
        _breaks(patched, following, "thank")
        await ada.fills({"How did it help you?": SECRET}, submit=True)
    assert ada.modal is not None
    assert ada.modal.values["How did it help you?"] == SECRET
    _assert_told(log, ada.errors["How did it help you?"])
    await ada.submits()
    await company.settle()
    assert SECRET in (await company["bruno"].reads("says thank you.")).text


async def test_a_job_that_fails_is_tried_again_and_its_log_holds_no_words(
    company: Company, log: Logged, monkeypatch: pytest.MonkeyPatch
) -> None:
    from datetime import timedelta

    monkeypatch.setattr("bot.domain.backoff.FIRST_WAIT", timedelta(milliseconds=20))
    await paired(company)
    broken_once = iter([True])
    whole = type(company.bot.gateway).post

    async def post(self: Any, *args: Any, **facts: Any) -> Any:
        if next(broken_once, False):
            raise Broken(f"{SECRET} {args}")
        return await whole(self, *args, **facts)

    monkeypatch.setattr(type(company.bot.gateway), "post", post)
    await company["ada"].says(SECRET)
    await company.settle()
    await company["bruno"].reads(SECRET)
    await company["ada"].reads("Thank you, this is your agenda.")
    assert "job_failed" in log.getvalue()
    assert SECRET not in log.getvalue()
