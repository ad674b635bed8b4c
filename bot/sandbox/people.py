"""Who is in the workspace."""

from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.sandbox.shapes import Json, stable_id


@dataclass(frozen=True, slots=True)
class PersonSpec:
    """One person to put into a workspace; `email` defaults to handle@example.com.

    A `stranger` is of another team, met only in a shared channel; `home` is the name of their
    workspace, where it is known. In an organisation, `home` is the other team one belongs to.
    """

    handle: str
    name: str
    tz: str = "Europe/London"
    title: str = ""
    locale: str = "en-GB"
    is_bot: bool = False
    guest: bool = False
    deleted: bool = False
    email: str = ""
    department: str = ""
    is_admin: bool = False
    stranger: bool = False
    is_owner: bool = False
    status_text: str = ""
    status_emoji: str = ""
    home: str = ""


def app_user(user_id: str, team_id: str, name: str, bot_id: str, app_id: str) -> "User":
    """The app's own user; its handle is its name, made plain."""
    handle = "".join(c for c in name.lower() if c.isalnum() or c in "-_.")
    return User(user_id, team_id, handle, name, is_bot=True, bot_id=bot_id, app_id=app_id)


def user_of(
    spec: PersonSpec, workspace: str, team_id: str, now: datetime, enterprise_id: str = ""
) -> "User":
    """Somebody of the workspace of this name, as their description has them."""
    fields = {key: getattr(spec, key) for key in spec.__slots__ if key != "home"}
    fields["email"] = spec.email or f"{spec.handle}@example.com"
    home = spec.home or ("another team" if spec.stranger else workspace)
    # Whoever is in two teams, or in a shared channel, has one id in both.
    named_after = spec.home or workspace
    user = User(id=stable_id("U", named_after, spec.handle), team_id=stable_id("T", home), **fields)
    if enterprise_id and not spec.stranger:
        user.enterprise_id = enterprise_id
        user.teams = sorted({team_id, user.team_id})
    user.updated = int(now.timestamp())
    return user


@dataclass(slots=True)
class User:
    """A person or the app's bot, as the workspace keeps them. `tz` is an IANA name, or empty."""

    id: str
    team_id: str
    handle: str
    name: str
    tz: str = "Europe/London"
    title: str = ""
    locale: str = "en-GB"
    is_bot: bool = False
    guest: bool = False
    deleted: bool = False
    email: str = ""
    department: str = ""
    is_admin: bool = False
    stranger: bool = False
    bot_id: str = ""
    app_id: str = ""
    status_text: str = ""
    status_emoji: str = ""
    status_expiration: int = 0
    is_owner: bool = False
    updated: int = 0
    enterprise_id: str = ""
    teams: list[str] = field(default_factory=list)  # of the organisation, that they belong to

    def as_api(self, now: datetime, *, with_email: bool, with_locale: bool = False) -> Json:
        """The user object of users.info; `now` (UTC) decides the offset from Greenwich."""
        found: Json = {
            "id": self.id,
            "team_id": self.team_id,
            "name": self.handle,
            "deleted": self.deleted,
            "profile": self.profile(with_email=with_email),
            "is_bot": self.is_bot,
            "is_app_user": False,
            "updated": self.updated,
        }
        if self.deleted:
            return found
        found |= {
            "real_name": self.name,
            "is_admin": self.is_admin or self.is_owner,
            "is_owner": self.is_owner,
            "is_primary_owner": False,
            "is_restricted": self.guest,
            "is_stranger": self.stranger,
            "is_ultra_restricted": False,
            "is_email_confirmed": True,
            "who_can_share_contact_card": "EVERYONE",
        }
        found |= self._enterprise()
        return found | self._zone(now) | ({"locale": self.locale} if with_locale else {})

    def profile(self, *, with_email: bool) -> Json:
        """The profile object; the e-mail only where the app's scopes allow it."""
        profile: Json = {
            "title": self.title,
            "phone": "",
            "real_name": self.name,
            "real_name_normalized": self.name,
            "display_name": self.name,
            "display_name_normalized": self.name,
            "status_text": self.status_text,
            "status_emoji": self.status_emoji,
            "status_expiration": self.status_expiration,
            "first_name": self.name.split(" ")[0],
            "last_name": " ".join(self.name.split(" ")[1:]),
            "team": self.team_id,
            "fields": self._fields(),
        }
        if with_email and not self.is_bot:
            profile["email"] = self.email
        if self.is_bot and self.bot_id:
            profile |= {"bot_id": self.bot_id, "api_app_id": self.app_id}
        return profile

    def _enterprise(self) -> Json:
        if not self.enterprise_id:
            return {}
        about = {"id": self.id, "enterprise_id": self.enterprise_id, "teams": self.teams}
        return {"enterprise_user": about}

    def _fields(self) -> Json:
        if not self.department:
            return {}
        return {"Xf0DEPARTMENT": {"value": self.department, "alt": "", "label": "Department"}}

    def _zone(self, now: datetime) -> Json:
        if not self.tz:
            return {}
        offset = now.astimezone(ZoneInfo(self.tz)).utcoffset()
        seconds = int(offset.total_seconds()) if offset else 0
        return {"tz": self.tz, "tz_label": self.tz, "tz_offset": seconds}
