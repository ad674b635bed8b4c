"""Three in one session: what they share of what each wished, and what comes of it (3.11)."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.domain.going_on import NOTHING
from bot.domain.going_on_three import Shared, Wishes, shared, wishes_of
from bot.domain.kinds import Wish
from bot.domain.states import SessionState
from bot.services.context import Context
from bot.services.growing import keeping
from bot.services.sessions.planning import replan
from bot.services.views import PersonView, SessionView
from bot.store.tables import GoOn, Match, Person, Programme, Session
from bot.store.work import Work

_BETWEEN = ":"


async def reveal(
    ctx: Context,
    work: Work,
    session: Session,
    people: Sequence[Person],
    rows: Mapping[int, GoOn],
) -> dict[int, str]:
    """Do what they share, once; gives what to tell each who answered, as the note of their news.

    `people` are those who are still there. The caller holds the session.
    """
    found = shared([person.id for person in people], _said(people, rows))
    if not any(row.revealed_at for row in rows.values()):
        await _begin(ctx, work, session, found, rows)
    return {each: _note(found, each) for each in rows}


def told(view: SessionView, person_id: int, note: str) -> tuple[str, tuple[PersonView, ...]]:
    """The note of somebody's news, read back: what is told, and who it is about."""
    word, _, ids = note.partition(_BETWEEN)
    keeps = {int(each) for each in ids.split(",") if each}
    return word, tuple(one for one in view.others(person_id) if one.id in keeps)


def _said(people: Sequence[Person], rows: Mapping[int, GoOn]) -> dict[int, Wishes]:
    here = [person.id for person in people]
    return {each: wishes_of(rows[each].wishes or ()) for each in here if each in rows}


async def _begin(
    ctx: Context, work: Work, session: Session, found: Shared, rows: Mapping[int, GoOn]
) -> None:
    whose = rows if found.again else {each for pair in found.pairs for each in pair}
    for each in whose:
        rows[each].revealed_at = ctx.now()
    if found.again:
        await _together_again(ctx, work, session, ctx.now())
    for pair in sorted(sorted(pair) for pair in found.pairs):
        one, other = pair
        mentor_id = session.mentor_id if session.mentor_id in pair else one
        await keeping.begin(
            ctx, work, a=one, b=other, programme_id=session.programme_id, mentor_id=mentor_id
        )


async def _together_again(ctx: Context, work: Work, session: Session, now: datetime) -> None:
    """One more session of the three; nothing is left to ask, so they find a time for it.

    It comes from the round that brought them together, and takes nobody's place of a month.
    """
    before = await work.session.get_one(Match, session.match_id)
    match = await work.add(
        Match(
            round_id=before.round_id,
            mentor_id=session.mentor_id,
            mentee_id=session.mentee_id,
            reasons=[{"key": Wish.AGAIN.value, "facts": {}}],
            made_at=now,
        )
    )
    row = await work.add(
        Session(
            programme_id=session.programme_id,
            match_id=match.id,
            mentor_id=session.mentor_id,
            mentee_id=session.mentee_id,
            third_id=session.third_id,
            kind=session.kind,
            state=SessionState.MATCHED,
            length_minutes=session.length_minutes,
            matched_at=now,
        )
    )
    programme = await work.session.get_one(Programme, session.programme_id)
    await replan(ctx, work, row, programme.workspace_id)


def _note(found: Shared, person_id: int) -> str:
    if found.again:
        return Wish.AGAIN.value
    partners = found.partners_of(person_id)
    if not partners:
        return NOTHING
    return f"{Wish.KEEP_IN_TOUCH.value}{_BETWEEN}{','.join(str(each) for each in partners)}"
