"""A session → its jobs: what is planned before it is agreed, until it takes place, and after it."""

from bot.domain.timeline.after import plan_action, plan_closed, plan_follow_up, plan_missed
from bot.domain.timeline.before import plan_offer
from bot.domain.timeline.planned import Party, Planned, SessionFacts, plan_prefix
from bot.domain.timeline.session import plan_session

__all__ = [
    "Party",
    "Planned",
    "SessionFacts",
    "plan_action",
    "plan_closed",
    "plan_follow_up",
    "plan_missed",
    "plan_offer",
    "plan_prefix",
    "plan_session",
]
