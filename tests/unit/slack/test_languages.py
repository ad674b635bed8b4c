"""Which language a reader gets, and where its words come from."""

from pathlib import Path

import pytest

from bot.slack.catalogues import CatalogueFault
from bot.slack.languages import Languages

HEAD = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    '"Plural-Forms: nplurals=2; plural={plural};\\n"\n\n'
)
COUNTED = (
    'msgid "%(count)s answer"\nmsgid_plural "%(count)s answers"\n'
    'msgstr[0] "{one}"\nmsgstr[1] "{many}"\n\n'
)
SHOWN = (
    "<message><fallback>-</fallback><section>{{ _('Hello') }}, {{ _('Bye') }}: "
    "{% trans count=n %}{{ count }} answer{% pluralize %}{{ count }} answers{% endtrans %}"
    "</section></message>"
)


def catalogue(folder: Path, language: str, plural: str = "(n != 1)", **words: str) -> None:
    """A catalogue with these words, and with the counted ones given as `one` and `many`."""
    file = folder / language / "LC_MESSAGES" / "lantern.po"
    file.parent.mkdir(parents=True, exist_ok=True)
    text = HEAD.replace("{plural}", plural)
    if "one" in words:
        one, many = words.pop("one"), words.pop("many")
        text += COUNTED.replace("{one}", one).replace("{many}", many)
    text += "".join(f'msgid "{key}"\nmsgstr "{value}"\n\n' for key, value in words.items())
    file.write_text(text, "utf-8")


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    (tmp_path / "templates" / "messages").mkdir(parents=True)
    (tmp_path / "templates" / "messages" / "it.xml").write_text(SHOWN, "utf-8")
    return tmp_path / "templates"


@pytest.fixture
def locales(tmp_path: Path) -> Path:
    folder = tmp_path / "locales"
    catalogue(folder, "de", Hello="Hallo", one="%(count)s Antwort", many="%(count)s Antworten")
    catalogue(
        folder,
        "fr",
        "(n > 1)",
        Hello="Bonjour",
        Bye="Salut",
        one="%(count)s réponse",
        many="%(count)s réponses",
    )
    catalogue(folder, "pt_BR", Hello="Olá")
    return folder


def said(languages: Languages, *locales: str, n: int = 2) -> str:
    blocks = languages.for_readers(*locales).message("it", n=n).blocks
    return str(blocks[0]["text"]["text"])


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        *(("de-DE", "de"), ("de-AT", "de"), ("de", "de"), ("DE_ch", "de"), ("fr-CA", "fr")),
        *(("en-US", "en"), ("en-GB", "en"), ("pt-BR", "pt_BR"), ("pt-PT", "en"), ("es-ES", "en")),
        *(("", "en"), ("nonsense", "en"), ("d", "en")),
    ],
)
def test_the_locale_chooses(locales: Path, locale: str, language: str) -> None:
    assert Languages(folder=locales).language_for([locale]) == language


def test_others_get_the_language_of_the_installation(locales: Path) -> None:
    languages = Languages(folder=locales, usual="fr")
    assert languages.language_for(["es-ES"]) == "fr"
    assert languages.language_for([]) == "fr"
    assert languages.language_for(["en-GB"]) == "en"


def test_several_readers_get_what_they_share(locales: Path) -> None:
    languages = Languages(folder=locales, usual="fr")
    assert languages.language_for(["de-DE", "de-AT"]) == "de"
    assert languages.language_for(["de-DE", "en-GB"]) == "fr"
    assert languages.language_for(["es-ES", "pl-PL"]) == "fr"


def test_words_come_from_the_catalogue_and_else_stay(locales: Path, shipped: Path) -> None:
    languages = Languages(folder=locales, shipped=shipped)
    assert said(languages, "de-DE") == "Hallo, Bye: 2 Antworten"
    assert said(languages, "en-GB") == "Hello, Bye: 2 answers"
    assert said(languages, "de-DE", "fr-FR") == "Hello, Bye: 2 answers"


def test_each_language_counts_in_its_own_way(locales: Path, shipped: Path) -> None:
    languages = Languages(folder=locales, shipped=shipped)
    shown = [said(languages, locale, n=n)[-10:] for locale in ("fr", "de") for n in (0, 1, 2)]
    assert [each.endswith("s") for each in shown[:3]] == [False, False, True]
    assert [each.endswith("n") for each in shown[3:]] == [True, False, True]


def test_any_words_know_those_for_other_readers(locales: Path, shipped: Path) -> None:
    languages = Languages(folder=locales, shipped=shipped)
    german = languages.for_readers("de-DE")
    assert german.to("fr-FR") is languages.for_readers("fr-BE")
    assert german.to() is languages.for_readers()


def test_an_installation_has_words_of_its_own(locales: Path, shipped: Path, tmp_path: Path) -> None:
    catalogue(tmp_path / "own" / "locales", "fr", Hello="Coucou")
    catalogue(tmp_path / "own" / "locales", "en", Hello="Hi")
    catalogue(tmp_path / "own" / "locales", "it", Hello="Ciao")
    languages = Languages(tmp_path / "own", folder=locales, shipped=shipped)
    assert languages.known == ("de", "en", "fr", "it", "pt_BR")
    assert said(languages, "fr-FR") == "Coucou, Salut: 2 réponses"
    assert said(languages, "en-GB").startswith("Hi, Bye")
    assert said(languages, "it-IT").startswith("Ciao, Bye")
    others = Languages(folder=locales, shipped=shipped)
    assert said(others, "fr-FR").startswith("Bonjour")


def test_a_broken_catalogue_is_named(locales: Path) -> None:
    file = locales / "de" / "LC_MESSAGES" / "lantern.po"
    file.write_text('<<<<<<< HEAD\nmsgid "Hello"\n', "utf-8")
    with pytest.raises(CatalogueFault, match=r"lantern\.po"):
        Languages(folder=locales).every()


def test_readers_of_a_broken_catalogue_get_the_language_of_the_installation(
    locales: Path, shipped: Path
) -> None:
    file = locales / "de" / "LC_MESSAGES" / "lantern.po"
    file.write_text('<<<<<<< HEAD\nmsgid "Hello"\n', "utf-8")
    languages = Languages(folder=locales, shipped=shipped, usual="fr")
    assert said(languages, "de-DE").startswith("Bonjour")
    assert said(languages, "de-AT").startswith("Bonjour")
    with pytest.raises(CatalogueFault):
        Languages(folder=locales, usual="de").for_readers()


def test_a_language_that_nobody_knows_is_named(tmp_path: Path) -> None:
    catalogue(tmp_path, "xx", Hello="?")
    with pytest.raises(CatalogueFault, match="xx"):
        Languages(folder=tmp_path).every()
