"""Would you go on? Asked of each alone; only what both, or all, wish is ever told (3.11).

What people said is compared once, at a moment fixed beforehand. Were it told as soon as both
had answered, somebody could change their answer until something happened, and so learn the other's.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from bot.domain.errors import RuleBroken
from bot.domain.going_on import NOTHING, common, read_wishes
from bot.domain.going_on_three import read as read_three
from bot.domain.going_on_three import wishes_of
from bot.domain.job_kinds import JobKind
from bot.domain.kinds import Wish
from bot.domain.timeline.planned import session_key
from bot.services.access import access_session_row, mentees_in, people_in
from bot.services.context import Context
from bot.services.growing import keeping, relating
from bot.services.jobs import job_to
from bot.services.sessions import going_on_three
from bot.store.tables import GoOn, Job, Person, Session
from bot.store.work import Work


@dataclass(frozen=True, slots=True)
class GoOnView:
    """What one person may know: their own answer, and until when it can be changed."""

    wishes: tuple[Wish, ...]  # empty while there is none, or none is kept any more
    is_answered: bool
    closes_at: datetime | None
    is_open: bool
    keeps: tuple[int, ...] = ()  # of three: with whom they would keep in touch


async def answer(
    ctx: Context,
    *,
    actor_id: int,
    session_id: int,
    wishes: tuple[str, ...],
    receipt: str | None = None,
) -> None:
    """Keep what this person wishes, or changes their mind to, until the answers are compared.

    Raises RuleBroken at "wishes" ("no_choice", "unknown_choice", "no_and_more"), "not_yours",
    "go_on_closed" before it was asked and after it was compared.
    """
    now = ctx.now()
    async with ctx.db.work() as work:
        await work.once(receipt, now)
        session = await access_session_row(work, actor_id, session_id)
        said = _read(session, actor_id, wishes)
        closes_at = await _closes_at(work.session, session_id, actor_id)
        if closes_at is None or now >= closes_at:
            raise RuleBroken("go_on_closed")
        row = (await _rows(work.session, session_id)).get(actor_id)
        if row is None:
            row = GoOn(session_id=session_id, person_id=actor_id, answered_at=now)
        row.wishes, row.answered_at = said, now
        await work.add(row)
        # Their own card alone: that the other's changes would say that somebody answered.
        mine = (Job.session_id == session_id, Job.recipient_id == actor_id)
        await work.touch(*mine, Job.kind == JobKind.GO_ON_ASK, now=now)
        await work.commit()


async def compare(ctx: Context, *, session_id: int) -> None:
    """The moment has come: a wish of both is told to both, and otherwise the same to each.

    Of three, a wish of all three is told to all, and one of two to these two.

    Whoever did not answer hears nothing. Comparing twice changes nothing.
    """
    now = ctx.now()
    async with ctx.db.work() as work:
        session = await work.lock(Session, session_id)
        if session is None:
            return
        people = [
            await work.session.get_one(Person, each)
            for each in (*mentees_in(session), session.mentor_id)
        ]
        rows = await _rows(work.session, session_id)
        if session.third_id is not None:
            here = [person for person in people if not person.is_deleted]
            notes = await going_on_three.reveal(ctx, work, session, here, rows)
        else:
            notes = await _of_two(ctx, work, session, people, rows)
        for person in people:
            if person.id in rows:
                await _tell(work, session_id, person, notes[person.id], now)
        asked = (Job.session_id == session_id, Job.kind == JobKind.GO_ON_ASK)
        await work.touch(*asked, now=now)
        await work.commit()


async def go_on_view(ctx: Context, *, session_id: int, person_id: int) -> GoOnView:
    """What this person said, and nothing of what the other did."""
    async with ctx.db.read() as session:
        row = (await _rows(session, session_id)).get(person_id)
        closes_at = await _closes_at(session, session_id, person_id)
    said = wishes_of((row.wishes or ()) if row else ())
    return GoOnView(
        wishes=said.wishes,
        keeps=said.keeps,
        is_answered=row is not None,
        closes_at=closes_at,
        is_open=closes_at is not None and ctx.now() < closes_at,
    )


def _read(session: Session, actor_id: int, wishes: tuple[str, ...]) -> list[str]:
    if session.third_id is None:
        return [wish.value for wish in read_wishes(wishes)]
    return read_three(wishes, [each for each in people_in(session) if each != actor_id])


async def _of_two(
    ctx: Context, work: Work, session: Session, people: list[Person], rows: dict[int, GoOn]
) -> dict[int, str]:
    wish = _common(people, rows)
    if wish is not None and not any(row.revealed_at for row in rows.values()):
        await _reveal(ctx, work, session, rows, wish)
    return dict.fromkeys(rows, NOTHING if wish is None else wish.value)


async def _rows(session: AsyncSession, session_id: int) -> dict[int, GoOn]:
    """The answers there are, by person."""
    statement = select(GoOn).where(GoOn.session_id == session_id)
    return {row.person_id: row for row in (await session.execute(statement)).scalars()}


async def _closes_at(session: AsyncSession, session_id: int, person_id: int) -> datetime | None:
    """Until when this person may answer: what their question was planned with."""
    key = session_key(session_id, JobKind.GO_ON_ASK, person_id)
    statement = select(Job.expires_at).where(col(Job.dedupe_key) == key)
    return (await session.execute(statement)).scalar_one_or_none()


def _common(people: list[Person], rows: dict[int, GoOn]) -> Wish | None:
    if any(person.is_deleted or person.id not in rows for person in people):
        return None
    one, other = ({Wish(each) for each in rows[person.id].wishes or ()} for person in people)
    return common(one, other)


async def _reveal(
    ctx: Context, work: Work, session: Session, rows: dict[int, GoOn], wish: Wish
) -> None:
    for row in rows.values():
        row.revealed_at = ctx.now()
    if wish is Wish.FORMAL:
        await relating.begin(ctx, work, session=session)
    elif wish is Wish.KEEP_IN_TOUCH:  # both have said yes to it; nothing is left to agree
        await keeping.begin(
            ctx,
            work,
            a=session.mentee_id,
            b=session.mentor_id,
            programme_id=session.programme_id,
            mentor_id=session.mentor_id,
        )


async def _tell(work: Work, session_id: int, person: Person, note: str, now: datetime) -> None:
    kind = JobKind.GO_ON_NEWS
    key = session_key(session_id, kind, person.id)
    await work.plan(job_to(person, kind, key, now=now, note=note, session_id=session_id))
