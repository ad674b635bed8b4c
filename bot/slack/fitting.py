"""Drawing somebody's rows so that they fit: as many of every sort as Slack takes.

Home and the overview show a few rows of each sort and say how many more there are. How few that
must be depends on everything else that is open, so it is tried, from many to one.
"""

from collections.abc import Callable
from typing import Any, Final, TypeVar

from bot.slack.markup.tree import MarkupError
from bot.slack.message import Json, Message
from bot.slack.templates import Templates

T = TypeVar("T")
ON_HOME: Final = (5, 4, 3, 2, 1)
IN_A_MESSAGE: Final = (3, 2, 1)
"""How many rows of every sort are tried; one of each always fits, and a test sees to it."""


def fitted_home(templates: Templates, **facts: Any) -> Json:
    """The Home tab, within Slack's blocks of a view. Raises like `Templates.home`."""
    return _fitted(lambda most: templates.home("home", most=most, **facts), ON_HOME)


def fitted_overview(templates: Templates, **facts: Any) -> Message:
    """The answer to `/mentoring sessions`, within a message. Raises like `Templates.message`."""
    return _fitted(lambda most: templates.message("overview", most=most, **facts), IN_A_MESSAGE)


def _fitted(draw: Callable[[int], T], tries: tuple[int, ...]) -> T:
    for most in tries[:-1]:
        try:
            return draw(most)
        except MarkupError:  # too many blocks; whatever else is wrong shows in the last try
            continue
    return draw(tries[-1])
