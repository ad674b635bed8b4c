"""An approved round goes out: each pair gets its session, everyone left out hears why (2.5, 2.6).

It happens in small transactions, and each pair remembers the match it became: a process that dies
half-way, or two at once, leave nothing undone and do nothing twice.
"""

from collections.abc import Sequence

from sqlmodel import col, select

from bot.domain.programmes import Shape
from bot.domain.states import RoundState, SessionState, advance
from bot.services.access import hold_routing
from bot.services.context import Context
from bot.services.programmes.leads import is_led, plan_news
from bot.services.rounds.rooms import Rooms
from bot.services.rounds.rotas import plan_rotas, rota_view
from bot.services.rounds.round_left import note_partners, settle_waiting, tell_unmatched
from bot.services.rounds.round_making import touch_cards
from bot.services.rounds.round_states import round_key
from bot.services.sessions.planning import plan_new
from bot.store.tables import Match, Programme, Round, RoundPair, Session
from bot.store.work import Work

__all__ = ["BATCH", "open_pairs", "rota_view"]

BATCH = 25
"""Pairs in a transaction: others who ask mentors wait for it, and Slack waits three seconds."""


async def open_pairs(ctx: Context, *, round_id: int) -> None:
    """Introduce the pairs of an approved round, and tell those whom it leaves out.

    A pair of which somebody left, is paused, away, skips the round or is full since the plan was
    made is taken out; two of a trio go on. Quiet for a round that is not approved, or opened.
    """
    while await _open_some(ctx, round_id):
        pass


async def _open_some(ctx: Context, round_id: int) -> bool:
    """One transaction; whether there is more to do."""
    async with ctx.db.work() as work:
        seen = await work.session.get(Round, round_id)
        if seen is None:
            return False
        programme = await work.session.get_one(Programme, seen.programme_id)
        await hold_routing(work, programme.workspace_id)
        row = await work.lock(Round, round_id)
        if row is None or row.state is not RoundState.APPROVED:
            return False
        is_group = programme.shape is Shape.GROUPS
        pairs = await _not_opened(work, row.id, None if is_group else BATCH)
        rooms = await Rooms.of(ctx, work, row, programme, pairs)
        opened = [pair for pair in pairs if _may_open(row, pair, rooms)]
        if not is_group:
            await _make_sessions(ctx, work, row, programme, opened, rooms)
        if is_group or not pairs:
            await _finish(ctx, work, row, programme)
        await work.commit()
    return bool(pairs) and not is_group


async def _not_opened(work: Work, round_id: int, limit: int | None) -> list[RoundPair]:
    statement = (
        select(RoundPair)
        .where(
            RoundPair.round_id == round_id,
            col(RoundPair.match_id).is_(None),
            col(RoundPair.is_out).is_(False),
        )
        .order_by(col(RoundPair.id))
        .limit(limit)
    )
    return list((await work.session.execute(statement)).scalars())


def _may_open(row: Round, pair: RoundPair, rooms: Rooms) -> bool:
    """Whether this pair goes on, as two of them or as three; notes who is gone otherwise."""
    people = [one for one in (pair.mentee_id, pair.mentor_id, pair.third_id) if one is not None]
    gone = [one for one in people if not rooms.is_here(one)]
    left = [one for one in people if one not in gone]
    # A wish not to meet looks to everybody as if the mentor were full.
    if not gone and not (rooms.has_room(pair.mentor_id) and rooms.may_meet(people)):
        gone, left = [pair.mentor_id], [one for one in people if one != pair.mentor_id]
    if not rooms.may_meet(left):
        gone, left = people, []
    if gone:
        row.gone = [*row.gone, *(one for one in gone if one not in row.gone)]
    if len(left) < 2:
        pair.is_out = True
        return False
    if gone:  # of three: the two who are here go on
        pair.mentee_id, pair.mentor_id = _two(pair, left)
        pair.third_id = None
        if not rooms.has_room(pair.mentor_id):
            pair.is_out = True
            return False
    rooms.take(pair.mentor_id)
    return True


def _two(pair: RoundPair, left: Sequence[int]) -> tuple[int, int]:
    """Mentee and mentor, whoever of three is not there any more."""
    if pair.mentor_id in left:
        return next(one for one in left if one != pair.mentor_id), pair.mentor_id
    return left[0], left[1]


async def _make_sessions(
    ctx: Context,
    work: Work,
    row: Round,
    programme: Programme,
    pairs: Sequence[RoundPair],
    rooms: Rooms,
) -> None:
    """A match, a session, a place of the mentor's, and all that is said because of them."""
    if not pairs:
        return
    now = ctx.now()
    matches = [
        Match(
            round_id=row.id,
            mentor_id=pair.mentor_id,
            mentee_id=pair.mentee_id,
            reasons=pair.reasons,
            made_at=now,
        )
        for pair in pairs
    ]
    work.session.add_all(matches)
    await work.session.flush()
    sessions = []
    for pair, match in zip(pairs, matches, strict=True):
        pair.match_id = match.id
        sessions.append(
            Session(
                programme_id=programme.id,
                match_id=match.id,
                mentor_id=pair.mentor_id,
                mentee_id=pair.mentee_id,
                third_id=pair.third_id,
                kind=programme.round_kind,
                state=SessionState.MATCHED,
                length_minutes=programme.length_minutes,
                matched_at=now,
            )
        )
    work.session.add_all([*sessions, *rooms.places(programme.id, matches)])
    await work.session.flush()
    await plan_new(ctx, work, sessions, rooms.people, programme.workspace_id)


async def _finish(ctx: Context, work: Work, row: Round, programme: Programme) -> None:
    """Every pair was looked at: those left are told, and who was left counts on."""
    now = ctx.now()
    await work.session.flush()
    await note_partners(work, row)
    await settle_waiting(work, row, programme)
    await tell_unmatched(ctx, work, row, programme)
    if programme.shape is Shape.GROUPS:
        await plan_rotas(ctx, work, row)
    row.state, row.opened_at = advance(row.state, "open"), now
    if row.gone and await is_led(work, programme):
        once = round_key(row.id, "gone")
        await plan_news(ctx, work, programme, "round_gone", once=once, round_id=row.id)
    await touch_cards(work, row.id, now)
