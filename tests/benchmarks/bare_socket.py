"""A Bolt app with SQLModel that only acknowledges: `python -m tests.benchmarks.bare_socket`.

By Socket Mode, with the tokens of the environment, until it is ended.
"""

import asyncio
import os
import re

import sqlmodel
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient


async def main() -> None:
    assert sqlmodel.SQLModel.metadata is not None
    client = AsyncWebClient(
        token=os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"]
    )
    app = AsyncApp(client=client, signing_secret="unused")
    anything = re.compile(".*")

    async def only_ack(ack: AsyncAck) -> None:
        await ack()

    app.command("/mentoring")(only_ack)
    app.action(anything)(only_ack)
    app.event("message")(only_ack)
    handler = AsyncSocketModeHandler(app, os.environ["SLACK_APP_TOKEN"], web_client=client)
    await handler.start_async()  # type: ignore[no-untyped-call]


if __name__ == "__main__":
    asyncio.run(main())
