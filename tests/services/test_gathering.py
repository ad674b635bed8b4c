"""Who is in a round, and what matching is told of them."""

from datetime import date, timedelta
from typing import Any

import pytest

from bot.domain.kinds import Format, Kind, Role, Window
from bot.domain.programmes import Approval, Constraint, Shape
from bot.domain.states import RoundState, SessionState
from bot.matching.people import Differ, Member, Share
from bot.matching.reasons import ROUND_WEIGHTS, ReasonKey
from bot.services.rounds.gathering import Gathered, gather
from bot.store.tables import Apart, Match, Place, Round, RoundConstraint, Session
from tests.services.rounds import AREA, OTHER_AREA, Rounds
from tests.services.story import Story
from tests.support.clock import MONDAY

NOW = MONDAY
BOTH = (Role.MENTEE, Role.MENTOR)


async def gathered(rounds: Rounds, row: Round | None = None) -> Gathered:
    return await gather(rounds.ctx, round_id=(row or await rounds.round()).id)


async def member(rounds: Rounds, person_id: int, row: Round | None = None) -> Member:
    found = await gathered(rounds, row)
    return next(each for each in found.members if each.id == person_id)


async def test_a_person_in_both_roles_is_one_member(rounds: Rounds) -> None:
    boss = await rounds.story.facts.person("Boss")
    ada = await rounds.enrol(
        "Ada",
        department="Legal",
        location="Leeds",
        languages=["en", "de"],
        seniority=3,
        manager_id=boss.id,
        areas=[OTHER_AREA, AREA],
        formats=["video"],
        windows=["tue_am"],
        waiting=2,
    )
    await rounds.take_part(ada, Role.MENTOR, capacity=3, formats=["walk"], windows=["fri_pm"])
    assert await member(rounds, ada.id) == Member(
        id=ada.id,
        seeks=(OTHER_AREA, AREA),
        offers=(AREA,),
        languages=frozenset({"en", "de"}),
        formats=frozenset({Format.VIDEO, Format.WALK}),
        department="Legal",
        manager_id=boss.id,
        zone="Europe/London",
        location="Leeds",
        seniority=3,
        windows=frozenset({Window.TUE_AM, Window.FRI_PM}),
        as_mentor=3,
        as_mentee=1,
        waiting=2,
    )


async def test_what_is_unknown_is_none(rounds: Rounds) -> None:
    ada = await rounds.enrol("Ada", areas=["no_longer_offered"])
    found = await member(rounds, ada.id)
    assert (found.department, found.location, found.seniority) == (None, None, None)
    assert found.seeks == ()


@pytest.mark.parametrize(
    "column",
    [
        {"paused_at": NOW},
        {"paused_at": NOW, "paused_until": NOW + timedelta(days=1)},
        {"away_until": NOW + timedelta(days=1)},
    ],
)
async def test_who_is_paused_or_away_gets_nothing(
    rounds: Rounds, column: dict[str, object]
) -> None:
    ada = await rounds.enrol("Ada", **column)
    assert (await member(rounds, ada.id)).paused
    assert (await gathered(rounds)).available == frozenset()


async def test_who_is_back_takes_part(rounds: Rounds) -> None:
    ago = NOW - timedelta(days=1)
    ada = await rounds.enrol("Ada", paused_at=ago, paused_until=NOW, away_until=ago)
    assert (await gathered(rounds)).available == {ada.id}


@pytest.mark.parametrize("column", ["is_deleted", "is_bot", "is_guest"])
async def test_who_may_not_take_part_is_not_there(rounds: Rounds, column: str) -> None:
    await rounds.enrol("Ada", **{column: True})
    assert (await gathered(rounds)).members == ()


async def test_who_left_the_programme_is_not_there(rounds: Rounds) -> None:
    await rounds.enrol("Ada", ended_at=NOW)
    assert (await gathered(rounds)).members == ()


async def test_skipping_and_opting_in(rounds: Rounds) -> None:
    ada, ben, cem = [await rounds.enrol(name) for name in ("Ada", "Ben", "Cem")]
    row = await rounds.round()
    await rounds.says(row, ada, is_in=False)
    await rounds.says(row, ben, is_in=True)
    assert (await gathered(rounds, row)).available == {ben.id, cem.id}
    await rounds.set(is_opt_in=True)
    assert (await gathered(rounds, row)).available == {ben.id}


async def test_a_mentor_has_what_is_left_of_the_month(rounds: Rounds) -> None:
    grace = await rounds.mentor("Grace", capacity=3)
    for month, number in (("2026-11", 1), ("2026-11", 2), ("2026-10", 3)):
        place = Place(
            programme_id=rounds.programme.id, mentor_id=grace.id, month=month, number=number
        )
        await rounds.story.facts.add(place)
    found = await member(rounds, grace.id)
    assert (found.as_mentor, found.held) == (1, 2)


async def test_places_of_other_programmes_do_not_count(rounds: Rounds, story: Story) -> None:
    grace = await rounds.mentor("Grace", capacity=3)
    elsewhere = await story.facts.programme()
    await story.facts.add(
        Place(programme_id=elsewhere.id, mentor_id=grace.id, month="2026-11", number=1)
    )
    assert (await member(rounds, grace.id)).as_mentor == 3


async def test_who_offered_one_taster_mentors_nobody_in_a_round(rounds: Rounds) -> None:
    grace = await rounds.mentor("Grace", taster_only=True)
    assert (await member(rounds, grace.id)).roles == frozenset()


