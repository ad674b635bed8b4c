"""The states of everything that changes, and the one table of allowed changes.

`advance(state, verb)` is the only way to a new state. Each row says in one sentence why it exists:
the reference pages are made from it. Members of different enums may be equal as strings
(`RequestState.MATCHED == SessionState.MATCHED`), so the tables are kept by type.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum, auto
from types import MappingProxyType
from typing import Final, TypeVar

from bot.domain.errors import NotAllowed


class RequestState(StrEnum):
    """Where somebody's wish for a session is."""

    ROUTING = auto()  # an offer is with a mentor, or about to be
    WAITING = auto()  # nobody left to ask for now; first in line, seen by the lead
    MATCHED = auto()
    WITHDRAWN = auto()
    DECLINED = auto()  # somebody was asked by name, and cannot; nobody else is asked


class OfferState(StrEnum):
    """What became of a request put to one mentor."""

    PENDING = auto()
    PROPOSED = auto()  # the mentor would rather make it shorter; the mentee decides
    ACCEPTED = auto()
    DECLINED = auto()
    EXPIRED = auto()
    WITHDRAWN = auto()


class SessionState(StrEnum):
    """Where the conversation of one match is."""

    MATCHED = auto()  # two people, no time yet
    SCHEDULED = auto()
    HELD = auto()
    MISSED = auto()
    CLOSED = auto()
    CANCELLED = auto()


class ActionState(StrEnum):
    """Where a next step is."""

    OPEN = auto()
    DONE = auto()
    DROPPED = auto()


class JobState(StrEnum):
    """Where something Lantern will do because of time is."""

    PENDING = auto()
    DONE = auto()
    SKIPPED = auto()
    DEAD = auto()


class RoundState(StrEnum):
    """Where one run of a programme's matching is."""

    ANNOUNCED = auto()  # everyone enrolled hears of it
    RUNNING = auto()  # the plan is being made
    PLANNED = auto()  # a lead looks at it
    APPROVED = auto()  # the introductions go out
    OPENED = auto()  # everyone was told
    CANCELLED = auto()


class ReferralState(StrEnum):
    """Where the naming of somebody else is: all three have to want it."""

    NAMED = auto()  # the mentee is asked
    AGREED = auto()  # the person named is asked
    ACCEPTED = auto()
    DECLINED = auto()  # by the person named
    DROPPED = auto()  # by the mentee, or by time


class RelationshipState(StrEnum):
    """Where a formal relationship is."""

    DRAFTING = auto()  # the agreement is not signed by both yet
    ACTIVE = auto()
    ENDED = auto()
    DROPPED = auto()  # never signed


AnyState = (
    RequestState
    | OfferState
    | SessionState
    | ActionState
    | JobState
    | RoundState
    | ReferralState
    | RelationshipState
)
S = TypeVar(
    "S",
    RequestState,
    OfferState,
    SessionState,
    ActionState,
    JobState,
    RoundState,
    ReferralState,
    RelationshipState,
)


@dataclass(frozen=True, slots=True)
class Transition:
    """One allowed change: in `state`, `verb` leads to `to`, because of `why` (one sentence)."""

    state: AnyState
    verb: str
    to: AnyState
    why: str


_R, _O, _S, _A, _J = RequestState, OfferState, SessionState, ActionState, JobState
_N, _F, _L = RoundState, ReferralState, RelationshipState

