"""A group flash: everybody knows where they sit, and when."""

from datetime import timedelta

import pytest

from bot.domain.job_kinds import JobKind
from bot.domain.kinds import Role
from bot.domain.programmes import Shape
from bot.domain.states import RoundState
from bot.services.rounds import opening
from bot.store.tables import Match, Round
from tests.services.rounds import Rounds
from tests.services.story import Story
from tests.services.test_running import some


async def a_flash(rounds: Rounds, mentees: int = 6, mentors: int = 2) -> Round:
    await rounds.set(shape=Shape.GROUPS)
    await some(rounds, mentees=mentees, mentors=mentors)
    return await rounds.planned()


async def test_everybody_is_told_where_they_sit(rounds: Rounds, story: Story) -> None:
    row = await a_flash(rounds)
    begins = story.ctx.now() + timedelta(days=1)
    row = await rounds.opened(row, meets_at=begins, place="Room 5")
    assert row.state is RoundState.OPENED
    assert await story.facts.all(Match) == []
    pairs = await rounds.pairs(row)
    seated = {one for pair in pairs for one in (pair.mentee_id, pair.mentor_id)}
    assert {job.recipient_id for job in await story.jobs(JobKind.ROTA)} == seated
    soon = await story.jobs(JobKind.ROTA_SOON)
    assert {job.due_at for job in soon} == {begins - timedelta(minutes=10)}
    assert all(job.expires_at == begins for job in soon)
    after = await story.jobs(JobKind.ROTA_AFTER)
    assert {job.due_at for job in after} == {begins + timedelta(minutes=40)}
    mentor = pairs[0].mentor_id
    view = await opening.rota_view(story.ctx, round_id=row.id, person_id=mentor)
    assert view.role is Role.MENTOR
    assert [(seat.turn, len(seat.mentees)) for seat in view.seats] == [(1, 3), (2, 3)]
    mentee = pairs[0].mentee_id
    view = await opening.rota_view(story.ctx, round_id=row.id, person_id=mentee)
    assert view.role is Role.MENTEE
    assert [seat.starts_at - begins for seat in view.seats] == [
        timedelta(0),
        timedelta(minutes=20),
    ]
    assert len({seat.mentor.id for seat in view.seats}) == 2  # nobody twice
    assert all(mentee in {one.id for one in seat.mentees} for seat in view.seats)
    assert (view.round.place, view.round.meets_at) == ("Room 5", begins)
    assert (await rounds.review(row)).opened == 12


async def test_who_left_since_has_no_seat(rounds: Rounds, story: Story) -> None:
    row = await a_flash(rounds)
    gone = await story.facts.one(
        type(rounds.lead), next(pair.mentee_id for pair in await rounds.pairs(row))
    )
    await rounds.change(gone, is_deleted=True)
    row = await rounds.opened(row, meets_at=story.ctx.now() + timedelta(days=1), place="Room 5")
    assert row.gone == [gone.id]
    assert gone.id not in {job.recipient_id for job in await story.jobs(JobKind.ROTA)}
    view = await opening.rota_view(story.ctx, round_id=row.id, person_id=gone.id)
    assert view.seats == ()
    mentor = (await rounds.pairs(row))[0].mentor_id
    view = await opening.rota_view(story.ctx, round_id=row.id, person_id=mentor)
    assert sum(len(seat.mentees) for seat in view.seats) == 5


async def test_who_finds_no_table_is_told(rounds: Rounds, story: Story) -> None:
    row = await a_flash(rounds, mentees=2, mentors=1)
    assert await rounds.pairs(row) == []
    assert {each.rule for each in await rounds.left(row)} == {"nobody_left"}
    await rounds.opened(row)
    assert len(await rounds.unmatched()) == 3
    assert await story.jobs(JobKind.ROTA) == []


async def test_those_who_sat_together_are_not_put_together_again(rounds: Rounds) -> None:
    row = await a_flash(rounds, mentees=3, mentors=1)
    begins = rounds.ctx.now() + timedelta(days=1)
    await rounds.opened(row, meets_at=begins, place="Room 5")
    again = await rounds.planned()
    assert await rounds.pairs(again) == []


async def test_opening_it_twice(rounds: Rounds, story: Story) -> None:
    row = await a_flash(rounds)
    await rounds.opened(row, meets_at=story.ctx.now() + timedelta(days=1), place="Room 5")
    count = len(await story.jobs())
    await opening.open_pairs(story.ctx, round_id=row.id)
    assert len(await story.jobs()) == count


async def test_an_hour_that_is_over_says_only_afterwards(rounds: Rounds, story: Story) -> None:
    row = await a_flash(rounds)
    begins = story.ctx.now() + timedelta(hours=1)
    await rounds.approve(row, meets_at=begins, place="Room 5")
    await story.at(begins, minutes=5)
    await opening.open_pairs(story.ctx, round_id=row.id)
    assert await story.jobs(JobKind.ROTA_SOON) == []
    assert len(await story.jobs(JobKind.ROTA_AFTER)) == 8


async def test_no_such_round(rounds: Rounds) -> None:
    with pytest.raises(KeyError):
        await opening.rota_view(rounds.ctx, round_id=999, person_id=1)
