"""Which language a reader gets, and Lantern's words in it.

The reader's own Slack locale decides. Several readers of one message get the language that they
share; where they share none, and in a channel, it is the installation's.
"""

import gettext
from collections.abc import Iterable
from copy import copy
from pathlib import Path
from threading import Lock

import structlog

from bot.slack.catalogues import (
    ENGLISH,
    LOCALES,
    CatalogueFault,
    file_of,
    languages_in,
    read_catalogue,
)
from bot.slack.templates import SHIPPED, Templates

log = structlog.get_logger("bot.slack")

OWN = "locales"
"""The folder of an installation's own words, beside its own templates."""


class Languages:
    """Every language spoken here. `usual` is the installation's, for whoever's is not among them.

    Catalogues are those that ship (`folder`), and an installation's own (`<override>/locales`),
    whose words go before the shipped ones. Each is read when it is first needed.
    """

    def __init__(
        self,
        override: Path | None = None,
        *,
        usual: str = ENGLISH,
        folder: Path = LOCALES,
        shipped: Path = SHIPPED,
    ) -> None:
        own = () if override is None else (override / OWN,)
        self._override, self._shipped, self._folders = override, shipped, (*own, folder)
        self._known = {
            _plain(name): name
            for name in (ENGLISH, *(name for each in self._folders for name in languages_in(each)))
        }
        self.usual = self._named(usual) or ENGLISH
        self._templates: dict[str, Templates] = {}
        self._lock = Lock()

    @property
    def known(self) -> tuple[str, ...]:
        """The names of all languages, sorted: `de`, `en`, `fr`, `pt_BR`."""
        return tuple(sorted(self._known.values()))

    def speaks(self, language: str) -> bool:
        """Whether there are words in this language, by its own name and not by a relative's."""
        return _plain(language) in self._known

    def language_for(self, locales: Iterable[str]) -> str:
        """The language for readers with these Slack locales (`de-AT`, "" for none known)."""
        theirs = {self._named(locale) or self.usual for locale in locales}
        return theirs.pop() if len(theirs) == 1 else self.usual

    def for_readers(self, *locales: str) -> Templates:
        """The words for readers with these locales; without any, the installation's.

        A language whose catalogue cannot be read is logged, and its readers get the installation's.
        """
        language = self.language_for(locales)
        try:
            return self.speaking(language)
        except CatalogueFault as fault:
            if language == self.usual:
                raise
            log.error("catalogue unreadable", file=str(fault.file), why=fault.why)
            self._known.pop(_plain(language), None)
            return self.speaking(self.usual)

    def speaking(self, language: str) -> Templates:
        """The words in one of the `known` languages. Raises CatalogueFault."""
        if (made := self._templates.get(language)) is not None:
            return made
        with self._lock:
            if language not in self._templates:
                self._templates[language] = Templates(
                    self._override,
                    translations=self._words(language),
                    language=language,
                    languages=self,
                    shipped=self._shipped,
                )
        return self._templates[language]

    def every(self) -> list[Templates]:
        """The words in all languages. The first time it takes some tenths of a second to read them:
        call it in a thread. Raises CatalogueFault."""
        return [self.speaking(language) for language in self.known]

    def _named(self, locale: str) -> str | None:
        """The language for one locale: its region's own where there is one, or the language's."""
        whole = _plain(locale)
        return self._known.get(whole) or self._known.get(whole.partition("-")[0])

    def _words(self, language: str) -> gettext.NullTranslations:
        """The words of its catalogues, each falling back on the next."""
        words = gettext.NullTranslations()
        for folder in reversed(self._folders):
            file = file_of(folder, language)
            if file.exists():
                beneath, words = words, copy(read_catalogue(file, language))
                words.add_fallback(beneath)
        return words


def _plain(locale: str) -> str:
    return locale.strip().replace("_", "-").casefold()
