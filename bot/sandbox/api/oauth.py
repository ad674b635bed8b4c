"""oauth.v2.access, auth.revoke, apps.uninstall."""

import base64
import binascii

from bot.sandbox.api.call import Call, Method
from bot.sandbox.apps.shared_app import SharedApp
from bot.sandbox.shapes import Json, SlackError


def access(call: Call) -> Json:
    """A code, or a refresh token, for a token. The credentials come by HTTP Basic, or as
    arguments."""
    app = _app(call)
    if call.text("grant_type", "authorization_code") == "refresh_token":
        return app.refresh(str(call.need("refresh_token")))
    return app.exchange(str(call.need("code")), call.text("redirect_uri"))


def revoke(call: Call) -> Json:
    """The token gives itself up; nothing else of the installation changes."""
    if not call.flag("test"):
        call.ws.uninstall(("tokens_revoked",), "token_revoked")
    return {"revoked": not call.flag("test")}


def uninstall(call: Call) -> Json:
    """The app removes itself."""
    _app(call)
    call.ws.uninstall()
    return {}


def _app(call: Call) -> SharedApp:
    app = call.ws.app
    if app is None:
        raise SlackError("invalid_client_id")
    client_id, secret = _credentials(call)
    if client_id != app.client_id:
        raise SlackError("invalid_client_id")
    if secret != app.client_secret:
        raise SlackError("bad_client_secret")
    return app


def _credentials(call: Call) -> tuple[str, str]:
    if call.basic:
        try:
            client_id, _, secret = base64.b64decode(call.basic).decode().partition(":")
        except (binascii.Error, ValueError):
            raise SlackError("invalid_client_id") from None
        return client_id, secret
    return call.text("client_id"), call.text("client_secret")


METHODS: dict[str, Method] = {
    "oauth.v2.access": access,
    "auth.revoke": revoke,
    "apps.uninstall": uninstall,
}
