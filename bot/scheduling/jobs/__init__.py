"""Reading this folder is reading the life of a session: one file for each kind of job.

Each file says what its job looks at again when it falls due, and what it then says.
"""

from collections.abc import Awaitable, Callable, Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Final

from bot.domain.job_kinds import JobKind
from bot.scheduling.steps import Step
from bot.services.context import Context
from bot.store.tables import Job

Prepare = Callable[[Context, Job], Awaitable[Step]]

PREPARE: Final[Mapping[JobKind, Prepare]] = MappingProxyType(
    {kind: import_module(f"{__name__}.{kind.value}").prepare for kind in JobKind}
)
"""What to do when a job of this kind falls due; a kind without its file stops Lantern at once."""


async def prepare(ctx: Context, job: Job) -> Step:
    """Look at the job's facts again, and say what is to be done."""
    return await PREPARE[job.kind](ctx, job)