_ROWS: Final[tuple[Transition, ...]] = (
    Transition(_R.ROUTING, "offer", _R.ROUTING, "The next best mentor is asked."),
    Transition(_R.WAITING, "offer", _R.ROUTING, "Somebody became free, so the request moves on."),
    Transition(_R.ROUTING, "wait", _R.WAITING, "Everyone suitable was asked; it waits, first."),
    Transition(_R.WAITING, "wait", _R.WAITING, "Another look found nobody yet."),
    Transition(_R.ROUTING, "match", _R.MATCHED, "A mentor accepted."),
    Transition(_R.WAITING, "match", _R.MATCHED, "A lead or a round found a mentor meanwhile."),
    Transition(_R.ROUTING, "withdraw", _R.WITHDRAWN, "The requester took it back."),
    Transition(_R.WAITING, "withdraw", _R.WITHDRAWN, "The requester took it back while waiting."),
    Transition(_R.ROUTING, "decline", _R.DECLINED, "Whoever was asked by name cannot this time."),
    Transition(_O.PENDING, "accept", _O.ACCEPTED, "The mentor said yes; the first yes wins."),
    Transition(_O.PENDING, "decline", _O.DECLINED, "The mentor said no, and owes no reason."),
    Transition(_O.PENDING, "expire", _O.EXPIRED, "No answer came within 48 working hours."),
    Transition(_O.PENDING, "withdraw", _O.WITHDRAWN, "The request behind it was taken back."),
    Transition(_O.PENDING, "propose", _O.PROPOSED, "The mentor can do something shorter."),
    Transition(_O.PROPOSED, "accept", _O.ACCEPTED, "The mentee takes the shorter one."),
    Transition(_O.PROPOSED, "decline", _O.DECLINED, "The mentee would rather not."),
    Transition(_O.PROPOSED, "expire", _O.EXPIRED, "The mentee did not answer in time."),
    Transition(_O.PROPOSED, "withdraw", _O.WITHDRAWN, "The request behind it was taken back."),
    Transition(_S.MATCHED, "set_time", _S.SCHEDULED, "The pair found a time."),
    Transition(_S.SCHEDULED, "set_time", _S.SCHEDULED, "The pair moved it to another time."),
    Transition(_S.SCHEDULED, "unset_time", _S.MATCHED, "The time fell through; a new one is due."),
    Transition(_S.MATCHED, "cancel", _S.CANCELLED, "One of the two called it off before a time."),
    Transition(_S.SCHEDULED, "cancel", _S.CANCELLED, "One of the two called it off."),
    Transition(_S.MATCHED, "lapse", _S.CANCELLED, "Four weeks went by without a time."),
    Transition(_S.SCHEDULED, "hold", _S.HELD, "At least one of the two said that it took place."),
    Transition(_S.MATCHED, "hold", _S.HELD, "One said not yet, the other yes: a yes is believed."),
    Transition(_S.MISSED, "hold", _S.HELD, "The second answer, or a late one, says it took place."),
    Transition(_S.SCHEDULED, "not_yet", _S.MATCHED, "It did not happen yet; a new time is due."),
    Transition(
        _S.MISSED, "not_yet", _S.MATCHED, "A late answer says that they still mean to meet."
    ),
    Transition(_S.SCHEDULED, "miss", _S.MISSED, "It did not take place, or nobody ever said so."),
    Transition(_S.HELD, "close", _S.CLOSED, "The time for next steps and thanks is over."),
    Transition(_S.MISSED, "close", _S.CLOSED, "The time for a late answer is over."),
    Transition(_A.OPEN, "finish", _A.DONE, "Its owner did it."),
    Transition(_A.OPEN, "drop", _A.DROPPED, "Its owner let it go, which is allowed."),
    Transition(_A.OPEN, "keep", _A.OPEN, "Its owner is still on it."),
    Transition(_A.DONE, "reopen", _A.OPEN, "It was ticked by mistake."),
    Transition(_A.DROPPED, "reopen", _A.OPEN, "Its owner takes it up again."),
    Transition(_J.PENDING, "finish", _J.DONE, "It was said, or done."),
    Transition(_J.PENDING, "move", _J.PENDING, "Manners or an error put it off."),
    Transition(_J.PENDING, "skip", _J.SKIPPED, "The matter is settled, or it would come too late."),
    Transition(_J.PENDING, "bury", _J.DEAD, "It can never succeed; a person hears of it."),
    Transition(_J.DEAD, "revive", _J.PENDING, "An operator mended the cause."),
    Transition(_N.ANNOUNCED, "run", _N.RUNNING, "Its day and hour have come."),
    Transition(_N.RUNNING, "run", _N.RUNNING, "The process that made the plan was lost."),
    Transition(_N.PLANNED, "run", _N.RUNNING, "A lead asked for another plan."),
    Transition(_N.RUNNING, "plan", _N.PLANNED, "There is a plan, with reasons and a proof."),
    Transition(_N.PLANNED, "approve", _N.APPROVED, "A lead said yes, or nobody has to."),
    Transition(_N.APPROVED, "open", _N.OPENED, "Every pair of it has its session."),
    Transition(_N.ANNOUNCED, "cancel", _N.CANCELLED, "A lead left it out, or the channel closed."),
    Transition(_N.RUNNING, "cancel", _N.CANCELLED, "The channel was archived while it ran."),
    Transition(_N.PLANNED, "cancel", _N.CANCELLED, "A lead threw the plan away."),
    Transition(
        _F.NAMED, "agree", _F.AGREED, "The mentee would like it; the person named is asked."
    ),
    Transition(_F.NAMED, "drop", _F.DROPPED, "The mentee would rather not, or did not answer."),
    Transition(_F.AGREED, "accept", _F.ACCEPTED, "All three want it."),
    Transition(_F.AGREED, "decline", _F.DECLINED, "The person named would rather not."),
    Transition(_F.AGREED, "drop", _F.DROPPED, "No answer came, or the mentee took it back."),
    Transition(_L.DRAFTING, "sign", _L.ACTIVE, "Both have signed the same version."),
    Transition(_L.DRAFTING, "drop", _L.DROPPED, "One of the two thought better of it."),
    Transition(_L.ACTIVE, "sign", _L.ACTIVE, "Both have signed a new version."),
    Transition(_L.ACTIVE, "end", _L.ENDED, "One of the two ended it, or its time was over."),
)

