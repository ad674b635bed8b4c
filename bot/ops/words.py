"""Every word to translate, and the catalogues kept to them: `python -m bot.ops.words`.

Words stand in three places: the templates, the few files of Python that draw pictures, and the
files that ship as data. What is found is merged into each `data/locales/*/LC_MESSAGES/lantern.po`:
new words come in empty, changed ones fuzzy, and those that nothing says any more go. The places
carry no line numbers and the head no dates of a machine, so a catalogue changes with its words
alone.
"""

import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, Final

import yaml
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from bot.slack.catalogues import DOMAIN, LOCALES, file_of, languages_in

ROOT: Final = Path(__file__).resolve().parents[2]
_JINJA: Final = {
    "encoding": "utf-8",
    "newstyle_gettext": "true",
    "trim_blocks": "true",
    "lstrip_blocks": "true",
    "silent": "false",
}
_METHODS: Final = (
    ("bot/templates/**.xml", "jinja2"),
    ("bot/templates/**.txt", "jinja2"),
    ("bot/slack/**.py", "python"),
    ("data/*.yml", "bot.ops.words:texts"),
    ("data/guides/*.yml", "bot.ops.words:texts"),
    ("data/series/*.yml", "bot.ops.words:texts"),
)
_WIDTH: Final = 100


def extract() -> Catalog:
    """Everything there is to translate, in the order of the files it stands in."""
    found = Catalog(domain=DOMAIN, project="Lantern", fuzzy=False)
    options = {pattern: _JINJA for pattern, method in _METHODS if method == "jinja2"}
    for file, _line, words, _comments, context in extract_from_dir(
        ROOT, list(_METHODS), options, directory_filter=_is_ours
    ):
        found.add(words, locations=[(file, 0)], context=context)
    return found


def texts(source: IO[bytes], *_: Any, **__: Any) -> Iterator[tuple[int, None, str, list[str]]]:
    """Babel's way to read a data file: line, no function, text and no comments, for each text."""
    for text in _texts(yaml.safe_load(source)):
        yield 1, None, text, []


def _texts(file: dict[str, Any]) -> Iterator[str]:
    """The texts of the areas, of a guide or of a series, as they are read out of the file."""
    for group in file.get("groups", ()):
        yield group["label"]
        yield from group["areas"].values()
    for part in ("before", "during", "after"):
        yield from file.get(part, {}).values()
    yield from file.get("expect", ())
    for lines in file.get("agenda", {}).values():
        yield from lines
    yield from file.get("taster", {}).get("expect", ())
    if "stages" in file:
        yield file["name"]
    for stage in file.get("stages", ()):
        yield from (stage["name"], stage["purpose"])
        for task in stage["tasks"]:
            yield from (task[key] for key in ("title", "purpose", "note") if task.get(key))


def read(file: Path, language: str) -> Catalog:
    """A catalogue as it is written, with its fuzzy and its obsolete words."""
    with file.open("rb") as source:
        return read_po(source, locale=language, domain=DOMAIN, abort_invalid=True)


def update(folder: Path = LOCALES) -> Iterator[str]:
    """Bring every catalogue of a folder up to what is said today; one line for each."""
    today = extract()
    for language in languages_in(folder):
        file = file_of(folder, language)
        catalogue = read(file, language)
        catalogue.update(today)
        write(file, catalogue)
        empty = sum(1 for one in catalogue if one.id and not all(_said(one.string)))
        fuzzy = sum(1 for one in catalogue if one.id and one.fuzzy)
        yield f"{language}: {len(catalogue)} words, {empty} without a translation, {fuzzy} fuzzy"


def write(file: Path, catalogue: Catalog) -> None:
    """Write a catalogue under the head that its file has: what Babel puts there is of a machine."""
    head, _, _ = file.read_text("utf-8").partition("\n\n")
    body = io.BytesIO()
    write_po(
        body,
        catalogue,
        width=_WIDTH,
        omit_header=True,
        ignore_obsolete=True,
        include_lineno=False,
        include_previous=True,
    )
    file.write_text(f"{head}\n\n{body.getvalue().decode().strip()}\n", "utf-8")


def _said(string: Any) -> tuple[str, ...]:
    return tuple(string) if isinstance(string, list | tuple) else (string,)


def _is_ours(folder: str | Path) -> bool:
    """Babel walks every folder: only those with words are worth it."""
    path = Path(folder).resolve()
    inside = [ROOT / "bot" / "templates", ROOT / "bot" / "slack", ROOT / "data"]
    return any(path == one or path in one.parents or one in path.parents for one in inside)


if __name__ == "__main__":
    for line in update():
        sys.stdout.write(f"{line}\n")
