"""A round runs: its plan is made, written down, and may be made again."""

import asyncio
from typing import Any

import pytest

from bot.domain.errors import NotAllowed
from bot.domain.job_kinds import JobKind
from bot.domain.kinds import Kind, Role
from bot.domain.programmes import Approval, Constraint, Shape
from bot.domain.states import JobState, RoundState
from bot.matching.results import Progress
from bot.services.rounds import running
from bot.store.tables import Job, Round, RoundConstraint
from tests.services.rounds import AREA, OTHER_AREA, Rounds
from tests.services.story import Story, breaks

BOTH = (Role.MENTEE, Role.MENTOR)


async def some(rounds: Rounds, mentees: int = 4, mentors: int = 2) -> None:
    for number in range(mentees):
        await rounds.enrol(f"Mentee {number}")
    for number in range(mentors):
        await rounds.mentor(f"Mentor {number}", capacity=2)


async def test_a_plan_is_written_down(rounds: Rounds, story: Story) -> None:
    await some(rounds, mentees=5)
    row = await rounds.planned()
    pairs, left = await rounds.pairs(row), await rounds.left(row)
    assert (row.state, row.run, row.planned_at) == (RoundState.PLANNED, 1, story.ctx.now())
    assert (len(pairs), len(left)) == (4, 1)
    assert all(pair.reasons[0] == {"key": "areas", "facts": {"areas": [AREA]}} for pair in pairs)
    assert not any(pair.is_new for pair in pairs)
    assert (left[0].role, left[0].rule, left[0].candidates) == (Role.MENTEE, "taken", 2)
    assert (row.totals["people"], row.totals["matched"], row.totals["left"]) == (7, 6, 1)
    assert row.proof["most_people"]
    cards = await story.jobs(JobKind.ROUND_REVIEW, JobKind.ROUND_PAIRS, JobKind.ROUND_LEFT)
    assert [(job.dedupe_key, job.note, job.recipient_id) for job in cards] == [
        (f"round:{row.id}:review", None, None),
        (f"round:{row.id}:pairs", "page:1", None),
        (f"round:{row.id}:left", "page:1", None),
    ]


async def test_the_next_round_is_planned_when_one_begins(rounds: Rounds, story: Story) -> None:
    await rounds.set(every="week")
    await rounds.planned()
    (announced,) = await story.jobs(JobKind.ROUND_ANNOUNCE)
    assert announced.programme_id == rounds.programme.id


async def test_nobody_to_match_is_a_plan_too(rounds: Rounds) -> None:
    row = await rounds.planned()
    assert (row.state, row.totals["pairs"]) == (RoundState.PLANNED, 0)
    await some(rounds, mentees=3, mentors=0)
    other = await rounds.planned()
    assert [each.rule for each in await rounds.left(other)] == ["nobody"] * 3


async def test_one_person_finds_nobody(rounds: Rounds) -> None:
    await rounds.enrol("Ada", *BOTH)
    row = await rounds.planned()
    assert await rounds.pairs(row) == []
    (left,) = await rounds.left(row)  # told once, as the learner
    assert left.role is Role.MENTEE


async def test_each_others_managers_are_not_paired(rounds: Rounds) -> None:
    ada, ben = await rounds.enrol("Ada"), await rounds.mentor("Ben")
    await rounds.change(ada, manager_id=ben.id)
    await rounds.change(ben, manager_id=ada.id)
    row = await rounds.planned()
    assert {each.rule for each in await rounds.left(row)} == {"reporting_line"}


async def test_the_same_seed_gives_the_same_plan(rounds: Rounds) -> None:
    for number in range(8):
        await rounds.enrol(f"Mentee {number}")
        await rounds.mentor(f"Mentor {number}")
    row = await rounds.planned()
    first = await rounds.together(row)
    seen = set()
    for seed in (None, 8, 9, 10, row.seed):
        await running.rerun(rounds.ctx, actor_id=rounds.lead.id, round_id=row.id, seed=seed)
        row = await rounds.run(row)
        plan = await rounds.together(row)
        seen.add(frozenset(plan))
        if seed in (None, 7):
            assert plan == first
    assert len(seen) > 1
    assert row.run == 6


