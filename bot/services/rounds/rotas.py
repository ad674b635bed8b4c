"""A group flash: who sits where in which turn, and what everyone is told about it (2.7)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import col, or_, select

from bot.domain.job_kinds import JobKind
from bot.domain.kinds import Role
from bot.services.context import Context
from bot.services.jobs import job
from bot.services.programmes.programmes_reading import programme_views, see_round
from bot.services.programmes.views_programmes import RotaView, SeatView
from bot.services.reading_session import person_views
from bot.services.rounds.round_states import round_key
from bot.services.seeing import hours_of
from bot.services.views import PersonView
from bot.store.tables import Job, Person, Programme, Round, RoundPair
from bot.store.work import Work

TURN = timedelta(minutes=20)  # three of them are a group flash
SOON = timedelta(minutes=10)


async def rota_view(ctx: Context, *, round_id: int, person_id: int) -> RotaView:
    """Where somebody sits, turn by turn; no seats for who is not (any more) part of it.

    KeyError when there is no such round.
    """
    async with ctx.db.read() as session:
        row = await session.get(Round, round_id)
        if row is None:
            raise KeyError(round_id)
        programme = await session.get_one(Programme, row.programme_id)
        (view,) = await programme_views(ctx, session, [programme])
        mine = select(RoundPair.turn, RoundPair.mentor_id).where(
            RoundPair.round_id == round_id,
            col(RoundPair.is_out).is_(False),
            or_(col(RoundPair.mentor_id) == person_id, col(RoundPair.mentee_id) == person_id),
        )
        tables = sorted({(row[0], row[1]) for row in await session.execute(mine)})
        statement = (
            select(RoundPair)
            .where(
                RoundPair.round_id == round_id,
                col(RoundPair.is_out).is_(False),
                col(RoundPair.mentor_id).in_({mentor for _, mentor in tables}),
            )
            .order_by(col(RoundPair.id))
        )
        seats = list((await session.execute(statement)).scalars())
        ids = {one for seat in seats for one in (seat.mentor_id, seat.mentee_id)}
        people = await person_views(ctx, session, ids)
    is_mentor = any(mentor == person_id for _, mentor in tables)
    begins = row.meets_at or row.runs_at
    return RotaView(
        round=see_round(row, view),
        role=Role.MENTOR if is_mentor else Role.MENTEE,
        seats=tuple(_seat(turn, mentor, seats, people, begins) for turn, mentor in tables),
    )


def _seat(
    turn: int,
    mentor: int,
    seats: Sequence[RoundPair],
    people: dict[int, PersonView],
    begins: datetime,
) -> SeatView:
    at = begins + TURN * (turn - 1)
    mentees = [one.mentee_id for one in seats if (one.turn, one.mentor_id) == (turn, mentor)]
    return SeatView(
        turn=turn,
        starts_at=at,
        ends_at=at + TURN,
        mentor=people[mentor],
        mentees=tuple(people[one] for one in mentees),
    )


async def plan_rotas(ctx: Context, work: Work, row: Round) -> None:
    """Everyone at a table hears of it now, ten minutes before their first turn, and afterwards."""
    statement = select(RoundPair).where(
        RoundPair.round_id == row.id, col(RoundPair.is_out).is_(False)
    )
    turns: dict[int, list[int]] = {}
    for seat in (await work.session.execute(statement)).scalars():
        for one in (seat.mentor_id, seat.mentee_id):
            turns.setdefault(one, []).append(seat.turn)
    if not turns or row.meets_at is None:
        return
    people = select(Person).where(col(Person.id).in_(turns)).order_by(col(Person.id))
    begins = row.meets_at
    await work.plan(
        *(
            each
            for person in (await work.session.execute(people)).scalars()
            for each in _jobs_for(
                person,
                row,
                ctx.now(),
                begins + TURN * (min(turns[person.id]) - 1),
                begins + TURN * max(turns[person.id]),
            )
        )
    )


def _jobs_for(
    person: Person, row: Round, now: datetime, starts: datetime, ends: datetime
) -> list[Job]:
    """For one who sits from `starts` to `ends`; what would come too late is left out."""
    times = (
        (JobKind.ROTA, now, starts),
        (JobKind.ROTA_SOON, starts - SOON, starts),
        (JobKind.ROTA_AFTER, hours_of(person).next_open(ends), None),
    )
    return [
        job(
            kind,
            round_key(row.id, kind, person.id),
            now=now,
            workspace_id=person.workspace_id,
            recipient_id=person.id,
            due_at=due,
            expires_at=expires,
            programme_id=row.programme_id,
            round_id=row.id,
        )
        for kind, due, expires in times
        if due >= now
    ]
