"""Every table, in one place to import from (and the place Alembic compares with the database)."""

from bot.store.asking import Match, Offer, Place, Request
from bot.store.base import metadata
from bot.store.outbox import Draft, Job, Receipt
from bot.store.people import Apart, Person, Workspace
from bot.store.programmes import Enrolment, Lead, PeopleImport, Programme, ProgrammeDraft
from bot.store.rounds import Round, RoundConstraint, RoundLeft, RoundPair, RoundReply
from bot.store.sessions import ActionItem, Agenda, Answer, Session, ThankYou, Tick

__all__ = [
    "ActionItem",
    "Agenda",
    "Answer",
    "Apart",
    "Draft",
    "Enrolment",
    "Job",
    "Lead",
    "Match",
    "Offer",
    "PeopleImport",
    "Person",
    "Place",
    "Programme",
    "ProgrammeDraft",
    "Receipt",
    "Request",
    "Round",
    "RoundConstraint",
    "RoundLeft",
    "RoundPair",
    "RoundReply",
    "Session",
    "ThankYou",
    "Tick",
    "Workspace",
    "metadata",
]
