"""The Home tab: all that is open for one person."""

from bot.handlers.answers import Answer
from bot.handlers.heard import Heard
from bot.services import reading


async def opened(heard: Heard) -> Answer:
    """The tab was opened: draw it behind the acknowledgement. The messages tab needs nothing."""
    if heard.body["event"].get("tab", "home") == "home":
        heard.desk.flight.start(redraw(heard))
    return Answer()


async def redraw(heard: Heard) -> None:
    """Draw the person's Home tab as things are now."""
    overview = await reading.overview(heard.ctx, person_id=heard.person.id)
    view = heard.desk.templates.home("home", overview=overview)
    await heard.desk.gateway.publish_home(heard.person.slack_id, view)
