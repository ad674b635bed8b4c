"""Who is this? Lantern answers people of its own workspace, and says so kindly to the others."""

from bot.handlers.desk import Desk
from bot.services import people
from bot.services.errors import RuleBroken
from bot.services.people import Profile
from bot.services.views import PersonView
from bot.slack.errors import PERSON_GONE, Permanent
from bot.slack.people import SlackUser


class Unanswered(Exception):
    """Said by a bot or somebody who is gone: nobody is there to read an answer."""


async def recognise(desk: Desk, slack_id: str) -> PersonView:
    """The person with this Slack id, met now if they are new or what is known of them is old.

    Raises RuleBroken "not_from_here", and Slack's errors.
    """
    person = await people.known_person(desk.ctx, team_id=desk.team_id, slack_id=slack_id)
    if person is None:
        person = await meet(desk, await _look_up(desk, slack_id))
    return person


def admit(person: PersonView) -> None:
    """Raises Unanswered for a bot and for somebody who is gone, RuleBroken "not_for_guests"."""
    if person.is_bot or person.is_deleted:
        raise Unanswered
    if person.is_guest:
        raise RuleBroken("not_for_guests")


async def _look_up(desk: Desk, slack_id: str) -> SlackUser:
    try:
        return await desk.gateway.user(slack_id)
    except Permanent as error:
        if error.code in PERSON_GONE:  # somebody of another workspace, whom Slack does not show us
            raise RuleBroken("not_from_here") from None
        raise


async def meet(desk: Desk, user: SlackUser) -> PersonView:
    """Remember someone as Slack describes them now. Raises RuleBroken "not_from_here"."""
    whole = desk.enterprise_id if desk.line is not None and desk.line.is_org else ""
    if not user.belongs_to(desk.team_id, whole):
        raise RuleBroken("not_from_here")
    return await people.meet(desk.ctx, profile=profile(desk, user))


def profile(desk: Desk, user: SlackUser) -> Profile:
    """What Slack says of a user, as the services take it."""
    return Profile(
        team_id=desk.team_id,
        team_name=desk.team_name,
        enterprise_id=desk.enterprise_id,
        **user.in_our_words(),
    )
