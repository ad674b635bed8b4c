"""A whole story, with trouble in it, at the most talkative level: not a word of it in the logs."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from bot.services.sessions import words as plain_words
from tests.scenarios.acts import THURSDAY, accepts, asks_flash, offers_to_mentor
from tests.scenarios.marks import sqlite_only
from tests.support.company import STAFF, Company
from tests.support.logged import Logged, logged

WORDS = "Quokka"
"""In everything that anybody writes."""
HOSTILE = f'{WORDS} <!channel> xoxb-1-{WORDS} {{"a": 1}} %s %(x)s {{0}} \x1b[31m\n{{{{ 7*7 }}}}'


pytestmark = sqlite_only


@pytest.fixture
def log() -> Iterator[Logged]:
    """What every logger says at debug, as JSON."""
    with logged() as log:
        yield log


async def _a_story(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the request to the thanks, with Slack and the database failing on the way."""
    ada, bruno, faults = company["ada"], company["bruno"], company.workspace.faults
    company.bot.clockwork._patience = timedelta(0)  # what failed is tried again when we say so
    await offers_to_mentor(company, "bruno", **{"What_can_you_help_with?": HOSTILE})
    faults.add("chat.postMessage", "429", times=2, retry_after=0)
    await asks_flash(company, "ada", HOSTILE[:120], HOSTILE[:120])
    company.clock.let_pass(timedelta(minutes=5))
    await accepts(company, "bruno")
    await ada.says(f"Thursday 14:30, at {WORDS}'s")
    await company.settle()
    await ada.says(f"- {HOSTILE}\n- {WORDS}?")
    await company.settle()
    await company.until(THURSDAY + timedelta(minutes=40))
    with monkeypatch.context() as patched:

        async def broken(*_: object, **facts: object) -> None:
            raise IntegrityError("INSERT", {"text": HOSTILE}, Exception(f"{facts} {HOSTILE}"))

        patched.setattr(plain_words, "take_words", broken)
        await bruno.says(HOSTILE)
        await company.settle()
    await ada.types(f"/mentoring {WORDS} {WORDS}")
    await company.settle()
    await company.let_pass(days=3)


def _secrets(company: Company) -> list[str]:
    workspace, settings = company.workspace, company.settings
    return [
        workspace.bot_token,
        workspace.app_token,
        workspace.signing_secret,
        *settings.keys,
    ]


async def test_neither_words_nor_names_nor_tokens(
    company: Company, log: Logged, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _a_story(company, monkeypatch)
    said = log.getvalue()
    lines = log.lines()
    assert {"answered", "fault", "job_said", "slack_call", "job_retried"} <= {
        x["event"] for x in lines
    }
    assert "SELECT" not in said
    assert WORDS.lower() not in said.lower()
    for person in STAFF:
        for name in person.name.split()[:1]:
            assert f'"{name}' not in said
            assert f" {name} " not in said
    for secret in _secrets(company):
        assert secret not in said
    for handle in ("ada", "bruno"):
        assert company[handle].id not in said
    for line in lines:
        _assert_followed(line)


def _assert_followed(line: dict[str, Any]) -> None:
    """What was answered, what a job came to and each call that either made have a reference."""
    if line["event"] in ("answered", "fault") or line["event"].startswith("job_"):
        assert line["reference"], line
    if line["event"] == "slack_call" and line["method"].startswith(("chat.", "views.")):
        assert line["reference"], line
