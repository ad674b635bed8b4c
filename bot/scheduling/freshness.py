"""Nobody is written to on day-old knowledge: they may have moved to another zone, or left.

Slack takes a message to somebody deactivated without a word, and says nothing when clocks change.
Its events tell the rest, but not while we are down.
"""

from collections.abc import Sequence
from dataclasses import replace

import structlog

from bot.scheduling.desk import Desk
from bot.scheduling.steps import Group, Leads, Room, To
from bot.services import people
from bot.services.people import Profile
from bot.services.views import PersonView
from bot.slack.errors import Permanent, SlackError

UNKNOWN = frozenset({"user_not_found", "user_not_visible"})

log = structlog.get_logger(__name__)


async def freshen(desk: Desk, to: To) -> To:
    """The same people, as Slack describes them today. Raises Permanent for one it does not know.

    A lead whom Slack does not know is one lead less: the others are told without them, in a
    conversation of their own.
    """
    if isinstance(to, Room):
        return to
    if isinstance(to, Leads):
        return await _fresh_leads(desk, to)
    if isinstance(to, Group):
        return replace(to, members=tuple([await _fresh(desk, each) for each in to.members]))
    return await _fresh(desk, to)


async def ask_again(desk: Desk, members: Sequence[PersonView]) -> list[PersonView]:
    """Those of them whom Slack knows, as it describes them now, however lately it was asked."""
    found = []
    for person in members:
        try:
            found.append(await _ask(desk, person))
        except Permanent as error:
            if error.code not in UNKNOWN:
                raise
            log.info("person_unknown", person=person.id)
    return found


async def _fresh_leads(desk: Desk, to: Leads) -> Leads:
    found = []
    for person in to.members:
        try:
            found.append(await _fresh(desk, person))
        except Permanent:
            log.info("person_unknown", person=person.id)
    here = tuple(person for person in found if not person.is_deleted)
    return to if here == to.members else replace(to, members=here, channel=_kept(to, here))


def _kept(to: Leads, here: tuple[PersonView, ...]) -> str | None:
    """Their conversation, if it is still that of all of them."""
    return to.channel if len(here) == len(to.members) else None


async def _fresh(desk: Desk, person: PersonView) -> PersonView:
    if not people.is_stale(desk.ctx, person):
        return person
    try:
        return await _ask(desk, person)
    except SlackError as error:
        if isinstance(error, Permanent) and error.code in UNKNOWN:
            raise
        log.warning("person_not_refreshed", person=person.id, error=type(error).__name__)
        return person


async def _ask(desk: Desk, person: PersonView) -> PersonView:
    user = await desk.gateway.user(person.slack_id)
    team_id = await people.team_of(desk.ctx, person_id=person.id)
    profile = Profile(team_id=team_id, **user.in_our_words())
    met = await people.refresh(desk.ctx, profile=profile)
    if met is None or met.id != person.id:
        raise Permanent("user_not_found")  # forgotten meanwhile, and perhaps met anew since
    return met