STATES: Final[tuple[type[AnyState], ...]] = (_R, _O, _S, _A, _J, _N, _F, _L)


def _table(kind: type[AnyState]) -> Mapping[tuple[AnyState, str], Transition]:
    rows = [row for row in _ROWS if type(row.state) is kind]
    table = {(row.state, row.verb): row for row in rows}
    assert len(table) == len(rows), f"{kind.__name__} has two answers to one question"
    return MappingProxyType(table)


TRANSITIONS: Final[Mapping[type[AnyState], Mapping[tuple[AnyState, str], Transition]]] = (
    MappingProxyType({kind: _table(kind) for kind in STATES})
)
"""By kind of state: (state, verb) to the allowed change."""


def verbs(kind: type[AnyState]) -> frozenset[str]:
    """Everything that can ever be done to this kind of thing."""
    return frozenset(verb for _, verb in TRANSITIONS[kind])


def may(state: AnyState, verb: str) -> bool:
    """Whether `advance` would allow it; for showing only buttons that work."""
    return (state, verb) in TRANSITIONS[type(state)]


def is_final(state: AnyState) -> bool:
    """Whether nothing can happen to it any more."""
    return not any(row.state is state for row in TRANSITIONS[type(state)].values())


def advance(state: S, verb: str) -> S:
    """The state after `verb`.

    Raises NotAllowed, key "<kind>_over" in a final state and "<kind>_<state>" otherwise (such as
    "session_over", "offer_over", "session_matched"), and ValueError for a verb that this kind of
    thing does not know, which is a slip in the code and no one's fault.
    """
    kind = type(state)
    if verb not in verbs(kind):
        raise ValueError(f"{kind.__name__} knows no verb {verb!r}")
    row = TRANSITIONS[kind].get((state, verb))
    if row is None:
        subject = kind.__name__.removesuffix("State").lower()
        ending = "over" if is_final(state) else state.value
        raise NotAllowed(f"{subject}_{ending}", state=state.value, verb=verb)
    assert isinstance(row.to, kind)
    return row.to
