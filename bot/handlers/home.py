"""The Home tab: all that is open for one person."""

from bot.handlers.answers import Answer
from bot.handlers.heard import Heard
from bot.services import home
from bot.slack.fitting import fitted_home


async def opened(heard: Heard) -> Answer:
    """The tab was opened: draw it behind the acknowledgement. The messages tab needs nothing."""
    if heard.body["event"].get("tab", "home") == "home":
        heard.desk.flight.start(redraw(heard))
    return Answer()


async def redraw(heard: Heard) -> None:
    """Draw the person's Home tab as things are now."""
    overview = await home.home(heard.ctx, person_id=heard.person.id)
    if overview.me.is_forgotten:
        view = heard.desk.templates.home("forgotten")
    else:
        view = fitted_home(heard.desk.templates, overview=overview)
    await heard.desk.gateway.publish_home(heard.person.slack_id, view)
