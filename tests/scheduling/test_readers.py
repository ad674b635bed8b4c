"""Whoever reads it decides the language: of a message, and of a file."""

from datetime import date
from types import SimpleNamespace
from typing import Any, cast

import pytest

from bot.domain.hours import WorkingHours
from bot.domain.report import suppressed
from bot.scheduling.desk import Desk
from bot.scheduling.jobs.report_files import _files
from bot.scheduling.render import words_for
from bot.scheduling.steps import Group, Leads, Room, To
from bot.services.views import PersonView
from bot.slack.languages import Languages
from tests.services.test_report_sheet import REPORT

LANGUAGES = Languages(usual="fr")


def person(number: int, locale: str) -> PersonView:
    return PersonView(number, 1, f"U{number}", f"Person {number}", "UTC", locale=locale)


GERMAN, AUSTRIAN = person(1, "de-DE"), person(2, "de-AT")
ENGLISH, SPANISH = person(3, "en-US"), person(4, "es-ES")


@pytest.mark.parametrize(
    ("to", "language"),
    [
        (GERMAN, "de"),
        (ENGLISH, "en"),
        (SPANISH, "fr"),
        (Group(1, None, (GERMAN, AUSTRIAN)), "de"),
        (Group(1, None, (GERMAN, ENGLISH)), "fr"),
        (Group(1, None, (GERMAN, AUSTRIAN, ENGLISH)), "fr"),
        (Leads(1, None, (ENGLISH,)), "en"),
        (Leads(1, None, (ENGLISH, AUSTRIAN)), "fr"),
        (Room("C1", WorkingHours(zone="UTC")), "fr"),
    ],
)
def test_the_readers_share_a_language_or_get_the_installation_s(to: To, language: str) -> None:
    desk = cast(Desk, SimpleNamespace(templates=LANGUAGES.for_readers()))
    assert cast(Any, words_for(desk, to)).language == language


@pytest.mark.parametrize("language", ["en", "de", "fr"])
def test_a_report_s_files_are_in_the_language_of_its_reader(language: str) -> None:
    words = LANGUAGES.speaking(language)
    say, cells = words.translations.gettext, suppressed(REPORT)
    *pictures, sheet = _files(cells, words)
    assert pictures[0].title == say("From asking to going on")
    assert words.terms.date(date(2026, 1, 1))[-4:] in pictures[0].alt
    heading = sheet.content.decode("utf-8-sig").splitlines()[0]
    assert heading == ",".join(say(each) for each in ("part", "what", "number"))
    assert sheet.title == words.sentence("report_numbers", name=cells.programme_name)
