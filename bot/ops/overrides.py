"""An installation's own templates: tried with sample facts in every language before anybody reads
them.

A new version of Lantern may give a template other facts, or call it something else. That shows
here, and not in front of a person.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from bot.config import SettingProblem, variable
from bot.ops.rendering import render
from bot.ops.samples.cast import Samples
from bot.ops.samples.variants import Variant, variants
from bot.services.library import Library
from bot.slack.catalogues import CatalogueFault
from bot.slack.errors import SlackError
from bot.slack.languages import OWN, Languages
from bot.slack.markup import MarkupError
from bot.slack.templates import SHIPPED, TemplateFault, Templates

SENTENCES = "sentences.txt"
_SURFACES = ("messages", "modals", "home")
_KEY = re.compile(r'key == "(\w+)"')


def own_files(folder: Path) -> list[str]:
    """What is in the folder that Lantern would read, by its name there: "messages/offer.xml"."""
    names = (
        path.relative_to(folder) for path in folder.rglob("*") if path.suffix in (".xml", ".txt")
    )
    return sorted(name.as_posix() for name in names if name.parts[0] != OWN)


def tried(folder: Path, languages: Languages, library: Library) -> None:
    """Raises SettingProblem for the first thing that is wrong with the templates of a folder."""
    for fault in faults(folder, languages, library):
        raise SettingProblem(f"{fault}: mend it, or take ours ({variable('templates_dir')}).")


def faults(folder: Path, languages: Languages, library: Library) -> Iterator[str]:
    """What is wrong with the templates of a folder, a sentence a file. Takes some seconds."""
    own = own_files(folder)
    for name in own:
        if _is_nobody_s(name):
            yield (
                f"{name}: Lantern has no template of this name, so it is never said; look at the "
                "changelog for its new one"
            )
    shared = [name for name in own if name.split("/")[0] not in _SURFACES]
    told: set[str] = set()
    for language in languages.known:
        for fault in _in_language(languages, language, library, own, everything=bool(shared)):
            file = re.split("[:,]", fault)[0]
            if file not in told:
                told.add(file)
                yield f"{fault} ({language})"


def _is_nobody_s(name: str) -> bool:
    """Whether nothing of ours has this name, and nothing of theirs could include it."""
    surface = name.split("/")[0]
    return (surface in _SURFACES or "/" not in name) and not (SHIPPED / name).exists()


def _in_language(
    languages: Languages, language: str, library: Library, own: list[str], *, everything: bool
) -> Iterator[str]:
    try:
        templates = languages.speaking(language)
        templates.compile_all()
    except (TemplateFault, CatalogueFault) as fault:
        yield str(fault)
        return
    for variant in variants(Samples(library)):
        if everything or f"{variant.template}.xml" in own:
            yield from _rendered(templates, variant)
    if SENTENCES in own:
        yield from _sentences(templates)


def _rendered(templates: Templates, variant: Variant) -> Iterator[str]:
    try:
        render(templates, variant)
    except (TemplateFault, MarkupError, SlackError) as fault:
        words = str(fault)
        file = f"{variant.template}.xml"
        yield words if words.startswith(file) else f"{file}: {words}"


def _sentences(templates: Templates) -> Iterator[str]:
    for key in dict.fromkeys(_KEY.findall((SHIPPED / SENTENCES).read_text("utf-8"))):
        try:
            said = templates.sentence(key)
        except TemplateFault as fault:
            yield str(fault)
            return
        if not said:
            yield f"{SENTENCES}: there is no sentence for {key}"
            return
