"""One process of Lantern: the real application over Socket Mode, on the shared clock."""

import asyncio
import os
import signal
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import bot.app
from bot.app import Application, build
from bot.config import Settings
from bot.ops import logs
from bot.services.holidays_of import countries
from bot.services.languages import languages
from bot.services.library import Library
from bot.slack.languages import Languages
from bot.slack.templates import Templates
from tests.chaos import dying
from tests.chaos.shared_clock import SharedClock

LISTEN_EVERY = 0.01
LOOKS_UP_AFTER = 100  # times that it listened
SWEEP_EVERY = timedelta(hours=6)
LIVES = 0.5


@dataclass(frozen=True, slots=True)
class Post:
    """Where a process works: its slot, its settings, the clock's file, and its log."""

    slot: int
    seed: int
    settings: dict[str, object]
    clock: Path
    log: Path
    conductor: int  # the process that started the run; without it there is nothing left to do


def warm() -> None:
    """Load what is the same in every process; called once, before they are forked."""
    library, spoken = Library.load(), Languages()
    Library.load = lambda *_: library  # type: ignore[method-assign]
    vars(bot.app)["Languages"] = lambda *_, **__: spoken
    spoken.every()
    countries()
    languages()
    Templates().compile_all()


def run(post: Post) -> None:
    """Be one process of Lantern until killed or told to stop."""
    with post.log.open("a", buffering=1) as log:
        logs.configure(style="json", level="info", stream=log)
        clock, chance = SharedClock(post.clock), Random(post.seed)
        dying.arrange(clock, post.slot, chance)
        settings = Settings.model_validate(post.settings)
        app = build(settings, clock=clock, chance=chance, paced=False)  # its seconds are real
        asyncio.run(_live(app, clock, post.conductor))


async def _live(app: Application, clock: SharedClock, conductor: int) -> None:
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, stop.set)
    loop.add_signal_handler(signal.SIGINT, lambda: None)
    app.ping_every = LIVES
    listening = None
    try:
        await app.start()
        listening = asyncio.create_task(_listen(app, clock, conductor))
        await stop.wait()
    finally:
        if listening is not None:
            listening.cancel()
        await app.stop()


async def _listen(app: Application, clock: SharedClock, conductor: int) -> None:
    """Look when the bell is rung, and sweep as the days go by; end with the conductor."""
    heard, swept_at, looks = clock.rung, clock.now(), 0
    while True:
        await asyncio.sleep(LISTEN_EVERY)
        if clock.rung != heard:
            heard = clock.rung
            app.clockwork.ring()
            swept_at = await _sweep(app, clock.now(), swept_at)
        looks += 1
        if looks % LOOKS_UP_AFTER == 0:
            _end_with(conductor)


def _end_with(conductor: int) -> None:
    try:
        os.kill(conductor, 0)
    except ProcessLookupError:
        os.kill(os.getpid(), signal.SIGKILL)


async def _sweep(app: Application, now: datetime, swept_at: datetime) -> datetime:
    if now - swept_at < SWEEP_EVERY:
        return swept_at
    await app.clockwork.sweep()
    return now