async def test_what_changed_is_known(rounds: Rounds) -> None:
    await some(rounds, mentees=2, mentors=2)
    row = await rounds.planned()
    newcomer = await rounds.enrol("New", waiting=9)
    await rounds.change(newcomer, name="New")
    for mentor in ("Mentor 0", "Mentor 1"):
        assert any(mentor == who for _, who in await rounds.together(row))
    before = await rounds.together(row)
    await running.rerun(rounds.ctx, actor_id=rounds.lead.id, round_id=row.id)
    row = await rounds.run(row)
    pairs = await rounds.pairs(row)
    news = {pair.mentee_id for pair in pairs if pair.is_new}
    assert newcomer.id in news
    assert len(row.lost) == len(before - await rounds.together(row))


async def test_running_it_again_after_a_crash(rounds: Rounds, story: Story) -> None:
    await some(rounds)
    row = await rounds.round()
    assert await running.begin(story.ctx, round_id=row.id)
    assert (await rounds.seen(row)).state is RoundState.RUNNING
    row = await rounds.run(row)  # by whoever takes the job over
    assert (row.state, row.run) == (RoundState.PLANNED, 1)
    assert not await running.begin(story.ctx, round_id=row.id)
    await running.run(story.ctx, round_id=row.id)  # said twice
    assert (await rounds.seen(row)).run == 1


async def test_two_processes_run_one_round(rounds: Rounds, story: Story) -> None:
    await some(rounds)
    row = await rounds.round()
    await running.begin(story.ctx, round_id=row.id)
    await asyncio.gather(*(running.run(story.ctx, round_id=row.id) for _ in range(3)))
    row = await rounds.seen(row)
    assert (row.state, row.run, len(await rounds.pairs(row))) == (RoundState.PLANNED, 1, 4)


@pytest.mark.parametrize("state", [RoundState.CANCELLED, RoundState.OPENED, RoundState.APPROVED])
async def test_what_is_over_does_not_run(rounds: Rounds, state: RoundState) -> None:
    await some(rounds)
    row = await rounds.run(await rounds.round(state=state))
    assert (row.state, row.run) == (state, 0)


async def test_cancelled_while_the_plan_was_made(rounds: Rounds, story: Story) -> None:
    await some(rounds)
    row = await rounds.round(state=RoundState.RUNNING)

    async def cancel() -> None:
        async with story.ctx.db.work() as work:
            (await work.session.get_one(Round, row.id)).state = RoundState.CANCELLED
            await work.commit()

    told: list[Progress] = []

    def tell(progress: Progress) -> None:
        if not told:
            tasks.append(asyncio.get_running_loop().create_task(cancel()))
        told.append(progress)

    tasks: list[asyncio.Task[None]] = []
    await running.run(story.ctx, round_id=row.id, tell=tell)
    await asyncio.gather(*tasks)
    assert told
    assert all(0 <= each.done <= 1 for each in told)
    assert (await rounds.seen(row)).state in (RoundState.CANCELLED, RoundState.PLANNED)


async def test_automatic_approval(rounds: Rounds, story: Story) -> None:
    await rounds.set(approval=Approval.AUTOMATIC)
    await some(rounds)
    row = await rounds.planned()
    assert (row.state, row.approved_by_id) == (RoundState.APPROVED, None)
    assert (await story.job(JobKind.ROUND_OPEN)).dedupe_key == f"round:{row.id}:open"


async def test_only_leads_run_it_again(rounds: Rounds, story: Story) -> None:
    await some(rounds)
    stranger = await story.facts.person("Stranger")
    admin = await story.facts.person("Admin", is_admin=True)
    row = await rounds.planned()
    with breaks("not_a_lead"):
        await running.rerun(story.ctx, actor_id=stranger.id, round_id=row.id)
    with breaks("seed", "seed"):
        await running.rerun(story.ctx, actor_id=admin.id, round_id=row.id, seed=-1)
    await running.rerun(story.ctx, actor_id=admin.id, round_id=row.id, seed=5)
    assert (await rounds.seen(row)).state is RoundState.RUNNING
    with breaks("round_running", kind=NotAllowed):
        await running.rerun(story.ctx, actor_id=admin.id, round_id=row.id)
    again = await story.job(JobKind.ROUND_RUN)
    assert (again.round_id, again.state) == (row.id, JobState.PENDING)


