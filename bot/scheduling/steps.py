"""What a job may come to, once its facts were looked at again."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from gettext import NullTranslations
from typing import Any, Protocol

from bot.domain.hours import WorkingHours
from bot.services.views import PersonView
from bot.slack.files import Attachment
from bot.slack.names import Names


@dataclass(frozen=True, slots=True)
class Group:
    """Those of one session and Lantern, in one conversation; `channel` once it was opened.

    With `referral_id` it is that of an introduction instead: who named, who learns, who was named.
    """

    session_id: int
    channel: str | None
    members: tuple[PersonView, ...]  # mentor, mentee, and the third of a trio
    referral_id: int | None = None


@dataclass(frozen=True, slots=True)
class Leads:
    """The leads of a programme and Lantern, in one conversation; `channel` once it was opened.

    `under` is the job whose message this is a reply to.
    """

    programme_id: int
    channel: str | None
    members: tuple[PersonView, ...]
    under: int | None = None


@dataclass(frozen=True, slots=True)
class Room:
    """A programme's channel, and the hours in which its news may come.

    Lantern may not read there, so what may have arrived is not said again.
    """

    channel: str
    hours: WorkingHours


To = PersonView | Group | Leads | Room


@dataclass(frozen=True, slots=True)
class Say:
    """Say `messages/<template>.xml` with these facts; `sentence` names one to add to them."""

    template: str
    facts: Mapping[str, Any]
    to: To
    note: str | None = None
    sentence: str | None = field(default=None, kw_only=True)
    # Also to somebody who was forgotten: the last word to them, in the DM there was.
    is_parting: bool = field(default=False, kw_only=True)


class Words(Protocol):
    """What a file is written with: the sentences, the single words and the names of a language."""

    @property
    def translations(self) -> NullTranslations: ...

    @property
    def terms(self) -> Names: ...

    def sentence(self, key: str, /, **facts: Any) -> str: ...


@dataclass(frozen=True, slots=True)
class Upload:
    """Send files, in the thread of the job `under` if it has one; with the words of `template`.

    A file that holds words of ours is made by `draw`, in the language of whoever reads it; in a
    thread, for pictures take a processor for some tenths of a second.
    """

    files: tuple[Attachment, ...]
    to: To
    under: int | None = None
    template: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    draw: Callable[[Words], tuple[Attachment, ...]] | None = None


@dataclass(frozen=True, slots=True)
class TakeBack:
    """Delete the files that the job sent, by their ids."""

    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Skip:
    """Leave it unsaid, for this reason (a key)."""

    reason: str


@dataclass(frozen=True, slots=True)
class Done:
    """It was a chore, and it is done."""


Step = Say | Upload | TakeBack | Skip | Done
