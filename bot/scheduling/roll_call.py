"""Before a round everyone who takes part is looked up in Slack, by one listing for all."""

import structlog

from bot.scheduling.desk import Desk
from bot.services import people
from bot.services.people import Profile
from bot.slack.errors import Permanent, SlackError
from bot.store.tables import Job

TRIES = 3
"""A round goes ahead on what is known when Slack did not list anybody this often."""

log = structlog.get_logger(__name__)


async def refresh_everyone(desk: Desk, job: Job) -> None:
    """Make what is known of people what Slack knows. Raises what makes it worth another try."""
    try:
        listed = [user async for user in desk.gateway.everyone()]
    except SlackError as error:
        if not isinstance(error, Permanent) and job.attempts < TRIES:
            raise
        log.warning("everyone_not_listed", job=job.id, error=str(error))
        return
    for user in listed:
        await people.refresh(desk.ctx, profile=Profile(team_id=user.team_id, **user.in_our_words()))
    log.info("everyone_listed", job=job.id, people=len(listed))
