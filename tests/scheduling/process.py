"""One process of Lantern, as far as jobs go: `python -m tests.scheduling.process`.

Reads LANTERN_DATABASE_URL, LANTERN_SECRET_KEYS and SLACK_API_URL, and ticks until it is killed.
"""

import asyncio
import os
from random import Random

from bot.clock import RealClock
from bot.scheduling.clockwork import Clockwork
from bot.scheduling.desk import Desk
from bot.services.context import Context
from bot.services.library import Library
from bot.slack.gateway import Gateway, new_client
from bot.store.crypto import Keyring
from bot.store.engine import Database
from tests.support.words import PlainWords


async def main() -> None:
    """Tick for ever."""
    db = Database.open(
        os.environ["LANTERN_DATABASE_URL"], Keyring([os.environ["LANTERN_SECRET_KEYS"]])
    )
    ctx = Context(db=db, clock=RealClock(), library=Library.load(), chance=Random(1))
    gateway = Gateway(new_client("xoxb-test", os.environ["SLACK_API_URL"]))
    Clockwork(Desk(ctx, gateway, PlainWords(), me=f"process-{os.getpid()}"), 0.05).start()
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
