"""Random lives: whatever people do in whatever order, the books stay right."""

from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from bot.domain.errors import RuleBroken
from bot.domain.job_kinds import JobKind
from bot.domain.kinds import Kind, Outcome
from bot.domain.states import OfferState, RequestState, SessionState
from bot.services import people
from bot.services.context import Context
from bot.services.library import Library
from bot.services.requests import answering, asking
from bot.services.sessions import following, preparing, timing
from bot.store.crypto import Keyring
from bot.store.engine import Database
from bot.store.tables import Enrolment, Offer, Person, Place, Request, Session
from tests.services.story import Story
from tests.services.test_races import profile_of
from tests.support import databases
from tests.support.clock import HandClock
from tests.support.facts import Facts

AFTER_CANCELLING = {
    JobKind.SESSION_CANCELLED,
    JobKind.CALENDAR_FILE,
    JobKind.SOMEBODY_ELSE,
    JobKind.ERASE,
}


@pytest.mark.parametrize("seed", range(6))
async def test_a_random_life(
    seed: int, sqlite_template: Path, tmp_path: Path, keyring: Keyring, library: Library
) -> None:
    database = Database.open(databases.sqlite_copy(sqlite_template, tmp_path), keyring)
    clock, chance = HandClock(), Random(seed)
    story = Story(Context(database, clock, library, Random(seed)), clock, Facts(database))
    everyone = [await story.facts.mentor(f"Mentor {n}", capacity=1 + n) for n in range(2)]
    everyone += [await story.facts.person(f"Mentee {n}") for n in range(3)]
    for _ in range(60):
        with suppress(RuleBroken):
            await step(story, everyone, chance)
        await clock.advance(timedelta(hours=chance.choice((0, 0, 1, 9, 30))))
    await books_are_right(story)
    assert await story.facts.all(Session)
    await database.close()


async def step(story: Story, everyone: list[Person], chance: Random) -> None:
    """Somebody does something, be it theirs to do or not."""
    ctx, who = story.ctx, chance.choice(everyone)
    offer_id = chance.randint(1, 1 + len(await story.facts.all(Offer)))
    sessions = await story.facts.all(Session)
    number = chance.randint(max(1, len(sessions) - 1), 1 + len(sessions))
    request_id = chance.randint(1, 1 + len(await story.facts.all(Request)))
    pending = [o for o in await story.facts.all(Offer) if o.state is OfferState.PENDING]
    if pending and chance.random() < 0.3:  # often enough, who was asked says yes
        offer = chance.choice(pending)
        await answering.accept(ctx, actor_id=offer.mentor_id, offer_id=offer.id)
        return
    if number <= len(sessions) and chance.random() < 0.7:  # and the two take care of their own
        session = sessions[number - 1]
        who = next(p for p in everyone if p.id in (session.mentor_id, session.mentee_id))
    on: dict[str, Any] = {"actor_id": who.id, "session_id": number}
    acts: list[Callable[[], Awaitable[Any]]] = [
        lambda: story.asks(who, kind=chance.choice((Kind.FLASH, Kind.SPOT))),
        lambda: story.asks(who),
        lambda: answering.accept(ctx, actor_id=who.id, offer_id=offer_id),
        lambda: answering.decline(ctx, actor_id=who.id, offer_id=offer_id),
        lambda: answering.expire_offer(ctx, offer_id=offer_id),
        lambda: answering.retry_request(ctx, request_id=request_id),
        lambda: asking.withdraw(ctx, actor_id=who.id, request_id=request_id),
        *[
            lambda: timing.set_time(
                ctx,
                actor_id=who.id,
                session_id=number,
                starts_at=ctx.now() + timedelta(hours=chance.randint(1, 60)),
            )
        ]
        * 4,
        lambda: timing.find_another_time(ctx, **on),
        lambda: timing.cancel(ctx, **on),
        lambda: preparing.tick(ctx, ticked=["goal"], **on),
        *[
            lambda: following.report_outcome(
                ctx, plan=chance.randint(1, 3), outcome=chance.choice(list(Outcome)), **on
            )
        ]
        * 4,
        lambda: following.outcome_deadline(ctx, session_id=number, plan=chance.randint(1, 3)),
        lambda: people.pause(ctx, actor_id=who.id, until=ctx.now() + timedelta(days=1)),
        lambda: people.resume(ctx, actor_id=who.id),
        lambda: people.meet(ctx, profile=profile_of(who, is_deleted=chance.random() < 0.1)),
    ]
    await chance.choice(acts)()


async def books_are_right(story: Story) -> None:
    """What must hold whatever happened."""
    offers = await story.facts.all(Offer)
    live = [o for o in offers if o.state in (OfferState.PENDING, OfferState.ACCEPTED)]
    assert max(Counter(o.request_id for o in live).values(), default=0) <= 1
    pending = {o.request_id for o in offers if o.state is OfferState.PENDING}
    for request in await story.facts.all(Request):
        assert (request.state is RequestState.ROUTING) == (request.id in pending)
    capacity = {e.person_id: e.capacity for e in await story.facts.all(Enrolment)}
    places = Counter((p.mentor_id, p.month) for p in await story.facts.all(Place))
    assert all(count <= capacity[mentor] for (mentor, _), count in places.items())
    for session in await story.facts.all(Session):
        waiting = {job.kind for job in await story.waiting(session_id=session.id)}
        if session.state is SessionState.CANCELLED:
            assert waiting <= AFTER_CANCELLING
        if session.state is SessionState.SCHEDULED:
            assert JobKind.OUTCOME_DEADLINE in waiting
        if session.state in (SessionState.HELD, SessionState.MISSED):
            assert JobKind.CLOSE in waiting