async def test_a_lock_that_a_rule_forbids_by_now_is_dropped(rounds: Rounds, story: Story) -> None:
    ada, ben = await rounds.enrol("Ada"), await rounds.enrol("Ben")
    grace = await rounds.mentor("Grace", capacity=2)
    row = await rounds.planned()
    for who in (ada, ben):
        await story.facts.add(
            RoundConstraint(
                round_id=row.id,
                mentee_id=who.id,
                mentor_id=grace.id,
                constraint=Constraint.LOCK,
                by_id=rounds.lead.id,
                made_at=story.ctx.now(),
            )
        )
    await rounds.change(ben, manager_id=grace.id)
    await running.rerun(story.ctx, actor_id=rounds.lead.id, round_id=row.id)
    row = await rounds.run(row)
    assert await rounds.together(row) == {("Ada", "Grace")}
    assert [each.rule for each in await rounds.left(row)] == ["reporting_line"]


async def test_peers_and_a_trio(rounds: Rounds) -> None:
    await rounds.set(shape=Shape.PEERS, round_kind=Kind.SPOT)
    people = {
        name: await rounds.enrol(name, Role.MENTEE, areas=[seeks])
        for name, seeks in (("Ada", AREA), ("Ben", OTHER_AREA), ("Cem", AREA))
    }
    for name, offers in (("Ada", OTHER_AREA), ("Ben", AREA), ("Cem", AREA)):
        await rounds.take_part(people[name], Role.MENTOR, areas=[offers])
    row = await rounds.planned()
    (pair,) = await rounds.pairs(row)
    assert {pair.mentee_id, pair.mentor_id, pair.third_id} == {each.id for each in people.values()}
    assert await rounds.left(row) == []
    assert (row.totals["people"], row.totals["matched"]) == (3, 3)
    await rounds.set(with_trios=False)
    await running.rerun(rounds.ctx, actor_id=rounds.lead.id, round_id=row.id)
    row = await rounds.run(row)
    (pair,) = await rounds.pairs(row)
    assert pair.third_id is None
    assert len(await rounds.left(row)) == 1


async def test_among_peers_the_mentor_is_who_offers_what_is_sought(rounds: Rounds) -> None:
    await rounds.set(shape=Shape.PEERS)
    ada = await rounds.enrol("Ada", Role.MENTEE, areas=[AREA])
    await rounds.take_part(ada, Role.MENTOR, areas=["data"])
    ben = await rounds.enrol("Ben", Role.MENTEE, areas=["hiring"])
    await rounds.take_part(ben, Role.MENTOR, areas=[AREA])
    assert await rounds.together(await rounds.planned()) == {("Ada", "Ben")}


async def test_who_only_learns_is_never_the_mentor_of_a_peer(rounds: Rounds) -> None:
    await rounds.set(shape=Shape.PEERS, must_share=[])
    await rounds.enrol("Ada", Role.MENTOR, areas=["data"])
    await rounds.enrol("Zoe", Role.MENTEE, areas=[AREA])
    assert await rounds.together(await rounds.planned()) == {("Zoe", "Ada")}


async def test_reverse_makes_the_senior_the_learner(rounds: Rounds) -> None:
    await rounds.set(round_kind=Kind.REVERSE)
    await rounds.enrol("Senior", seniority=5)
    await rounds.mentor("Junior", seniority=2)
    await rounds.mentor("Elder", seniority=6)
    assert await rounds.together(await rounds.planned()) == {("Senior", "Junior")}


async def test_groups_sit_in_turns(rounds: Rounds) -> None:
    await rounds.set(shape=Shape.GROUPS, approval=Approval.AUTOMATIC)
    await some(rounds, mentees=6, mentors=2)
    row = await rounds.planned()
    pairs = await rounds.pairs(row)
    assert row.state is RoundState.PLANNED  # its hour has to be said
    assert {pair.turn for pair in pairs} == {1, 2}
    met = [(pair.mentee_id, pair.mentor_id) for pair in pairs]
    assert len(met) == len(set(met)) == 12


