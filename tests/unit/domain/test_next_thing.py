"""The next thing: what has its hour first, then what keeps others waiting."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.next_thing import PRESSING, Open, What, next_thing

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
HOURS = st.integers(-200, 200).map(lambda hours: NOW + timedelta(hours=hours))
OPEN = st.builds(Open, st.sampled_from(What), st.integers(1, 9), st.none() | HOURS)


@given(st.lists(OPEN), st.randoms())
def test_it_is_one_of_them_in_whatever_order_they_come(things: list[Open], chance: object) -> None:
    found = next_thing(things, NOW)
    assert (found is None) == (not things)
    assert found is None or found in things
    shuffled = list(things)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert next_thing(shuffled, NOW) == found


@given(st.lists(OPEN, min_size=1))
def test_what_has_its_hour_is_never_behind_what_has_not(things: list[Open]) -> None:
    found = next_thing(things, NOW)
    assert found is not None
    pressing = [one for one in things if one.by is not None and one.by <= NOW + PRESSING]
    assert not pressing or found in pressing


@given(OPEN, OPEN)
def test_one_thing_more_changes_it_only_to_that_one(first: Open, more: Open) -> None:
    assert next_thing([first, more], NOW) in (first, more)
    assert next_thing([first], NOW) == first


@pytest.mark.parametrize(
    ("first", "later"),
    [
        (Open(What.MEET, 2, NOW + timedelta(hours=3)), Open(What.DO_STEP, 1, NOW)),
        (Open(What.SAY_OUTCOME, 2, NOW), Open(What.ANSWER_OFFER, 1, NOW - timedelta(hours=1))),
        (Open(What.DO_STEP, 2, NOW), Open(What.ANSWER_OFFER, 1, NOW + timedelta(days=2))),
        (Open(What.ANSWER_OFFER, 2), Open(What.SET_TIME, 1)),
        (Open(What.SET_TIME, 1), Open(What.SET_TIME, 2)),
        (Open(What.DO_STEP, 2, NOW + timedelta(days=3)), Open(What.DO_STEP, 1)),
    ],
)
def test_examples(first: Open, later: Open) -> None:
    assert next_thing([later, first], NOW) == first
