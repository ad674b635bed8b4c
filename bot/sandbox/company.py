"""The people and channels of a workspace, as a file describes them."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.sandbox.conversations import ChannelSpec
from bot.sandbox.people import PersonSpec


@dataclass(frozen=True, slots=True)
class Company:
    """Who is in a workspace, and where they talk. `name` is empty when the file gives none."""

    people: tuple[PersonSpec, ...]
    channels: tuple[ChannelSpec, ...] = ()
    name: str = ""

    @classmethod
    def load(cls, path: Path) -> "Company":
        """Read a YAML file: a list of people, or a mapping with `people`, `channels` and `name`.

        `members: everyone` of a channel is everyone who is no guest and no other app. Raises
        ValueError with what is wrong.
        """
        raw: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
        given = raw if isinstance(raw, dict) else {"people": raw}
        try:
            people = tuple(PersonSpec(**person) for person in given.get("people") or ())
            channels = tuple(
                ChannelSpec(**_with_members(channel, people))
                for channel in given.get("channels") or ()
            )
        except TypeError as wrong:
            raise ValueError(f"{path}: {wrong}") from None
        if not people:
            raise ValueError(f"{path}: there is nobody in it")
        return cls(people, channels, given.get("name", ""))

    def only(self, *handles: str) -> "Company":
        """The same company with these people alone, in no channel."""
        return Company(tuple(each for each in self.people if each.handle in handles), (), self.name)


def _with_members(channel: dict[str, Any], people: Sequence[PersonSpec]) -> dict[str, Any]:
    if channel.get("members") != "everyone":
        return channel
    return channel | {"members": [p.handle for p in people if not (p.guest or p.is_bot)]}
