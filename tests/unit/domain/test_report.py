"""What a report may show: nothing about fewer than five people, not even by subtraction."""

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.report import (
    FEWEST,
    STEPS,
    Count,
    Department,
    Month,
    Report,
    Spread,
    suppressed,
)

SINCE, UNTIL = date(2026, 1, 1), date(2026, 6, 30)


def report(**facts: object) -> Report:
    return Report("Flash", SINCE, UNTIL, **facts)  # type: ignore[arg-type]


def months(*people: int) -> tuple[Month, ...]:
    return tuple(
        Month(date(2026, place, 1), Count(some, some)) for place, some in enumerate(people, 1)
    )


def shown_months(*people: int) -> list[int | None]:
    return [month.held for month in suppressed(report(by_month=months(*people))).by_month]


def shown_load(*mentors: int) -> tuple[int | None, ...]:
    load = tuple(sessions for sessions, some in enumerate(mentors) for _ in range(some))
    return suppressed(report(load=load)).load


counts = st.integers(0, 12).flatmap(
    lambda people: st.builds(Count, st.integers(people // 2, people * 3), st.just(people))
)


@given(st.fixed_dictionaries(dict.fromkeys(STEPS, counts)))
def test_a_step_of_fewer_than_five_people_is_not_shown(facts: dict[str, Count]) -> None:
    cells = suppressed(report(**facts))
    for name, cell in cells.steps:
        assert cell == (facts[name].times if facts[name].people >= FEWEST else None)


def test_it_is_people_that_count_not_times() -> None:
    cells = suppressed(report(asked=Count(9, 4), matched=Count(3, 6)))
    assert (cells.asked, cells.matched) == (None, 3)


@given(st.lists(counts, max_size=8))
def test_months_show_no_few_and_hide_none_alone(held: list[Count]) -> None:
    facts = tuple(Month(date(2026, place, 1), one) for place, one in enumerate(held, 1))
    cells = suppressed(report(by_month=facts)).by_month
    hidden = [one for one, cell in zip(held, cells, strict=True) if cell.held is None]
    for one, cell in zip(held, cells, strict=True):
        assert cell.held in (None, one.times)
        assert cell.held is None or one.people >= FEWEST
    if len(hidden) < len(held):
        assert len(hidden) != 1
        assert not hidden or max(one.people for one in hidden) >= FEWEST
    if all(one.people >= FEWEST for one in held):
        assert not hidden


@given(st.lists(st.integers(0, 14), min_size=4, max_size=4))
def test_no_group_of_mentors_can_be_worked_out_from_their_number(mentors: list[int]) -> None:
    cells = shown_load(*mentors)
    hidden = [some for some, cell in zip(mentors, cells, strict=True) if cell is None]
    if not hidden or len(hidden) == len(mentors):
        return
    total = sum(hidden)
    assert total >= FEWEST
    fits = [guess for guess in product(range(total + 1), repeat=len(hidden)) if sum(guess) == total]
    for place in range(len(hidden)):
        assert len({guess[place] for guess in fits}) > 1


def test_the_smallest_other_month_is_hidden_too() -> None:
    assert shown_months(8, 3, 20, 6) == [8, None, 20, None]
    assert shown_months(8, 3, 20, 2) == [None, None, 20, None]
    assert shown_months(8, 7, 20, 6) == [8, 7, 20, 6]
    assert shown_months(2) == [None]


def test_the_groups_of_mentors() -> None:
    assert shown_load(5, 6, 7, 8) == (5, 6, 7, 8)
    assert shown_load(5, 6, 7, 2, 1, 2) == (5, 6, 7, 5)
    assert shown_load(9, 6, 7, 1) == (9, None, 7, None)
    assert shown_load(9, 6, 3, 2) == (9, 6, None, None)
    assert shown_load(9, 6, 2, 1) == (9, None, None, None)
    assert shown_load() == (None,) * 4


def test_departments() -> None:
    some = (
        Department("Design", Count(9, 7), Count(8, 6)),
        Department("Sales", Count(9, 8), Count(2, 2)),
        Department("", Count(30, 12), Count(20, 10)),
    )
    cells = suppressed(report(departments=some)).departments
    assert [(one.name, one.asked, one.held) for one in cells] == [
        ("Design", 9, None),
        ("Sales", 9, None),
        ("", 30, 20),
    ]


@pytest.mark.parametrize(
    ("days", "people", "spread"),
    [
        ((3, 1, 2, 5, 4), 8, Spread(2, 3, 4)),
        ((0, 0, 0, 0, 0), 5, Spread(0, 0, 0)),
        ((1, 2, 3, 4), 8, None),
        ((1, 2, 3, 4, 5), 4, None),
        ((2, 2, 9, 30, 6, 7, 8), 14, Spread(4, 7, 8)),
    ],
)
def test_days_to_the_session(days: tuple[int, ...], people: int, spread: Spread | None) -> None:
    cells = suppressed(report(held=Count(len(days), people), days_to_session=days))
    assert cells.days == spread


def test_an_empty_report_shows_nothing() -> None:
    cells = suppressed(report(by_month=months(0, 0, 0)))
    assert cells.is_empty
    assert cells.hides
    assert all(month.held is None for month in cells.by_month)


def test_a_report_with_anything_to_show_is_not_empty() -> None:
    assert not suppressed(report(asked=Count(6, 6))).is_empty
    assert not suppressed(report(load=(0, 1, 2, 3) * 9)).is_empty


def test_a_full_report_hides_nothing() -> None:
    full = report(
        **{name: Count(20, 20) for name in STEPS},
        by_month=months(9, 11),
        load=(0, 1, 2, 3) * 6,
        days_to_session=(4,) * 20,
        departments=(Department("Design", Count(20, 20), Count(20, 20)),),
        ratings=(4,) * 20,
        raters=20,
    )
    assert not suppressed(full).hides
