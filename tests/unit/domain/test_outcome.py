"""Every pair of answers, by the table in `outcome`."""

from itertools import permutations, product

import pytest

from bot.domain.kinds import Outcome
from bot.domain.outcome import Settled, Verdict, settle
from bot.domain.routing import capacity_month
from tests.unit.domain.test_hours import utc

YES, NO, LATER = Outcome.YES, Outcome.NO, Outcome.NOT_YET
HELD, MISSED, NOT_YET, OPEN = Verdict.HELD, Verdict.MISSED, Verdict.NOT_YET, Verdict.OPEN

TABLE: dict[frozenset[Outcome | None], tuple[Verdict, Verdict, bool]] = {
    # answers: before the deadline, after it, disputed
    frozenset({YES}): (HELD, HELD, False),
    frozenset({NO}): (MISSED, MISSED, False),
    frozenset({LATER}): (NOT_YET, NOT_YET, False),
    frozenset({None}): (OPEN, MISSED, False),
    frozenset({YES, NO}): (HELD, HELD, True),
    frozenset({YES, LATER}): (HELD, HELD, True),
    frozenset({YES, None}): (HELD, HELD, False),
    frozenset({NO, LATER}): (NOT_YET, NOT_YET, False),
    frozenset({NO, None}): (OPEN, MISSED, False),
    frozenset({LATER, None}): (NOT_YET, NOT_YET, False),
}


@pytest.mark.parametrize(
    ("mentor", "mentee", "passed"),
    list(product([*Outcome, None], [*Outcome, None], [False, True])),
)
def test_every_pair_of_answers(
    mentor: Outcome | None, mentee: Outcome | None, passed: bool
) -> None:
    before, after, disputed = TABLE[frozenset({mentor, mentee})]
    assert settle(mentor, mentee, passed) == Settled(after if passed else before, disputed)


def test_each_verdict_is_a_change_of_state() -> None:
    assert [verdict.verb for verdict in Verdict] == ["hold", "miss", "not_yet", None]


def test_a_month_is_the_mentor_s_own() -> None:
    turn = utc("2026-11-30T23:30")
    assert capacity_month(turn, "Europe/London") == "2026-11"
    assert capacity_month(turn, "Asia/Tokyo") == "2026-12"
    assert capacity_month(turn, None) == "2026-11"


ANSWERS = [None, *Outcome]


@pytest.mark.parametrize("late", [False, True])
def test_three_answers_count_the_same(late: bool) -> None:
    """In whatever order they come; a third who says what one of the two said changes nothing."""
    for one, two, three in product(ANSWERS, repeat=3):
        found = settle(one, two, late, three)
        orders = permutations((one, two, three))
        assert {settle(a, b, late, c) for a, b, c in orders} == {found}
        assert settle(one, two, late, two) == settle(one, two, late)
        if Outcome.YES in (one, two, three):
            assert found.verdict is Verdict.HELD


def test_a_no_of_two_waits_for_the_third() -> None:
    no = Outcome.NO
    assert settle(no, no, False, None).verdict is Verdict.OPEN
    assert settle(no, no, True, None).verdict is Verdict.MISSED
    assert settle(no, no, False, no).verdict is Verdict.MISSED