async def test_the_whole_reporting_line_is_known(rounds: Rounds) -> None:
    top = await rounds.story.facts.person("Top")
    boss = await rounds.story.facts.person("Boss", manager_id=top.id)
    ada = await rounds.enrol("Ada", manager_id=boss.id)
    found = {each.id: each for each in (await gathered(rounds)).members}
    assert found[ada.id].manager_id == boss.id
    assert found[boss.id].manager_id == top.id
    assert found[top.id].roles == frozenset()


async def test_apart_is_enough_from_one_side(rounds: Rounds) -> None:
    ada, ben = await rounds.enrol("Ada"), await rounds.mentor("Ben")
    await rounds.story.facts.add(Apart(person_id=ada.id, other_id=ben.id, made_at=NOW))
    assert (await member(rounds, ada.id)).never == {ben.id}
    row = await rounds.planned()
    assert await rounds.pairs(row) == []


async def test_past_pairs_age_by_rounds(rounds: Rounds, story: Story) -> None:
    """A session of a request counts from the rounds that ran since."""
    ada, grace, cem = (
        await rounds.enrol("Ada"),
        await rounds.mentor("Grace"),
        await rounds.mentor("Cem"),
    )
    for back in (3, 2, 1):
        await rounds.round(
            runs_at=NOW - timedelta(weeks=back),
            state=RoundState.OPENED,
            number=4 - back,
            due_on=date(2026, 10, back),
        )
    mine = {"programme_id": rounds.programme.id, "state": SessionState.HELD, "held_at": NOW}
    await met(story, grace.id, ada.id, **mine, matched_at=NOW - timedelta(days=10))
    await met(story, cem.id, ada.id, **mine, matched_at=NOW - timedelta(days=1))
    now = await rounds.round(number=4)
    assert (await member(rounds, ada.id, now)).past == {grace.id: 2, cem.id: 1}
    assert (await member(rounds, grace.id, now)).past == {ada.id: 2}


async def met(story: Story, mentor_id: int, mentee_id: int, **columns: Any) -> Session:
    mentee = await story.facts.one(type(await story.facts.person()), mentee_id)
    request = await story.facts.request(mentee)
    match = await story.facts.add(
        Match(request_id=request.id, mentor_id=mentor_id, mentee_id=mentee_id, made_at=NOW)
    )
    row: Session = await story.facts.add(
        Session(
            match_id=match.id, mentor_id=mentor_id, mentee_id=mentee_id, kind=Kind.FLASH, **columns
        )
    )
    return row


async def test_who_called_it_off_has_not_met(rounds: Rounds, story: Story) -> None:
    ada, grace = await rounds.enrol("Ada"), await rounds.mentor("Grace")
    gone = {"programme_id": rounds.programme.id, "matched_at": NOW}
    await met(story, grace.id, ada.id, state=SessionState.CANCELLED, **gone)
    await met(story, grace.id, ada.id, state=SessionState.MISSED, **gone)
    await met(story, grace.id, ada.id, state=SessionState.CLOSED, **gone)
    assert (await member(rounds, ada.id)).past == {}


async def test_the_pair_of_the_last_round_is_remembered(rounds: Rounds) -> None:
    ada, grace = await rounds.enrol("Ada"), await rounds.mentor("Grace", capacity=4)
    await rounds.opened()
    next_round = await rounds.round(runs_at=NOW + timedelta(days=7))
    assert (await member(rounds, ada.id, next_round)).past == {grace.id: 1}
    assert await rounds.pairs(await rounds.run(next_round)) == []
    (left,) = {each.rule for each in await rounds.left(next_round)}
    assert left == "recent"


async def test_the_rules_are_the_programmes(rounds: Rounds) -> None:
    weights = dict.fromkeys(ReasonKey, 0) | {ReasonKey.AREAS: 600, ReasonKey.NEAR: 400}
    await rounds.set(
        must_differ=["department", "something_old"],
        must_share=["language", "hours"],
        repeat_window=2,
        round_kind=Kind.REVERSE,
        weights={key.value: worth for key, worth in weights.items()} | {"old": 3},
    )
    rules = (await gathered(rounds)).rules
    assert rules.must_differ == {Differ.DEPARTMENT}
    assert rules.must_share == {Share.LANGUAGE, Share.HOURS}
    assert (rules.repeat_window, rules.reverse, rules.weights) == (2, True, weights)
    await rounds.set(weights={}, round_kind=Kind.SPOT)
    rules = (await gathered(rounds)).rules
    assert (rules.weights, rules.reverse) == (ROUND_WEIGHTS, False)


async def test_locks_of_who_is_not_available_fall_away(rounds: Rounds) -> None:
    ada, grace = await rounds.enrol("Ada"), await rounds.mentor("Grace")
    row = await rounds.round()
    lock = RoundConstraint(
        round_id=row.id,
        mentee_id=ada.id,
        mentor_id=grace.id,
        constraint=Constraint.LOCK,
        by_id=rounds.lead.id,
        made_at=NOW,
    )
    await rounds.story.facts.add(lock)
    assert (await gathered(rounds, row)).locked == ((ada.id, grace.id),)
    await rounds.change(grace, paused_at=NOW)
    assert (await gathered(rounds, row)).locked == ()


async def test_a_peer_who_is_full_is_not_there(rounds: Rounds) -> None:
    await rounds.set(shape=Shape.PEERS, approval=Approval.AUTOMATIC)
    ada = await rounds.enrol("Ada", *BOTH, capacity=0)
    assert (await member(rounds, ada.id)).roles == frozenset()


async def test_no_such_round(rounds: Rounds) -> None:
    with pytest.raises(KeyError):
        await gather(rounds.ctx, round_id=999)
