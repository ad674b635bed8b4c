"""What went over the wire, for tests and for the page's traffic view."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(slots=True)
class Record:
    """One request, event or hook.

    `at` is the workspace's time (UTC), `direction` is "in" (from the app) or "out" (to the app),
    `kind` is api, hook, event, command, interactive or socket, `name` the method or type, `ms` real
    milliseconds until the answer.
    """

    at: datetime
    direction: str
    kind: str
    name: str
    payload: Any = None
    outcome: str = ""
    ms: float = 0.0
    answer: Any = None
    seq: int = 0


@dataclass(slots=True)
class Broadcast:
    """A message called everyone's attention: `what` is channel, here, everyone or a group."""

    what: str
    user: str
    channel: str
    ts: str


@dataclass(slots=True)
class Files:
    """What was uploaded: id → object and bytes; `promised` are upload URLs not yet completed,
    `submitted` those a person put into one of the app's forms."""

    objects: dict[str, dict[str, Any]] = field(default_factory=dict)
    contents: dict[str, bytes] = field(default_factory=dict)
    promised: set[str] = field(default_factory=set)
    submitted: set[str] = field(default_factory=set)
