"""Rounds as they come: people join, pause and leave, leads change their minds, processes die. What
must hold, holds after every step."""

from collections import Counter
from contextlib import suppress
from datetime import timedelta
from random import Random
from typing import Any

import pytest

from bot.domain.errors import RuleBroken
from bot.domain.job_kinds import JobKind
from bot.domain.kinds import Role
from bot.domain.programmes import Constraint, Shape
from bot.domain.states import RoundState, SessionState
from bot.services import people
from bot.services.rounds import late, opening, reviewing, running
from bot.services.sessions import timing
from bot.store.tables import (
    Apart,
    Enrolment,
    Match,
    Person,
    Place,
    Round,
    RoundConstraint,
    RoundLeft,
    RoundPair,
    Session,
)
from tests.services.rounds import AREA, OTHER_AREA, Rounds
from tests.services.story import Story
from tests.services.test_races import profile_of

STEPS = 40


class Walk:
    """Somebody does something, again and again."""

    def __init__(self, rounds: Rounds, chance: Random) -> None:
        self.rounds, self.chance, self.ctx = rounds, chance, rounds.ctx
        self.people: list[Person] = []
        self.acts = (
            self.join,
            self.join,
            self.pause,
            self.leave,
            self.apart,
            self.run,
            self.run,
            self.run,
            self.again,
            self.decide,
            self.decide,
            self.swap,
            self.approve,
            self.approve,
            self.open,
            self.open,
            self.come_late,
            self.call_off,
            self.wait,
        )

    async def step(self) -> None:
        with suppress(RuleBroken):
            await self.chance.choice(self.acts)()

    async def one(self, table: Any, **where: Any) -> Any:
        rows = [
            row
            for row in await self.rounds.story.facts.all(table)
            if all(getattr(row, key) is value for key, value in where.items())
        ]
        return self.chance.choice(rows) if rows else None

    async def join(self) -> None:
        roles = self.chance.choice([(Role.MENTEE,), (Role.MENTOR,), tuple(Role)])
        person = await self.rounds.enrol(
            f"Person {len(self.people)}",
            *roles,
            areas=self.chance.sample([AREA, OTHER_AREA, "data"], 2),
            capacity=self.chance.choice([0, 1, 1, 2]),
        )
        if self.people and self.chance.random() < 0.3:
            await self.rounds.change(person, manager_id=self.chance.choice(self.people).id)
        self.people.append(person)

    async def pause(self) -> None:
        if self.people:
            who = self.chance.choice(self.people)
            if self.chance.random() < 0.5:
                await people.pause(self.ctx, actor_id=who.id, until=None)
            else:
                await people.resume(self.ctx, actor_id=who.id)

    async def leave(self) -> None:
        if len(self.people) > 6:
            gone = self.people.pop(self.chance.randrange(len(self.people)))
            await people.meet(self.ctx, profile=profile_of(gone, is_deleted=True))

    async def apart(self) -> None:
        if len(self.people) > 1:
            one, other = self.chance.sample(self.people, 2)
            async with self.ctx.db.work() as work:
                row = Apart(person_id=one.id, other_id=other.id, made_at=self.ctx.now())
                await work.ensure(row)
                await work.commit()

    async def run(self) -> None:
        row = await self.one(Round, state=RoundState.RUNNING)
        await self.rounds.run(row or await self.rounds.round(runs_at=self.ctx.now()))

    async def again(self) -> None:
        row = await self.one(Round, state=RoundState.PLANNED)
        if row:
            seed = self.chance.randrange(3)
            lead = self.rounds.lead.id
            await running.rerun(self.ctx, actor_id=lead, round_id=row.id, seed=seed)

    async def decide(self) -> None:
        pair = await self.one(RoundPair)
        if pair:
            verb = self.chance.choice(["lock", "unlock", "veto"])
            lead = self.rounds.lead.id
            await reviewing.constrain(self.ctx, actor_id=lead, pair_id=pair.id, verb=verb)

    async def swap(self) -> None:
        pair = await self.one(RoundPair)
        if pair:
            who: dict[str, Any] = {"actor_id": self.rounds.lead.id, "pair_id": pair.id}
            choices = await reviewing.alternatives(self.ctx, **who)
            if choices:
                new = self.chance.choice(choices).mentor.id
                await reviewing.swap(self.ctx, mentor_id=new, **who)

    async def approve(self) -> None:
        row = await self.one(Round, state=RoundState.PLANNED)
        if row:
            soon = self.ctx.now() + timedelta(days=1)
            await self.rounds.approve(row, meets_at=soon, place="Room 5")

    async def open(self) -> None:
        row = await self.one(Round, state=RoundState.APPROVED)
        if row:
            await opening.open_pairs(self.ctx, round_id=row.id)

    async def come_late(self) -> None:
        row = await self.one(Round, part=0)
        if row:
            await late.late_round(self.ctx, round_id=row.id)

    async def call_off(self) -> None:
        row = await self.one(Session, state=SessionState.MATCHED)
        if row:
            who = self.chance.choice([row.mentor_id, row.mentee_id, row.third_id or row.mentee_id])
            await timing.cancel(self.ctx, actor_id=who, session_id=row.id)

    async def wait(self) -> None:
        await self.rounds.story.at(self.ctx.now(), days=self.chance.choice([1, 9]))


