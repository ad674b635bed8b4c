"""A series holds together, and its dates follow from what was done."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.series import Series, Stage, Task, Whose, due_dates, find_problem

START = date(2026, 11, 23)


def task(key: str, after: str | None = None, days: int = 7) -> Task:
    return Task(key, f"Do {key}", Whose.MENTEE, "Because", days, after)


def series(*stages: tuple[Task, ...]) -> Series:
    made = (Stage(f"s{n}", f"Stage {n}", "Why", tasks) for n, tasks in enumerate(stages))
    return Series("A series", tuple(made))


@st.composite
def chains(draw: st.DrawFn) -> Series:
    """Series without a fault: every task counts from the start, or from one drawn before it."""
    keys = [f"t{n}" for n in range(draw(st.integers(1, 12)))]
    tasks = [
        task(key, draw(st.sampled_from([None, *keys[:n]])), draw(st.integers(0, 60)))
        for n, key in enumerate(keys)
    ]
    tasks = draw(st.permutations(tasks))
    cut = draw(st.integers(0, len(tasks)))
    return series(*(part for part in (tuple(tasks[:cut]), tuple(tasks[cut:])) if part))


@given(chains())
def test_what_waits_for_something_before_it_holds_together(whole: Series) -> None:
    assert find_problem(whole) is None


@given(chains(), st.data())
def test_a_task_is_due_so_many_days_after_what_it_waits_for(
    whole: Series, data: st.DataObject
) -> None:
    keys = [each.key for each in whole.tasks]
    done = {
        key: START + timedelta(days=data.draw(st.integers(0, 100)))
        for key in data.draw(st.sets(st.sampled_from(keys)))
    }
    due = due_dates(whole, START, done)
    assert list(due) == keys
    for each in whole.tasks:
        base = START if each.after is None else done.get(each.after, due[each.after])
        assert due[each.key] - base == timedelta(days=each.days)


@given(chains(), st.data())
def test_any_ring_is_found(whole: Series, data: st.DataObject) -> None:
    """Some task is made to wait for one that waits for it, directly or by others."""
    tasks = {each.key: each for each in whole.tasks}
    last = data.draw(st.sampled_from(sorted(tasks)))
    root = last
    while (before := tasks[root].after) is not None:
        root = before
    tasks[root] = task(root, last)
    problem = find_problem(series(tuple(tasks.values())))
    assert problem is not None
    assert problem.key == "series_cycle"
    assert root in str(problem.facts["ring"]).split(" → ")


def test_a_key_stands_once_over_all_stages() -> None:
    problem = find_problem(series((task("a"),), (task("b"), task("a"))))
    assert problem is not None
    assert (problem.key, problem.stage, dict(problem.facts)) == ("series_twice", 1, {"name": "a"})


def test_two_stages_of_one_key_are_found() -> None:
    one, two = series((task("a"),), (task("b"),)).stages
    twins = Series("Twins", (one, Stage(one.key, two.name, two.purpose, two.tasks)))
    problem = find_problem(twins)
    assert problem is not None
    assert problem.stage == 1


def test_a_task_that_waits_for_nobody_is_named() -> None:
    problem = find_problem(series((task("a"),), (task("b", "gone"),)))
    assert problem is not None
    assert (problem.key, problem.stage) == ("series_no_task", 1)
    assert dict(problem.facts) == {"name": "b", "after": "gone"}


@pytest.mark.parametrize("after", ["a", "b"])
def test_a_ring_is_named_from_one_of_its_tasks(after: str) -> None:
    problem = find_problem(series((task("a", after), task("b", "a"), task("c", "b"))))
    assert problem is not None
    assert str(problem.facts["ring"]).count("a") == 2
