"""An installation's own templates are tried in every language before anybody reads them."""

import asyncio
from pathlib import Path

import pytest

from bot.config import SettingProblem
from bot.ops.checks import Wrong, words
from bot.ops.overrides import faults, own_files, tried
from bot.services.library import Library
from bot.slack.languages import Languages
from bot.slack.templates import SHIPPED
from tests.support.installation import settings_with

HELLO = "messages/help.xml"


def _found(folder: Path, library: Library) -> list[str]:
    return list(faults(folder, Languages(folder), library))


def _write(folder: Path, name: str, words: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(words)


def _shipped(name: str) -> str:
    return (SHIPPED / name).read_text("utf-8")


async def test_a_good_one(tmp_path: Path, library: Library) -> None:
    own = _shipped("messages/offer.xml").replace("<fallback>", "<fallback>Acme: ", 1)
    _write(tmp_path, "messages/offer.xml", own)
    assert _found(tmp_path, library) == []
    settings = settings_with(f"sqlite:///{tmp_path / 'lantern.db'}", templates_dir=tmp_path)
    assert "1 of them are yours" in await words.templates(settings)


@pytest.mark.parametrize(
    ("name", "written", "said"),
    [
        ("messages/done.xml", "<message>{% if %}</message>", "messages/done.xml: line 1"),
        ("messages/done.xml", "<message><fallback>x</fallback></message>", "1 to 50 blocks"),
        ("modals/flash.xml", "<modal title='{{ gone }}' callback='x'/>", "'gone' is undefined"),
        ("messages/offer.xml", "<message><nosuch/></message>", "messages/offer.xml"),
        ("messages/ofer.xml", "<message/>", "messages/ofer.xml: Lantern has no template"),
        ("sentence.txt", "x", "sentence.txt: Lantern has no template"),
        ("sentences.txt", "{% if key == 'blank' %}Words, please.{% endif %}", "sentences.txt: "),
    ],
)
def test_what_is_wrong_names_the_file(
    tmp_path: Path, library: Library, name: str, written: str, said: str
) -> None:
    _write(tmp_path, name, written)
    first, *more = _found(tmp_path, library)
    assert said in first
    assert more == []


def test_too_long_for_slack(tmp_path: Path, library: Library) -> None:
    section = f"<section>{'word ' * 10}</section>"
    _write(tmp_path, HELLO, f"<message><fallback>x</fallback>{section * 51}</message>")
    (found,) = _found(tmp_path, library)
    assert found.startswith(HELLO)


def test_a_fact_that_is_there_no_longer(tmp_path: Path, library: Library) -> None:
    """Written for an older version, whose templates were given something else."""
    own = _shipped("messages/offer.xml").replace("</message>", "{{ request.urgency }}</message>")
    _write(tmp_path, "messages/offer.xml", own)
    (found,) = _found(tmp_path, library)
    assert "urgency" in found
    assert found.startswith("messages/offer.xml")


def test_a_part_that_many_include(tmp_path: Path, library: Library) -> None:
    (name, *_) = sorted(path.name for path in (SHIPPED / "partials").glob("*.xml"))
    _write(tmp_path, f"partials/{name}", "{{ nothing }}")
    assert _found(tmp_path, library)


def test_words_that_break_in_one_language_alone(tmp_path: Path, library: Library) -> None:
    """A catalogue of one's own that cannot be read."""
    _write(tmp_path, "locales/de/LC_MESSAGES/lantern.po", "msgid nonsense")
    (found,) = _found(tmp_path, library)
    assert "(de)" in found


def test_own_parts_and_words_are_no_templates(tmp_path: Path) -> None:
    _write(tmp_path, "partials/ours.xml", "x")
    _write(tmp_path, "locales/de/notes.txt", "x")
    _write(tmp_path, "README.md", "x")
    assert own_files(tmp_path) == ["partials/ours.xml"]


async def test_the_doctor_lists_the_first_few(tmp_path: Path) -> None:
    for number in range(7):
        _write(tmp_path, f"messages/none{number}.xml", "<message/>")
    settings = settings_with(f"sqlite:///{tmp_path / 'lantern.db'}", templates_dir=tmp_path)
    with pytest.raises(Wrong, match=r"and 2 more.*LANTERN_TEMPLATES_DIR"):
        await words.templates(settings)


def test_lantern_does_not_start_with_a_broken_one(tmp_path: Path) -> None:
    _write(tmp_path, "messages/offer.xml", "<message>{{ gone }}</message>")
    with pytest.raises(SettingProblem, match=r"messages/offer.xml.*gone"):
        asyncio.run(asyncio.to_thread(tried, tmp_path, Languages(tmp_path), Library.load()))


def test_a_file_in_another_encoding_names_itself(tmp_path: Path, library: Library) -> None:
    _write(tmp_path, HELLO, "")
    (tmp_path / HELLO).write_bytes("<message>Grüße</message>".encode("latin-1"))
    assert "messages/help.xml: it is not text in UTF-8" in _found(tmp_path, library)[0]
