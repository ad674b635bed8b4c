"""An application at its addresses, until the process is told to stop."""

import asyncio
import gc
import signal

from aiohttp import web

from bot.app import Application, build
from bot.config import SettingProblem, Settings
from bot.config_checks import host_and_port

Address = tuple[str, int, str]  # host, port, and the option or variable that named them


def address_of(given: str, option: str) -> Address:
    """HOST:PORT as it was typed for this option or variable; raises SettingProblem."""
    try:
        return *host_and_port(given), option
    except ValueError as error:
        raise SettingProblem(f"{option} {error}.") from None


async def serve(settings: Settings, address: Address | None, watched_at: Address | None) -> None:
    """Run until SIGINT or SIGTERM: over HTTP at `address`, by Socket Mode without one.

    At `watched_at` it says how it is. Raises SettingProblem for what keeps it from starting.
    """
    application = build(settings, many=address is not None and settings.serves_many)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(sign, stop.set)
    runners = []
    try:
        if watched_at:
            runners.append(await _listen(application.health_app(), watched_at))
        if address:
            made = application.web_app(metrics=watched_at is None)
            runners.append(await _listen(made, address))
        _try_own_words(application)
        # What is here now stays: the collector need not look through it each time.
        gc.collect()
        gc.freeze()
        await application.start(socket_mode=address is None)
        await stop.wait()
    finally:
        for runner in reversed(runners):  # the last to go silent is whoever tells of it
            await runner.cleanup()
        await application.stop()


def _try_own_words(application: Application) -> None:
    """Raises SettingProblem for a template of one's own that somebody could not be shown."""
    own = application.settings.templates_dir
    if own is not None:
        from bot.ops import overrides

        overrides.tried(own, application.languages, application.ctx.library)


async def _listen(made: web.Application, address: Address) -> web.AppRunner:
    host, port, option = address
    # Without an access log: it would hold addresses, and our own log says what happens.
    runner = web.AppRunner(made, access_log=None, shutdown_timeout=10)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as error:
        await runner.cleanup()
        raise SettingProblem(
            f"{host}:{port} cannot be served ({error.strerror}): choose another with {option}."
        ) from None
    return runner
