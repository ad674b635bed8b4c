"""Everybody reads Lantern in their own language, wherever it speaks to them."""

import json
from collections.abc import Sequence
from datetime import timedelta

import pytest

from bot.sandbox.people import PersonSpec
from bot.slack.languages import Languages
from tests.support.company import Company

PEOPLE = (
    PersonSpec("greta", "Greta Gruber", tz="Europe/Berlin", locale="de-AT"),
    PersonSpec("fabien", "Fabien Faure", tz="Europe/Paris", locale="fr-CA"),
    PersonSpec("frida", "Frida Franke", tz="Europe/Berlin", locale="de-DE"),
    PersonSpec("ada", "Ada Adeyemi", locale="en-GB"),
    PersonSpec("paulo", "Paulo Prado", tz="America/Sao_Paulo", locale="pt-BR"),
    PersonSpec("gus", "Gus Gast", locale="de-DE", guest=True),
)
LANGUAGES = Languages()
SET_TIME = "Set a time"
TO_READ = "I have read what my mentee hopes to leave with"
TO_PREPARE = "I can say in one sentence what I want to leave with"
UNREADABLE = (
    "I cannot read this as a time. Please write it like this: Thursday 14:30, or 27 Nov 9:15."
)


@pytest.fixture
def staff() -> Sequence[PersonSpec]:
    return PEOPLE


def de(words: str, **facts: str) -> str:
    """These words in German, as the catalogue has them."""
    return _in("de", words, facts)


def fr(words: str, **facts: str) -> str:
    """These words in French."""
    return _in("fr", words, facts)


def _in(language: str, words: str, facts: dict[str, str]) -> str:
    said = LANGUAGES.speaking(language).translations.gettext(words)
    assert said != words
    return said % facts


async def offers(company: Company) -> None:
    """Fabien becomes a mentor, in French."""
    fabien = company["fabien"]
    await fabien.types("/mentoring offer")
    await fabien.fills({fr("What can you help with?"): "Parler en réunion"}, submit=True)
    await company.settle()
    assert fabien.modal is None


async def asks(company: Company, handle: str = "greta") -> None:
    """Greta asks, in German."""
    person = company[handle]
    await person.types("/mentoring flash")
    assert person.modal is not None
    answers = {
        de("What is it about?"): "Im Meeting sprechen",
        de("What do you hope to leave with?"): "Eine Sache zum Ausprobieren",
    }
    await person.fills(answers, submit=True)
    await company.settle()
    assert person.modal is None


async def paired(company: Company, mentee: str = "greta") -> None:
    await offers(company)
    await asks(company, mentee)
    await company["fabien"].clicks(fr("I can help"))
    await company.settle()


async def test_a_command_is_answered_in_the_language_of_whoever_types_it(company: Company) -> None:
    words = "ask for one focused conversation"
    for handle, said in (("greta", de(words)), ("fabien", fr(words)), ("ada", words)):
        await company[handle].types("/mentoring help")
        await company[handle].reads(said)


async def test_whoever_speaks_another_language_gets_that_of_the_installation(
    company: Company,
) -> None:
    await company["paulo"].types("/mentoring sessions")
    await company["paulo"].reads("Nothing is open for you")


async def test_a_guest_is_refused_in_their_language(company: Company) -> None:
    await company["gus"].types("/mentoring flash")
    await company["gus"].reads(
        de(
            "Mentoring here is for members of the workspace, and guests cannot take part yet. "
            "The people who run it can tell you more."
        )
    )


async def test_each_side_of_a_pair_reads_its_own_and_both_together_english(
    company: Company,
) -> None:
    await paired(company)
    greta, fabien = company["greta"], company["fabien"]
    for person in (greta, fabien):
        await person.reads("What happens next", where="group")
        assert SET_TIME in (await person.reads("What happens next", where="group")).buttons
    await greta.reads(de(TO_PREPARE), where="dm")
    await fabien.reads(fr(TO_READ), where="dm")
    for person, foreign in ((greta, TO_PREPARE), (fabien, TO_READ)):
        person.never_reads(foreign, where="dm")


async def test_a_pair_with_one_language_reads_that(company: Company) -> None:
    company["fabien"].user.locale = "de-CH"
    fabien = company["fabien"]
    await fabien.types("/mentoring offer")
    await fabien.fills({de("What can you help with?"): "Reden"}, submit=True)
    await company.settle()
    await asks(company)
    await fabien.clicks(de("I can help"))
    await company.settle()
    await company["greta"].reads(de("What happens next"), where="group")
    company["greta"].never_reads("What happens next", where="group")


async def test_what_cannot_be_read_is_said_at_the_field_in_their_language(
    company: Company,
) -> None:
    await paired(company)
    greta = company["greta"]
    await greta.clicks(SET_TIME)  # the pair's message is in English, the form is Greta's
    await greta.fills({de("Or type it"): "irgendwann"}, submit=True)
    await company.settle()
    assert greta.errors == {de("Or type it"): de(UNREADABLE)}


async def test_home_is_in_the_language_of_whoever_opens_it(company: Company) -> None:
    hello = "Hello %(name)s. One short conversation can change a week."
    for handle, said in (
        ("greta", de(hello, name="Greta")),
        ("fabien", fr(hello, name="Fabien")),
        ("ada", hello % {"name": "Ada"}),
        ("paulo", hello % {"name": "Paulo"}),
    ):
        await company[handle].opens_home()
        await company.settle()
        await company[handle].reads(said, where="home")


async def test_the_next_message_follows_a_change_of_language(company: Company) -> None:
    ada = company["ada"]
    await ada.types("/mentoring help")
    await company.settle()
    company.workspace.change_person("ada", locale="fr-FR")
    await company.settle()
    await ada.types("/mentoring help")
    await ada.reads(fr("ask for one focused conversation"))


async def test_a_change_that_nobody_told_of_is_known_within_a_day(company: Company) -> None:
    ada = company["ada"]
    await ada.types("/mentoring sessions")
    await company.settle()
    ada.user.locale = "de-DE"
    company.clock.let_pass(timedelta(hours=25))
    await ada.types("/mentoring help")
    await ada.reads(de("ask for one focused conversation"))


async def test_library_texts_are_said_in_the_language_of_the_form(company: Company) -> None:
    greta = company["greta"]
    await greta.types("/mentoring flash")
    assert greta.modal is not None
    shown = json.dumps(company.calls("views.open")[-1], ensure_ascii=False)
    assert de("Giving and taking feedback") in shown
    assert "Giving and taking feedback" not in shown


async def test_a_time_may_be_typed_in_ones_own_language(company: Company) -> None:
    await paired(company)
    greta = company["greta"]
    await greta.clicks(SET_TIME)
    await greta.fills({de("Or type it"): "Donnerstag um 14 Uhr 30"}, submit=True)
    await company.settle()
    assert greta.modal is None
    await company["fabien"].reads("14:30", where="group")
