"""Every table, in one place to import from (and the place Alembic compares with the database)."""

from bot.store.base import metadata
from bot.store.tables.asking import Match, Offer, Place, Referral, Request, Tally
from bot.store.tables.installations import Installation, OAuthState
from bot.store.tables.outbox import Draft, Job, PaceRow, Receipt
from bot.store.tables.people import Apart, Person, Workspace
from bot.store.tables.programmes import Enrolment, Lead, PeopleImport, Programme, ProgrammeDraft
from bot.store.tables.relationships import (
    Agreement,
    ProgrammeSeries,
    Relationship,
    TaskDone,
    Tie,
    TieReply,
)
from bot.store.tables.rounds import Round, RoundConstraint, RoundLeft, RoundPair, RoundReply
from bot.store.tables.sessions import (
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
