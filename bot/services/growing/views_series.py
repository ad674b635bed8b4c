"""What reading gives of a series: frozen pictures for templates and handlers, as in `views`."""

from dataclasses import dataclass
from datetime import date

from bot.domain.kinds import Role
from bot.domain.series import Whose
from bot.services.views_people import PersonView


@dataclass(frozen=True, slots=True)
class TaskView:
    """One task as its reader may see it; `note` is the mentee's own, empty when it is not shown."""

    key: str
    title: str
    role: Whose
    purpose: str
    tip: str
    due_on: date
    done_on: date | None = None
    note: str = ""
    is_shared: bool = False

    @property
    def is_done(self) -> bool:
        return self.done_on is not None


@dataclass(frozen=True, slots=True)
class StageView:
    """A stage with its tasks."""

    key: str
    name: str
    purpose: str
    tasks: tuple[TaskView, ...]

    @property
    def done(self) -> int:
        return sum(task.is_done for task in self.tasks)

    @property
    def is_done(self) -> bool:
        return all(task.is_done for task in self.tasks)


@dataclass(frozen=True, slots=True)
class SeriesView:
    """A pair's series as `me`, one of the two, sees it. Without stages none was begun."""

    relationship_id: int
    name: str
    me: PersonView
    other: PersonView
    role: Role
    is_over: bool  # the relationship
    stages: tuple[StageView, ...]
    former: tuple[str, ...] = ()  # ticked tasks that the series does not have any more

    @property
    def is_begun(self) -> bool:
        return bool(self.stages)

    @property
    def now(self) -> StageView | None:
        """The first stage with something open; None when all is done."""
        return next((stage for stage in self.stages if not stage.is_done), None)

    @property
    def open_stages(self) -> tuple[StageView, ...]:
        """Those that were reached: done, or under way."""
        reached = [stage for stage in self.stages if stage.done or stage is self.now]
        return tuple(reached)

    @property
    def later(self) -> tuple[StageView, ...]:
        """Those that come after, of which only the purpose is told."""
        return tuple(stage for stage in self.stages if stage not in self.open_stages)

    @property
    def next_task(self) -> TaskView | None:
        """The open task of this stage that is due first; of equals the first."""
        stage = self.now
        if stage is None:
            return None
        waiting = [task for task in stage.tasks if not task.is_done]
        return min(waiting, key=lambda task: task.due_on)

    @property
    def done(self) -> int:
        return sum(stage.done for stage in self.stages)

    @property
    def total(self) -> int:
        return sum(len(stage.tasks) for stage in self.stages)

    def stage(self, key: str) -> StageView | None:
        return next((stage for stage in self.stages if stage.key == key), None)

    def task(self, key: str) -> TaskView | None:
        tasks = (task for stage in self.stages for task in stage.tasks)
        return next((task for task in tasks if task.key == key), None)


@dataclass(frozen=True, slots=True)
class SeriesChoice:
    """A series that a pair may begin."""

    key: str
    name: str
    stages: tuple[str, ...]  # their names


@dataclass(frozen=True, slots=True)
class SeriesForm:
    """A programme's own series as a lead edits it: the YAML of a stage in each text."""

    programme_id: int
    programme: str
    name: str
    texts: tuple[str, ...]
    version: int  # 0: it has none yet, and begins with the one that ships
