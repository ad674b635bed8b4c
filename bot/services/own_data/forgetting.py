"""Forgetting somebody: at their own wish, or when they left long ago (9).

What becomes of each table stands in `bot.store.personal_tables`, and nowhere else. The row of the
person stays without a name, so that what is counted goes on counting somebody.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import col, func, or_, select

from bot.domain.job_kinds import FILES, JobKind
from bot.domain.states import JobState
from bot.services import leaving
from bot.services.access import active_person, hold_routing
from bot.services.context import Context
from bot.services.jobs import job_to
from bot.services.own_data.forgetting_rows import clean, clean_last
from bot.services.own_data.forgetting_said import blank, say_anew
from bot.store.personal_tables import sessions_of
from bot.store.tables import (
    Enrolment,
    Feedback,
    Job,
    Person,
    Programme,
    Request,
    Session,
    ThankYou,
)
from bot.store.work import Work

LAST_AFTER = timedelta(days=1)
"""How long after the forgetting its last traces go: by then every message is replaced."""

_ABOUT_THE_PARTNER = (JobKind.THANKS_ASK, JobKind.THANKS_NUDGE, JobKind.GO_ON_ASK)
GIVE_UP_AFTER = timedelta(days=30)
"""After which they go although Slack never let us replace a message."""


@dataclass(frozen=True, slots=True)
class Stays:
    """What had to stay, as counts without a name."""

    sessions: int = 0
    requests: int = 0
    thanks: int = 0
    ratings: int = 0
    files: int = 0  # that Lantern sent, and takes back

    def __bool__(self) -> bool:
        return bool(self.sessions or self.requests or self.thanks or self.ratings)


async def forget(ctx: Context, *, actor_id: int, receipt: str | None = None) -> Stays:
    """Somebody wants to be forgotten; returns what has to stay, and tells them in their DM.

    Whatever they have open is settled as if they had left, and their partners are told. Raises
    RuleBroken "bot", "guest" or "deactivated".
    """
    async with ctx.db.work() as work:
        await work.once(receipt, ctx.now())
        whom = await active_person(work, actor_id)
        await hold_routing(work, whom.workspace_id)
        person = await work.lock(Person, actor_id)
        assert person is not None
        await active_person(work, actor_id)  # as they are now: it may have happened meanwhile
        key = f"person:{actor_id}:forgotten"
        told = job_to(person, JobKind.FORGOTTEN, key, now=ctx.now())
        await _forget(ctx, work, person)
        await work.plan(told)
        stays = await _count(work, actor_id)
        await work.commit()
        return stays


async def forget_who_left(ctx: Context, *, person_id: int) -> None:
    """The retention time is over since this person left. Nothing happens if they came back."""
    async with ctx.db.work() as work:
        whom = await work.session.get_one(Person, person_id)
        await hold_routing(work, whom.workspace_id)
        person = await work.lock(Person, person_id)
        if person is None or not person.is_deleted or person.forgotten_at is not None:
            return
        await _forget(ctx, work, person)
        await work.commit()


async def remove_last_traces(ctx: Context, *, person_id: int) -> None:
    """The day after: the rows of messages go, and what slipped in while it was under way."""
    async with ctx.db.work() as work:
        whom = await work.session.get_one(Person, person_id)
        await hold_routing(work, whom.workspace_id)
        person = await work.lock(Person, person_id)
        if person is None or person.forgotten_at is None:
            return
        await _lock_sessions(work, person_id)
        await clean(work, person, person.forgotten_at)
        if await _unsaid(work, person_id) and ctx.now() < person.forgotten_at + GIVE_UP_AFTER:
            await blank(work, person_id, ctx.now())
            await work.plan(_last(person, ctx.now()))
        else:
            await clean_last(work, person_id)
        await work.commit()


async def plan_forgetting(ctx: Context, work: Work, gone: Person) -> None:
    """Somebody left the workspace: they are forgotten when the retention time is over."""
    kept_for = timedelta(days=await _retention_days(work, gone))
    # Real time, so that somebody who comes back and leaves again is forgotten all the same.
    key = f"person:{gone.id}:forget:{ctx.clock.wall().timestamp()}"
    chore = job_to(gone, JobKind.FORGET, key, now=ctx.now())
    chore.due_at = ctx.now() + kept_for
    await work.plan(chore)


async def keep_after_all(work: Work, back: Person) -> None:
    """They came back in time: nothing is forgotten."""
    theirs = (Job.recipient_id == back.id, Job.kind == JobKind.FORGET)
    await work.cancel_unsaid(*theirs, reason="came_back")


async def what_stays(ctx: Context, *, person_id: int) -> Stays:
    """What stays of this person, or would stay."""
    async with ctx.db.work() as work:
        return await _count(work, person_id)


async def _forget(ctx: Context, work: Work, person: Person) -> None:
    """The whole of it. The caller holds the routing and the person."""
    now = ctx.now()
    await leaving.settle_open_matters(ctx, work, person)
    await _lock_sessions(work, person.id)
    await _ask_no_more(work, person.id)
    await work.session.flush()
    await say_anew(work, person.id, now)  # before the rows that say which messages those are go
    await blank(work, person.id, now)
    await clean(work, person, now)
    await work.plan(_last(person, now))


async def _ask_no_more(work: Work, person_id: int) -> None:
    """A partner is not asked to thank somebody, or to go on with somebody, who is not known."""
    two = select(col(Session.id)).where(
        col(Session.id).in_(sessions_of(person_id)), col(Session.third_id).is_(None)
    )
    asked = (col(Job.session_id).in_(two), col(Job.kind).in_(_ABOUT_THE_PARTNER))
    await work.cancel_unsaid(*asked, reason="person_gone")


def _last(person: Person, now: datetime) -> Job:
    due_at = now + LAST_AFTER
    chore = job_to(
        person,
        JobKind.LAST_TRACES,
        f"person:{person.id}:last:{due_at.timestamp():.0f}",
        now=now,
    )
    chore.due_at = due_at
    return chore


async def _lock_sessions(work: Work, person_id: int) -> None:
    """Nobody writes into their sessions meanwhile; held in one order, as everywhere."""
    theirs = (
        select(Session.id)
        .where(col(Session.id).in_(sessions_of(person_id)))
        .order_by(col(Session.id))
        .with_for_update(key_share=True)
    )
    await work.session.execute(theirs)


async def _unsaid(work: Work, person_id: int) -> bool:
    """Whether a message of theirs still waits to be replaced, or to tell them that it is done."""
    waiting = (
        select(Job.id)
        .where(
            Job.recipient_id == person_id,
            col(Job.kind).in_([JobKind.BLANKED, JobKind.FORGOTTEN]),
            col(Job.state) == JobState.PENDING,
        )
        .limit(1)
    )
    return (await work.session.execute(waiting)).first() is not None


async def _count(work: Work, person_id: int) -> Stays:
    async def many(table: Any, *where: Any) -> int:
        counted = select(func.count()).select_from(table).where(*where)
        return (await work.session.execute(counted)).scalar_one()

    return Stays(
        sessions=await many(Session, col(Session.id).in_(sessions_of(person_id))),
        requests=await many(Request, Request.mentee_id == person_id),
        thanks=await many(ThankYou, ThankYou.from_id == person_id),
        ratings=await many(Feedback, Feedback.person_id == person_id),
        files=await many(
            Job,
            Job.recipient_id == person_id,
            col(Job.kind).in_(FILES),
            col(Job.slack_ts).is_not(None),
        ),
    )


async def _retention_days(work: Work, person: Person) -> int:
    """The longest of the programmes they had to do with, and of the one that is everybody's."""
    theirs = or_(
        col(Programme.channel).is_(None),
        col(Programme.id).in_(
            select(col(Enrolment.programme_id)).where(Enrolment.person_id == person.id)
        ),
        col(Programme.id).in_(
            select(col(Session.programme_id)).where(col(Session.id).in_(sessions_of(person.id)))
        ),
    )
    longest = select(func.max(Programme.retention_days)).where(
        Programme.workspace_id == person.workspace_id, theirs
    )
    return int((await work.session.execute(longest)).scalar_one())
