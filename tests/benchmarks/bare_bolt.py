"""The Bolt app that Lantern is measured against: it does nothing but acknowledge."""

import os
import re

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient


def bare_app(signing_secret: str) -> AsyncApp:
    """It has the bot token and the API of the environment, and listeners that only ack."""
    client = AsyncWebClient(
        token=os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"]
    )
    bolt = AsyncApp(client=client, signing_secret=signing_secret)
    anything = re.compile(".*")

    async def only_ack(ack: AsyncAck) -> None:
        await ack()

    bolt.command("/mentoring")(only_ack)
    bolt.action(anything)(only_ack)
    bolt.event("message")(only_ack)
    return bolt
