"""Before a round everyone who takes part is looked up in Slack, by one listing for all."""

import structlog

from bot.scheduling.desk import Desk
from bot.scheduling.look_programmes import programme_id_of
from bot.services.people import Profile
from bot.services.programmes import roll_call
from bot.slack.errors import Permanent, SlackError
from bot.store.tables import Job

TRIES = 3
"""A round goes ahead on what is known when Slack did not list anybody this often."""

log = structlog.get_logger(__name__)


async def refresh_everyone(desk: Desk, job: Job) -> None:
    """Make what is known of people what Slack knows. Raises what makes it worth another try."""
    try:
        listed = [
            Profile(team_id=user.team_id, **user.in_our_words())
            async for user in desk.gateway.everyone()
        ]
    except SlackError as error:
        if not isinstance(error, Permanent) and job.attempts < TRIES:
            raise
        log.warning("everyone_not_listed", job=job.id, error=str(error))
        return
    found = await roll_call.refresh_enrolled(
        desk.ctx, programme_id=programme_id_of(job), profiles=listed
    )
    log.info("everyone_listed", job=job.id, people=found)
