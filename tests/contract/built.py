"""The world of two workspaces in one database, made once for all that is pressed."""

from dataclasses import dataclass
from pathlib import Path

from tests.support.world_people import World


@dataclass(frozen=True)
class Built:
    """A database with the world of one workspace, and another workspace's in it."""

    path: Path
    here: World
    far: World
