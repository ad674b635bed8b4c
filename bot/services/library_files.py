"""Reading and checking the files of the library."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Literal, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.domain.agreements import Stage
from bot.domain.guides import Guide, Item, check_guide
from bot.domain.kinds import Kind, Role

try:  # reads all files in the time that the other takes for one
    from yaml import CSafeLoader as _Loader
except ImportError:  # PyYAML was built without libyaml
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

LABEL = 75  # Slack: the text of an option, and of a group of options
FOLDERS = ("guides", "series")
OPTIONS = 100  # Slack: options in one select

Guides = Mapping[tuple[str, Role, bool], Guide]
"""By kind (or FORMAL), role and whether it is a taster."""

NEEDED = tuple((kind, role) for kind in (Kind.FLASH, Kind.SPOT) for role in Role)

Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
Label = Annotated[str, Field(min_length=1, max_length=LABEL, pattern=r"^\S(.*\S)?$")]
M = TypeVar("M", bound=BaseModel)

_PLAINLY = {"extra_forbidden": "no such field is known", "missing": "this field is missing"}


class LibraryProblem(Exception):
    """A data file that is not right; the sentence names the file and the place in it."""

    def __init__(self, file: Path, place: str, why: str) -> None:
        folder = file.parent.name
        name = f"{folder}/{file.name}" if folder in FOLDERS else file.name
        where = f"{name}, {place}" if place else name
        super().__init__(f"data/{where}: {why}")
        self.file = file


class Strict(BaseModel):
    """A part of a data file: a field it does not know is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class GroupFile(Strict):
    """A heading and its areas."""

    label: Label
    areas: dict[Key, Label] = Field(min_length=1)


class TopicsFile(Strict):
    """`topics.yml`."""

    groups: list[GroupFile] = Field(min_length=1)


class TasterFile(Strict):
    """What reads differently when the session is somebody's first try."""

    expect: list[str] = Field(min_length=1)


class GuideFile(Strict):
    """One of `guides/*.yml`."""

    kind: Kind | Literal["formal"]
    role: Role
    source: str = Field(min_length=1)
    before: dict[str, str]
    during: dict[str, str]
    after: dict[str, str]
    expect: list[str] = Field(min_length=1)
    agenda: dict[Stage, list[str]] = Field(default_factory=dict)
    taster: TasterFile | None = None

    def guides(self) -> Iterator[tuple[bool, Guide]]:
        """The guide, and the one for a taster where it differs."""
        before, during, after = (
            tuple(Item(key, text) for key, text in part.items())
            for part in (self.before, self.during, self.after)
        )
        agenda = MappingProxyType({stage: tuple(lines) for stage, lines in self.agenda.items()})
        guide = Guide(self.kind, self.role, before, during, after, tuple(self.expect), agenda)
        yield False, guide
        if self.taster is not None:
            yield True, replace(guide, expect=tuple(self.taster.expect))


def read_areas(file: Path) -> list[tuple[str, dict[str, str]]]:
    """The groups of areas, in order: heading, and key to label."""
    groups = read_file(file, TopicsFile).groups
    seen: set[str] = set()
    for group in groups:
        for key in group.areas:
            if key in seen:
                raise LibraryProblem(file, f"{group.label!r}", f"the key {key!r} occurs twice.")
            seen.add(key)
    if len(seen) > OPTIONS:
        raise LibraryProblem(file, "groups", f"{len(seen)} areas are too many, {OPTIONS} fit.")
    return [(group.label, dict(group.areas)) for group in groups]


def read_guides(folder: Path) -> Guides:
    """Every guide of the folder; flash and spot must be there for both roles."""
    found: dict[tuple[str, Role, bool], Guide] = {}
    for file in sorted(folder.glob("*.yml")):
        for is_taster, guide in read_file(file, GuideFile).guides():
            if problems := check_guide(guide):
                raise LibraryProblem(file, "", problems[0])
            key = (guide.kind, guide.role, is_taster)
            if key in found:
                raise LibraryProblem(file, "", f"there is another {guide.kind} {guide.role} guide.")
            found[key] = guide
    for kind, role in NEEDED:
        if (kind, role, False) not in found:
            raise LibraryProblem(folder, "", f"the guide for the {role} of a {kind} is missing.")
    return MappingProxyType(found)


def read_file(file: Path, model: type[M]) -> M:
    """A data file, held to its shape. Raises LibraryProblem with the place that is wrong."""
    try:
        content = yaml.load(file.read_text("utf-8"), Loader=NoTwins)  # noqa: S506 - a SafeLoader
        return model.model_validate(content)
    except FileNotFoundError:
        raise LibraryProblem(file, "", "the file is missing.") from None
    except UnicodeDecodeError:
        raise LibraryProblem(file, "", "it is not UTF-8 text.") from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = f"line {mark.line + 1}" if mark else ""
        raise LibraryProblem(file, line, f"{error.problem or error.context}.") from None
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = " → ".join(str(part) for part in first["loc"] if part != "[key]")
        why = _PLAINLY.get(first["type"], first["msg"])
        raise LibraryProblem(file, place, f"{why}.") from None
    except (yaml.YAMLError, ValueError, RecursionError):  # an impossible date, endless brackets
        raise LibraryProblem(file, "", "it is not YAML.") from None


class NoTwins(_Loader):
    """YAML lets a second key silently replace the first; here it is an error."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                continue  # a list or a mapping as a key: the SafeLoader has its own word for it
            if key.value in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {key.value!r} occurs twice", key.start_mark
                )
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def check_plain(text: str) -> None:
    """Raises yaml.YAMLError where something is named, to come again (`&a`, `*a`): a few lines of
    names grow without end when they are put together."""
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
            problem = "names (& and *) cannot be used here"
            mark: Any = event.start_mark  # of one loader or the other
            raise yaml.composer.ComposerError(None, None, problem, mark)
