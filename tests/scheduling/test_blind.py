"""Would you go on? Whatever the other says, everything that one can see stays the same.

Each life is led by the clockwork, with the real words. All that ever stood in one person's messages
and on their Home, and when, is compared between lives that differ in the other's answer alone.
"""

import json
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from bot.domain.going_on import common
from bot.domain.job_kinds import JobKind
from bot.domain.kinds import Outcome, Role, Wish
from bot.scheduling.clockwork import Clockwork
from bot.scheduling.desk import Desk
from bot.services import reading
from bot.services.context import Context
from bot.services.library import Library
from bot.services.sessions import going_on
from bot.slack.gateway import Posted
from bot.slack.message import Message
from bot.slack.templates import Templates
from bot.store.crypto import Keyring
from bot.store.engine import Database
from tests.scheduling.strict import StrictGateway
from tests.services.story import Story
from tests.support import databases
from tests.support.clock import HandClock
from tests.support.facts import Facts

Answer = tuple[Wish, ...]
OTHERS: tuple[Answer, ...] = (
    (),
    (Wish.NO,),
    (Wish.AGAIN,),
    (Wish.KEEP_IN_TOUCH,),
    (Wish.FORMAL,),
    (Wish.AGAIN, Wish.KEEP_IN_TOUCH, Wish.FORMAL),
)
MINE: tuple[Answer, ...] = ((), (Wish.NO,), (Wish.AGAIN,), (Wish.KEEP_IN_TOUCH, Wish.FORMAL))


@dataclass(slots=True)
class Watching(StrictGateway):
    """Keeps every version of every message, and the moment it was shown."""

    clock: HandClock = field(default_factory=HandClock)
    seen: list[tuple[str, str, str]] = field(default_factory=list)

    async def post(self, channel: str, message: Message, **how: Any) -> Posted:
        self._see(channel, message)
        return await StrictGateway.post(self, channel, message, **how)

    async def update(self, channel: str, ts: str, message: Message, **how: Any) -> Posted:
        self._see(channel, message)
        return await StrictGateway.update(self, channel, ts, message, **how)

    def _see(self, channel: str, message: Message) -> None:
        shown = json.dumps([message.text, message.blocks])
        self.seen.append((channel, self.clock.now().isoformat(), shown))


@dataclass(slots=True)
class World:
    """What a life needs; every life gets a database of its own."""

    template: Path
    folder: Path
    keyring: Keyring
    library: Library
    templates: Templates

    async def live(self, me: Role, mine: Answer, other: Answer, *, wavers: bool = False) -> str:
        """All that `me` saw in two and a half weeks. `wavers`: the other said formal first."""
        clock = HandClock()
        database = Database.open(databases.sqlite_copy(self.template, self.folder), self.keyring)
        ctx = Context(database, clock, self.library, Random(3))
        gateway = Watching(clock=clock)
        clockwork = Clockwork(Desk(ctx, gateway, self.templates, me="one"), patience=0)
        story = Story(ctx, clock, Facts(database))
        people = {Role.MENTEE: await story.facts.person("Ada Lovelace")}
        people[Role.MENTOR] = await story.facts.mentor("Grace Hopper")
        session = await story.over(people[Role.MENTOR], people[Role.MENTEE])
        for person in people.values():
            await story.reports(person, session, Outcome.YES)
        start, shown = clock.now(), []
        for half_day in range(36):
            await clock.move_to(start + timedelta(hours=12 * half_day))
            await clockwork.wake()
            acts = {3: (me, mine), 5: (me.other, other)}
            if wavers:
                acts |= {2: (me.other, (Wish.FORMAL,))}
            who, said = acts.get(half_day, (me, ()))
            if said:
                await going_on.answer(
                    ctx, actor_id=people[who].id, session_id=session.id, wishes=said
                )
            overview = await reading.overview(ctx, person_id=people[me].id)
            shown.append(json.dumps(self.templates.home("home", overview=overview)))
        news = await story.jobs(JobKind.GO_ON_NEWS, recipient_id=people[me].id)
        assert len(news) == bool(mine), "who answered is told, whatever the other said"
        await database.close()
        channel = f"D{people[me].slack_id}"
        messages = [(when, what) for where, when, what in gateway.seen if where == channel]
        assert messages
        return json.dumps([messages, shown])


@pytest.fixture
def world(sqlite_template: Path, tmp_path: Path, keyring: Keyring, library: Library) -> World:
    """What is shown is the same on every engine."""
    return World(sqlite_template, tmp_path, keyring, library, Templates())


@pytest.mark.parametrize("me", list(Role))
@pytest.mark.parametrize("mine", MINE)
async def test_nobody_can_tell_what_the_other_said(world: World, me: Role, mine: Answer) -> None:
    lives = {
        other: await world.live(me, mine, other) for other in OTHERS if common(mine, other) is None
    }
    assert len(lives) >= 3
    assert {other for other, life in lives.items() if life != lives[()]} == set()


async def test_nor_that_they_changed_their_mind(world: World) -> None:
    mine = (Wish.FORMAL,)
    steady = await world.live(Role.MENTEE, mine, (Wish.NO,))
    assert await world.live(Role.MENTEE, mine, (Wish.NO,), wavers=True) == steady


async def test_the_comparison_would_see_a_difference(world: World) -> None:
    """A wish of both is told: lives that ought to differ do."""
    mine = (Wish.FORMAL,)
    alone = await world.live(Role.MENTEE, mine, ())
    assert await world.live(Role.MENTEE, mine, (Wish.FORMAL,)) != alone
