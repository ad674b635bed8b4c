"""The words of other languages: gettext catalogues, read as their translators write them.

A language is a folder, `<language>/LC_MESSAGES/lantern.po`. It is read by Babel and turned into
what the standard library's gettext looks words up in; nothing compiled lies about.
"""

import gettext
import io
from functools import cache
from pathlib import Path
from typing import Final

from bot.shipped import DATA

LOCALES: Final = DATA / "locales"
"""The catalogues that come with Lantern."""

ENGLISH: Final = "en"
"""What everything is written in; it needs no catalogue."""

DOMAIN: Final = "lantern"


class CatalogueFault(Exception):
    """A catalogue that cannot be read; the sentence names its file."""

    def __init__(self, file: Path, why: str) -> None:
        super().__init__(f"{file}: {why}")
        self.file, self.why = file, why


def file_of(folder: Path, language: str) -> Path:
    """Where the catalogue of a language is, or would be."""
    return folder / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def languages_in(folder: Path) -> tuple[str, ...]:
    """The languages that have a catalogue there, sorted; none where there is no such folder."""
    found = folder.glob(f"*/LC_MESSAGES/{DOMAIN}.po")
    return tuple(sorted(file.parent.parent.name for file in found))


@cache
def read_catalogue(file: Path, language: str) -> gettext.NullTranslations:
    """The words of a catalogue; what is not translated, or only fuzzily, stays as written.

    Takes a tenth of a second of a processor, once. Raises CatalogueFault.
    """
    # With it comes what reads and writes catalogues: most processes speak English alone.
    from babel.core import Locale, UnknownLocaleError
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import PoFileError, read_po

    try:
        Locale.parse(language)
        with file.open("rb") as source:
            catalogue = read_po(source, locale=language, domain=DOMAIN, abort_invalid=True)
        compiled = io.BytesIO()
        write_mo(compiled, catalogue)
        compiled.seek(0)
        return gettext.GNUTranslations(compiled)
    except (PoFileError, UnknownLocaleError, OSError, ValueError, SyntaxError) as error:
        raise CatalogueFault(file, f"is no catalogue of gettext: {error}") from None
