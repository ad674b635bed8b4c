"""The fixed choices of a programme: how often it matches, in what shape, and who says yes."""

from enum import StrEnum, auto
from typing import Final


class Every(StrEnum):
    """How often a programme matches."""

    NONE = auto()  # on request only
    WEEK = auto()
    TWO_WEEKS = auto()
    FOUR_WEEKS = auto()
    MONTH = auto()


class Shape(StrEnum):
    """Who is put together with whom in a round."""

    PAIRS = auto()  # a mentor and a mentee
    PEERS = auto()  # equals, two by two; a trio for who is left over, if the programme wants
    GROUPS = auto()  # one mentor and three to five mentees, in turns of twenty minutes


class Approval(StrEnum):
    """Who lets a round's plan go out."""

    LEAD = auto()
    AUTOMATIC = auto()


class Constraint(StrEnum):
    """What a lead said about one pair of a plan."""

    LOCK = auto()  # stays, whatever else changes
    VETO = auto()  # not these two


LEVELS: Final = (1, 2, 3, 4, 5, 6)
"""Seniority, from first steps to the head of the house; the words are in the templates."""

KEPT_FOR: Final = (30, 60, 90, 180, 365)
"""Days for which what a pair wrote may be kept once it is over; leads choose one of them (3.13)."""

LEADS_MOST: Final = 8
"""The leads share one conversation with Lantern, and Slack opens one for at most eight people."""
