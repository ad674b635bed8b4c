"""One's own data: sent, and forgotten."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from bot.domain.kinds import Role
from bot.domain.states import SessionState
from bot.ops.samples.asking import Case
from bot.ops.samples.cast import Samples
from bot.services.own_data.forgetting import Stays
from bot.services.seeing import FORMER

METADATA = '{"token":"abc"}'


def own_data(s: Samples) -> Iterator[Case]:
    """Each message and modal of it."""
    yield "messages/own_file", "sent", {"me": s.mentee}
    parted = replace(s.mentee, name=FORMER, is_deleted=True, is_forgotten=True)
    stays = {
        "much": Stays(sessions=12, requests=3, thanks=7, ratings=2, files=1),
        "little": Stays(sessions=1, requests=1, thanks=1, ratings=1),
        "nothing": Stays(),
    }
    yield "messages/blanked", "said", {"me": parted}
    yield "home/forgotten", "said", {}
    for much, counts in stays.items():
        yield "messages/forgotten", much, {"me": parted, "stays": counts}
        asked = {"metadata": METADATA, "stays": counts}
        yield "modals/forget", f"asked_{much}", {**asked, "is_done": False}
        yield "modals/forget", f"done_{much}", {**asked, "is_done": True}
    yield from _partners(s)


def _partners(s: Samples) -> Iterator[Case]:
    """What somebody reads whose partner was forgotten."""
    gone = replace(s.mentor, name=FORMER, slack_id="", is_deleted=True, is_forgotten=True)
    mine: dict[str, Any] = {"me": s.mentee, "other": gone, "role": Role.MENTEE}
    held = replace(s.held(), mentor=gone)
    off = replace(s.session(state=SessionState.CANCELLED), mentor=gone, cancelled_by=gone)
    yield "messages/thanks_saved", "to_nobody", {**mine, "session": held}
    alone = {"me": s.mentee, "actor": gone, "note": "gone", "session": off}
    yield "messages/session_cancelled", "forgotten", alone
    yield "messages/introduction", "with_nobody", {"me": None, "actor": gone, "session": held}
