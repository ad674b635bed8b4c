"""When a matter was settled, and what may still be said of it afterwards."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from bot.domain.job_kinds import MANNERS, JobKind
from bot.domain.manners import Manner
from tests.chaos.facts import Facts, Row
from tests.chaos.record import Colleague, Said

LEEWAY = timedelta(seconds=30)
"""A message on its way cannot be called back."""

ONCE: Final[dict[str, tuple[str, ...]]] = {
    "request_receipt": ("request_id",),
    "introduction": ("session_id",),
    "thanks_card": ("session_id", "recipient_id", "note"),  # a mentor of two gets one of each
    "unmatched": ("round_id", "recipient_id"),
    "rota": ("round_id", "recipient_id"),
    "rota_soon": ("round_id", "recipient_id"),
    "rota_after": ("round_id", "recipient_id"),
    "start_card": ("session_id", "recipient_id", "plan"),
    "outcome_ask": ("session_id", "recipient_id", "plan"),
}
"""What is said once of one subject, whatever jobs there are: kind → what names the subject."""

_K = JobKind
ABOUT_THE_END = frozenset({_K.SESSION_CANCELLED, _K.SOMEBODY_ELSE, _K.CALENDAR_FILE})
"""What tells that a session was called off."""

_ANSWERED: Final[dict[JobKind, tuple[str, str, str]]] = {
    _K.OUTCOME_NUDGE: ("answer", "person_id", "answered_at"),
    _K.THANKS_NUDGE: ("thank_you", "from_id", "sent_at"),
    _K.FEEDBACK_ASK: ("feedback", "person_id", "given_at"),
    _K.GO_ON_ASK: ("go_on", "person_id", "answered_at"),
}
"""What asks for something: the table of the answers, whose they are, and since when."""


def why(
    kind: JobKind, row: Row, said: Said, readers: Sequence[Colleague], facts: Facts
) -> str | None:
    """Why this came after its matter was settled, or None when it did not."""
    for reason, since in (
        ("its session was over", _session_over(kind, row, facts)),
        ("its offer was decided", _offer_over(kind, row, facts)),
        ("its request was settled", _request_over(kind, row, facts)),
        ("it was answered", _answered(kind, row, facts)),
        ("its next step was done", _action_over(kind, row, facts)),
        ("its reader had left", _reader_left(row, said, readers)),
    ):
        if since is not None and said.at > since + LEEWAY:
            return f"{reason} since {since:%c}"
    return None


def _session_over(kind: JobKind, row: Row, facts: Facts) -> datetime | None:
    session = facts["session"].get(row["session_id"] or 0)
    if session is None:
        return None
    if session["state"] == "cancelled":
        return None if kind in ABOUT_THE_END else _cancelled_at(session["id"], facts)
    by_time = MANNERS[kind] in (Manner.NUDGE, Manner.TIMELY) and row["action_id"] is None
    closed_at: datetime | None = session["closed_at"] if by_time else None
    return closed_at


def _cancelled_at(session_id: int, facts: Facts) -> datetime | None:
    """When the news of it was planned, which is in the transaction that called it off."""
    news = facts.by("job", "kind", "session_id")["session_cancelled", session_id]
    return max((row["made_at"] for row in news), default=None)


def _offer_over(kind: JobKind, row: Row, facts: Facts) -> datetime | None:
    offer = facts["offer"].get(row["offer_id"] or 0)
    if offer is None or kind not in (_K.OFFER, _K.OFFER_REMINDER):
        return None
    decided_at: datetime | None = offer["decided_at"]
    return decided_at


def _request_over(kind: JobKind, row: Row, facts: Facts) -> datetime | None:
    request = facts["request"].get(row["request_id"] or 0)
    if request is None or kind not in (_K.BOARD_CARD, _K.OFFER, _K.OFFER_REMINDER):
        return None
    settled_at: datetime | None = request["settled_at"]
    return settled_at


def _answered(kind: JobKind, row: Row, facts: Facts) -> datetime | None:
    if kind is _K.AGENDA_NUDGE:
        written = facts.by("agenda", "session_id")[(row["session_id"],)]
        return written[0]["written_at"] if written else None
    if kind not in _ANSWERED:
        return None
    table, whose, since = _ANSWERED[kind]
    given: list[Any] = [
        answer[since]
        for answer in facts.by(table, "session_id", whose)[row["session_id"], row["recipient_id"]]
        if "plan" not in answer or answer["plan"] == row["plan"]
    ]
    return given[0] if given else None


def _action_over(kind: JobKind, row: Row, facts: Facts) -> datetime | None:
    action = facts["action_item"].get(row["action_id"] or 0)
    if action is None or kind not in (_K.ACTION_DUE, _K.ACTION_FOLLOWUP):
        return None
    settled_at: datetime | None = action["settled_at"]
    return settled_at


def _reader_left(row: Row, said: Said, readers: Sequence[Colleague]) -> datetime | None:
    if said.kind != "im" or row["recipient_id"] is None:
        return None
    return next((one.left_at for one in readers), None)
