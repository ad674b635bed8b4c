"""Which team something came from, of all that installed the app. Pure.

Bolt has a reading of its own. It finds no team for the events of an organisation's installation,
whose authorization names none; there the team through which the event came is meant.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

_ORGANISATION: Final = "E"
"""What Slack's ids of organisations begin with; those of teams, with a T."""


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
    """That an organisation removed the app is told without any team, and without authorizations.

    Where there are any, the outermost organisation may be that of a person from elsewhere.
    """
    authorizations = body.get("authorizations") or [{}]
    first: Mapping[str, Any] = authorizations[0] if isinstance(authorizations[0], Mapping) else {}
    team = _first_team(first.get("team_id"), body.get("context_team_id"), body.get("team_id"))
    enterprise = _text(first.get("enterprise_id")) or _text(body.get("context_enterprise_id"))
    if not enterprise and not first:
        enterprise = _text(body.get("enterprise_id"))
    return Whence(team, enterprise)


def _team_of(body: Mapping[str, Any]) -> str:
    """A modal opened from a shared channel names the team that installed the app. Where an
    organisation did, it names that instead, and the interaction no team: then it is the one that
    the form was shown in, or else the person's."""
    view, user = _part(body, "view"), _part(body, "user")
    return _first_team(
        view.get("app_installed_team_id"),
        _id_of(body.get("team")),
        body.get("team_id"),
        view.get("team_id"),
        user.get("team_id"),
    )


def _first_team(*ids: Any) -> str:
    """The first that is a team's id, and no organisation's."""
    found = (_text(each) for each in ids)
    return next((each for each in found if each and not each.startswith(_ORGANISATION)), "")


def _part(body: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = body.get(name)
    return part if isinstance(part, Mapping) else {}


def _id_of(thing: Any) -> str:
    return _text(thing.get("id") if isinstance(thing, Mapping) else thing)


def _text(thing: Any) -> str:
    return thing if isinstance(thing, str) else ""
