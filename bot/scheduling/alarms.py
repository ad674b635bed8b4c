"""What will happen next, in a few words, for whoever moves the clock of a local workspace."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from bot.domain.job_kinds import JobKind

_K = JobKind

WORDS: Final[Mapping[JobKind, str]] = MappingProxyType(
    {
        _K.OFFER_REMINDER: "a mentor is reminded of an offer",
        _K.OFFER_EXPIRY: "an offer expires",
        _K.REQUEST_RETRY: "another look for a mentor",
        _K.TIME_NUDGE: "a pair without a time",
        _K.CHECKLIST_NUDGE: "an open checklist",
        _K.AGENDA_NUDGE: "a mentee without an agenda",
        _K.AGENDA_MISSING: "the mentor hears there is no agenda",
        _K.REMINDER_DAY: "the reminder a day before",
        _K.REMINDER_SOON: "ten minutes to go",
        _K.START_CARD: "a session starts",
        _K.OUTCOME_ASK: "did it happen?",
        _K.OUTCOME_NUDGE: "did it happen? once more",
        _K.OUTCOME_DEADLINE: "the answers are counted",
        _K.THANKS_ASK: "thanks are asked for",
        _K.THANKS_NUDGE: "thanks, once more",
        _K.ACTION_DUE: "a next step is due",
        _K.ACTION_FOLLOWUP: "a next step, two weeks later",
        _K.CLOSE: "a session is closed",
        _K.ERASE: "what a pair wrote is deleted",
        _K.ROUND_ANNOUNCE: "a round is announced",
        _K.ROUND_NOTICE: "somebody hears of the next round",
        _K.ROUND_RUN: "a round makes its plan",
        _K.ROUND_OPEN: "the pairs of a round are introduced",
        _K.LATE_ROUND: "another look at who came late",
        _K.ROTA_SOON: "ten minutes to go for a group",
        _K.ROTA_AFTER: "a group's hour is over",
        _K.IMPORT_READ: "a list of people is read",
        _K.FIVE_MINUTES: "five minutes to go",
        _K.FEEDBACK_ASK: "feedback is asked for",
        _K.GO_ON_ASK: "would you go on?",
        _K.GO_ON_DEADLINE: "what both would like is told",
        _K.REFERRAL_EXPIRY: "a question about somebody else expires",
        _K.INTRO_FOLLOWUP: "an introduction, two days later",
        _K.KEEP_TURN: "a new quarter for two who keep in touch",
        _K.KEEP_IN_TOUCH: "former partners are asked",
        _K.AGREEMENT_NUDGE: "an agreement without a signature",
        _K.RELATIONSHIP_TURN: "another look at a relationship",
        _K.MOMENTUM: "a pair that has not met for a while",
        _K.MOMENTUM_AGAIN: "a pair that may have stopped",
        _K.REVIEW_CARD: "an agreement is looked at again",
        _K.TASK_DUE: "a task of a series is due",
        _K.FORGET: "somebody who left is forgotten",
        _K.LAST_TRACES: "the last traces are removed",
        _K.WORKSPACE_FORGET: "a company without Lantern is forgotten",
    }
)
"""Everything that the clock brings about; what follows from somebody's act needs no other name."""


def words_for(kind: JobKind) -> str:
    """A few words for the alarm of a job of this kind, without content."""
    return WORDS.get(kind, kind.value.replace("_", " "))
