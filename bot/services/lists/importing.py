"""A lead's list of people: sent, and once it was read and shown, taken over or thrown away.

Nothing of it counts before the lead says so. `importing_reading` reads it, `importing_card` shows
it, `importing_taking` takes it over.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Final

from sqlmodel import col, func, select

from bot.domain.errors import RuleBroken
from bot.domain.job_kinds import JobKind
from bot.services.access import access_programme, active_person
from bot.services.context import Context
from bot.services.jobs import job, job_to
from bot.services.lists.importing_card import card_of, state_of
from bot.services.notices import plan_notice
from bot.store.tables import Job, PeopleImport, Programme
from bot.store.work import Work

TAKE: Final = "take"
"""The note of the job that takes a list over; the one that reads it has none."""


async def ask_import(
    ctx: Context, *, actor_id: int, programme_id: int, file: str, receipt: str | None = None
) -> None:
    """A lead sent a list (`file` is Slack's id of it): it is read, and a card says what is in it.

    An earlier list of theirs that still waits for its yes is thrown away. Raises RuleBroken
    "not_a_lead", "channel_archived". AlreadyDone for a receipt seen before.
    """
    now = ctx.now()
    async with ctx.db.work() as work:
        await work.once(receipt, now)
        actor = await active_person(work, actor_id)
        programme = await access_programme(work, actor, programme_id)
        if programme.archived_at is not None:
            raise RuleBroken("channel_archived")
        for earlier in await _waiting(work, actor_id, programme_id):
            await _discard(ctx, work, earlier)
        batch = await work.add(
            PeopleImport(programme_id=programme_id, by_id=actor_id, file=file, made_at=now)
        )
        about = {"programme_id": programme_id, "import_id": batch.id}
        read, card = f"import:{batch.id}:read", f"import:{batch.id}:card"
        whose = programme.workspace_id
        await work.plan(
            job(JobKind.IMPORT_READ, read, now=now, workspace_id=whose, **about),  # type: ignore[arg-type]
            job_to(actor, JobKind.IMPORT_CARD, card, now=now, **about),  # type: ignore[arg-type]
        )
        await work.commit()


async def take_import(ctx: Context, *, actor_id: int, import_id: int) -> None:
    """The lead says yes: the rows are taken over, a hundred at a time (`take_rows`).

    Raises RuleBroken "not_a_lead", "import_reading", and "import_over" (`state`) for one that was
    taken over, thrown away or could not be read: of two clicks the first counts.
    """
    async with ctx.db.work() as work:
        batch, programme = await _access_import(work, actor_id, import_id)
        if programme.archived_at is not None:
            raise RuleBroken("channel_archived")
        batch.taken_at = ctx.now()
        before = select(func.count()).where(*_takes(import_id))
        again = (await work.session.execute(before)).scalar_one()
        await work.plan(
            job(
                JobKind.IMPORT_READ,
                f"import:{import_id}:take" + (f":{again + 1}" if again else ""),
                now=ctx.now(),
                workspace_id=programme.workspace_id,
                note=TAKE,
                programme_id=programme.id,
                import_id=import_id,
            )
        )
        await work.touch(*card_of(import_id), now=ctx.now())
        await work.commit()


async def discard_import(ctx: Context, *, actor_id: int, import_id: int) -> None:
    """The lead throws the list away; nothing of it is kept. Raises as `take_import` does."""
    async with ctx.db.work() as work:
        batch, _ = await _access_import(work, actor_id, import_id)
        await _discard(ctx, work, batch)
        await work.commit()


async def stop_import(ctx: Context, *, import_id: int) -> None:
    """Taking a list over was given up half-way: its lead is told, and may go on with the card.

    What was taken over stays, and is not taken twice. Quiet for a list that is through.
    """
    async with ctx.db.work() as work:
        batch = await work.lock(PeopleImport, import_id)
        if batch is None or batch.taken_at is None or batch.rows is None:
            return
        batch.taken_at = None
        await plan_notice(ctx, work, batch.by_id, "import_stopped")
        await work.touch(*card_of(import_id), now=ctx.now())
        await work.commit()


async def _access_import(
    work: Work, actor_id: int, import_id: int
) -> tuple[PeopleImport, Programme]:
    """A list that waits for its yes, held for a change by a lead of its programme."""
    actor = await active_person(work, actor_id)
    seen = await work.session.get(PeopleImport, import_id)
    if seen is None:
        raise RuleBroken("not_yours")
    programme = await access_programme(work, actor, seen.programme_id)
    batch = await work.lock(PeopleImport, import_id)
    assert batch is not None
    state = state_of(batch)
    if state == "reading":
        raise RuleBroken("import_reading")
    if state != "ready":
        raise RuleBroken("import_over", state=state)
    return batch, programme


def _takes(import_id: int) -> tuple[Any, ...]:
    """The jobs that take a list over: one, and another after each that was given up."""
    return (Job.import_id == import_id, Job.kind == JobKind.IMPORT_READ, Job.note == TAKE)


async def _waiting(work: Work, actor_id: int, programme_id: int) -> Iterable[PeopleImport]:
    statement = (
        select(PeopleImport)
        .where(
            PeopleImport.programme_id == programme_id,
            PeopleImport.by_id == actor_id,
            col(PeopleImport.taken_at).is_(None),
            col(PeopleImport.discarded_at).is_(None),
            col(PeopleImport.failure).is_(None),
        )
        .with_for_update(key_share=True)
    )
    return (await work.session.execute(statement)).scalars().all()


async def discard_forgotten(ctx: Context, *, older_than: timedelta) -> None:
    """Throw away the lists that nobody took over or threw away in all that time."""
    async with ctx.db.work() as work:
        statement = (
            select(PeopleImport)
            .where(
                col(PeopleImport.made_at) < ctx.now() - older_than,
                col(PeopleImport.taken_at).is_(None),
                col(PeopleImport.discarded_at).is_(None),
                col(PeopleImport.rows).is_not(None) | col(PeopleImport.problems).is_not(None),
            )
            .limit(100)
            .with_for_update(key_share=True, skip_locked=True)
        )
        for batch in (await work.session.scalars(statement)).all():
            await _discard(ctx, work, batch)
        await work.commit()


async def _discard(ctx: Context, work: Work, batch: PeopleImport) -> None:
    batch.discarded_at = ctx.now()
    batch.rows = batch.problems = None
    await work.touch(*card_of(batch.id), now=ctx.now())
