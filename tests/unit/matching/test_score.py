"""One request's scores: what is forbidden, what weighs, and that chance is only the seed's."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.kinds import Format, Kind, Window
from bot.matching.people import Member
from bot.matching.reasons import ROUND_WEIGHTS
from bot.matching.score import (
    WEIGHTS,
    MenteeFacts,
    MentorFacts,
    ReasonKey,
    Rule,
    Scored,
    forbidden_by,
    rank,
)
from bot.matching.week import week_of

Free = tuple[frozenset[Window], str]

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
MORNINGS = frozenset(window for window in Window if window.value.endswith("am"))
ASKED = MenteeFacts(
    id=7,
    at=NOW,
    areas=frozenset({"python", "speaking"}),
    windows=MORNINGS,
    zone="Europe/London",
    formats=frozenset({Format.VIDEO}),
)
MENTOR = MentorFacts(
    id=5,
    capacity=2,
    areas=frozenset({"python", "speaking", "sailing"}),
    windows=MORNINGS,
    zone="Europe/London",
    formats=frozenset({Format.VIDEO, Format.WALK}),
)


def scored(mentor: MentorFacts, request: MenteeFacts = ASKED) -> Scored:
    (found,) = rank(request, [mentor], 0)
    return found


def test_the_weights_add_up() -> None:
    assert sum(WEIGHTS.values()) == 1000
    assert sum(ROUND_WEIGHTS.values()) == 1000
    assert set(WEIGHTS) | set(ROUND_WEIGHTS) == set(ReasonKey)


def test_a_very_good_fit_and_its_reasons() -> None:
    found = scored(MENTOR)
    assert found.suitability == 975  # all but the unknown languages
    assert [(reason.key, reason.facts) for reason in found.reasons] == [
        (ReasonKey.AREAS, {"areas": ["python", "speaking"]}),
        (ReasonKey.HOURS, {"minutes": 1200}),
        (ReasonKey.FORMATS, {"formats": [Format.VIDEO]}),
        (ReasonKey.FRESH, {}),
        (ReasonKey.LOAD, {"free": 2}),
    ]


@pytest.mark.parametrize(
    ("mentor", "kind", "rule"),
    [
        (replace(MENTOR, id=7), Kind.FLASH, Rule.SELF),
        (replace(MENTOR, sessions_this_month=2), Kind.FLASH, Rule.FULL),
        (replace(MENTOR, sessions_this_month=3), Kind.FLASH, Rule.FULL),
        (replace(MENTOR, capacity=0), Kind.FLASH, Rule.FULL),
        (replace(MENTOR, taster_only=True), Kind.FLASH, Rule.TASTER_ONLY),
        (replace(MENTOR, taster_only=True), Kind.SPOT, None),
        (MENTOR, Kind.FLASH, None),
    ],
)
def test_hard_rules(mentor: MentorFacts, kind: Kind, rule: Rule | None) -> None:
    request = replace(ASKED, kind=kind)
    assert forbidden_by(request, mentor) is rule
    assert (not rank(request, [mentor], 0)) is (rule is not None)


@pytest.mark.parametrize(
    "worse",
    [
        replace(MENTOR, areas=frozenset({"python"})),
        replace(MENTOR, windows=frozenset(Window) - MORNINGS),
        replace(MENTOR, formats=frozenset({Format.WALK})),
        replace(MENTOR, past_with=True),
        replace(MENTOR, sessions_this_month=1),
        replace(MENTOR, last_asked_at=NOW - timedelta(days=1)),
    ],
)
def test_what_speaks_for_a_mentor(worse: MentorFacts) -> None:
    assert scored(worse).suitability < scored(MENTOR).suitability
    other = replace(worse, id=4)
    assert [one.mentor_id for one in rank(ASKED, [other, MENTOR], seed=1)] == [5, 4]


def test_unknown_is_between_good_and_bad() -> None:
    good, unknown, bad = (
        scored(replace(MENTOR, windows=windows)).suitability
        for windows in (MORNINGS, frozenset[Window](), frozenset(Window) - MORNINGS)
    )
    assert good > unknown > bad
    keys = {reason.key for reason in scored(replace(MENTOR, windows=frozenset())).reasons}
    assert ReasonKey.HOURS not in keys


def shared_minutes(mentee: Free, mentor: Free, at: datetime) -> int:
    """What the table that plans and scores are made with knows of the two."""
    one, other = (
        Member(id=n, windows=windows, zone=zone)
        for n, (windows, zone) in enumerate((mentee, mentor))
    )
    nobody_else = np.zeros(1, np.int64)
    return int(week_of([one], [other], at).along(nobody_else, nobody_else)[0])


@pytest.mark.parametrize(
    ("zone", "minutes"),
    [
        ("Europe/London", 5 * 240),
        ("Europe/Berlin", 5 * 180),
        ("America/New_York", 0),  # nine there is two in London
        ("Asia/Tokyo", 0),
        ("Nowhere/AtAll", 5 * 240),  # UTC
    ],
)
def test_mornings_in_common(zone: str, minutes: int) -> None:
    assert shared_minutes((MORNINGS, "Europe/London"), (MORNINGS, zone), NOW) == minutes


def test_the_weeks_in_which_only_one_has_changed_the_clock() -> None:
    afternoons = frozenset(Window) - MORNINGS
    winter, between = NOW, datetime(2026, 3, 10, tzinfo=UTC)  # the 16th: New York has, London not
    minutes = [
        shared_minutes((afternoons, "Europe/London"), (MORNINGS, "America/New_York"), at)
        for at in (winter, between)
    ]
    assert minutes == [5 * 180, 5 * 240]


areas = st.frozensets(st.sampled_from(["python", "speaking", "sailing", "budget"]))
windows = st.frozensets(st.sampled_from(Window))
formats = st.frozensets(st.sampled_from(Format))
place = st.sampled_from(["Europe/London", "America/New_York", "Asia/Kathmandu", None])
requests = st.builds(
    MenteeFacts,
    id=st.integers(1, 6),
    at=st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    kind=st.sampled_from(Kind),
    areas=areas,
    windows=windows,
    zone=place,
    formats=formats,
    languages=areas,
)
mentors = st.builds(
    MentorFacts,
    id=st.integers(1, 12),
    capacity=st.integers(0, 4),
    sessions_this_month=st.integers(0, 4),
    areas=areas,
    windows=windows,
    zone=place,
    formats=formats,
    languages=areas,
    past_with=st.booleans(),
    taster_only=st.booleans(),
    last_asked_at=st.none() | st.just(NOW),
)
pools = st.lists(mentors, max_size=8, unique_by=lambda mentor: mentor.id)


@given(requests, pools, st.integers())
def test_every_ranking_keeps_the_rules(
    request: MenteeFacts, pool: list[MentorFacts], seed: int
) -> None:
    ranked = rank(request, pool, seed)
    by_id = {mentor.id: mentor for mentor in pool}
    assert len(ranked) == sum(forbidden_by(request, mentor) is None for mentor in pool)
    for one in ranked:
        mentor = by_id[one.mentor_id]
        assert mentor.id != request.id
        assert mentor.sessions_this_month < mentor.capacity
        assert not (mentor.taster_only and request.kind is Kind.FLASH)
        assert 0 <= one.suitability <= 1000
        assert len({reason.key for reason in one.reasons}) == len(one.reasons)
    assert all(a.suitability >= b.suitability for a, b in pairwise(ranked))


@given(requests, pools.flatmap(lambda pool: st.tuples(st.just(pool), st.permutations(pool))))
def test_the_order_of_the_input_does_not_matter(
    request: MenteeFacts, pools: tuple[list[MentorFacts], list[MentorFacts]]
) -> None:
    assert rank(request, pools[0], seed=3) == rank(request, pools[1], seed=3)


def test_equals_are_drawn_by_the_seed() -> None:
    equals = [replace(MENTOR, id=n) for n in range(10, 16)]
    firsts = {rank(ASKED, equals, seed)[0].mentor_id for seed in range(100)}
    assert firsts == set(range(10, 16))
