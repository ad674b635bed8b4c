"""What ships as data: the guides, the areas and the series, read once and held to their rules.

Words that an installation may want to change live in files (design.md, Habits 4). A file that is
not right stops Lantern at the start with a sentence that names it, and the place in it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

from bot.domain.guides import FORMAL, Guide
from bot.domain.kinds import Kind, Role
from bot.domain.series import Series
from bot.services.growing.library_series import read_series
from bot.services.library_files import Guides, LibraryProblem, read_areas, read_guides
from bot.shipped import DATA as SHIPPED

__all__ = ["SHIPPED", "AreaGroup", "Library", "LibraryProblem"]


class Guided(Protocol):
    """A session, or a view of one."""

    @property
    def kind(self) -> Kind: ...
    @property
    def is_taster(self) -> bool: ...
    @property
    def relationship_id(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class AreaGroup:
    """Some areas under one heading, in the order in which they are offered."""

    label: str
    areas: Mapping[str, str]  # key to label


@dataclass(frozen=True, slots=True)
class Library:
    """The loaded data. Made by `load`; everything in it has been checked."""

    area_groups: tuple[AreaGroup, ...]
    areas: Mapping[str, str]
    """Key to label, over all groups, in order."""
    guides: Guides
    series: Mapping[str, Series]
    """By the name of its file; the first one is what a pair is offered first."""

    @classmethod
    def load(cls, folder: Path = SHIPPED) -> "Library":
        """Read `topics.yml`, `guides/` and `series/`. Raises LibraryProblem with a sentence."""
        groups = tuple(
            AreaGroup(label, MappingProxyType(areas))
            for label, areas in read_areas(folder / "topics.yml")
        )
        areas = {key: label for group in groups for key, label in group.areas.items()}
        guides, series = read_guides(folder / "guides"), read_series(folder / "series")
        return cls(groups, MappingProxyType(areas), guides, series)

    def guide(
        self, kind: Kind, role: Role, is_taster: bool = False, *, is_formal: bool = False
    ) -> Guide:
        """The guide for one side of a session; a kind without its own is prepared like a spot.

        `is_formal`: it is one of many that two agreed on. Where the senior person learns, the guide
        for that counts all the same: it is about more than preparing.
        """
        if is_formal and kind is not Kind.REVERSE and (FORMAL, role, False) in self.guides:
            return self.guides[FORMAL, role, False]
        kind = kind if (kind, role, False) in self.guides else Kind.SPOT
        return self.guides.get((kind, role, is_taster)) or self.guides[kind, role, False]

    def guide_of(self, session: Guided, role: Role) -> Guide:
        """What one side of this session is guided by."""
        is_formal = session.relationship_id is not None
        return self.guide(session.kind, role, session.is_taster, is_formal=is_formal)

    def area_labels(self, keys: Iterable[str]) -> tuple[str, ...]:
        """What people read for these areas; one that is no longer offered is left out."""
        return tuple(self.areas[key] for key in keys if key in self.areas)
