"""What is open for a person that plain words in the DM could answer.

It is derived from the facts and from what they were asked; no state of its own is kept.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BindParameter, bindparam
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from bot.domain.errors import RuleBroken
from bot.domain.job_kinds import JobKind
from bot.domain.states import SessionState
from bot.domain.typed.time import read_time
from bot.domain.words import sounds_like_thanks
from bot.services.access import is_in, mentees_in
from bot.store.tables import ActionItem, Agenda, Job, Person, Session, ThankYou

TIME_MAX = 60  # characters; a longer text that happens to hold a date is not a time
AGENDA, ACTIONS, TIME, THANKS = "agenda", "actions", "time", "thanks"
ASKED_IN = {
    JobKind.AGENDA_ASK: AGENDA,
    JobKind.AGENDA_NUDGE: AGENDA,
    JobKind.AGENDA_SAVED: AGENDA,
    JobKind.ACTION_ASK: ACTIONS,
    JobKind.ACTION_SAVED: ACTIONS,
    JobKind.TIME_NUDGE: TIME,
    JobKind.THANKS_ASK: THANKS,
    JobKind.THANKS_NUDGE: THANKS,
}
_PERSON: BindParameter[int] = bindparam("person")
_THEIR_SESSIONS = (
    select(Session)
    .where(
        is_in(_PERSON),
        col(Session.state).in_([SessionState.MATCHED, SessionState.SCHEDULED, SessionState.HELD]),
    )
    .order_by(col(Session.id))
)


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing that plain words could be an answer to."""

    what: str  # AGENDA, ACTIONS, TIME or THANKS
    session_id: int
    is_sure: bool = True  # whether it needs no asking where it is the only one

    @property
    def choice(self) -> str:
        return f"{self.what}:{self.session_id}"


async def open_matters(
    session: AsyncSession, person: Person, said: str, now: datetime
) -> list[Matter]:
    """What these words could answer.

    A time is the answer to a session without one. Where all have theirs it may mean another time,
    or stand at the head of an agenda: nothing is moved, and nothing written, by a guess. What
    sounds like a thank-you is one only if its writer says so: it goes to somebody else.
    """
    rows = await _their_sessions(session, person.id)
    if not rows:
        return []
    untimed = [row for row in rows if row.state is SessionState.MATCHED]
    is_time = _is_time(said, now, person)
    if untimed and is_time:
        return [Matter(TIME, row.id) for row in untimed]
    ahead = [row for row in rows if row.starts_at is not None and row.starts_at > now]
    moving = [Matter(TIME, row.id, is_sure=False) for row in ahead if is_time]
    written = select(Agenda.session_id).where(col(Agenda.session_id).in_([row.id for row in rows]))
    with_agenda = set((await session.execute(written)).scalars())
    matters = [
        Matter(AGENDA, row.id)
        for row in rows
        if person.id in mentees_in(row)
        and row.id not in with_agenda
        and row.state in (SessionState.MATCHED, SessionState.SCHEDULED)
        and (row.starts_at is None or row.starts_at > now)
    ]
    thanks = await _unsaid_thanks(session, person.id, rows) if sounds_like_thanks(said) else []
    return thanks + moving + matters + await _unwritten_actions(session, person.id, rows)


async def _unsaid_thanks(
    session: AsyncSession, person_id: int, rows: list[Session]
) -> list[Matter]:
    """Talks that took place, for which this person has not thanked yet."""
    held = [row.id for row in rows if row.state is SessionState.HELD]
    said = select(ThankYou.session_id).where(
        ThankYou.from_id == person_id, col(ThankYou.session_id).in_(held)
    )
    thanked = set((await session.execute(said)).scalars())
    return [Matter(THANKS, each, is_sure=False) for each in held if each not in thanked]


async def _unwritten_actions(
    session: AsyncSession, person_id: int, rows: list[Session]
) -> list[Matter]:
    held = [row.id for row in rows if row.state is SessionState.HELD]
    if not held:
        return []
    wrote = select(ActionItem.session_id).where(
        ActionItem.author_id == person_id, col(ActionItem.session_id).in_(held)
    )
    written = set((await session.execute(wrote)).scalars())
    asked = select(Job.session_id).where(
        Job.kind == JobKind.ACTION_ASK,
        Job.recipient_id == person_id,
        col(Job.slack_ts).is_not(None),
        col(Job.session_id).in_(held),
    )
    were_asked = set((await session.execute(asked)).scalars())
    return [Matter(ACTIONS, each) for each in held if each in were_asked and each not in written]


async def _their_sessions(session: AsyncSession, person_id: int) -> list[Session]:
    return list((await session.execute(_THEIR_SESSIONS, {"person": person_id})).scalars())


async def asked_in_thread(
    session: AsyncSession, person_id: int, thread_ts: str | None
) -> list[Matter]:
    """What the message answers in whose thread it stands; nothing outside of one."""
    if thread_ts is None:
        return []
    statement = select(Job).where(Job.recipient_id == person_id, Job.slack_ts == thread_ts)
    asked = (await session.execute(statement)).scalars().first()
    if asked is None or asked.session_id is None or asked.kind not in ASKED_IN:
        return []
    return [Matter(ASKED_IN[asked.kind], asked.session_id)]


def _is_time(said: str, now: datetime, person: Person) -> bool:
    if not said or len(said) > TIME_MAX:
        return False
    try:
        read_time(said, now, person.zone, language=person.locale)
    except RuleBroken as broken:
        # Clearly a time, if an impossible one: the person should hear why.
        return broken.key in ("time_past", "time_gap")
    return True
