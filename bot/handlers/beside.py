"""A sentence shown beside the button that was pressed, to whoever pressed it and nobody else."""

from collections.abc import Mapping
from typing import Any

import structlog

from bot.handlers.desk import Desk
from bot.services import notices
from bot.services.errors import RuleBroken
from bot.slack.errors import SlackError

log = structlog.get_logger("bot.handlers")


def is_among_others(body: Mapping[str, Any]) -> bool:
    """Whether the button stands in a conversation of more people than the one who pressed it."""
    where = str((body.get("channel") or {}).get("id") or "D")
    return not where.startswith("D")


async def turn_away(desk: Desk, body: Mapping[str, Any], slack_id: str, error: RuleBroken) -> None:
    """Say to somebody of another team why nothing happens, where they pressed: Slack opens no
    direct message between them and Lantern. Nothing is kept of them."""
    try:
        channel = str(body["channel"]["id"])
        await desk.gateway.ephemeral(channel, slack_id, desk.refusal(error.key, **error.facts))
    except SlackError as refused:
        log.info("stranger_untold", code=str(refused))


async def show(
    desk: Desk, body: Mapping[str, Any], slack_id: str, person_id: int, error: RuleBroken
) -> None:
    """Say what a rule says, with its facts: who was first, whom to ask.

    Where Slack cannot show it, the sentence comes by DM, without them: a job keeps its key, and at
    most a state.
    """
    try:
        await desk.gateway.ephemeral(
            str(body["channel"]["id"]),
            slack_id,
            desk.refusal(error.key, **error.facts),
            thread_ts=(body.get("message") or {}).get("thread_ts"),
        )
    except SlackError:
        key = notices.note_of(error.key, error.facts)
        await notices.tell(desk.ctx, person_id=person_id, key=key)
