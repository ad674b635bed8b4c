"""What ships as data: the guides and the areas, read once and held to their rules.

Words that an installation may want to change live in files (design.md, Habits 4). A file that is
not right stops Lantern at the start with a sentence that names it, and the place in it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from bot.domain.guides import Guide
from bot.domain.kinds import Kind, Role
from bot.services.library_files import Guides, LibraryProblem, read_areas, read_guides

__all__ = ["SHIPPED", "AreaGroup", "Library", "LibraryProblem"]

SHIPPED = Path(__file__).resolve().parents[2] / "data"
"""The folder that comes with Lantern."""


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

    @classmethod
    def load(cls, folder: Path = SHIPPED) -> "Library":
        """Read `topics.yml` and `guides/*.yml`. Raises LibraryProblem with a sentence."""
        groups = tuple(
            AreaGroup(label, MappingProxyType(areas))
            for label, areas in read_areas(folder / "topics.yml")
        )
        areas = {key: label for group in groups for key, label in group.areas.items()}
        return cls(groups, MappingProxyType(areas), read_guides(folder / "guides"))

    def guide(self, kind: Kind, role: Role, is_taster: bool = False) -> Guide:
        """The guide for one side of a session; a kind without its own is prepared like a spot."""
        kind = kind if (kind, role, False) in self.guides else Kind.SPOT
        return self.guides.get((kind, role, is_taster)) or self.guides[kind, role, False]

    def area_labels(self, keys: Iterable[str]) -> tuple[str, ...]:
        """What people read for these areas; one that is no longer offered is left out."""
        return tuple(self.areas[key] for key in keys if key in self.areas)
