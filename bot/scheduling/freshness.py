"""Nobody is written to on day-old knowledge: they may have moved to another zone, or left.

Slack takes a message to somebody deactivated without a word, and says nothing when clocks change.
Its events tell the rest, but not while we are down.
"""

from dataclasses import replace

import structlog

from bot.scheduling.desk import Desk
from bot.scheduling.steps import Group
from bot.services import people
from bot.services.people import Profile
from bot.services.views import PersonView
from bot.slack.errors import Permanent, SlackError

UNKNOWN = frozenset({"user_not_found", "user_not_visible"})

log = structlog.get_logger(__name__)


async def freshen(desk: Desk, to: PersonView | Group) -> PersonView | Group:
    """The same people, as Slack describes them today. Raises Permanent for one it does not know."""
    if isinstance(to, Group):
        mentor, mentee = to.members
        return replace(to, members=(await _fresh(desk, mentor), await _fresh(desk, mentee)))
    return await _fresh(desk, to)


async def _fresh(desk: Desk, person: PersonView) -> PersonView:
    if not people.is_stale(desk.ctx, person):
        return person
    try:
        user = await desk.gateway.user(person.slack_id)
    except SlackError as error:
        if isinstance(error, Permanent) and error.code in UNKNOWN:
            raise
        log.warning("person_not_refreshed", person=person.id, error=type(error).__name__)
        return person
    team_id = await people.team_of(desk.ctx, person_id=person.id)
    return await people.meet(desk.ctx, profile=Profile(team_id=team_id, **user.in_our_words()))
