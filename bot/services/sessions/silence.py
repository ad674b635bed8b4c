"""Whoever leaves "did it happen?" unanswered twice in a row is paused, with a way back (3.7)."""

from typing import Final

from sqlmodel import select

from bot.domain.job_kinds import JobKind
from bot.services import leaving
from bot.services.access import people_in
from bot.services.context import Context
from bot.services.errors import AlreadyDone
from bot.services.jobs import job_to
from bot.store.tables import Answer, Person, Session
from bot.store.work import Work

PATIENCE: Final = 2


async def count_silence(ctx: Context, work: Work, session: Session, plan: int) -> None:
    """The time for an answer is over: count who gave none; quiet when that was counted before.

    Nobody on a break, on leave or gone is counted. For a transaction that holds the routing and
    then the session.
    """
    try:
        await work.once(f"silence:{session.id}:{plan}", ctx.now())
    except AlreadyDone:
        return
    statement = select(Answer.person_id).where(Answer.session_id == session.id, Answer.plan == plan)
    answered = set((await work.session.execute(statement)).scalars())
    for each in sorted(people_in(session)):
        if each in answered:
            continue
        person = await work.lock(Person, each)
        assert person is not None
        if person.is_deleted or person.is_paused(ctx.now()) or person.is_away(ctx.now()):
            continue
        person.silences += 1
        if person.silences >= PATIENCE:
            await _pause(ctx, work, person, f"silent:{person.id}:{session.id}:{plan}")


def hear(person: Person) -> None:
    """They answered: the count begins anew."""
    person.silences = 0


async def _pause(ctx: Context, work: Work, person: Person, key: str) -> None:
    """Nobody new is sent to them until they say that they are back."""
    person.silences = 0
    person.paused_at, person.paused_until = ctx.now(), None
    await leaving.pass_on_offers(ctx, work, person)
    await work.plan(job_to(person, JobKind.PAUSED_SILENT, key, now=ctx.now()))
