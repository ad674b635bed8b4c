"""Every language is whole: nothing missing, left over, half done, or broken on the way."""

import pytest
from babel.messages.catalog import Catalog

from bot.ops.words import extract, read
from bot.slack.catalogues import LOCALES, file_of, languages_in
from tests.templates.catalogue_rules import problems_of

TODAY = extract()
NO_MARKUP = "no markup (a bare & or <, or a tag left open)"


def test_every_language_is_whole() -> None:
    wrong = []
    for language in languages_in(LOCALES):
        catalogue = read(file_of(LOCALES, language), language)
        wrong += [f"{language}: {each}" for each in problems_of(catalogue, TODAY)]
        wrong += [f"{language}: obsolete: {each!r}" for each in catalogue.obsolete]
    assert not wrong, "\n".join(["`make words` brings in what is new.", *wrong])


def test_words_come_from_templates_pictures_and_data() -> None:
    words = {message.id for message in TODAY if isinstance(message.id, str)}
    assert {"a former colleague", "Nothing to show yet", "Giving and taking feedback"} <= words


def test_words_are_counted_in_pairs() -> None:
    assert any(isinstance(message.id, tuple) for message in TODAY)


def _catalogue(words: object = (), string: object = "", **kept: object) -> Catalog:
    made = Catalog(locale="fr")
    made.add("Hello")
    if words:
        made.add(words, string, locations=[("bot/templates/a.xml", 0)], **kept)  # type: ignore[arg-type]
    return made


def _wrong(words: object, string: object, **kept: object) -> list[str]:
    catalogue = _catalogue(words, string, **kept)
    del catalogue["Hello"]
    today = _catalogue(words)
    del today["Hello"]
    return [each.partition(":")[0] for each in problems_of(catalogue, today)]


def test_what_is_missing_or_left_over_is_named() -> None:
    found = list(problems_of(_catalogue(), _catalogue("Good day")))
    assert found == ["missing: 'Good day'", "untranslated: 'Hello'"]
    assert "orphaned: 'Bonjour'" in list(problems_of(_catalogue("Bonjour", "x"), _catalogue()))


@pytest.mark.parametrize(
    ("words", "string", "wrong"),
    [
        ("Hello %(name)s", "Bonjour %(name)s", []),
        ("Hello %(name)s", "Bonjour %(nom)s", ["other placeholders"]),
        ("Hello %(name)s", "Bonjour", ["other placeholders"]),
        ("Half", "50 %", ["not a format"]),
        ("50%%", "50 %%", []),
        ("<b>Hello</b>", "<b>Bonjour</b>", []),
        ("<b>Hello</b>", "<i>Bonjour</i>", ["other tags"]),
        ("<b>Hello</b>", "<b>Bonjour<b>", ["other tags", NO_MARKUP]),
        ("You and I", "Toi & moi", [NO_MARKUP]),
        ("A “word”", 'Un "mot"', ['a bare " (it may stand in an attribute)']),
        (" and ", " et ", []),
        (" and ", "et", ["other blanks around it"]),
        ("Good day", "Bon\u200bjour", ["a character that nobody sees"]),
        ("{date} at {time}", "{date} à {time}", []),
        ("{date} at {time}", "{jour} à {time}", ["other tokens"]),
        ("<code>/mentoring help</code>", "<code>/mentoring aide</code>", ["other commands"]),
        (("one day", "%(count)s days"), ("%(count)s jour", "%(count)s jours"), []),
        (("one day", "%(count)s days"), ("un jour", "%(count)s jours"), []),
        (("one day", "%(count)s days"), ("un jour", "des jours"), ["other placeholders"]),
        (("one day", "%(count)s days"), ("un jour", ""), ["untranslated"]),
    ],
)
def test_what_a_translation_has_to_keep(words: object, string: object, wrong: list[str]) -> None:
    assert _wrong(words, string) == wrong


def test_a_fuzzy_translation_is_none() -> None:
    assert _wrong("Hello you", "Salut", flags={"fuzzy"}) == ["fuzzy"]
