"""A series: an ordered list of tasks, in stages, that a formal pair works through.

A series ships as data or is written by a programme's leads; `find_problem` is what both are held
to. Dates are local ones, of whoever's task it is; the mentee ticks them all.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum, auto
from typing import Final

STAGES_MAX: Final = 5  # a form has one field for each
TASKS_MAX: Final = 10  # a stage: Slack's checkboxes hold ten options
TITLE_MAX: Final = 75  # Slack: the text of an option


class Whose(StrEnum):
    """Who does a task."""

    MENTEE = auto()
    MENTOR = auto()
    BOTH = auto()


@dataclass(frozen=True, slots=True)
class Task:
    """One task. `days` counts from the start, or from when the task `after` was done or is due."""

    key: str
    title: str
    role: Whose
    purpose: str
    days: int
    after: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Stage:
    """Some tasks that belong together."""

    key: str
    name: str
    purpose: str
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """All of it, in order."""

    name: str
    stages: tuple[Stage, ...]

    @property
    def tasks(self) -> Iterator[Task]:
        return (task for stage in self.stages for task in stage.tasks)

    def task(self, key: str) -> Task | None:
        return next((task for task in self.tasks if task.key == key), None)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a series: a key for the sentence, its facts, and in which stage."""

    key: str
    stage: int  # from 0
    facts: Mapping[str, object] = field(default_factory=dict)


def find_problem(series: Series) -> Problem | None:
    """The first thing wrong between stages and tasks; None for a series that holds together.

    "series_twice" (a key used again), "series_no_task" (an `after` that names no task),
    "series_cycle" (tasks that wait for each other).
    """
    places = {task.key: at for at, stage in enumerate(series.stages) for task in stage.tasks}
    return _twice(series) or _missing(series, places) or _cycle(series, places)


def _twice(series: Series) -> Problem | None:
    seen_stages: set[str] = set()
    seen: set[str] = set()
    for at, stage in enumerate(series.stages):
        if stage.key in seen_stages:
            return Problem("series_twice", at, {"name": stage.key})
        seen_stages.add(stage.key)
        for task in stage.tasks:
            if task.key in seen:
                return Problem("series_twice", at, {"name": task.key})
            seen.add(task.key)
    return None


def _missing(series: Series, places: Mapping[str, int]) -> Problem | None:
    for at, stage in enumerate(series.stages):
        for task in stage.tasks:
            if task.after is not None and task.after not in places:
                return Problem("series_no_task", at, {"name": task.key, "after": task.after})
    return None


def _cycle(series: Series, places: Mapping[str, int]) -> Problem | None:
    after = {task.key: task.after for task in series.tasks}
    for task in series.tasks:
        path = [task.key]
        while (following := after[path[-1]]) is not None:
            if following in path:
                ring = [*path[path.index(following) :], following]
                return Problem("series_cycle", places[following], {"ring": " → ".join(ring)})
            path.append(following)
    return None


def due_dates(series: Series, started_on: date, done: Mapping[str, date]) -> dict[str, date]:
    """When each task is due, by key. `done` says on which day tasks were done.

    A task `after` another counts from the day that one was done, or is due while it is open. The
    series must hold together (`find_problem`).
    """
    due: dict[str, date] = {}

    def find(task: Task) -> date:
        if task.key not in due:
            before = series.task(task.after) if task.after is not None else None
            base = started_on if before is None else done.get(before.key) or find(before)
            due[task.key] = base + timedelta(days=task.days)
        return due[task.key]

    return {task.key: find(task) for task in series.tasks}
