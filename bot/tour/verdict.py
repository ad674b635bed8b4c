"""What became of every job: a table, and whether anything was lost, died, or was said twice."""

from collections import Counter
from collections.abc import Iterator
from pathlib import PurePosixPath

from rich.console import Console
from rich.table import Table
from sqlmodel import select

from bot.domain.states import JobState
from bot.rehearsal import Rehearsal
from bot.sandbox.conversations import Message
from bot.store.tables import Job


async def judge(console: Console, rehearsal: Rehearsal) -> int:
    """Print the table and the verdict; 0 when all is well, 1 otherwise."""
    async with rehearsal.app.ctx.db.read() as session:
        jobs = list((await session.execute(select(Job))).scalars())
    console.print()
    console.print(table(jobs))
    problems = lost(jobs, rehearsal) + dead(jobs) + twice(rehearsal) + unsaid(jobs, rehearsal)
    for problem in problems:
        console.print(f"[red]✗[/] {problem}")
    if not problems:
        console.print("[green]✓[/] Nothing was lost, nothing died, and nothing was said twice.")
    return 1 if problems else 0


def table(jobs: list[Job]) -> Table:
    """Jobs by kind and outcome, in the order in which the kinds first happened."""
    columns = (JobState.DONE, JobState.PENDING, JobState.SKIPPED, JobState.DEAD)
    heads = ("done", "still to come", "skipped", "dead")
    grid = Table(title="Jobs by kind and outcome", title_justify="left")
    grid.add_column("kind")
    for head in heads:
        grid.add_column(head, justify="right")
    grid.add_column("skipped because")
    counts = Counter((job.kind, job.state) for job in jobs)
    for kind in dict.fromkeys(job.kind for job in sorted(jobs, key=lambda job: job.id)):
        cells = [str(counts[kind, state] or "") for state in columns]
        why = {j.reason or "" for j in jobs if j.kind is kind and j.state is JobState.SKIPPED}
        grid.add_row(kind.value.replace("_", " "), *cells, ", ".join(sorted(why)))
    return grid


def lost(jobs: list[Job], rehearsal: Rehearsal) -> list[str]:
    """Jobs that were due and were neither said nor skipped."""
    now = rehearsal.clock.now()
    late = [job for job in jobs if job.state is JobState.PENDING and job.due_at <= now]
    return [f"lost: {job.kind.value} (job {job.id}) was due and is still pending" for job in late]


def dead(jobs: list[Job]) -> list[str]:
    """Jobs that were given up."""
    return [
        f"dead: {job.kind.value} (job {job.id}): {job.reason}"
        for job in jobs
        if job.state is JobState.DEAD
    ]


def twice(rehearsal: Rehearsal) -> list[str]:
    """Jobs with more than one message in the workspace's own record."""
    return [
        f"twice: job {job_id} was said {n} times" for job_id, n in said(rehearsal).items() if n > 1
    ]


def unsaid(jobs: list[Job], rehearsal: Rehearsal) -> list[str]:
    """Jobs that we believe said and that the workspace has never seen."""
    record = said(rehearsal)
    return [
        f"lost: {job.kind.value} (job {job.id}) counts as said and is not in the workspace"
        for job in jobs
        if job.slack_ts is not None and not record[job.id]
    ]


def said(rehearsal: Rehearsal) -> Counter[int]:
    """How many messages, or uploads, the workspace holds of each job."""
    return Counter(
        job
        for conversation in rehearsal.workspace.conversations.values()
        for message in conversation.messages
        for job in _jobs_of(message)
    )


def _jobs_of(message: Message) -> Iterator[int]:
    """The jobs a message is of: by its metadata, or by its files ("people-7.csv" is of job 7)."""
    payload = (message.metadata or {}).get("event_payload", {})
    if "job" in payload:
        yield int(payload["job"])
    names = (PurePosixPath(str(file.get("name") or "")).stem for file in message.files)
    marks = {name.rpartition("-")[2] for name in names}
    yield from (int(mark) for mark in marks if mark.isdecimal())
