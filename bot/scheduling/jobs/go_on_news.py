"""To each who answered "would you go on?": a shared wish, or one sentence for everything else."""

from bot.domain.job_kinds import JobKind
from bot.scheduling.look import see
from bot.scheduling.steps import Say, Step
from bot.services.context import Context
from bot.services.sessions.going_on_three import told
from bot.store.tables import Job

KIND = JobKind.GO_ON_NEWS


async def prepare(ctx: Context, job: Job) -> Step:
    seen = await see(ctx, job)
    if seen.session.third is None:
        return Say(KIND, seen.facts(), seen.me)
    note, partners = told(seen.session, seen.me.id, job.note or "")
    return Say(KIND, seen.facts(partners=partners), seen.me, note=note)
