"""Would you go on? What two people wish, compared once and blindly (3.11)."""

from collections.abc import Collection, Iterable
from typing import Final

from bot.domain.errors import RuleBroken
from bot.domain.kinds import Wish

STRONGEST_FIRST: Final = (Wish.FORMAL, Wish.AGAIN, Wish.KEEP_IN_TOUCH)
"""Of several wishes that both have, the first of these is told."""
NOTHING: Final = "nothing"
"""The note of the news when no wish is shared: it says the same whatever the others said."""


def common(one: Collection[Wish], other: Collection[Wish]) -> Wish | None:
    """The strongest wish that both have; None when there is none. A no is nobody's wish."""
    return next((wish for wish in STRONGEST_FIRST if wish in one and wish in other), None)


def read_wishes(values: Iterable[str]) -> tuple[Wish, ...]:
    """What was ticked, in the order of the enum.

    Raises RuleBroken at "wishes": "no_choice", "unknown_choice", "no_and_more" for a no beside
    something else.
    """
    try:
        ticked = {Wish(value) for value in values}
    except ValueError as error:
        raise RuleBroken("unknown_choice", field="wishes") from error
    if not ticked:
        raise RuleBroken("no_choice", field="wishes")
    if Wish.NO in ticked and len(ticked) > 1:
        raise RuleBroken("no_and_more", field="wishes")
    return tuple(wish for wish in Wish if wish in ticked)
