"""What two are told together, when the hour that suits both comes too late."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.domain.job_kinds import JobKind
from bot.scheduling.clockwork import Clockwork
from bot.store.tables import Job
from tests.support.clock import HandClock
from tests.support.facts import Facts


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.fixture(autouse=True)
def attached(clock: HandClock, clockwork: Clockwork) -> None:
    """The clock passes every moment at which something is due."""
    clock.attach(clockwork)


@pytest.mark.parametrize(
    ("called_off", "starts", "said"),
    [
        # The two share three hours, from two in London on: that is too late.
        ("2026-11-27T23:00", "2026-11-30T13:00", "2026-11-30T09:00"),
        ("2026-11-29T20:00", "2026-11-30T13:00", "2026-11-30T09:00"),
        ("2026-11-29T20:00", "2026-11-30T15:00", "2026-11-30T14:00"),
        # Nobody works before it begins.
        ("2026-11-29T20:00", "2026-11-30T08:30", "2026-11-29T20:00"),
    ],
)
async def test_nobody_is_written_to_on_sunday_evening_when_one_reads_it_in_time_on_monday(
    facts: Facts, clock: HandClock, called_off: str, starts: str, said: str
) -> None:
    ada = await facts.person("Ada", zone="America/New_York")
    session = await facts.session(await facts.mentor("Grace"), ada, starts_at=utc(starts))
    told: dict[str, Any] = {"session_id": session.id, "plan": 1, "expires_at": utc(starts)}
    await clock.move_to(utc(called_off))
    job = await facts.job(JobKind.SESSION_CANCELLED, due_at=utc(called_off), **told)
    await clock.advance(timedelta(days=2, hours=16))
    assert (await facts.one(Job, job.id)).said_at == utc(said)
