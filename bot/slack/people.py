"""People and ourselves, as Slack describes them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class SlackUser:
    """One user, as Slack tells of them. `tz` is an IANA name, `locale` is like `en-GB`."""

    id: str
    team_id: str
    name: str
    tz: str | None
    locale: str | None
    title: str
    deleted: bool
    is_bot: bool
    is_restricted: bool
    is_ultra_restricted: bool
    is_stranger: bool
    is_admin: bool = False  # an owner is one too
    real_name: str = ""  # `name` is this one where they gave no other
    email: str = ""  # empty without the scope to read it
    status_text: str = ""
    status_emoji: str = ""
    status_expiration: int = 0  # when the status ends, in Unix seconds; 0: it was not said
    teams: frozenset[str] = frozenset()  # of an organisation: all that they belong to
    enterprise_id: str = ""  # of the organisation they belong to

    def belongs_to(self, team_id: str, organisation: str = "") -> bool:
        """Whether they are of this team: no stranger in a shared channel, and in an organisation
        perhaps of several.

        With one installation for a whole `organisation` the team is at times known from the person
        alone: then they have to be of the organisation. Slack calls nobody a stranger whom the app
        meets in a shared channel.
        """
        if self.is_stranger:
            return False
        if organisation and self.enterprise_id != organisation and not self.deleted:
            return False
        return self.team_id in ("", team_id) or team_id in self.teams

    def in_our_words(self) -> dict[str, Any]:
        """The fields of a profile as the services take it, all but the workspace's."""
        return {
            "slack_id": self.id,
            "name": self.name,
            "zone": self.tz or "",
            "locale": self.locale or "",
            "title": self.title,
            "is_bot": self.is_bot,
            "is_guest": self.is_restricted or self.is_ultra_restricted,
            "is_deleted": self.deleted,
            "is_stranger": self.is_stranger,
            "is_admin": self.is_admin,
            "status_text": self.status_text,
            "status_emoji": self.status_emoji,
            "status_expiration": self.status_expiration,
        }


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a token speaks for, and what it may do."""

    team_id: str
    team_name: str
    bot_user_id: str
    scopes: frozenset[str]


def read_user(data: Mapping[str, Any]) -> SlackUser:
    """A user object of Slack's. A deactivated user's lacks most of its parts."""
    profile = data.get("profile") or {}
    names = (profile.get("display_name"), profile.get("real_name"), data.get("real_name"))
    of_organisation = data.get("enterprise_user") or {}
    return SlackUser(
        id=data["id"],
        team_id=data.get("team_id") or "",
        name=next((name for name in names if name), None) or data.get("name") or data["id"],
        tz=data.get("tz") or None,
        locale=data.get("locale") or None,
        title=profile.get("title") or "",
        deleted=bool(data.get("deleted")),
        # Slackbot is a bot that does not say so.
        is_bot=bool(data.get("is_bot")) or data["id"] == "USLACKBOT",
        is_restricted=bool(data.get("is_restricted")),
        is_ultra_restricted=bool(data.get("is_ultra_restricted")),
        is_stranger=bool(data.get("is_stranger")),
        is_admin=bool(data.get("is_admin") or data.get("is_owner")),
        real_name=profile.get("real_name") or data.get("real_name") or "",
        email=profile.get("email") or "",
        status_text=profile.get("status_text") or "",
        status_emoji=profile.get("status_emoji") or "",
        status_expiration=_seconds(profile.get("status_expiration")),
        teams=frozenset(of_organisation.get("teams") or ()),
        enterprise_id=of_organisation.get("enterprise_id") or "",
    )


def _seconds(said: Any) -> int:
    """A number of seconds, 0 for anything else."""
    return said if isinstance(said, int) and said > 0 else 0
