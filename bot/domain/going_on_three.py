"""Would you go on? What three people wish, compared once and blindly (3.11).

Of three, each may wish for another talk of all three, and to keep in touch with either of the
others. A wish is told to those alone who all share it, and of several the one that goes furthest.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from bot.domain.errors import RuleBroken
from bot.domain.kinds import Wish

_BETWEEN = ":"
THREE: Final = 3


@dataclass(frozen=True, slots=True)
class Wishes:
    """What somebody would like: each wish once, and with whom (ids) one of three would keep in
    touch."""

    wishes: tuple[Wish, ...]
    keeps: tuple[int, ...]

    @property
    def again(self) -> bool:
        """Another talk, of all."""
        return Wish.AGAIN in self.wishes


@dataclass(frozen=True, slots=True)
class Shared:
    """What is told: that all would like another talk, or which two would keep in touch."""

    again: bool = False
    pairs: frozenset[frozenset[int]] = frozenset()

    def partners_of(self, person_id: int) -> tuple[int, ...]:
        """With whom this person keeps in touch from now on."""
        mine = (pair - {person_id} for pair in self.pairs if person_id in pair)
        return tuple(sorted(other for pair in mine for other in pair))


def read(values: Iterable[str], others: Collection[int]) -> list[str]:
    """What was ticked, as it is kept: "again", "keep_in_touch:<person>", or "no" alone.

    Raises RuleBroken at "wishes": "no_choice", "unknown_choice" (also for anybody who is not of
    `others`), "no_and_more".
    """
    known = [Wish.AGAIN.value, *(keep(each) for each in others), Wish.NO.value]
    ticked = set(values)
    if not ticked:
        raise RuleBroken("no_choice", field="wishes")
    if not ticked <= set(known):
        raise RuleBroken("unknown_choice", field="wishes")
    if Wish.NO.value in ticked and len(ticked) > 1:
        raise RuleBroken("no_and_more", field="wishes")
    return [value for value in known if value in ticked]


def keep(person_id: int) -> str:
    """How it is kept, and ticked, that somebody would keep in touch with this person."""
    return f"{Wish.KEEP_IN_TOUCH.value}{_BETWEEN}{person_id}"


def wishes_of(kept: Iterable[str]) -> Wishes:
    """What `read` gave, or one of two said, read back."""
    parts = [each.partition(_BETWEEN) for each in kept]
    return Wishes(
        tuple(dict.fromkeys(Wish(word) for word, _, _ in parts)),
        tuple(int(who) for word, _, who in parts if word == Wish.KEEP_IN_TOUCH.value and who),
    )


def shared(people: Collection[int], said: Mapping[int, Wishes]) -> Shared:
    """What those of `people` share, who are still there; who said nothing wishes nothing."""
    if len(people) == THREE and all(each in said and said[each].again for each in people):
        return Shared(again=True)
    mutual = (
        frozenset((one, other))
        for one, wishes in said.items()
        for other in wishes.keeps
        if other in said and one in said[other].keeps and {one, other} <= set(people)
    )
    return Shared(pairs=frozenset(mutual))
