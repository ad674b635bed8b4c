"""Looking for a time by ticking: starts that could suit all, and the first that does (3.2)."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import select

from bot.domain import slots as pure
from bot.domain.errors import RuleBroken
from bot.domain.hours import moment_at
from bot.domain.job_kinds import JobKind
from bot.domain.kinds import Window
from bot.domain.slots import Free, common
from bot.domain.states import SessionState, advance
from bot.services.access import access_session_row, mentees_in, people_in
from bot.services.context import Context
from bot.services.sessions.free_hours import free_of
from bot.services.sessions.planning import for_those_in, moment_key
from bot.services.sessions.preparing import meant
from bot.services.sessions.timing import fix
from bot.services.views import PersonView, SessionView
from bot.store.tables import Job, Person, Session, SlotTick
from bot.store.work import Work


@dataclass(frozen=True, slots=True)
class SlotView:
    """A proposed start: `key` is what its box is called, `local` the reader's own time."""

    key: str
    local: datetime
    is_ticked: bool


@dataclass(frozen=True, slots=True)
class FreeView:
    """When one of them could meet: half-days (none: any), on their own clock and the reader's."""

    person: PersonView
    windows: tuple[str, ...]
    opens: time
    closes: time
    opens_here: time
    closes_here: time


@dataclass(frozen=True, slots=True)
class SlotsView:
    """What one of them is shown to find a time. `slots` are those still to come."""

    plan: int
    slots: tuple[SlotView, ...]
    ticked: tuple[PersonView, ...]  # of the others, who has ticked something
    unticked: tuple[PersonView, ...]  # and who has not
    free: tuple[FreeView, ...]  # everybody's hours, the reader's first; only where none meet
    were_some: bool  # whether there were any to begin with

    @property
    def i_ticked(self) -> bool:
        return any(slot.is_ticked for slot in self.slots)

    @property
    def none_suits_all(self) -> bool:
        """Everybody has ticked, and nothing is common: it would have been set."""
        return self.i_ticked and not self.unticked


async def propose(ctx: Context, *, session_id: int) -> None:
    """Write down starts for a session without a time, unless it has some. Once for all of them."""
    async with ctx.db.work() as work:
        row = await work.lock(Session, session_id)
        if row is None or row.slots or row.state is not SessionState.MATCHED:
            return
        free = await free_of(work.session, row)
        everybody = [free[each] for each in (*mentees_in(row), row.mentor_id)]
        length = timedelta(minutes=row.length_minutes)
        row.slots = [start.isoformat() for start in pure.propose(everybody, ctx.now(), length)]
        await work.commit()


async def slots_view(ctx: Context, session: SessionView, *, person_id: int) -> SlotsView:
    """The session's proposed starts, as `person_id`, who is part of it, sees them."""
    me, others = session.person(person_id), session.others(person_id)
    async with ctx.db.read() as db:
        row = await db.get_one(Session, session.id)
        ticks = await _ticks(db, row)
        free = {} if row.slots else await free_of(db, row)
    ahead = [start for start in _starts(row) if start > ctx.now()]
    done = [one for one in others if ticks.get(one.id, set()).intersection(ahead)]
    shown = (me, *others) if free else ()
    return SlotsView(
        plan=row.plan,
        slots=tuple(
            SlotView(
                moment_key(start),
                start.astimezone(me.hours.tz),
                start in ticks.get(me.id, set()),
            )
            for start in ahead
        ),
        ticked=tuple(done),
        unticked=tuple(one for one in others if one not in done),
        free=tuple(_see_free(one, free[one.id], me, ctx.now()) for one in shown),
        were_some=bool(row.slots),
    )


async def tick_slots(
    ctx: Context,
    *,
    actor_id: int,
    session_id: int,
    plan: int,
    ticked: Collection[str],
    drawn: Collection[str] | None = None,
) -> None:
    """Make `ticked` (keys) what suits the actor; the first start that suits all is set at once.

    `drawn` is what stood ticked when the message was drawn (see `preparing.meant`). Raises
    RuleBroken "not_yours", and "slots_over" when a time was found, or a new one is looked for.
    """
    now = ctx.now()
    async with ctx.db.work() as work:
        session = await access_session_row(work, actor_id, session_id)
        if _just_found(session, plan):
            return  # a second box on a screen that is a moment behind: the message says the time
        if session.state is not SessionState.MATCHED or session.plan != plan:
            raise RuleBroken("slots_over")
        starts = {moment_key(start): start for start in _starts(session)}
        had = await _had(work, session, actor_id)
        wanted = starts.keys() & meant(set(had), set(ticked), drawn)
        await _tick_only(work, session, actor_id, had, {key: starts[key] for key in wanted})
        theirs = await _ticks(work.session, session)
        found = common([theirs.get(each, set()) for each in people_in(session)], now)
        if found is not None:
            actor = await work.session.get_one(Person, actor_id)
            session.state = advance(session.state, "set_time")
            await fix(ctx, work, session, found, actor.workspace_id)
        else:
            await work.touch(for_those_in(session), Job.kind == JobKind.SLOTS, now=now)
        await work.commit()


def _just_found(session: Session, plan: int) -> bool:
    """Whether the boxes of this search have led to the time that holds."""
    by_ticks = session.state is SessionState.SCHEDULED and session.time_set_by_id is None
    return by_ticks and session.plan == plan + 1


def _starts(row: Session) -> list[datetime]:
    return [datetime.fromisoformat(each) for each in row.slots]


async def _had(work: Work, session: Session, person_id: int) -> dict[str, SlotTick]:
    statement = select(SlotTick).where(
        SlotTick.session_id == session.id,
        SlotTick.plan == session.plan,
        SlotTick.person_id == person_id,
    )
    rows = (await work.session.execute(statement)).scalars()
    return {moment_key(row.starts_at): row for row in rows}


async def _tick_only(
    work: Work,
    session: Session,
    person_id: int,
    had: Mapping[str, SlotTick],
    wanted: Mapping[str, datetime],
) -> None:
    for key in had.keys() - wanted.keys():
        await work.session.delete(had[key])
    for key in sorted(wanted.keys() - had.keys()):
        about = {"session_id": session.id, "plan": session.plan, "person_id": person_id}
        await work.add(SlotTick(starts_at=wanted[key], **about))
    await work.session.flush()


async def _ticks(db: AsyncSession, row: Session) -> dict[int, set[datetime]]:
    """What each of them has ticked, in the present search for a time."""
    statement = select(SlotTick).where(SlotTick.session_id == row.id, SlotTick.plan == row.plan)
    found: dict[int, set[datetime]] = defaultdict(set)
    for tick in (await db.execute(statement)).scalars():
        found[tick.person_id].add(tick.starts_at)
    return found


def _see_free(one: PersonView, free: Free, me: PersonView, now: datetime) -> FreeView:
    opens, closes = pure.times_of_day(free)
    day = free.hours.local_day(free.hours.next_open(now))
    here = (moment_at(day, at, free.hours.tz).astimezone(me.hours.tz) for at in (opens, closes))
    opens_here, closes_here = (at.time() for at in here)
    named = tuple(window.value for window in Window if window in free.windows)
    return FreeView(one, named, opens, closes, opens_here, closes_here)
