"""What every use case needs, put together once by the composition root."""

from dataclasses import dataclass
from datetime import datetime
from random import Random

from bot.clock import Clock
from bot.services.library import Library
from bot.store.engine import Database


@dataclass(frozen=True, slots=True)
class Context:
    """The database, the time, the data that ships with Lantern, and the one source of chance."""

    db: Database
    clock: Clock
    library: Library
    chance: Random
    contacts: str = ""  # whom to turn to with what is not for a bot, where a programme names nobody
    install_at: str = ""  # the address at which somebody installs Lantern, where there is one

    def now(self) -> datetime:
        """The moment Lantern lives in, aware UTC."""
        return self.clock.now()
