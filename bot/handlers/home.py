"""The Home tab: all that is open for one person."""

from dataclasses import replace

from bot.handlers.answers import Answer
from bot.handlers.heard import Heard
from bot.services import enrolling, programmes, reading


async def opened(heard: Heard) -> Answer:
    """The tab was opened: draw it behind the acknowledgement. The messages tab needs nothing."""
    if heard.body["event"].get("tab", "home") == "home":
        heard.desk.flight.start(redraw(heard))
    return Answer()


async def redraw(heard: Heard) -> None:
    """Draw the person's Home tab as things are now."""
    whose = heard.person.id
    overview = replace(
        await reading.overview(heard.ctx, person_id=whose),
        led=await programmes.led_by(heard.ctx, person_id=whose),
        enrolments=await enrolling.programmes_of(heard.ctx, person_id=whose),
    )
    if overview.me.is_forgotten:
        view = heard.desk.templates.home("forgotten")
    else:
        view = heard.desk.templates.home("home", overview=overview)
    await heard.desk.gateway.publish_home(heard.person.slack_id, view)
