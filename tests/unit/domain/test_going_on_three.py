"""Three wish blindly: what all share is told to all, what two share to the two, and no more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import RuleBroken
from bot.domain.going_on_three import Wishes, keep, read, shared, wishes_of
from bot.domain.kinds import Wish

ANN, BEN, CAT = PEOPLE = (7, 8, 9)


def said(**by_name: Wishes) -> dict[int, Wishes]:
    ids = {"ann": ANN, "ben": BEN, "cat": CAT}
    return {ids[name]: wishes for name, wishes in by_name.items()}


def wishes(*keeps: int, again: bool = False) -> Wishes:
    ticked = [keep(each) for each in keeps]
    return wishes_of(["again", *ticked] if again else ticked)


def test_what_was_ticked_is_kept_and_read_back() -> None:
    kept = read(["keep_in_touch:9", "again"], [BEN, CAT])
    assert kept == ["again", keep(CAT)]
    assert wishes_of(kept) == Wishes((Wish.AGAIN, Wish.KEEP_IN_TOUCH), (CAT,))
    assert wishes_of(read(["no"], [BEN, CAT])) == Wishes((Wish.NO,), ())


@pytest.mark.parametrize(
    ("ticked", "key"),
    [
        ([], "no_choice"),
        (["formal"], "unknown_choice"),
        (["keep_in_touch"], "unknown_choice"),
        ([keep(ANN)], "unknown_choice"),  # oneself
        ([keep(5)], "unknown_choice"),  # a stranger
        (["no", "again"], "no_and_more"),
    ],
)
def test_what_cannot_be_wished(ticked: list[str], key: str) -> None:
    with pytest.raises(RuleBroken, match=key):
        read(ticked, [BEN, CAT])


def test_another_talk_needs_all_three_and_is_told_alone() -> None:
    again = wishes(CAT, again=True)
    all_three = said(ann=again, ben=wishes(again=True), cat=wishes(ANN, again=True))
    assert shared(PEOPLE, all_three).again
    assert not shared(PEOPLE, all_three).pairs
    assert not shared(PEOPLE, said(ann=again, ben=again)).again, "who is silent wishes nothing"
    assert not shared((ANN, BEN), said(ann=again, ben=again)).again, "two are not the three"


def test_keeping_in_touch_is_of_two() -> None:
    found = shared(PEOPLE, said(ann=wishes(BEN, CAT), ben=wishes(ANN), cat=wishes(BEN)))
    assert found.partners_of(ANN) == (BEN,)
    assert found.partners_of(BEN) == (ANN,)
    assert found.partners_of(CAT) == ()
    assert not shared((ANN, CAT), said(ann=wishes(BEN), ben=wishes(ANN))).pairs, "Ben has left"


some_people = st.sets(st.sampled_from(PEOPLE))
some_wishes = st.builds(lambda who, again: wishes(*who, again=again), some_people, st.booleans())


@given(st.dictionaries(st.sampled_from(PEOPLE), some_wishes), st.sampled_from(PEOPLE), some_wishes)
def test_nobody_hears_of_what_they_did_not_wish_themselves(
    others: dict[int, Wishes], me: int, mine: Wishes
) -> None:
    """So the news says of the others only that they wish the same: never that one said no."""
    found = shared(PEOPLE, {**others, me: mine})
    assert not found.again or mine.again
    assert set(found.partners_of(me)) <= set(mine.keeps)
