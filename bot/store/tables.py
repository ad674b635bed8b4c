"""Every table, in one place to import from (and the place Alembic compares with the database)."""

from bot.store.asking import Match, Offer, Place, Referral, Request, Tally
from bot.store.base import metadata
from bot.store.installations import Installation, OAuthState
from bot.store.outbox import Draft, Job, PaceRow, Receipt
from bot.store.people import Apart, Person, Workspace
from bot.store.programmes import Enrolment, Lead, PeopleImport, Programme, ProgrammeDraft
from bot.store.relationships import (
    Agreement,
    ProgrammeSeries,
    Relationship,
    TaskDone,
    Tie,
    TieReply,
)
from bot.store.rounds import Round, RoundConstraint, RoundLeft, RoundPair, RoundReply
from bot.store.sessions import (
    ActionItem,
    Agenda,
    Answer,
    Feedback,
    GoOn,
    Session,
    SlotTick,
    ThankYou,
    Tick,
)

__all__ = [
    "ActionItem",
    "Agenda",
    "Agreement",
    "Answer",
    "Apart",
    "Draft",
    "Enrolment",
    "Feedback",
    "GoOn",
    "Installation",
    "Job",
    "Lead",
    "Match",
    "OAuthState",
    "Offer",
    "PaceRow",
    "PeopleImport",
    "Person",
    "Place",
    "Programme",
    "ProgrammeDraft",
    "ProgrammeSeries",
    "Receipt",
    "Referral",
    "Relationship",
    "Request",
    "Round",
    "RoundConstraint",
    "RoundLeft",
    "RoundPair",
    "RoundReply",
    "Session",
    "SlotTick",
    "Tally",
    "TaskDone",
    "ThankYou",
    "Tick",
    "Tie",
    "TieReply",
    "Workspace",
    "metadata",
]
