"""The workspace's own record against ours: was anything lost, given up, or said twice?"""

from collections import Counter
from collections.abc import Iterator
from pathlib import PurePosixPath

from sqlmodel import select

from bot.domain.job_kinds import FILES
from bot.domain.states import JobState
from bot.sandbox.conversations import Message
from bot.store.tables import Job
from tests.support.company import Company


async def jobs(company: Company) -> list[Job]:
    """Every job there is."""
    async with company.bot.ctx.db.read() as session:
        return list((await session.execute(select(Job))).scalars())


async def assert_all_said_once(company: Company) -> None:
    """Nothing that was due is unsaid, dead, said twice, or only believed to be said."""
    sent = [
        message
        for conversation in company.workspace.conversations.values()
        for message in conversation.messages
        if message.user == company.workspace.bot_user_id
    ]
    said = Counter(
        int(message.metadata["event_payload"]["job"]) for message in sent if message.metadata
    )
    uploaded = Counter(mark for message in sent for mark in _marks(message))
    assert [job for job, times in said.items() if times > 1] == [], "said twice"
    assert [job for job, times in uploaded.items() if times > 1] == [], "uploaded twice"
    now = company.clock.now()
    for job in await jobs(company):
        assert job.state is not JobState.DEAD, (job.kind, job.reason)
        assert not (job.state is JobState.PENDING and job.due_at <= now), ("lost", job.kind)
        arrived = uploaded if job.kind in FILES else said
        assert job.slack_ts is None or arrived[job.id], ("never arrived", job.kind)


def _marks(message: Message) -> Iterator[int]:
    """The jobs that uploaded the files of a message, each once: "people-7.csv" is of job 7."""
    yield from {
        int(mark)
        for file in message.files
        if (mark := PurePosixPath(str(file.get("name") or "")).stem.rpartition("-")[2]).isdecimal()
    }
