"""Bad input, messages: a file, an edit, a deleted message in answer to a question of ours.

On SQLite only: what a message is, is read from Slack's event.
"""

from tests.scenarios.acts import bot_messages, paired
from tests.scenarios.marks import sqlite_only
from tests.support.company import Company

pytestmark = sqlite_only


async def test_a_file_is_not_read_and_a_sentence_says_so(company: Company) -> None:
    await paired(company)
    await company["ada"].shares("agenda.pdf")
    await company.settle()
    answer = await company["ada"].reads("I cannot open files.")
    assert "write it in words" in answer.text
    company["bruno"].never_reads("The agenda from")


async def test_words_beside_a_file_are_read(company: Company) -> None:
    await paired(company)
    await company["ada"].shares("agenda.pdf", comment="How to begin")
    await company.settle()
    await company["ada"].reads("I cannot open files.")
    assert "How to begin" in (await company["bruno"].reads("The agenda from")).text


async def test_an_edit_is_answered_and_what_was_said_stays(company: Company) -> None:
    await paired(company)
    await company["ada"].says("How to begin")
    await company.settle()
    await company["ada"].edits("How to begin", "How to end")
    await company.settle()
    await company["ada"].reads("I do not see changes to a message. Please send it once more")
    assert "How to begin" in (await company["bruno"].reads("The agenda from")).text
    company["bruno"].never_reads("How to end")


async def test_a_deleted_answer_changes_nothing(company: Company) -> None:
    await paired(company)
    await company["ada"].says("How to begin")
    await company.settle()
    before = bot_messages(company, "ada")
    await company["ada"].deletes("How to begin")
    await company.settle()
    assert bot_messages(company, "ada") == before
    assert "How to begin" in (await company["bruno"].reads("The agenda from")).text


async def test_words_when_nothing_is_open_are_answered(company: Company) -> None:
    await company["ada"].says("Good morning")
    await company.settle()
    answer = await company["ada"].reads("Nothing is waiting for an answer from you just now.")
    for command in ("/mentoring sessions", "/mentoring help"):
        assert command in answer.text


async def test_a_link_and_a_name_in_words_are_shown_as_typed(company: Company) -> None:
    await paired(company)
    await company["ada"].says("See https://a.example/b?c=1&d=2 and ask @bruno")
    await company.settle()
    card = await company["bruno"].reads("The agenda from @Ada Adeyemi")
    assert "https://a.example/b?c=1&d=2" in card.text
    assert "@Bruno Costa" in card.text
