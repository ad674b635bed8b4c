"""Which team something came from, of all that installed the app. Pure.

Bolt has a reading of its own. It finds no team for the events of an organisation's installation,
whose authorization names none; there the team through which the event came is meant.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Whence:
    """Slack's ids of the team and of its organisation; empty where Slack names none."""

    team_id: str = ""
    enterprise_id: str = ""


def read(body: Mapping[str, Any]) -> Whence:
    """Where a command, an event or an interaction came from.

    Of a shared channel it is the team whose installation hears of it, not that of the person.
    """
    if body.get("type") == "event_callback":
        return _of_event(body)
    enterprise = _id_of(body.get("enterprise")) or _text(body.get("enterprise_id"))
    return Whence(_team_of(body), enterprise)


def _of_event(body: Mapping[str, Any]) -> Whence:
    authorizations = body.get("authorizations") or [{}]
    first: Mapping[str, Any] = authorizations[0] if isinstance(authorizations[0], Mapping) else {}
    context = _text(body.get("context_team_id")) or _text(body.get("team_id"))
    enterprise = _text(first.get("enterprise_id")) or _text(body.get("context_enterprise_id"))
    return Whence(_text(first.get("team_id")) or context, enterprise)


def _team_of(body: Mapping[str, Any]) -> str:
    """A modal opened from a shared channel names the team that installed the app; the team of an
    interaction is null where an organisation did, and then it is the person's."""
    view, user = body.get("view"), body.get("user")
    installed = view.get("app_installed_team_id") if isinstance(view, Mapping) else None
    found = _text(installed) or _id_of(body.get("team")) or _text(body.get("team_id"))
    if found or not isinstance(user, Mapping):
        return found
    return _text(user.get("team_id"))


def _id_of(thing: Any) -> str:
    return _text(thing.get("id") if isinstance(thing, Mapping) else thing)


def _text(thing: Any) -> str:
    return thing if isinstance(thing, str) else ""
