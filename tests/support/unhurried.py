"""Slack's three seconds are real time, and a busy machine may need them for a single answer."""

import pytest

from bot.handlers.inbound import middleware


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Answers may take their time, so that a slow machine fails no test that is not about time.

    Those that are set a limit of their own.
    """
    monkeypatch.setattr(middleware, "ANSWER_WITHIN", 25.0)
