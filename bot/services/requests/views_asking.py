"""What reading gives of somebody being named: a frozen picture, as in `views`."""

from dataclasses import dataclass

from bot.domain.kinds import ReferralKind
from bot.domain.states import ReferralState
from bot.services.views_people import PersonView


@dataclass(frozen=True, slots=True)
class ReferralView:
    """`by` names `to` for `mentee`: to talk to instead of themselves, or to get to know."""

    id: int
    kind: ReferralKind
    state: ReferralState
    by: PersonView
    to: PersonView
    mentee: PersonView
    words: str = ""  # why, to both
    topic: str = ""  # what it is about, in the mentee's words; not for an introduction
    request_id: int | None = None
    session_id: int | None = None  # of the talk in which they were named
    channel: str | None = None  # of the three, once introduced
