"""Reading this folder is reading the life of a session and of a round: one file for each kind.

Each file says what its job looks at again when it falls due, and what it then says: `prepare` from
the facts alone, `reach` where Slack has to be asked first, or where it takes long.
"""

from collections.abc import Awaitable, Callable, Mapping
from importlib import import_module
from types import MappingProxyType, ModuleType
from typing import Final

from bot.domain.job_kinds import JobKind
from bot.scheduling.desk import Desk
from bot.scheduling.steps import Step
from bot.services.context import Context
from bot.store.tables import Job

Prepare = Callable[[Context, Job], Awaitable[Step]]
Reach = Callable[[Desk, Job], Awaitable[Step]]

FILES: Final[Mapping[JobKind, ModuleType]] = MappingProxyType(
    {kind: import_module(f"{__name__}.{kind.value}") for kind in JobKind}
)
"""The file of each kind; a kind without one stops Lantern at once."""

REACH: Final[Mapping[JobKind, Reach]] = MappingProxyType(
    {kind: file.reach for kind, file in FILES.items() if hasattr(file, "reach")}
)
"""Kinds that take long, because Slack is asked before their facts are complete, or because they
are about everybody in a round. They run aside."""

PREPARE: Final[Mapping[JobKind, Prepare]] = MappingProxyType(
    {kind: file.prepare for kind, file in FILES.items() if kind not in REACH}
)
"""What to do when a job of one of the other kinds falls due."""


async def prepare(desk: Desk, job: Job) -> Step:
    """Look at the job's facts again, and say what is to be done."""
    if job.kind in REACH:
        return await REACH[job.kind](desk, job)
    return await PREPARE[job.kind](desk.ctx, job)
