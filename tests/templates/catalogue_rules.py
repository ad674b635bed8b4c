"""What a translation has to keep of the words it stands for. Pure; says what is wrong by name."""

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from babel.messages.catalog import Catalog, Message

PLACEHOLDER = re.compile(r"%\((\w+)\)s")
TAG = re.compile(r"<[^<>]*>")
TOKEN = re.compile(r"\{\w+\}")  # of Slack's dates
COMMAND = re.compile(r"/mentoring(?: [a-z]+(?=</code>|`))?")
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f\ufeff\u200b]")


def problems_of(catalogue: Catalog, today: Catalog) -> Iterator[str]:
    """What is wrong with a catalogue, a line each; nothing when it is whole."""
    said, known = _by_id(today), _by_id(catalogue)
    yield from (f"missing: {each!r}" for each in said if each not in known)
    yield from (f"orphaned: {each!r}" for each in known if each not in said)
    for key, message in known.items():
        if key in said:
            yield from (f"{wrong}: {key!r}" for wrong in problems_in(message, said[key], catalogue))


def problems_in(message: Message, source: Message, catalogue: Catalog) -> Iterator[str]:
    """What is wrong with one translation; `source` knows where its words stand."""
    ids = _forms(source.id)
    forms = _forms(message.string)
    if len(forms) != (catalogue.num_plurals if len(ids) > 1 else 1):
        yield "not as many forms as the language has"
    if not all(forms):
        yield "untranslated"
        return
    if message.fuzzy:
        yield "fuzzy"
    for number, form in enumerate(forms):
        # A language may say "one" where English counts, or count where English says "one".
        beside = ids if number == 0 or len(ids) == 1 else ids[1:]
        if not any(_same(PLACEHOLDER, form, one) for one in beside):
            yield "other placeholders"
        elif not _formats(form):
            yield "not a format"
        for name, pattern in (("tags", TAG), ("tokens", TOKEN), ("commands", COMMAND)):
            if not any(_same(pattern, form, one) for one in ids):
                yield f"other {name}"
        if _edges(form) != _edges(ids[0]):
            yield "other blanks around it"
        if CONTROL.search(form):
            yield "a character that nobody sees"
        if _is_markup(source):
            yield from _problems_in_markup(form)
        elif "<" in form:
            yield "a tag where there is none"


def _problems_in_markup(form: str) -> Iterator[str]:
    try:
        ET.fromstring(f"<it>{PLACEHOLDER.sub('1', form)}</it>")
    except ET.ParseError:
        yield "no markup (a bare & or <, or a tag left open)"
    if '"' in TAG.sub("", form):
        yield 'a bare " (it may stand in an attribute)'


def _by_id(catalogue: Catalog) -> dict[str, Message]:
    return {"\0".join(_forms(message.id)): message for message in catalogue if message.id}


def _forms(text: object) -> tuple[str, ...]:
    if isinstance(text, list | tuple):
        return tuple(str(one or "") for one in text)
    return (str(text or ""),)


def _same(pattern: re.Pattern[str], one: str, other: str) -> bool:
    return set(pattern.findall(one)) == set(pattern.findall(other))


def _formats(form: str) -> bool:
    """Whether what Jinja does with every translation works: `%` with the facts."""
    try:
        form % dict.fromkeys(PLACEHOLDER.findall(form), "1")
    except (ValueError, TypeError, KeyError):
        return False
    return True


def _edges(text: str) -> tuple[str, str]:
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


def _is_markup(source: Message) -> bool:
    """Words in templates are markup; those of pictures and of data are plain text."""
    return any(str(file).startswith("bot/templates") for file, _line in source.locations)
