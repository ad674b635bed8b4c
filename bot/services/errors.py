"""What a use case may raise, for callers that do not know the store.

`RuleBroken` is a rule that says no; `AlreadyDone` an event or a submission that came twice;
`is_busy(error)` tells a database that refuses for now from a fault of ours.
"""

from bot.domain.errors import NotAllowed, RuleBroken
from bot.store.engine import is_busy
from bot.store.work import AlreadyDone

__all__ = ["AlreadyDone", "NotAllowed", "RuleBroken", "is_busy"]
