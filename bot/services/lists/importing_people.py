"""Who is meant in a sheet: by Slack's id, by an address, or by a name that only one person has."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Protocol

from bot.domain.errors import RuleBroken
from bot.services.people import Profile

_MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")
_ID = re.compile(r"[UW][A-Z0-9]{2,}")


class Listed(Protocol):
    """Somebody as Slack lists them; `in_our_words` gives the fields of a profile."""

    @property
    def id(self) -> str: ...

    @property
    def team_id(self) -> str: ...

    @property
    def name(self) -> str: ...

    @property
    def real_name(self) -> str: ...

    @property
    def email(self) -> str: ...

    def in_our_words(self) -> dict[str, Any]: ...


class Directory:
    """Everybody of a workspace, to be found by what a sheet calls them."""

    def __init__(self, people: Iterable[Listed]) -> None:
        self._people: dict[str, Profile] = {}
        self._by_email: dict[str, str] = {}
        self._by_name: defaultdict[str, set[str]] = defaultdict(set)
        for one in people:
            self._people[one.id] = Profile(team_id=one.team_id, **one.in_our_words())
            if one.email:
                self._by_email[one.email.strip().casefold()] = one.id
            for name in (one.name, one.real_name):
                if name:
                    self._by_name[folded(name)].add(one.id)

    def __getitem__(self, slack_id: str) -> Profile:
        return self._people[slack_id]

    def get(self, slack_id: str) -> Profile | None:
        """What Slack says of the person with this id, None for one it does not list."""
        return self._people.get(slack_id)

    def find(self, called: str) -> str:
        """Slack's id of whoever is called so.

        A name of several people means the one who is still here. Raises RuleBroken "row_unknown"
        and "row_ambiguous" (`value`, the latter with `count`).
        """
        called = called.strip()
        mention = _MENTION.fullmatch(called)
        wanted = mention[1] if mention else called.removeprefix("@").strip()
        if _ID.fullmatch(wanted) and wanted in self._people:
            return wanted
        by_email = self._by_email.get(wanted.casefold())
        if by_email is not None:
            return by_email
        named = self._by_name.get(folded(wanted), set())
        here = {one for one in named if takes_part(self._people[one])} or named
        if len(here) > 1:
            raise RuleBroken("row_ambiguous", value=called, count=len(here))
        if not here:
            raise RuleBroken("row_unknown", value=called)
        return next(iter(here))


def folded(text: str) -> str:
    """The text for comparing: no difference between capitals, kinds of spaces, or encodings."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def takes_part(profile: Profile) -> bool:
    """Whether somebody may take part at all."""
    return why_not(profile) is None


def why_not(profile: Profile) -> str | None:
    """The rule that keeps somebody out: "row_gone", "row_bot", "row_guest", None for none."""
    if profile.is_bot:
        return "row_bot"
    if profile.is_deleted:
        return "row_gone"
    return "row_guest" if profile.is_guest or profile.is_stranger else None
