"""Reading a series: from the files that ship as data, and from what a lead writes in a form.

Both are YAML and both are held to the same rules. A file that is not right stops Lantern at the
start with a sentence; a form stays open with one at the stage it is about.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Final

import yaml
from pydantic import Field, ValidationError

from bot.domain.errors import RuleBroken
from bot.domain.series import (
    STAGES_MAX,
    TASKS_MAX,
    TITLE_MAX,
    Problem,
    Series,
    Stage,
    Task,
    Whose,
    find_problem,
)
from bot.services.library_files import Key, LibraryProblem, NoTwins, Strict, check_plain, read_file

Line = Annotated[str, Field(min_length=1, pattern=r"^\S(.*\S)?$")]
DAYS_MAX = 365
OWN = "programme"  # what a relationship calls its programme's own series


class TaskText(Strict):
    """One task as it is written."""

    key: Key
    title: Annotated[Line, Field(max_length=TITLE_MAX)]
    role: Whose
    purpose: Annotated[Line, Field(max_length=200)]
    days: int = Field(ge=0, le=DAYS_MAX, strict=True)
    after: Key | None = None
    note: Annotated[str, Field(max_length=300)] = ""

    def task(self) -> Task:
        return Task(**self.model_dump())


class StageText(Strict):
    """One stage as it is written."""

    key: Key
    name: Annotated[Line, Field(max_length=60)]
    purpose: Annotated[Line, Field(max_length=200)]
    tasks: list[TaskText] = Field(min_length=1, max_length=TASKS_MAX)

    def stage(self) -> Stage:
        tasks = tuple(task.task() for task in self.tasks)
        return Stage(self.key, self.name, self.purpose, tasks)


class SeriesText(Strict):
    """One of `series/*.yml`."""

    name: Annotated[Line, Field(max_length=60)]
    source: str = Field(default="", max_length=200)
    stages: list[StageText] = Field(min_length=1, max_length=STAGES_MAX)

    def series(self) -> Series:
        return Series(self.name, tuple(stage.stage() for stage in self.stages))


_KEYS: Final = {
    **dict.fromkeys(("schlüssel", "clé"), "key"),
    **dict.fromkeys(("titel", "titre"), "title"),
    **dict.fromkeys(("rolle", "rôle"), "role"),
    **dict.fromkeys(("zweck", "objectif"), "purpose"),
    **dict.fromkeys(("tage", "jours"), "days"),
    **dict.fromkeys(("nach", "après"), "after"),
    **dict.fromkeys(("notiz", "hinweis"), "note"),
    **dict.fromkeys(("nom",), "name"),
    **dict.fromkeys(("aufgaben", "tâches"), "tasks"),
}
_ROLES: Final = {
    **dict.fromkeys(("mentorin", "mentor:in"), Whose.MENTOR.value),
    **dict.fromkeys(("mentoré", "mentorée", "mentoré·e"), Whose.MENTEE.value),
    **dict.fromkeys(("beide", "les deux"), Whose.BOTH.value),
}
"""What leads may write in German and French beside the English words."""

_SAID = {
    "series_twice": "the key {name!r} occurs twice.",
    "series_no_task": "{name!r} comes after {after!r}, and there is no such task.",
    "series_cycle": "these tasks wait for each other: {ring}.",
}


def read_series(folder: Path) -> Mapping[str, Series]:
    """Every series of the folder, by the name of its file. Raises LibraryProblem."""
    found: dict[str, Series] = {}
    for file in sorted(folder.glob("*.yml")):
        if file.stem == OWN:
            raise LibraryProblem(file, "", "this name is kept for a programme’s own series.")
        series = read_file(file, SeriesText).series()
        if problem := find_problem(series):
            place = f"stages → {series.stages[problem.stage].key}"
            raise LibraryProblem(file, place, _SAID[problem.key].format(**problem.facts))
        found[file.stem] = series
    if not found:
        raise LibraryProblem(folder, "", "there is no series in it.")
    return MappingProxyType(found)


def parse_stages(name: str, texts: Sequence[str]) -> Series:
    """A series from a form: its name, and the YAML of one stage in each text; empty ones are none.

    Raises RuleBroken at "stage_1", "stage_2", …: "series_yaml" (`line`, `why`), "series_unknown"
    (`where`, `name`), "series_missing" (`where`, `name`), "series_value" (`where`, `limit`), and
    those of `domain.series.find_problem`. At "name": "blank", "too_long".
    """
    places = [at for at, text in enumerate(texts, start=1) if text.strip()]
    if not places:
        raise RuleBroken("series_blank", field="stage_1")
    stages = tuple(_stage(texts[at - 1], f"stage_{at}") for at in places)
    series = Series(name, stages)
    if problem := find_problem(series):
        raise _refused(problem, places)
    return series


def _refused(problem: Problem, places: Sequence[int]) -> RuleBroken:
    return RuleBroken(problem.key, field=f"stage_{places[problem.stage]}", **problem.facts)


def _stage(text: str, field: str) -> Stage:
    try:
        check_plain(text)
        content = yaml.load(text, Loader=NoTwins)  # noqa: S506 - a SafeLoader
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        raise RuleBroken("series_yaml", field=field, line=mark.line + 1 if mark else 1) from None
    except (ValueError, RecursionError):  # an impossible date, brackets without end
        raise RuleBroken("series_yaml", field=field, line=1) from None
    if not isinstance(content, dict):
        raise RuleBroken("series_yaml", field=field, line=1)
    content = _in_english(content)
    try:
        return StageText.model_validate(content).stage()
    except ValidationError as error:
        raise _misfit(error, content, field) from None


def _in_english(content: dict[str, Any]) -> dict[str, Any]:
    """A stage with the keys and roles that `StageText` knows; what is written twice stays odd."""
    named: dict[str, Any] = {}
    for key, value in content.items():
        english = _KEYS.get(str(key).casefold(), key)
        named[key if english in content or english in named else english] = value
    if isinstance(role := named.get("role"), str):
        named["role"] = _ROLES.get(role.casefold(), role.casefold())
    if isinstance(tasks := named.get("tasks"), list):
        named["tasks"] = [_in_english(one) if isinstance(one, dict) else one for one in tasks]
    return named


def _misfit(error: ValidationError, content: dict[str, Any], field: str) -> RuleBroken:
    """Which field of which task is wrong, and in what way."""
    first = error.errors(include_url=False)[0]
    *above, name = first["loc"] or ("",)
    where, facts = _where(content, above), {"name": str(name)}
    if first["type"] == "extra_forbidden":
        return RuleBroken("series_unknown", field=field, where=where, **facts)
    if first["type"] == "missing":
        return RuleBroken("series_missing", field=field, where=where, **facts)
    limits = first.get("ctx") or {}
    limit = next((limits[each] for each in ("max_length", "le") if each in limits), None)
    told = {"limit": limit} if limit is not None else {}
    return RuleBroken("series_value", field=field, where=where, **facts, **told)


def _where(content: dict[str, Any], above: Sequence[object]) -> str:
    """The key of the task it is in, or its number; empty for the stage itself."""
    numbers = [each for each in above if isinstance(each, int)]
    if not numbers:
        return ""
    task = content["tasks"][numbers[0]]
    key = task.get("key") if isinstance(task, dict) else None
    return str(key) if isinstance(key, str) else str(numbers[0] + 1)


def stage_text(stage: Stage) -> str:
    """The stage as a lead edits it: YAML, as `parse_stages` reads it."""
    content = {
        "key": stage.key,
        "name": stage.name,
        "purpose": stage.purpose,
        "tasks": [_task_text(task) for task in stage.tasks],
    }
    return yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=10_000)


def _task_text(task: Task) -> dict[str, Any]:
    said = TaskText.model_validate(
        {
            "key": task.key,
            "title": task.title,
            "role": task.role,
            "purpose": task.purpose,
            "days": task.days,
            "after": task.after,
            "note": task.note,
        }
    ).model_dump(mode="json")
    return {name: value for name, value in said.items() if value not in (None, "")}
