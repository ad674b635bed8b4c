"""A Bolt app with SQLModel that only acknowledges: `python -m tests.benchmarks.bare_socket`.

By Socket Mode, with the tokens of the environment, until it is ended.
"""

import asyncio
import os

import sqlmodel
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler

from tests.benchmarks.bare_bolt import bare_app


async def main() -> None:
    assert sqlmodel.SQLModel.metadata is not None
    app = bare_app(signing_secret="unused")
    handler = AsyncSocketModeHandler(app, os.environ["SLACK_APP_TOKEN"], web_client=app.client)
    await handler.start_async()  # type: ignore[no-untyped-call]


if __name__ == "__main__":
    asyncio.run(main())