async def hold(walk: Walk, told: set[tuple[int, int | None]]) -> None:
    """What must be true at any time."""
    facts = walk.rounds.story.facts
    rounds = {row.id: row for row in await facts.all(Round)}
    pairs = [pair for pair in await facts.all(RoundPair) if not pair.is_out]
    await rules_hold(walk, rounds, pairs)
    sessions = await facts.all(Session)
    live = {row.match_id for row in sessions if row.state is not SessionState.CANCELLED}
    matches = {row.id: row for row in await facts.all(Match)}
    assert sorted(row.match_id for row in sessions) == sorted(matches)
    places = await facts.all(Place)
    assert {place.match_id for place in places} <= live
    capacity = {
        row.person_id: row.capacity for row in await facts.all(Enrolment) if row.role is Role.MENTOR
    }
    for (mentor, _), count in Counter((row.mentor_id, row.month) for row in places).items():
        assert count <= capacity[mentor]
    for row in rounds.values():
        mine = [pair for pair in pairs if pair.round_id == row.id]
        if row.state is RoundState.OPENED and all(not pair.turn for pair in mine):
            assert all(pair.match_id in matches for pair in mine)
        if row.state not in (RoundState.APPROVED, RoundState.OPENED):
            assert not any(pair.match_id for pair in mine)
        await walk.rounds.review(row)
    for job in await walk.rounds.story.jobs(JobKind.UNMATCHED):
        told.add((rounds[job.round_id].number, job.recipient_id))
    assert len(await walk.rounds.story.jobs(JobKind.UNMATCHED)) == len(told)


async def rules_hold(walk: Walk, rounds: dict[int, Round], pairs: list[RoundPair]) -> None:
    """Of plans made just now: nobody else was changed since."""
    facts = walk.rounds.story.facts
    vetoed = {
        (row.round_id, frozenset((row.mentee_id, row.mentor_id)))
        for row in await facts.all(RoundConstraint)
        if row.constraint is Constraint.VETO
    }
    for pair in pairs:
        assert pair.mentee_id != pair.mentor_id
        if rounds[pair.round_id].state is RoundState.PLANNED:
            assert (pair.round_id, frozenset((pair.mentee_id, pair.mentor_id))) not in vetoed
    for row in rounds.values():
        placed = {
            one
            for pair in pairs
            if pair.round_id == row.id
            for one in (pair.mentee_id, pair.mentor_id, pair.third_id)
        }
        left = [each.person_id for each in await facts.all(RoundLeft) if each.round_id == row.id]
        assert len(left) == len(set(left))
        assert not placed & set(left)


@pytest.mark.parametrize("shape", list(Shape))
@pytest.mark.parametrize("seed", range(2))
async def test_whatever_happens(rounds: Rounds, story: Story, shape: Shape, seed: int) -> None:
    await rounds.set(shape=shape, must_share=[], repeat_window=1)
    walk = Walk(rounds, Random(f"{shape}{seed}"))
    told: set[tuple[int, int | None]] = set()
    for _ in range(8):
        await walk.join()
    for _ in range(STEPS):
        await walk.step()
        await hold(walk, told)
    assert await story.facts.all(Round)
