"""One's own data: sent as a file, and forgotten."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from bot.handlers.answers import Answer, Redrawn, Reply
from bot.handlers.heard import Heard
from bot.handlers.home import redraw
from bot.handlers.showing import draw, show
from bot.services.own_data import forgetting, own_data
from bot.slack.ids import Action, Callback, Subcommand

Handler = Callable[[Heard], Awaitable[Answer]]


async def send_mine(heard: Heard) -> Answer:
    """The button on Home."""
    await own_data.ask_own_data(heard.ctx, actor_id=heard.person.id, receipt=heard.receipt)
    return Answer()


async def export(heard: Heard) -> Answer:
    """The command, which may have been typed anywhere: it says where the file arrives."""
    await send_mine(heard)
    sentence = heard.desk.sentence("own_file_comes")
    return Reply(heard.desk.templates.message("done", sentence=sentence))


async def open_forget(heard: Heard) -> Answer:
    """What goes and what stays, before anything does."""
    stays = await forgetting.what_stays(heard.ctx, person_id=heard.person.id)
    return await show(heard, "forget", stays=stays, is_done=False)


async def forget(heard: Heard) -> Answer:
    """The yes. The modal itself says that it is done: there may be no DM to say it in."""
    stays = await forgetting.forget(heard.ctx, actor_id=heard.person.id, receipt=heard.receipt)
    if not heard.from_home:
        heard.desk.flight.start(redraw(heard))
    return Redrawn(draw(heard, "forget", stays=stays, is_done=True))


ACTIONS: Final[Mapping[Action, Handler]] = {
    Action.EXPORT: send_mine,
    Action.OPEN_FORGET: open_forget,
}
SUBCOMMANDS: Final[Mapping[Subcommand, Handler]] = {
    Subcommand.EXPORT: export,
    Subcommand.FORGET: open_forget,
}
SUBMISSIONS: Final[Mapping[Callback, Handler]] = {Callback.FORGET: forget}
