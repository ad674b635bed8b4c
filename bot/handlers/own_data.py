"""One's own data: sent as a file, and forgotten."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from bot.handlers.answers import Answer, Reply
from bot.handlers.heard import Heard
from bot.services import own_data
from bot.slack.ids import Action, Subcommand


async def send_mine(heard: Heard) -> Answer:
    """The button on Home."""
    await own_data.ask_own_data(heard.ctx, actor_id=heard.person.id, receipt=heard.receipt)
    return Answer()


async def export(heard: Heard) -> Answer:
    """The command, which may have been typed anywhere: it says where the file arrives."""
    await send_mine(heard)
    sentence = heard.desk.sentence("own_file_comes")
    return Reply(heard.desk.templates.message("done", sentence=sentence))


ACTIONS: Final[Mapping[Action, Callable[[Heard], Awaitable[Answer]]]] = {Action.EXPORT: send_mine}
SUBCOMMANDS: Final[Mapping[Subcommand, Callable[[Heard], Awaitable[Answer]]]] = {
    Subcommand.EXPORT: export
}
