"""An approved round goes out: once, whole, and as people are by then."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.job_kinds import JobKind
from bot.domain.kinds import Kind, Role
from bot.domain.programmes import Shape
from bot.domain.states import JobState, RoundState, SessionState
from bot.services import reading
from bot.services.rounds import opening, reviewing
from bot.services.sessions import planning, timing
from bot.store.tables import Apart, Enrolment, Job, Match, Person, Place, Round, RoundPair, Session
from tests.services.rounds import AREA, Rounds
from tests.services.story import Story
from tests.services.test_races import at_once
from tests.services.test_running import many, some

NEW_SESSION = (JobKind.INTRODUCTION, JobKind.CHECKLIST, JobKind.AGENDA_ASK)


async def waiting(rounds: Rounds) -> dict[str, int]:
    people = {each.id: each.name for each in await rounds.story.facts.all(Person)}
    rows = await rounds.story.facts.all(Enrolment)
    return {people[each.person_id]: each.waiting for each in rows}


async def test_every_pair_gets_its_session(rounds: Rounds, story: Story) -> None:
    await rounds.set(round_kind=Kind.SPOT, length_minutes=45)
    ada = await rounds.enrol("Ada", formats=["walk"])
    grace = await rounds.mentor("Grace", topics="Whatever I can")
    row = await rounds.opened()
    (session,) = await rounds.sessions()
    assert (session.mentee_id, session.mentor_id, session.third_id) == (ada.id, grace.id, None)
    assert (session.kind, session.length_minutes) == (Kind.SPOT, 45)
    assert (session.state, session.is_taster) == (SessionState.MATCHED, False)
    (match,) = await story.facts.all(Match)
    assert (match.round_id, match.request_id) == (row.id, None)
    (place,) = await story.facts.all(Place)
    assert (place.mentor_id, place.month, place.match_id) == (grace.id, "2026-11", match.id)
    assert (row.state, row.opened_at) == (RoundState.OPENED, story.ctx.now())
    kinds = Counter(job.kind for job in await story.jobs(*NEW_SESSION))
    assert kinds == {
        JobKind.INTRODUCTION: 1,
        JobKind.CHECKLIST: 2,
        JobKind.AGENDA_ASK: 1,
    }
    view = await reading.session_view(story.ctx, session_id=session.id)
    label = story.ctx.library.areas[AREA]
    assert (view.topic, view.hoped_for, view.questions) == (label, "", ())
    assert [each.value for each in view.formats] == ["walk"]
    assert view.mentor_topics == "Whatever I can"
    assert (view.programme, view.round_id, view.shape) == (
        "Engineering mentoring",
        row.id,
        Shape.PAIRS,
    )
    assert (await rounds.review(row)).opened == 1


async def test_the_session_goes_its_usual_way(rounds: Rounds, story: Story) -> None:
    """Cancelling gives the place back, and nothing misses the request."""
    ada = await rounds.enrol("Ada")
    grace = await rounds.mentor("Grace")
    await rounds.opened()
    (session,) = await rounds.sessions()
    mine = await reading.overview(story.ctx, person_id=ada.id)
    assert [each.id for each in mine.sessions] == [session.id]
    await timing.set_time(story.ctx, actor_id=grace.id, session_id=session.id, typed="Friday 10am")
    await timing.cancel(story.ctx, actor_id=ada.id, session_id=session.id)
    assert await story.facts.all(Place) == []


async def test_a_killed_opening_goes_on(rounds: Rounds, story: Story, monkeypatch: Any) -> None:
    await many(rounds, 120)
    row = await rounds.planned()
    await rounds.approve(row)
    real, batches = planning.plan_new, []

    async def dies(*args: Any, **kwargs: Any) -> None:
        await real(*args, **kwargs)
        batches.append(1)
        if len(batches) % 2 == 0:
            raise ConnectionError("killed")

    monkeypatch.setattr(opening, "plan_new", dies)
    for _ in range(2):
        with pytest.raises(ConnectionError):
            await opening.open_pairs(story.ctx, round_id=row.id)
    assert 0 < len(await rounds.sessions()) < 60
    assert (await rounds.seen(row)).state is RoundState.APPROVED
    monkeypatch.setattr(opening, "plan_new", real)
    for _ in range(2):
        await opening.open_pairs(story.ctx, round_id=row.id)
    await all_is_there_once(rounds, row, 60)


async def test_two_processes_open_one_round(rounds: Rounds, story: Story) -> None:
    await many(rounds, 120)
    row = await rounds.planned()
    await rounds.approve(row)
    results = await at_once(*(opening.open_pairs(story.ctx, round_id=row.id) for _ in range(3)))
    assert results == [None] * 3
    await all_is_there_once(rounds, row, 60)


async def all_is_there_once(rounds: Rounds, row: Round, count: int) -> None:
    assert (await rounds.seen(row)).state is RoundState.OPENED
    pairs = await rounds.pairs(row)
    sessions = await rounds.sessions()
    assert len(pairs) == len(sessions) == count
    together = {(each.mentee_id, each.mentor_id) for each in sessions}
    assert together == {(each.mentee_id, each.mentor_id) for each in pairs}
    assert {each.match_id for each in pairs} == {each.match_id for each in sessions}
    assert len(await rounds.story.jobs(JobKind.INTRODUCTION)) == count
    places = await rounds.story.facts.all(Place)
    assert Counter(each.match_id for each in places) == Counter(each.match_id for each in pairs)


@pytest.mark.parametrize("state", sorted(set(RoundState) - {RoundState.APPROVED}))
async def test_only_what_was_approved_goes_out(rounds: Rounds, state: RoundState) -> None:
    await some(rounds)
    row = await rounds.planned()
    async with rounds.ctx.db.work() as work:
        (await work.session.get_one(Round, row.id)).state = state
        await work.commit()
    await opening.open_pairs(rounds.ctx, round_id=row.id)
    await opening.open_pairs(rounds.ctx, round_id=999)
    assert await rounds.sessions() == []


GONE = [
    {"is_deleted": True},
    {"is_guest": True},
    {"paused_at": timedelta(0)},
    {"away_until": timedelta(days=3)},
]


@pytest.mark.parametrize("how", GONE)
@pytest.mark.parametrize("who", ["Ada", "Grace"])
async def test_who_left_since_the_plan_is_taken_out(
    rounds: Rounds, story: Story, how: dict[str, Any], who: str
) -> None:
    people = {"Ada": await rounds.enrol("Ada"), "Grace": await rounds.mentor("Grace")}
    ben, hana = (
        await rounds.enrol("Ben", areas=["data"]),
        await rounds.mentor("Hana", areas=["data"]),
    )
    row = await rounds.planned()
    assert len(await rounds.pairs(row)) == 2
    columns = {k: story.ctx.now() + v if isinstance(v, timedelta) else v for k, v in how.items()}
    await rounds.change(people[who], **columns)
    row = await rounds.opened(row)
    assert [(each.mentee_id, each.mentor_id) for each in await rounds.sessions()] == [
        (ben.id, hana.id)
    ]
    other = people["Grace" if who == "Ada" else "Ada"]
    assert row.gone == [people[who].id]
    assert await rounds.unmatched() == [other.id]
    news = await story.job(JobKind.LEAD_NEWS)
    assert (news.note, news.round_id) == ("round_gone", row.id)
    review = await rounds.review(row)
    assert [each.id for each in review.gone] == [people[who].id]
    assert (review.pairs, review.matched, review.left) == (1, 2, 1)
    found = await reviewing.left_view(story.ctx, round_id=row.id, person_id=other.id)
    assert found is not None
    assert (found[0].rule, found[0].waiting) == ("nobody_left", 0)
    assert (await waiting(rounds))[other.name] == 1


async def test_who_left_the_programme_since(rounds: Rounds, story: Story) -> None:
    ada = await rounds.enrol("Ada")
    await rounds.mentor("Grace")
    row = await rounds.planned()
    async with story.ctx.db.work() as work:
        for each in await story.facts.all(Enrolment):
            if each.person_id == ada.id:
                (await work.session.get_one(Enrolment, each.id)).ended_at = story.ctx.now()
        await work.commit()
    assert (await rounds.opened(row)).gone == [ada.id]
    assert await rounds.sessions() == []


async def test_who_skips_after_the_plan(rounds: Rounds) -> None:
    ada = await rounds.enrol("Ada")
    await rounds.mentor("Grace")
    row = await rounds.planned()
    await rounds.says(row, ada, is_in=False)
    assert (await rounds.opened(row)).gone == [ada.id]


async def test_who_is_full_since(rounds: Rounds, story: Story) -> None:
    """A request took the last place between the plan and its opening."""
    ben = await rounds.enrol("Ben", waiting=0)
    ada = await rounds.enrol("Ada")
    grace = await rounds.mentor("Grace", capacity=2)
    row = await rounds.planned()
    assert len(await rounds.pairs(row)) == 2
    await story.facts.add(
        Place(programme_id=rounds.programme.id, mentor_id=grace.id, month="2026-11", number=1)
    )
    row = await rounds.opened(row)
    (session,) = await rounds.sessions()
    left = {ada.id, ben.id} - {session.mentee_id}
    assert set(await rounds.unmatched()) == left
    assert row.gone == [grace.id]
    assert sorted(each.number for each in await story.facts.all(Place)) == [1, 2]


async def test_who_would_rather_not_meet_since_looks_full(rounds: Rounds, story: Story) -> None:
    """Said between the plan and its opening, by either: it holds, and nobody can tell."""
    ada, ben = await rounds.enrol("Ada"), await rounds.enrol("Ben")
    grace = await rounds.mentor("Grace", capacity=2)
    row = await rounds.planned()
    await story.facts.add(Apart(person_id=grace.id, other_id=ada.id, made_at=story.ctx.now()))
    row = await rounds.opened(row)
    assert [each.mentee_id for each in await rounds.sessions()] == [ben.id]
    assert row.gone == [grace.id]
    assert await rounds.unmatched() == [ada.id]
    assert [(each.person_id, each.rule) for each in await rounds.left(row)] == [
        (ada.id, "nobody_left")
    ]


async def test_the_unmatched_are_told_and_come_first_next_time(
    rounds: Rounds, story: Story
) -> None:
    for name in ("Ada", "Ben"):
        await rounds.enrol(name)
    await rounds.mentor("Grace", capacity=1)
    row = await rounds.opened()
    before = await rounds.together(row)
    (told,) = await rounds.unmatched()
    left = await rounds.story.facts.one(Person, told or 0)
    assert await waiting(rounds) == {"Grace": 0, left.name: 1, next(iter(before))[0]: 0}
    found = await reviewing.left_view(story.ctx, round_id=row.id, person_id=left.id)
    assert found is not None
    assert (found[0].rule, found[0].waiting) == ("taken", 0)
    await story.at(story.ctx.now(), days=14)  # another month, so another place
    again = await rounds.opened(await rounds.planned())
    assert await rounds.together(again) == {(left.name, "Grace")}
    assert (await waiting(rounds))[left.name] == 0


async def test_nobody_to_match_tells_everybody(rounds: Rounds) -> None:
    await some(rounds, mentees=3, mentors=0)
    row = await rounds.opened()
    assert row.state is RoundState.OPENED
    assert len(await rounds.unmatched()) == 3


async def test_refused_introductions_are_counted(rounds: Rounds, story: Story) -> None:
    await some(rounds)
    row = await rounds.opened()
    jobs = await story.jobs(JobKind.INTRODUCTION)
    async with story.ctx.db.work() as work:
        for each in jobs[: len(jobs) // 2]:
            (await work.session.get_one(Job, each.id)).state = JobState.DEAD
        await work.commit()
    assert (await rounds.review(row)).unsent == 2


async def test_two_sessions_of_one_mentee(rounds: Rounds) -> None:
    ada = await rounds.enrol("Ada", capacity=2)
    for name in ("Grace", "Hana"):
        await rounds.mentor(name)
    await rounds.opened()
    assert [each.mentee_id for each in await rounds.sessions()] == [ada.id] * 2


async def test_peers_without_an_offer_take_no_place(rounds: Rounds, story: Story) -> None:
    await rounds.set(shape=Shape.PEERS, must_share=[])
    for name in ("Ada", "Ben"):
        await rounds.enrol(name, Role.MENTEE)
    await rounds.opened()
    assert len(await rounds.sessions()) == 1
    assert await story.facts.all(Place) == []


async def test_nothing_is_said_before_approval(rounds: Rounds, story: Story) -> None:
    await some(rounds, mentees=6)
    await rounds.planned()
    assert {job.kind for job in await story.jobs()} <= {
        JobKind.ROUND_REVIEW,
        JobKind.ROUND_PAIRS,
        JobKind.ROUND_LEFT,
    }
    assert await story.facts.all(Match) == []
    assert all(pair.match_id is None for pair in await story.facts.all(RoundPair))
    assert await story.facts.all(Session) == []
