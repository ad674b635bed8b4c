"""Whoever is chosen in a form is met before the form is dealt with; the gate says who may pass."""

import asyncio
from collections.abc import Sequence
from typing import Final

from bot.handlers.desk import Desk
from bot.handlers.inbound.recognise import meet
from bot.services import people
from bot.services.errors import RuleBroken
from bot.services.views import PersonView
from bot.slack.errors import Permanent
from bot.slack.people import SlackUser

LOOK_UPS: Final = 10
"""People asked about at Slack in one submission, which has three seconds in all."""


class Gate:
    """The people named in one submission, over all its fields."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._left = LOOK_UPS

    async def people(self, slack_ids: Sequence[str], field: str) -> tuple[PersonView, ...]:
        """These people, each once, in their order; whoever is new to Lantern is looked up.

        Raises RuleBroken at `field`: "bot", "guest", "deactivated", "not_from_here", or
        "too_many_people" when more of them are new than can be asked about in time; and Slack's
        errors.
        """
        wanted = list(dict.fromkeys(slack_ids))
        known = {slack_id: await self._known(slack_id) for slack_id in wanted}
        unknown = [slack_id for slack_id, person in known.items() if person is None]
        self._left -= len(unknown)
        if self._left < 0:
            raise RuleBroken("too_many_people", field=field, limit=LOOK_UPS)
        try:
            users = await asyncio.gather(*(self._ask(slack_id) for slack_id in unknown))
            met = {user.id: await meet(self._desk, user) for user in users}
            return tuple(_passing(known[each] or met[each]) for each in wanted)
        except RuleBroken as error:
            raise error.at(field) from None

    async def person(self, slack_ids: Sequence[str], field: str) -> PersonView | None:
        """The one who was chosen; None when nobody was."""
        found = await self.people(slack_ids[:1], field)
        return found[0] if found else None

    async def _known(self, slack_id: str) -> PersonView | None:
        team = self._desk.team_id
        return await people.known_person(self._desk.ctx, team_id=team, slack_id=slack_id)

    async def _ask(self, slack_id: str) -> SlackUser:
        try:
            return await self._desk.gateway.user(slack_id)
        except Permanent as error:
            if error.code in ("user_not_found", "user_not_visible"):
                raise RuleBroken("not_from_here") from None
            raise


def _passing(person: PersonView) -> PersonView:
    for key, barred in (
        ("bot", person.is_bot),
        ("deactivated", person.is_deleted),
        ("guest", person.is_guest),
    ):
        if barred:
            raise RuleBroken(key)
    return person
