"""Who joins after the plan is matched with those it left over."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.job_kinds import JobKind
from bot.domain.programmes import Approval, Shape
from bot.domain.states import RoundState
from bot.services.rounds import late, planning_rounds, running
from bot.services.rounds.gathering import Gathered
from bot.services.rounds.solutions import Solution
from bot.services.rounds.solving import solve
from bot.store.tables import Round
from tests.services.rounds import Rounds
from tests.services.story import Story
from tests.services.test_opening import waiting


async def left_over(rounds: Rounds) -> Round:
    """An opened round in which Ada and Grace met, and Ben found nobody."""
    await rounds.enrol("Ada", waiting=1)
    await rounds.enrol("Ben")
    await rounds.mentor("Grace", capacity=1)
    return await rounds.opened()


async def parts(rounds: Rounds) -> list[Round]:
    return [each for each in await rounds.story.facts.all(Round) if each.part]


async def test_a_late_mentor_for_who_was_left(rounds: Rounds, story: Story) -> None:
    first = await left_over(rounds)
    await rounds.mentor("Hana")
    await late.late_round(story.ctx, round_id=first.id)
    (part,) = await parts(rounds)
    assert (part.number, part.part, part.due_on) == (first.number, 1, first.due_on)
    assert (part.state, part.run) == (RoundState.PLANNED, 1)
    assert await rounds.together(part) == {("Ben", "Hana")}
    cards = await story.jobs(JobKind.ROUND_REVIEW, round_id=part.id)
    assert len(cards) == 1
    assert (await rounds.review(part)).people == 2
    part = await rounds.opened(part)
    assert len(await rounds.sessions()) == 2
    assert await waiting(rounds) == {"Ada": 0, "Ben": 0, "Grace": 0, "Hana": 0}


async def test_approval_is_the_programmes(rounds: Rounds, story: Story) -> None:
    first = await left_over(rounds)
    await rounds.set(approval=Approval.AUTOMATIC)
    await rounds.mentor("Hana")
    await late.late_round(story.ctx, round_id=first.id)
    assert [each.state for each in await parts(rounds)] == [RoundState.APPROVED]


async def test_nobody_hears_of_it_without_a_pair(rounds: Rounds, story: Story) -> None:
    first = await left_over(rounds)
    before = len(await story.jobs())
    await rounds.enrol("Cem")
    await late.late_round(story.ctx, round_id=first.id)
    assert await parts(rounds) == []
    assert len(await story.jobs()) == before


async def test_who_was_left_is_told_once_and_waits_once(rounds: Rounds, story: Story) -> None:
    first = await left_over(rounds)
    told = await rounds.unmatched()
    assert len(told) == 1
    newcomer = await rounds.enrol("Cem")
    await rounds.mentor("Hana")
    await late.late_round(story.ctx, round_id=first.id)
    (part,) = await parts(rounds)
    await rounds.opened(part)
    together = {name for pair in await rounds.together(part) for name in pair}
    counted = await waiting(rounds)
    if "Ben" in together:  # Ben waited, so Ben comes first
        assert await rounds.unmatched() == [*told, newcomer.id]
        assert (counted["Ben"], counted["Cem"]) == (0, 1)
    assert "Ben" in together


async def test_once_the_next_is_announced_it_is_too_late(rounds: Rounds, story: Story) -> None:
    first = await left_over(rounds)
    await rounds.round(runs_at=story.ctx.now() + timedelta(days=1))
    await rounds.mentor("Hana")
    await late.late_round(story.ctx, round_id=first.id)
    assert await parts(rounds) == []


@pytest.mark.parametrize("state", [RoundState.ANNOUNCED, RoundState.RUNNING])
async def test_a_plan_in_the_making_is_looked_at_later(
    rounds: Rounds, story: Story, state: RoundState
) -> None:
    row = await rounds.round(state=state)
    await late.late_round(story.ctx, round_id=row.id)
    again = await story.job(JobKind.LATE_ROUND)
    assert (again.round_id, again.due_at) == (row.id, story.ctx.now() + timedelta(hours=1))


async def test_what_knows_no_late_joiners(rounds: Rounds, story: Story) -> None:
    cancelled = await rounds.round(state=RoundState.CANCELLED)
    await late.late_round(story.ctx, round_id=cancelled.id)
    await late.late_round(story.ctx, round_id=999)
    await rounds.set(shape=Shape.GROUPS)
    row = await rounds.round(state=RoundState.OPENED)
    await late.late_round(story.ctx, round_id=row.id)
    assert await parts(rounds) == []
    assert await story.jobs() == []


async def test_two_at_once_make_one(rounds: Rounds, story: Story) -> None:
    first = await left_over(rounds)
    await rounds.mentor("Hana")
    await asyncio.gather(*(late.late_round(story.ctx, round_id=first.id) for _ in range(3)))
    assert len(await parts(rounds)) == 1


async def test_in_an_opt_in_programme_joining_late_is_a_yes(rounds: Rounds, story: Story) -> None:
    await rounds.set(is_opt_in=True)
    ben = await rounds.enrol("Ben")
    await rounds.enrol("Silent")
    row = await rounds.round()
    await rounds.says(row, ben, is_in=True)
    row = await rounds.opened(await rounds.run(row))
    await story.at(story.ctx.now(), hours=3)
    await rounds.mentor("Hana", capacity=2)
    await late.late_round(story.ctx, round_id=row.id)
    (part,) = await parts(rounds)
    assert await rounds.together(part) == {("Ben", "Hana")}


async def test_a_plan_that_waits_and_its_late_part(rounds: Rounds, story: Story) -> None:
    """Nobody is in both, whichever of them is approved first."""
    await rounds.enrol("Ada", waiting=1)
    ben = await rounds.enrol("Ben")
    await rounds.mentor("Grace", capacity=1)
    first = await rounds.planned()
    await rounds.mentor("Hana")
    await late.late_round(story.ctx, round_id=first.id)
    (part,) = await parts(rounds)
    await rounds.opened(part)
    await rounds.opened(first)
    assert len(await rounds.sessions()) == 2
    assert await rounds.unmatched() == []
    assert (await waiting(rounds))["Ben"] == 0
    assert ben.id


async def test_a_plan_changed_meanwhile_is_looked_at_again(
    rounds: Rounds, story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A lead throws the plan away, or has it made again, while late joiners are being matched."""
    await rounds.enrol("Ada", waiting=1)
    await rounds.enrol("Ben")
    await rounds.mentor("Grace", capacity=1)
    loop = asyncio.get_running_loop()
    for verb in ("again", "thrown away"):
        first = await rounds.planned()
        await rounds.mentor(f"Hana {verb}")

        async def lead(row: Round = first, verb: str = verb) -> None:
            if verb == "again":
                await running.rerun(story.ctx, actor_id=rounds.lead.id, round_id=row.id)
            else:
                await planning_rounds.cancel_round(
                    story.ctx, actor_id=rounds.lead.id, round_id=row.id
                )

        def slowly(gathered: Gathered, act: Any = lead) -> Solution:
            asyncio.run_coroutine_threadsafe(act(), loop).result(timeout=20)
            return solve(gathered)

        monkeypatch.setattr(late, "solve", slowly)
        await late.late_round(story.ctx, round_id=first.id)
        monkeypatch.setattr(late, "solve", solve)
        assert await parts(rounds) == []
        assert len(await story.jobs(JobKind.LATE_ROUND, round_id=first.id)) == 1
        if verb == "again":
            await rounds.opened(await rounds.run(first))


async def test_two_parts_planned_anew_at_once_share_nobody(
    rounds: Rounds, story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both are gathered while everybody is free; the second to be written is planned once more."""
    for mentee, mentor in (("Ben", "Hana"), ("Cem", "Grace")):
        await rounds.enrol(mentee)
        await rounds.mentor(mentor)
    first = await rounds.round(state=RoundState.RUNNING)
    part = await rounds.round(
        state=RoundState.RUNNING, part=1, due_on=first.due_on, number=first.number
    )
    solve_slowly = running._in_a_thread
    overtaken: list[Gathered] = []

    async def overtake(gathered: Gathered, tell: Any) -> Solution:
        if not overtaken:
            overtaken.append(gathered)
            await running.run(story.ctx, round_id=part.id)
        return await solve_slowly(gathered, tell)

    monkeypatch.setattr(running, "_in_a_thread", overtake)
    await running.run(story.ctx, round_id=first.id)
    assert len(overtaken[0].available) == 4
    found = [one for row in (first, part) for pair in await rounds.together(row) for one in pair]
    assert sorted(found) == ["Ben", "Cem", "Grace", "Hana"]
    assert {each.state for each in await story.facts.all(Round)} == {RoundState.PLANNED}
