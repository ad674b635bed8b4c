"""The workspace's own record against ours: was anything lost, given up, or said twice?"""

from collections import Counter

from sqlmodel import select

from bot.domain.states import JobState
from bot.store.tables import Job
from tests.support.company import Company


async def jobs(company: Company) -> list[Job]:
    """Every job there is."""
    async with company.bot.ctx.db.read() as session:
        return list((await session.execute(select(Job))).scalars())


async def assert_all_said_once(company: Company) -> None:
    """Nothing that was due is unsaid, dead, said twice, or only believed to be said."""
    said = Counter(
        int(message.metadata["event_payload"]["job"])
        for conversation in company.workspace.conversations.values()
        for message in conversation.messages
        if message.metadata
    )
    assert [job for job, times in said.items() if times > 1] == [], "said twice"
    now = company.clock.now()
    for job in await jobs(company):
        assert job.state is not JobState.DEAD, (job.kind, job.reason)
        assert not (job.state is JobState.PENDING and job.due_at <= now), ("lost", job.kind)
        assert job.slack_ts is None or said[job.id], ("never arrived", job.kind)
