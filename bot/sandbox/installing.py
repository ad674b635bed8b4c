"""The app is installed in a team or in a whole organisation, and removed again."""

from typing import TYPE_CHECKING

from bot.sandbox.shapes import Json

if TYPE_CHECKING:
    from bot.sandbox.workspace import Workspace

TOLD = ("app_uninstalled", "tokens_revoked")
"""What an app hears when it is removed. Slack promises no order."""


def install(ws: "Workspace", scopes: str, user_id: str, *, whole_org: bool) -> Json:
    """A token for the app, the same as long as it stays; the answer of oauth.v2.access."""
    organisation = ws.organisation if whole_org else None
    if organisation is not None and ws.app is not None:
        organisation.install(ws.app_id)
        organisation.granted = {t.team_id for t in ws.app.teams if t.organisation is organisation}
        for team in ws.app.teams:
            if team.organisation is organisation:
                team.installed = team.by_organisation = True
        token = organisation.token
    else:
        ws.installed = True
        ws.by_organisation = False
        ws.bot_token = ws.bot_token or _new_token(ws)
        token = ws.bot_token
    return {
        "app_id": ws.app_id,
        "authed_user": {"id": user_id},
        "scope": scopes,
        "token_type": "bot",
        "access_token": token,
        "bot_user_id": ws.bot_user_id,
        "team": None if organisation else {"id": ws.team_id, "name": ws.name},
        "enterprise": _enterprise(ws),
        "is_enterprise_install": organisation is not None,
    }


def uninstall(ws: "Workspace", error: str) -> None:
    """From now on the token is refused with this error."""
    if ws.by_organisation and ws.organisation is not None and ws.app is not None:
        ws.organisation.uninstall(error)
        for team in ws.app.teams:
            if team.organisation is ws.organisation:
                team.installed = False
        return
    ws.installed = False
    ws.void_tokens[ws.bot_token] = error
    if ws.app is not None:
        ws.bot_token = ""  # the next installation has another


def tell(ws: "Workspace", kind: str) -> None:
    """Send app_uninstalled or tokens_revoked, perhaps once more, perhaps late."""
    event: Json = {"type": kind, "event_ts": ws.next_ts()}
    if kind == "tokens_revoked":
        event["tokens"] = {"oauth": [], "bot": [ws.bot_user_id]}
    ws.emit(event)


def _new_token(ws: "Workspace") -> str:
    return f"xoxb-local-{ws.team_id}-{ws.app_id.lower()}-{len(ws.void_tokens) + 1}"


def _enterprise(ws: "Workspace") -> Json | None:
    if ws.organisation is None:
        return None
    return {"id": ws.organisation.id, "name": ws.organisation.name}
