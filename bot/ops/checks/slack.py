"""Slack: the tokens, what they may do, the way in, and whether our clocks agree."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from bot.config import Settings, variable
from bot.ops.checks import Wrong
from bot.ops.scopes import manifest_scopes
from bot.slack.calls import call
from bot.slack.errors import Permanent, SlackError
from bot.slack.gateway import Gateway, new_client

CLOCKS_APART = timedelta(seconds=60)
"""Slack's requests count for five minutes: beyond that all of them are refused."""


async def bot_token(settings: Settings) -> str:
    settings.need("bot_token")
    try:
        identity = await _gateway(settings).whoami()
    except Permanent as error:
        raise Wrong(
            f"Slack refuses it ({error.code}): install the app again, and set "
            f"{variable('bot_token')} to the token it shows under OAuth & Permissions."
        ) from error
    except SlackError as error:
        raise Wrong(_unheard(error)) from error
    return f"it speaks for {identity.team_name or identity.team_id}."


async def scopes(settings: Settings) -> str:
    settings.need("bot_token")
    try:
        granted = (await _gateway(settings).whoami()).scopes
    except SlackError as error:
        raise Wrong("unknown while the bot token does not work.") from error
    if not granted:
        return "Slack did not say which are granted."
    if missing := manifest_scopes() - granted:
        raise Wrong(_missing(missing))
    return f"all {len(manifest_scopes())} of manifest.yml are granted."


def _missing(scopes: frozenset[str]) -> str:
    return (
        f"{', '.join(sorted(scopes))} missing: put manifest.yml into the app's settings and "
        "install it again."
    )


async def app_token(settings: Settings) -> str:
    settings.need("app_token")
    client = new_client(None, settings.api_url)
    token = settings.app_token.get_secret_value()
    try:
        await call(client.apps_connections_open(app_token=token))
    except Permanent as error:
        raise Wrong(
            f"Slack refuses it ({error.code}): make an app-level token with connections:write, "
            f"turn Socket Mode on, and set {variable('app_token')}."
        ) from error
    except SlackError as error:
        raise Wrong(_unheard(error)) from error
    return "Socket Mode may be opened."


async def signing_secret(settings: Settings) -> str:
    settings.need("signing_secret")
    return (
        "it is set; whether it is right shows with Slack's first request: the log says "
        "request_refused where it is not."
    )


async def clock(settings: Settings) -> str:
    """Whether this machine and Slack agree what time it is."""
    client = new_client(None, settings.api_url)
    try:
        answer = await call(client.api_test())
    except SlackError as error:
        raise Wrong(
            f"Slack cannot be reached at {settings.api_url} ({error}): look at the network, at "
            f"HTTPS_PROXY if a proxy leads out of it, at {variable('api_url')}, and at "
            "status.slack.com."
        ) from error
    said = {name.lower(): value for name, value in answer.headers.items()}.get("date")
    if said is None:
        return "Slack did not say what time it is."
    apart = abs(datetime.now(UTC) - parsedate_to_datetime(said))
    if apart > CLOCKS_APART:
        raise Wrong(
            f"it is {round(apart.total_seconds())} seconds off Slack's: let the machine keep time "
            "(chrony, systemd-timesyncd), or every request is refused."
        )
    return "it agrees with Slack's."


def _unheard(error: SlackError) -> str:
    return f"unknown while Slack cannot be reached ({error})."


def _gateway(settings: Settings) -> Gateway:
    return Gateway(new_client(settings.bot_token.get_secret_value(), settings.api_url))
