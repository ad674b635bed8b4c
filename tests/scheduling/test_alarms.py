"""The words for what happens next."""

from bot.domain.job_kinds import MANNERS, JobKind
from bot.domain.manners import Manner
from bot.scheduling.alarms import WORDS, words_for


def test_everything_that_the_clock_brings_about_has_words() -> None:
    because_of_time = {
        kind
        for kind, manner in MANNERS.items()
        if manner in (Manner.NUDGE, Manner.TIMELY, Manner.CHORE)
    }
    assert because_of_time <= WORDS.keys()


def test_the_others_are_called_by_their_kind() -> None:
    assert words_for(JobKind.TIME_SET) == "time set"
