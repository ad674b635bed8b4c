"""What was typed after `/mentoring`, read without regard to case, spaces or punctuation. Pure."""

import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from bot.slack.ids import Subcommand

ALIASES: Final[dict[str, Subcommand]] = {
    "try": Subcommand.TASTER,
    "taste": Subcommand.TASTER,
    "tester": Subcommand.TASTER,
    "ask": Subcommand.FLASH,
    "request": Subcommand.FLASH,
    "question": Subcommand.FLASH,
    "mentor": Subcommand.OFFER,
    "volunteer": Subcommand.OFFER,
    "give": Subcommand.OFFER,
    "invite": Subcommand.SPOT,
    "coffee": Subcommand.SPOT,
    "person": Subcommand.SPOT,
    "session": Subcommand.SESSIONS,
    "list": Subcommand.SESSIONS,
    "status": Subcommand.SESSIONS,
    "overview": Subcommand.SESSIONS,
    "home": Subcommand.SESSIONS,
    "mine": Subcommand.SESSIONS,
    "cancel": Subcommand.SESSIONS,  # a request or a session: both are there, with their buttons
    "undo": Subcommand.WITHDRAW,
    "quiet": Subcommand.PAUSE,
    "stop": Subcommand.PAUSE,
    "mute": Subcommand.PAUSE,
    "back": Subcommand.RESUME,
    "unpause": Subcommand.RESUME,
    "continue": Subcommand.RESUME,
    "start": Subcommand.RESUME,
    "tasks": Subcommand.SERIES,
    "formally": Subcommand.FORMAL,
    "relationship": Subcommand.AGREEMENT,
    "relationships": Subcommand.AGREEMENT,
    "agreements": Subcommand.AGREEMENT,
    "finish": Subcommand.END,
    "stages": Subcommand.SERIES,
    "settings": Subcommand.PROFILE,
    "availability": Subcommand.PROFILE,
    "hours": Subcommand.PROFILE,
    "calendar": Subcommand.PROFILE,
    "programmes": Subcommand.PROGRAMME,
    "program": Subcommand.PROGRAMME,
    "programs": Subcommand.PROGRAMME,
    "scheme": Subcommand.PROGRAMME,
    "rounds": Subcommand.ROUND,
    "match": Subcommand.ROUND,
    "matching": Subcommand.ROUND,
    "waiting": Subcommand.QUEUE,
    "reports": Subcommand.REPORT,
    "numbers": Subcommand.REPORT,
    "statistics": Subcommand.REPORT,
    "stats": Subcommand.REPORT,
    "members": Subcommand.PEOPLE,
    "import": Subcommand.PEOPLE,
    "download": Subcommand.EXPORT,
    "data": Subcommand.EXPORT,
    "delete": Subcommand.FORGET,
    "erase": Subcommand.FORGET,
    "enrol": Subcommand.JOIN,
    "enroll": Subcommand.JOIN,
    "register": Subcommand.JOIN,
    "unenrol": Subcommand.LEAVE,
    "quit": Subcommand.LEAVE,
    "info": Subcommand.HELP,
    "hi": Subcommand.HELP,
    "hello": Subcommand.HELP,
}
"""Other words for a subcommand; the words themselves need none."""

_WORDS: Final = {word.value: word for word in Subcommand} | ALIASES
_NUMBER = re.compile(r"[0-9]{1,6}")
_MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")
_ENDS: Final = ("off", "end", "over", "stop")  # "pause off" ends the pause
_OF_SOMEBODY: Final = ("ask", "request", "question")  # "ask @ada" asks her, and nobody else
# Small words people put around the one that counts: "show my sessions", "a taster please".
_FILLERS: Final = frozenset(
    "a an the my me i to please show want need would like be become".split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Typed:
    """A command as it was read. `word` is None when it was not understood.

    `first` is the first word as typed, for the answer; `rest` what came after it, cleaned;
    `suggestion` the likeliest word meant; `mentions` the Slack ids named.
    """

    word: Subcommand | None
    first: str = ""
    suggestion: Subcommand | None = None
    mentions: tuple[str, ...] = ()
    rest: tuple[str, ...] = ()

    @property
    def number(self) -> int | None:
        """The first number after the word, for `report 30`."""
        return next((int(word) for word in self.rest if _NUMBER.fullmatch(word)), None)


def parse(text: str) -> Typed:
    """Read what follows the command. Nothing at all, or only "?", means help."""
    mentions = tuple(_MENTION.findall(text))
    words = _MENTION.sub(" ", text).split()
    plain = [cleaned for word in words if (cleaned := _clean(word))]
    if not plain:
        alone = Subcommand.SPOT if mentions else Subcommand.HELP  # only a name: they are asked
        return Typed(alone, " ".join(words), mentions=mentions)
    telling = [word for word in plain if word not in _FILLERS] or plain
    word = _WORDS.get(telling[0])
    if mentions and telling[0] in _OF_SOMEBODY:
        word = Subcommand.SPOT
    if word is Subcommand.PAUSE and telling[1:2] and telling[1] in _ENDS:
        word = Subcommand.RESUME
    if word is not None:
        return Typed(word, telling[0], mentions=mentions, rest=tuple(telling[1:]))
    return Typed(None, telling[0], _nearest(telling[0]), mentions)


def _clean(word: str) -> str:
    return "".join(sign for sign in word.casefold() if sign.isalnum())


def _nearest(word: str) -> Subcommand | None:
    close = get_close_matches(word, _WORDS, n=1, cutoff=0.6)
    return _WORDS[close[0]] if close else None
