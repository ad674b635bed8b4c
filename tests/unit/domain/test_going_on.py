"""What two wishes have in common, and what may be ticked."""

from itertools import chain, combinations

import pytest

from bot.domain.errors import RuleBroken
from bot.domain.going_on import common, read_wishes
from bot.domain.kinds import Wish

SETS = [
    frozenset(each)
    for each in chain.from_iterable(combinations(Wish, size) for size in range(len(Wish) + 1))
]


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ({Wish.FORMAL, Wish.AGAIN}, {Wish.FORMAL, Wish.AGAIN}, Wish.FORMAL),
        ({Wish.KEEP_IN_TOUCH, Wish.AGAIN}, {Wish.AGAIN, Wish.KEEP_IN_TOUCH}, Wish.AGAIN),
        ({Wish.KEEP_IN_TOUCH, Wish.FORMAL}, {Wish.KEEP_IN_TOUCH, Wish.AGAIN}, Wish.KEEP_IN_TOUCH),
        ({Wish.FORMAL}, {Wish.AGAIN}, None),
        ({Wish.NO}, {Wish.NO}, None),
        (set(), {Wish.AGAIN}, None),
    ],
)
def test_the_strongest_of_both_is_told(one: set[Wish], other: set[Wish], told: Wish | None) -> None:
    assert common(one, other) is told


@pytest.mark.parametrize("one", SETS)
def test_it_is_the_same_from_both_sides_and_never_more_than_both_said(one: frozenset[Wish]) -> None:
    for other in SETS:
        told = common(one, other)
        assert told is common(other, one)
        assert told is None or told in one & other - {Wish.NO}


def test_what_is_ticked_is_read_in_order() -> None:
    assert read_wishes(["formal", "again", "again"]) == (Wish.AGAIN, Wish.FORMAL)
    assert read_wishes(["no"]) == (Wish.NO,)


@pytest.mark.parametrize(
    ("values", "key"),
    [([], "no_choice"), (["marry"], "unknown_choice"), (["no", "again"], "no_and_more")],
)
def test_what_may_not_be_ticked(values: list[str], key: str) -> None:
    with pytest.raises(RuleBroken) as caught:
        read_wishes(values)
    assert (caught.value.key, caught.value.field) == (key, "wishes")
