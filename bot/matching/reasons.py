"""What may speak for a pair, what it weighs, and the hard rules: the words of all matching.

The same keys serve a single request and a whole round; only the weights differ.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum, auto
from types import MappingProxyType
from typing import Final

WORTH: Final = 1000
"""What a pair is worth at its best."""


class ReasonKey(StrEnum):
    """Why two people suit each other; the templates know the sentences."""

    AREAS = auto()  # facts: areas
    HOURS = auto()  # facts: minutes a week
    FORMATS = auto()  # facts: formats
    LANGUAGES = auto()  # facts: languages
    FRESH = auto()  # they have not had a session together
    LOAD = auto()  # facts: free, the sessions the mentor still has this month
    RESTED = auto()  # the mentor was not asked lately
    SENIORITY = auto()  # facts: levels between them
    NEAR = auto()  # facts: location, the one both are at


WEIGHTS: Final[Mapping[ReasonKey, int]] = MappingProxyType(
    {
        ReasonKey.AREAS: 400,  # knowing the matter is what a flash session is for
        ReasonKey.HOURS: 250,  # a pair without a common hour never meets
        ReasonKey.FORMATS: 100,  # can be settled between them, if need be
        ReasonKey.FRESH: 100,  # new people are half the point; former partners have keep in touch
        ReasonKey.LOAD: 60,  # spread the work over the mentors
        ReasonKey.RESTED: 40,  # do not ask the same person twice in a fortnight
        ReasonKey.LANGUAGES: 50,  # until languages are asked for, the same for everyone
    }
)
"""What each reason is worth at its best for a single request; they add up to 1000."""

ROUND_WEIGHTS: Final[Mapping[ReasonKey, int]] = MappingProxyType(
    {
        ReasonKey.AREAS: 400,
        ReasonKey.HOURS: 200,
        ReasonKey.FRESH: 150,  # a round comes again and again: the same pair should not
        ReasonKey.SENIORITY: 100,  # a step or three ahead remembers the way
        ReasonKey.LANGUAGES: 50,
        ReasonKey.NEAR: 50,  # could meet in person
        ReasonKey.FORMATS: 50,
    }
)
"""The same for a round, unless the programme has weights of its own; they add up to 1000."""

ENOUGH_MINUTES: Final = 480  # a common working day a week is plenty; more is not better
RESTED_AFTER: Final = timedelta(days=14)
UNKNOWN: Final = 0.5
"""What an unknown is worth: better than a bad fit, not as good as a good one."""


@dataclass(frozen=True, slots=True)
class MatchReason:
    """One thing that speaks for a pair, with what the sentence may mention."""

    key: ReasonKey
    facts: Mapping[str, object] = field(default_factory=dict)


class Rule(StrEnum):
    """The hard rules. A rule about something unknown forbids nothing."""

    SELF = auto()  # nobody mentors themselves
    FULL = auto()  # product.md 1.7: a mentor at capacity is never matched
    TASTER_ONLY = auto()  # offered one taster, and nothing else (single requests)
    NOBODY = auto()  # there is no one on the other side at all
    TOPIC = auto()  # no sought topic is offered
    LANGUAGE = auto()  # no common language
    HOURS = auto()  # no common free half-day
    DEPARTMENT = auto()  # the same department
    REPORTING_LINE = auto()  # one is somewhere above the other
    APART = auto()  # a do-not-match pair: CONFIDENTIAL, never shown to the two
    RECENT = auto()  # met within the repeat window
    PAUSED = auto()  # all who were left are paused
    TAKEN = auto()  # there were partners, and others needed them more
