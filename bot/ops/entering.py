"""What Slack says when Lantern comes in: whose token it is, and where the socket is.

A refusal is a setting that has to be mended, so it is told as one.
"""

from slack_sdk.web.async_client import AsyncWebClient

from bot.config import SettingProblem, Settings
from bot.slack.calls import call
from bot.slack.errors import Permanent, SlackError
from bot.slack.gateway import Gateway
from bot.slack.people import Identity


async def whoami(gateway: Gateway, settings: Settings) -> Identity:
    """Whose token it is. Raises SettingProblem."""
    try:
        return await gateway.whoami()
    except Permanent as error:
        raise SettingProblem(
            f"SLACK_BOT_TOKEN is refused by Slack ({error.code}): install the app again and "
            "set the token it shows under OAuth & Permissions."
        ) from None
    except SlackError as error:
        raise _unreachable(error, settings) from None


async def socket_address(client: AsyncWebClient, settings: Settings) -> str:
    """Where the first socket connects to. Raises SettingProblem.

    Asked for once here, because the SDK would try a refused token again for ever.
    """
    token = settings.app_token.get_secret_value()
    try:
        answer = await call(client.apps_connections_open(app_token=token))
    except Permanent as error:
        raise SettingProblem(
            f"SLACK_APP_TOKEN is refused by Slack ({error.code}): make an app-level token with the "
            "scope connections:write, and turn Socket Mode on."
        ) from None
    except SlackError as error:
        raise _unreachable(error, settings) from None
    return str(answer["url"])


def _unreachable(error: SlackError, settings: Settings) -> SettingProblem:
    return SettingProblem(
        f"Slack cannot be reached at {settings.api_url} ({error}): "
        "check the network, and SLACK_API_URL."
    )
