"""Leads look at a plan, change it, and say yes to what they saw."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from bot.domain.errors import NotAllowed, RuleBroken
from bot.domain.job_kinds import JobKind
from bot.domain.kinds import Role
from bot.domain.programmes import Shape
from bot.domain.states import JobState, RoundState
from bot.services.rounds import reviewing, running
from bot.services.rounds.reviewing_pages import read_note
from bot.store.tables import Apart, Job, Round, RoundConstraint, RoundPair
from tests.services.rounds import OTHER_AREA, Rounds
from tests.services.story import Story, breaks
from tests.services.test_races import at_once
from tests.services.test_running import many, some


async def page(rounds: Rounds, row: Round, note: str = "page:1") -> Any:
    return await reviewing.pairs_page(rounds.ctx, round_id=row.id, note=note)


async def says(rounds: Rounds, row: Round, verb: str, number: int = 0) -> None:
    pair = (await rounds.pairs(row))[number]
    await reviewing.constrain(rounds.ctx, actor_id=rounds.lead.id, pair_id=pair.id, verb=verb)


async def test_a_plan_in_numbers(rounds: Rounds) -> None:
    await some(rounds, mentees=5, mentors=2)
    review = await rounds.review(await rounds.planned())
    assert (review.people, review.pairs, review.matched, review.left) == (7, 4, 6, 1)
    assert (review.locked, review.vetoed, review.new, review.lost) == (0, 0, 0, ())
    assert review.worst is not None
    assert 0 < review.worst <= review.suitability <= 1000
    assert (review.best_possible, review.gap) == (True, 0.0)
    assert (review.unsent, review.opened, review.approved_by) == (0, 0, None)
    assert [lead.id for lead in review.round.programme.leads] == [rounds.lead.id]


async def test_a_round_without_a_plan(rounds: Rounds) -> None:
    row = await rounds.round()
    review = await rounds.review(row)
    assert (review.people, review.pairs, review.matched, review.left) == (0, 0, 0, 0)
    assert (review.best_possible, review.worst, review.suitability) == (False, None, 0)
    found = await page(rounds, row)
    assert (found.pairs, found.page, found.pages) == ((), 1, 1)
    with pytest.raises(KeyError):
        await reviewing.review(rounds.ctx, round_id=999)


async def test_pages_and_search(rounds: Rounds) -> None:
    await many(rounds, 90)
    row = await rounds.planned()
    pages = [await page(rounds, row, f"page:{n}") for n in (1, 2, 3)]
    assert [len(each.pairs) for each in pages] == [20, 20, 5]
    assert {each.pages for each in pages} == {3}
    ids = [pair.id for each in pages for pair in each.pairs]
    assert len(set(ids)) == 45
    assert (await page(rounds, row, "page:99")).page == 3
    someone = pages[1].pairs[0].mentor
    found = await page(rounds, row, f"person:{someone.id}")
    assert [pair.mentor.id for pair in found.pairs] == [someone.id]
    assert found.person == someone
    assert (await page(rounds, row, f"person:{rounds.lead.id}")).pairs == ()
    assert (await page(rounds, row, "person:99999")).person is None


def test_notes() -> None:
    assert read_note("page:2") == (2, None)
    assert read_note("person:17") == (1, 17)
    for strange in ("", "page:", "page:x", "page:-1", "page:0", "page:" + "9" * 40):
        assert read_note(strange)[0] == 1


async def test_the_left_come_in_pages_the_longest_waiting_first(rounds: Rounds) -> None:
    for number in range(25):
        await rounds.enrol(f"Mentee {number:02}", areas=[OTHER_AREA], waiting=number == 24)
    await rounds.mentor("Grace")
    row = await rounds.planned()
    found = await reviewing.left_page(rounds.ctx, round_id=row.id, note="page:1")
    assert (len(found.left), found.pages) == (20, 2)
    first, second = found.left[:2]
    assert (first.person.name, first.waiting, second.person.name) == ("Mentee 24", 1, "Grace")
    assert (second.rule, second.counts) == ("topic", {"topic": 0})
    assert first.rule == "topic"


async def test_pages_take_a_constant_number_of_queries(rounds: Rounds) -> None:
    counts = []
    for size in (6, 120):
        await many_named(rounds, size)
        row = await rounds.planned()
        seen: list[str] = []
        engine = rounds.ctx.db.engine.sync_engine

        def note(*args: Any, into: list[str] = seen) -> None:
            into.append(args[2])

        event.listen(engine, "before_cursor_execute", note)
        await page(rounds, row)
        await reviewing.left_page(rounds.ctx, round_id=row.id, note="page:1")
        event.remove(engine, "before_cursor_execute", note)
        counts.append(len(seen))
    assert counts[0] == counts[1]
    assert counts[0] < 50


async def many_named(rounds: Rounds, size: int) -> None:
    """Names as long as Slack allows, more mentees than mentors."""
    for number in range(size):
        name = f"{'Wolfeschlegelsteinhausen' * 3} {size} {number}"
        await rounds.enrol(name, Role.MENTOR if number % 3 else Role.MENTEE)


async def test_who_would_rather_not_is_told_to_nobody(rounds: Rounds, story: Story) -> None:
    ada, grace = await rounds.enrol("Ada"), await rounds.mentor("Grace")
    await story.facts.add(Apart(person_id=grace.id, other_id=ada.id, made_at=story.ctx.now()))
    row = await rounds.planned()
    found = await reviewing.left_page(rounds.ctx, round_id=row.id, note="page:1")
    assert {each.rule for each in found.left} == {"nobody_left"}
    assert all(each.counts == {} and each.candidates == 0 for each in found.left)
    assert "apart" not in await story.raw("round_left")


async def test_locking_holds_at_once_and_through_another_plan(rounds: Rounds) -> None:
    await many(rounds, 12)
    row = await rounds.planned()
    await says(rounds, row, "lock", 3)
    assert (await rounds.seen(row)).state is RoundState.PLANNED
    locked = (await rounds.pairs(row))[3]
    assert (await rounds.review(row)).locked == 1
    assert sum(pair.is_locked for pair in (await page(rounds, row)).pairs) == 1
    for seed in range(3):
        await running.rerun(rounds.ctx, actor_id=rounds.lead.id, round_id=row.id, seed=seed)
        row = await rounds.run(row)
        pairs = [(each.mentee_id, each.mentor_id) for each in await rounds.pairs(row)]
        assert (locked.mentee_id, locked.mentor_id) in pairs
    number = pairs.index((locked.mentee_id, locked.mentor_id))
    await says(rounds, row, "unlock", number)
    await says(rounds, row, "unlock", number)  # twice does no harm
    assert (await rounds.review(row)).locked == 0


async def test_a_veto_makes_another_plan(rounds: Rounds, story: Story) -> None:
    await some(rounds, mentees=2, mentors=2)
    row = await rounds.planned()
    gone = (await rounds.pairs(row))[0]
    await says(rounds, row, "lock")
    await says(rounds, row, "veto")
    assert (await rounds.seen(row)).state is RoundState.RUNNING
    row = await rounds.run(row)
    pairs = {(each.mentee_id, each.mentor_id) for each in await rounds.pairs(row)}
    assert (gone.mentee_id, gone.mentor_id) not in pairs
    review = await rounds.review(row)
    assert (review.vetoed, review.locked) == (1, 0)
    assert review.new == len(review.lost) > 0
    assert (gone.mentee_id, gone.mentor_id) in {(one.id, two.id) for one, two in review.lost}
    assert len(await story.facts.all(RoundConstraint)) == 1


async def test_what_a_pair_of_an_older_plan_says(rounds: Rounds) -> None:
    await some(rounds, mentees=2, mentors=2)
    row = await rounds.planned()
    old, stays = await rounds.pairs(row)
    await says(rounds, row, "veto")
    who: dict[str, Any] = {"actor_id": rounds.lead.id, "pair_id": old.id}
    with breaks("round_running", kind=NotAllowed):
        await reviewing.constrain(rounds.ctx, verb="lock", **who)
    await rounds.run(row)
    with breaks("plan_changed"):
        await reviewing.constrain(rounds.ctx, verb="lock", **who)
    with breaks("plan_changed"):
        await reviewing.swap(rounds.ctx, mentor_id=rounds.lead.id, **who)
    with breaks("plan_changed"):
        await reviewing.alternatives(rounds.ctx, **who)
    now = {(each.mentee_id, each.mentor_id): each.id for each in await rounds.pairs(row)}
    assert now.get((stays.mentee_id, stays.mentor_id), stays.id) == stays.id
    assert old.id not in now.values()


async def test_only_leads_may(rounds: Rounds, story: Story) -> None:
    await some(rounds)
    row = await rounds.planned()
    pair = (await rounds.pairs(row))[0]
    stranger = await story.facts.person("Stranger")
    shown = await story.job(JobKind.ROUND_PAIRS)
    who: dict[str, Any] = {"actor_id": stranger.id}
    for act in (
        reviewing.constrain(story.ctx, pair_id=pair.id, verb="lock", **who),
        reviewing.alternatives(story.ctx, pair_id=pair.id, **who),
        reviewing.swap(story.ctx, pair_id=pair.id, mentor_id=1, **who),
        reviewing.turn_page(story.ctx, job_id=shown.id, note="page:2", **who),
        reviewing.approve(story.ctx, round_id=row.id, run=1, **who),
        reviewing.approve(story.ctx, round_id=999, run=1, **who),
    ):
        with breaks("not_a_lead"):
            await act
    with breaks("unknown_choice"):
        await reviewing.constrain(story.ctx, actor_id=rounds.lead.id, pair_id=pair.id, verb="marry")


async def test_a_page_is_turned_for_all_leads(rounds: Rounds, story: Story) -> None:
    await some(rounds)
    await rounds.planned()
    shown = await story.job(JobKind.ROUND_PAIRS)
    await story.say(shown)
    who: dict[str, Any] = {"actor_id": rounds.lead.id, "job_id": shown.id}
    await reviewing.turn_page(story.ctx, note="person:17", **who)
    shown = await story.job(JobKind.ROUND_PAIRS)
    assert (shown.note, shown.state, shown.revision) == ("person:17", JobState.PENDING, 2)
    for strange in ("", "page", "page:x", "drop:1"):
        with breaks("unknown_choice"):
            await reviewing.turn_page(story.ctx, note=strange, **who)
    card = await story.job(JobKind.ROUND_REVIEW)
    with breaks("not_a_lead"):
        await reviewing.turn_page(story.ctx, actor_id=rounds.lead.id, job_id=card.id, note="page:1")


async def test_another_plan_shows_its_first_page(rounds: Rounds, story: Story) -> None:
    await some(rounds)
    row = await rounds.planned()
    shown = await story.job(JobKind.ROUND_PAIRS)
    await story.say(shown)
    who: dict[str, Any] = {"actor_id": rounds.lead.id}
    await reviewing.turn_page(story.ctx, job_id=shown.id, note="page:3", **who)
    await running.rerun(story.ctx, round_id=row.id, **who)
    await rounds.run(row)
    shown = await story.job(JobKind.ROUND_PAIRS)
    assert (shown.note, shown.state) == ("page:1", JobState.PENDING)


async def test_a_swap(rounds: Rounds) -> None:
    ada, ben = await rounds.enrol("Ada"), await rounds.enrol("Ben")
    grace, hana = await rounds.mentor("Grace"), await rounds.mentor("Hana")
    row = await rounds.planned()
    pair = await rounds.pair_of(row, ada)
    other = {grace.id: hana, hana.id: grace}[pair.mentor.id]
    who: dict[str, Any] = {"actor_id": rounds.lead.id, "pair_id": pair.id}
    (choice,) = await reviewing.alternatives(rounds.ctx, **who)
    assert (choice.mentor.id, choice.is_taken) == (other.id, True)
    assert 0 < choice.suitability <= 1000
    await reviewing.swap(rounds.ctx, mentor_id=other.id, **who)
    row = await rounds.run(row)
    assert (await rounds.pair_of(row, ada)).mentor.id == other.id
    assert (await rounds.pair_of(row, ada)).is_locked
    assert (await rounds.pair_of(row, ben)).mentor.id == pair.mentor.id
    assert row.seed == 7
    # And back again: what was vetoed may be chosen after all.
    back = await rounds.pair_of(row, ada)
    await reviewing.swap(
        rounds.ctx, actor_id=rounds.lead.id, pair_id=back.id, mentor_id=pair.mentor.id
    )
    row = await rounds.run(row)
    assert (await rounds.pair_of(row, ada)).mentor.id == pair.mentor.id


async def test_what_no_swap_may_do(rounds: Rounds) -> None:
    ada, ben = await rounds.enrol("Ada"), await rounds.enrol("Ben")
    await rounds.mentor("Grace")
    await rounds.mentor("Hana")
    boss = await rounds.mentor("Boss")
    await rounds.change(ada, manager_id=boss.id)
    row = await rounds.planned()
    mine, theirs = await rounds.pair_of(row, ada), await rounds.pair_of(row, ben)
    who: dict[str, Any] = {"actor_id": rounds.lead.id, "pair_id": mine.id}
    for wrong in (boss.id, ben.id, mine.mentor.id, 999):
        with breaks("lock_forbidden", "partner"):
            await reviewing.swap(rounds.ctx, mentor_id=wrong, **who)
    if theirs.mentor.id != boss.id:
        await reviewing.constrain(
            rounds.ctx, actor_id=rounds.lead.id, pair_id=theirs.id, verb="lock"
        )
        with breaks("partner_locked", "partner"):
            await reviewing.swap(rounds.ctx, mentor_id=theirs.mentor.id, **who)
    assert (await rounds.seen(row)).state is RoundState.PLANNED


async def test_a_swap_among_peers(rounds: Rounds) -> None:
    await rounds.set(shape=Shape.PEERS, must_share=[])
    people = [await rounds.enrol(name, Role.MENTEE, Role.MENTOR) for name in "ABCD"]
    row = await rounds.planned()
    pair = (await page(rounds, row)).pairs[0]
    who: dict[str, Any] = {"actor_id": rounds.lead.id, "pair_id": pair.id}
    choices = await reviewing.alternatives(rounds.ctx, **who)
    assert {each.mentor.id for each in choices} == {each.id for each in people} - {
        pair.mentee.id,
        pair.mentor.id,
    }
    assert all(each.is_taken for each in choices)
    new = choices[0].mentor.id
    await reviewing.swap(rounds.ctx, mentor_id=new, **who)
    row = await rounds.run(row)
    groups = [{each.mentee_id, each.mentor_id} for each in await rounds.pairs(row)]
    assert {pair.mentee.id, new} in groups
    assert (await rounds.review(row)).locked == 1
    assert sum(each.is_locked for each in (await page(rounds, row)).pairs) == 1
    number = groups.index({pair.mentee.id, new})
    await says(rounds, row, "unlock", number)
    assert (await rounds.review(row)).locked == 0


async def test_groups_know_no_locks(rounds: Rounds) -> None:
    await rounds.set(shape=Shape.GROUPS)
    await some(rounds, mentees=3, mentors=1)
    row = await rounds.planned()
    pair = (await rounds.pairs(row))[0]
    who: dict[str, Any] = {"actor_id": rounds.lead.id, "pair_id": pair.id}
    for act in (
        reviewing.constrain(rounds.ctx, verb="lock", **who),
        reviewing.alternatives(rounds.ctx, **who),
        reviewing.swap(rounds.ctx, mentor_id=1, **who),
    ):
        with breaks("not_for_groups"):
            await act
    await reviewing.constrain(rounds.ctx, verb="veto", **who)
    assert (await rounds.run(row)).state is RoundState.PLANNED


async def test_approving(rounds: Rounds, story: Story) -> None:
    await some(rounds)
    row = await rounds.planned()
    with breaks("plan_changed"):
        await rounds.approve(row, run=0)
    await rounds.approve(row)
    row = await rounds.seen(row)
    assert (row.state, row.approved_by_id) == (RoundState.APPROVED, rounds.lead.id)
    with breaks("round_approved", kind=NotAllowed) as caught:
        await rounds.approve(row)
    assert caught.value.facts["name"] == "Lea Lead"
    review = await rounds.review(row)
    assert review.approved_by is not None
    assert review.approved_by.id == rounds.lead.id
    row = await rounds.opened(row)
    with breaks("round_approved", kind=NotAllowed):
        await rounds.approve(row)


@pytest.mark.parametrize(
    ("state", "key"),
    [
        (RoundState.ANNOUNCED, "round_announced"),
        (RoundState.RUNNING, "round_running"),
        (RoundState.CANCELLED, "round_over"),
    ],
)
async def test_what_cannot_be_approved(rounds: Rounds, state: RoundState, key: str) -> None:
    row = await rounds.round(state=state)
    with breaks(key, kind=NotAllowed):
        await rounds.approve(row)


async def test_two_leads_approve_at_once(rounds: Rounds, story: Story) -> None:
    await some(rounds)
    admins = [await story.facts.person(f"Admin {n}", is_admin=True) for n in range(4)]
    row = await rounds.planned()
    results = await at_once(*(rounds.approve(row, actor_id=each.id) for each in admins))
    keys = [getattr(each, "key", None) for each in results]
    assert sorted(keys, key=str) == [None] + ["round_approved"] * 3
    (told,) = {each.facts["name"] for each in results if isinstance(each, RuleBroken)}
    first = admins[keys.index(None)]
    assert told == first.name
    assert (await rounds.seen(row)).approved_by_id == first.id
    assert len(await story.jobs(JobKind.ROUND_OPEN)) == 1


async def test_approving_while_another_plan_begins(rounds: Rounds, story: Story) -> None:
    await some(rounds)
    admin = await story.facts.person("Admin", is_admin=True)
    for number in range(4):
        row = await rounds.planned()
        pair = (await rounds.pairs(row))[0]
        who: dict[str, Any] = {"actor_id": admin.id}
        acts = [
            rounds.approve(row),
            running.rerun(story.ctx, round_id=row.id, seed=number, **who),
            reviewing.constrain(story.ctx, pair_id=pair.id, verb="veto", **who),
        ]
        results = await at_once(*(acts[(n + number) % 3] for n in range(3)))
        assert sum(each is None for each in results) == 1
        for each in results:
            if each is not None:
                assert each.key in ("round_approved", "round_running")
        assert (await rounds.seen(row)).state in (RoundState.APPROVED, RoundState.RUNNING)


async def test_a_group_flash_needs_its_hour(rounds: Rounds, story: Story) -> None:
    await rounds.set(shape=Shape.GROUPS)
    await some(rounds, mentees=4, mentors=1)
    row = await rounds.planned()
    soon = story.ctx.now() + timedelta(days=1)
    with breaks("time_missing", "meets_at"):
        await rounds.approve(row, place="Room 5")
    with breaks("time_past", "meets_at"):
        await rounds.approve(row, place="Room 5", meets_at=story.ctx.now())
    with breaks("blank", "place"):
        await rounds.approve(row, meets_at=soon)
    await rounds.approve(row, place=" Room 5 ", meets_at=soon)
    row = await rounds.seen(row)
    assert (row.place, row.meets_at) == ("Room 5", soon)


async def test_groups_that_nobody_sits_in_need_none(rounds: Rounds) -> None:
    await rounds.set(shape=Shape.GROUPS)
    await some(rounds, mentees=1, mentors=1)
    row = await rounds.planned()
    await rounds.approve(row)
    assert (await rounds.seen(row)).state is RoundState.APPROVED


async def test_five_hundred_pairs_are_approved_in_no_time(rounds: Rounds, story: Story) -> None:
    await many(rounds, 1000)
    row = await rounds.planned()
    async with asyncio.timeout(2):
        await rounds.approve(row)
        assert (await rounds.review(row)).pairs == 500
        assert len((await page(rounds, row, "page:25")).pairs) == 20
    assert len(await story.facts.all(RoundPair)) == 500
    assert len(await story.facts.all(Job)) < 10


async def test_somebody_left_is_found_too(rounds: Rounds) -> None:
    ada, ben = await rounds.enrol("Ada"), await rounds.enrol("Ben")
    row = await rounds.planned()
    found = await reviewing.left_page(rounds.ctx, round_id=row.id, note=f"person:{ben.id}")
    assert [each.person.id for each in found.left] == [ben.id]
    assert found.review.left == 2
    assert ada.id
