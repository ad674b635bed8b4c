"""A pair's series and what grows around it, to render templates with."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from bot.domain.kinds import Role
from bot.domain.series import due_dates
from bot.ops.samples.cast import Samples
from bot.services.growing.library_series import stage_text
from bot.services.growing.views_series import (
    SeriesChoice,
    SeriesForm,
    SeriesView,
    StageView,
    TaskView,
)

BEGAN = date(2026, 11, 23)


def series_view(s: Samples, done: int = 0, **more: Any) -> SeriesView:
    """The series that ships, so many tasks done, as the mentee sees it."""
    series = next(iter(s.library.series.values()))
    keys = [task.key for task in series.tasks]
    days = {key: BEGAN + timedelta(days=3 * n) for n, key in enumerate(keys[:done])}
    due = due_dates(series, BEGAN, days)
    stages = tuple(
        StageView(
            each.key,
            each.name,
            each.purpose,
            tuple(
                TaskView(t.key, t.title, t.role, t.purpose, t.note, due[t.key], days.get(t.key))
                for t in each.tasks
            ),
        )
        for each in series.stages
    )
    facts: dict[str, Any] = {
        "relationship_id": 4,
        "name": series.name,
        "me": s.mentee,
        "other": s.mentor,
        "role": Role.MENTEE,
        "is_over": False,
        "stages": stages,
    }
    return SeriesView(**{**facts, **more})


def noted(s: Samples, view: SeriesView) -> SeriesView:
    """The same with a note on every task of the first stage, the first one shared."""
    first = view.stages[0]
    tasks = tuple(
        replace(task, note=s.typed("I wrote to two people"), is_shared=not n)
        for n, task in enumerate(first.tasks)
    )
    return replace(view, stages=(replace(first, tasks=tasks), *view.stages[1:]))


def as_mentor(s: Samples, view: SeriesView) -> SeriesView:
    return replace(view, me=s.mentor, other=s.mentee, role=Role.MENTOR)


def series(s: Samples) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Its messages and forms in every state."""
    new, on_it, done = series_view(s), noted(s, series_view(s, 7)), series_view(s, 15)
    yield from _messages(s, new, on_it, done)
    yield from _modals(s, new, on_it)


def _messages(
    s: Samples, new: SeriesView, on_it: SeriesView, done: SeriesView
) -> Iterator[tuple[str, str, dict[str, Any]]]:
    yield "messages/series", "begun", {"series": new}
    yield "messages/series", "on_it", {"series": replace(on_it, former=("An older task",) * 2)}
    yield "messages/series", "mentor", {"series": as_mentor(s, on_it)}
    yield "messages/series", "done", {"series": done}
    yield "messages/series", "over", {"series": replace(on_it, is_over=True)}
    yield "messages/series", "gone", {"series": replace(on_it, name="", stages=())}
    stage = on_it.stages[0]
    yield "messages/series_stage", "mentee", {"series": on_it, "stage": stage}
    yield "messages/series_stage", "mentor", {"series": as_mentor(s, on_it), "stage": stage}
    yield "messages/series_stage", "last", {"series": done, "stage": done.stages[-1]}
    mine, ours = new.stages[0].tasks[0], new.stages[0].tasks[-1]
    yield "messages/task_due", "mentee", {"series": new, "task": mine}
    yield "messages/task_due", "both", {"series": as_mentor(s, new), "task": ours}
    yield "messages/task_due", "done", {"series": done, "task": done.stages[0].tasks[0]}
    yield "messages/task_due", "over", {"series": replace(new, is_over=True), "task": mine}
    yield "messages/series_choice", "several", {"found": (new, on_it, done) * 8}


def _modals(
    s: Samples, new: SeriesView, on_it: SeriesView
) -> Iterator[tuple[str, str, dict[str, Any]]]:
    given = {"metadata": '{"token": "t", "relationship": 4}'}
    names = tuple(stage.name for stage in new.stages)
    choices = (
        SeriesChoice("programme", s.named("Our own way"), (s.named("Start"),)),
        SeriesChoice("build_discover_connect", new.name, names),
    )
    none = replace(new, name="", stages=())
    yield "modals/series", "choose", {**given, "series": none, "choices": choices}
    yield "modals/series", "mentee", {**given, "series": on_it, "choices": choices}
    yield "modals/series", "mentor", {**given, "series": as_mentor(s, on_it), "choices": choices}
    yield "modals/task_note", "any", {**given, "series": on_it, "task": None}
    task = on_it.stages[0].tasks[0]
    yield "modals/task_note", "one", {**given, "series": on_it, "task": task}
    shipped = next(iter(s.library.series.values()))
    texts = tuple(stage_text(stage) for stage in shipped.stages)
    form = SeriesForm(3, s.named("Engineering circle"), shipped.name, texts, 0)
    yield "modals/series_edit", "new", {**given, "form": form}
    typed = tuple(s.typed("key: start") for _ in range(5))
    yield "modals/series_edit", "full", {**given, "form": replace(form, texts=typed, version=12)}
