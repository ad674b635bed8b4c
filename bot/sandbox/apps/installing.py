"""The app is installed in a team or in a whole organisation, and removed again."""

from typing import TYPE_CHECKING

from bot.sandbox.apps.expiring import Expiring
from bot.sandbox.shapes import Json

if TYPE_CHECKING:
    from bot.sandbox.apps.shared_app import Organisation
    from bot.sandbox.workspace import Workspace

TOLD = ("app_uninstalled", "tokens_revoked")
"""What an app hears when it is removed. Slack promises no order."""


def install(ws: "Workspace", scopes: str, user_id: str, *, whole_org: bool) -> Json:
    """The answer of oauth.v2.access: a token for the app, the same as long as it stays, or with
    token rotation a new pair each time."""
    organisation = ws.organisation if whole_org else None
    if organisation is not None and ws.app is not None:
        organisation.granted = {t.team_id for t in ws.app.teams if t.organisation is organisation}
        for team in ws.app.teams:
            if team.organisation is organisation:
                team.installed = team.by_organisation = True
    else:
        ws.installed = True
        ws.by_organisation = False
    ws.granted_scopes = scopes
    if ws.manifest.token_rotation:
        token: Json = _expiring(ws, organisation).issue()
    elif organisation is not None:
        organisation.install(ws.app_id)
        token = {"access_token": organisation.token}
    else:
        ws.bot_token = ws.bot_token or _new_token(ws)
        token = {"access_token": ws.bot_token}
    return _answer(ws, organisation) | token | {"authed_user": {"id": user_id}}


def refresh(ws: "Workspace", refresh_token: str, *, whole_org: bool) -> Json:
    """The next pair of tokens; raises invalid_refresh_token."""
    organisation = ws.organisation if whole_org else None
    return _answer(ws, organisation) | _expiring(ws, organisation).refresh(refresh_token)


def _expiring(ws: "Workspace", organisation: "Organisation | None") -> Expiring:
    if organisation is None:
        return ws.expiring
    if organisation.expiring is None:
        organisation.expiring = Expiring(ws.clock, lambda: organisation.id)
    return organisation.expiring


def _answer(ws: "Workspace", organisation: "Organisation | None") -> Json:
    """What oauth.v2.access says beside the tokens."""
    return {
        "app_id": ws.app_id,
        "scope": ws.granted_scopes,
        "token_type": "bot",
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
    ws.expiring.uninstall(error)
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
