"""A Bolt app that does nothing but acknowledge, on a port: `python -m tests.benchmarks.bare PORT`."""

import logging
import os
import re
import sys

from aiohttp import web
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient


def make() -> web.Application:
    """The same adapter as Lantern's, and listeners that only ack."""
    logging.disable(logging.WARNING)
    client = AsyncWebClient(token=os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"])
    bolt = AsyncApp(client=client, signing_secret=os.environ["SLACK_SIGNING_SECRET"])
    anything = re.compile(".*")

    async def only_ack(ack: AsyncAck) -> None:
        await ack()

    bolt.command("/mentoring")(only_ack)
    bolt.action(anything)(only_ack)
    bolt.event("message")(only_ack)
    return bolt.web_app(path="/slack/events")


if __name__ == "__main__":
    web.run_app(make(), host="127.0.0.1", port=int(sys.argv[1]), print=lambda *_: None, access_log=None)
