"""Every table, in one place to import from (and the place Alembic compares with the database)."""

from bot.store.asking import Match, Offer, Place, Request
from bot.store.base import metadata
from bot.store.outbox import Draft, Job, Receipt
from bot.store.people import Enrolment, Person, Programme, Workspace
from bot.store.sessions import ActionItem, Agenda, Answer, Session, ThankYou, Tick

__all__ = [
    "ActionItem",
    "Agenda",
    "Answer",
    "Draft",
    "Enrolment",
    "Job",
    "Match",
    "Offer",
    "Person",
    "Place",
    "Programme",
    "Receipt",
    "Request",
    "Session",
    "ThankYou",
    "Tick",
    "Workspace",
    "metadata",
]
