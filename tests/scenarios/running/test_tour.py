"""`python -m bot tour` tells its story and says the truth about every job."""

import asyncio
import io
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from rich.console import Console
from sqlmodel import select

from bot.domain.job_kinds import JobKind
from bot.domain.states import JobState
from bot.rehearsal import Rehearsal
from bot.store.tables import Job
from bot.tour import verdict
from tests.scenarios.acts import asks_flash, offers_to_mentor
from tests.scenarios.marks import sqlite_only
from tests.support.company import Company

ROOT = Path(__file__).resolve().parents[3]


async def test_the_tour_ends_well(tmp_path: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "tour"),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    out, _ = await process.communicate()
    said = out.decode()
    assert process.returncode == 0, said[-3000:]
    assert "Nothing was lost, nothing died, and nothing was said twice." in said
    for part in ("A flash session", "A taster, with a decline on the way", "Jobs by kind"):
        assert part in said
    assert "Traceback" not in said


@pytest.fixture
async def rehearsal(company: Company) -> Rehearsal:
    """A company in which a few things were said."""
    await offers_to_mentor(company, "bruno")
    await asks_flash(company, "ada")
    return Rehearsal(company.workspace, company.server, company.bot, company.clock)


async def _judge(rehearsal: Rehearsal) -> tuple[int, str]:
    console = Console(file=io.StringIO(), width=200)
    code = await verdict.judge(console, rehearsal)
    assert isinstance(console.file, io.StringIO)
    return code, console.file.getvalue()


@sqlite_only
async def test_when_all_is_well_the_verdict_says_so(rehearsal: Rehearsal) -> None:
    code, said = await _judge(rehearsal)
    assert code == 0
    assert "Nothing was lost" in said


def _is_due_and_unsaid(job: Job) -> None:
    job.state, job.slack_ts = JobState.PENDING, None
    job.due_at -= timedelta(hours=1)


def _is_dead(job: Job) -> None:
    job.state, job.reason = JobState.DEAD, "channel_not_found"


def _never_arrived(job: Job) -> None:
    job.slack_ts = "1.000001"


@sqlite_only
@pytest.mark.parametrize(
    ("spoil", "problem"),
    [
        (_is_due_and_unsaid, "lost: offer (job"),
        (_is_dead, "dead: offer (job"),
        (_never_arrived, "counts as said and is not in the workspace"),
    ],
)
async def test_the_verdict_fails_when_a_job_is_lost_or_dead(
    rehearsal: Rehearsal, spoil: Callable[[Job], None], problem: str
) -> None:
    await rehearsal.app.clockwork.stop()  # or it would put right what is spoilt here
    if spoil is _never_arrived:
        _forget_messages(rehearsal)
    async with rehearsal.app.ctx.db.work() as work:
        found = await work.session.execute(select(Job).where(Job.kind == JobKind.OFFER))
        spoil(found.scalars().one())
        await work.commit()
    code, said = await _judge(rehearsal)
    assert code == 1
    assert problem in said


@sqlite_only
async def test_the_verdict_fails_when_something_was_said_twice(rehearsal: Rehearsal) -> None:
    for conversation in rehearsal.workspace.conversations.values():
        ours = [message for message in conversation.messages if message.metadata]
        if ours:
            conversation.messages.append(replace(ours[0], ts=rehearsal.workspace.next_ts()))
            break
    code, said = await _judge(rehearsal)
    assert code == 1
    assert "was said 2 times" in said


def _forget_messages(rehearsal: Rehearsal) -> None:
    for conversation in rehearsal.workspace.conversations.values():
        conversation.messages.clear()
