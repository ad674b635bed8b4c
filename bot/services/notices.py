"""A sentence said to one person in their DM: an answer to a click or a word that led nowhere."""

from collections.abc import Mapping
from typing import Final

from bot.domain.job_kinds import JobKind
from bot.services.context import Context
from bot.services.jobs import job_to
from bot.store.tables import Person
from bot.store.work import Work

BY_STATE: Final = frozenset({"offer_over", "import_over"})
"""The sentences that say how something ended: whoever said yes twice did not come too late."""


def note_of(key: str, facts: Mapping[str, object]) -> str:
    """What a notice keeps of a rule that said no: its key, and the state where the words depend on
    it."""
    state = facts.get("state") if key in BY_STATE else None
    return f"{key}:{state}" if state else key


async def tell(ctx: Context, *, person_id: int, key: str, receipt: str | None = None) -> None:
    """Plan the sentence named `key` (or by `note_of`) for this person. AlreadyDone for a receipt
    seen before."""
    async with ctx.db.work() as work:
        await work.once(receipt, ctx.now())
        await plan_notice(ctx, work, person_id, key)
        await work.commit()


async def plan_notice(ctx: Context, work: Work, person_id: int, key: str) -> None:
    """The same inside a transaction."""
    person = await work.session.get_one(Person, person_id)
    once = f"notice:{person_id}:{ctx.clock.wall().timestamp()}:{ctx.chance.getrandbits(32):08x}"
    await work.plan(job_to(person, JobKind.PLAIN_ANSWER, once, now=ctx.now(), note=key))