async def test_who_waited_comes_first(rounds: Rounds) -> None:
    await rounds.mentor("Grace", capacity=1)
    await rounds.enrol("Ada")
    await rounds.enrol("Ben", waiting=1)
    row = await rounds.planned()
    assert await rounds.together(row) == {("Ben", "Grace")}


async def test_people_who_are_all_alike_all_have_somebody(rounds: Rounds) -> None:
    await many(rounds, 100)
    row = await rounds.run(await rounds.round())
    assert row.totals["pairs"] == 50


async def many(rounds: Rounds, count: int) -> None:
    """Half mentees, half mentors, written at once."""
    from bot.store.tables import Enrolment, Person

    async with rounds.ctx.db.work() as work:
        people = [
            Person(
                workspace_id=rounds.programme.workspace_id,
                slack_id=f"UMANY{n}",
                name=f"Person {n}",
                zone="Europe/London",
                refreshed_at=rounds.ctx.now(),
            )
            for n in range(count)
        ]
        work.session.add_all(people)
        await work.session.flush()
        work.session.add_all(
            Enrolment(
                programme_id=rounds.programme.id,
                person_id=person.id,
                role=(Role.MENTEE, Role.MENTOR)[n % 2],
                areas=[AREA],
                created_at=rounds.ctx.now(),
            )
            for n, person in enumerate(people)
        )
        await work.commit()


async def test_a_run_that_was_given_up_can_be_started_anew(rounds: Rounds, story: Story) -> None:
    await some(rounds)
    row = await rounds.round(state=RoundState.RUNNING)
    job = await story.facts.job(JobKind.ROUND_RUN, round_id=row.id)
    who: dict[str, Any] = {"actor_id": rounds.lead.id, "round_id": row.id}
    with breaks("round_running", kind=NotAllowed):
        await running.rerun(story.ctx, **who)
    async with story.ctx.db.work() as work:
        (await work.session.get_one(Job, job.id)).state = JobState.DEAD
        await work.commit()
    await running.rerun(story.ctx, **who)
    assert len(await story.waiting(JobKind.ROUND_RUN)) == 1
    assert (await rounds.run(row)).state is RoundState.PLANNED


async def test_a_process_that_ends_leaves_the_round_to_another(
    rounds: Rounds, story: Story
) -> None:
    await some(rounds)
    row = await rounds.round(state=RoundState.RUNNING)
    task = asyncio.create_task(running.run(story.ctx, round_id=row.id))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert (await rounds.run(row)).state is RoundState.PLANNED


async def test_weights_that_do_not_add_up_are_the_usual_ones(rounds: Rounds) -> None:
    await some(rounds)
    await rounds.set(weights={"areas": 3, "no_longer_known": 997})
    assert (await rounds.planned()).state is RoundState.PLANNED


async def test_nobody_is_the_mentor_of_their_own_mentor(rounds: Rounds) -> None:
    people = [await rounds.enrol(f"Both {number}", *BOTH) for number in range(9)]
    row = await rounds.planned()
    pairs = {(each.mentee_id, each.mentor_id) for each in await rounds.pairs(row)}
    assert not {(mentor, mentee) for mentee, mentor in pairs} & pairs
    assert {mentee for mentee, _ in pairs} == {one.id for one in people}  # in a larger circle
    assert row.proof["most_people"]
    await running.rerun(rounds.ctx, actor_id=rounds.lead.id, round_id=row.id)
    row = await rounds.run(row)
    assert {(each.mentee_id, each.mentor_id) for each in await rounds.pairs(row)} == pairs


async def test_of_two_who_are_alone_one_is_the_mentor(rounds: Rounds) -> None:
    await rounds.enrol("Ada", *BOTH)
    await rounds.enrol("Ben", *BOTH)
    row = await rounds.planned()
    assert len(await rounds.pairs(row)) == 1
    assert await rounds.left(row) == []
    assert (row.proof["most_people"], row.proof["gap"]) == (True, 1.0)  # who is whose is open
    assert not (await rounds.review(row)).best_possible
