"""Channels on the page: the app in them, long lists, threads with pictures, long forms, people."""

import re
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import expect

from tests.browser import club
from tests.browser.conftest import PHONE, Opens, Stranger, stranger, workspace
from tests.browser.screen import Screen


@pytest.fixture
async def books() -> AsyncIterator[Stranger]:
    async with stranger(workspace(club.MANIFEST), club.build) as running:
        yield running


async def channel_menu(screen: Screen, entry: str) -> None:
    """Choose from the open channel's menu."""
    await screen.page.get_by_role("button", name="Channel actions").click()
    await screen.page.get_by_role("menuitem", name=entry).click()


async def test_the_app_comes_into_a_channel_and_leaves_it(books: Stranger, opens: Opens) -> None:
    mira = await opens(books.server, "mira")
    await mira.goes_to("random")
    await mira.types("/invite @club")
    await mira.reads("Club has joined the channel")
    await channel_menu(mira, "Remove Club")
    await mira.reads("Club has left the channel")
    await mira.page.get_by_role("button", name="Add Club").click()
    await expect(mira.page.get_by_role("button", name="Members, 3")).to_be_visible()
    await channel_menu(mira, "Rename channel")
    await mira.page.get_by_role("textbox", name="Name").fill("readers")
    await mira.page.keyboard.press("Enter")
    await expect(mira.page.locator(".talk-head h1")).to_contain_text("readers")
    await channel_menu(mira, "Archive channel")
    await mira.reads("This channel has been archived.")
    await channel_menu(mira, "Unarchive channel")
    await expect(mira.composer).to_be_visible()


async def test_a_channel_is_made_and_filled(books: Stranger, opens: Opens) -> None:
    mira = await opens(books.server, "mira")
    await mira.page.get_by_role("button", name="Browse channels").click()
    await mira.page.get_by_role("button", name="New channel").click()
    await mira.page.get_by_role("textbox", name="Name").fill("quiet-corner")
    await mira.page.get_by_label("Private").check()
    await mira.page.get_by_role("button", name="Create").click()
    await mira.reads("Club has joined the channel")
    await channel_menu(mira, "Add people")
    await mira.page.get_by_role("combobox", name="People").fill("omar")
    await mira.page.keyboard.press("Enter")
    await mira.page.keyboard.press("Escape")
    await mira.page.get_by_role("button", name="Add", exact=True).click()
    await mira.page.get_by_role("button", name="Members, 3").click()
    await mira.page.get_by_role("button", name="Remove Omar Said").click()
    await expect(mira.page.get_by_role("dialog")).not_to_contain_text("Omar Said")
    made = books.ws.channel("quiet-corner")
    assert made.private
    assert set(made.members) == {books.ws.user("mira").id, books.ws.bot_user_id}


@pytest.mark.parametrize("size", ["wide", "phone"])
async def test_a_long_list_is_worked_through_by_keys(
    books: Stranger, opens: Opens, size: str
) -> None:
    options = {"viewport": PHONE} if size == "phone" else {}
    mira = await opens(books.server, "mira", **options)
    await mira.opens("mira", books.ws.channel("general").id)
    await mira.types("/club list")
    message = mira.message("Round 1: who reads what")
    await expect(message.get_by_role("button", name="More choices")).to_have_count(8)
    assert not await mira.overflows()
    third = message.get_by_role("button", name="More choices").nth(2)
    await third.focus()
    await mira.page.keyboard.press("Enter")
    await mira.page.keyboard.press("ArrowDown")
    await mira.page.keyboard.press("Enter")
    await mira.reads("Noted: swap ulysses")
    await message.get_by_role("button", name="Take Austerlitz").press("Enter")
    await mira.reads("Noted: take_Austerlitz")
    acted = books.heard[-1]
    assert acted["channel"] == {"id": books.ws.channel("general").id, "name": "general"}
    assert acted["container"]["channel_id"] == acted["channel"]["id"]


async def test_a_thread_with_a_picture_is_read_and_answered(books: Stranger, opens: Opens) -> None:
    mira, omar = await opens(books.server, "mira"), await opens(books.server, "omar")
    await mira.goes_to("general")
    await mira.types("/club")
    row = omar.page.locator("#side .row").filter(has_text="general")
    await expect(row.locator(".unread-count")).to_be_visible()
    await omar.goes_to("general")
    replies = omar.page.get_by_role("button", name=re.compile("1 reply"))
    await expect(replies).to_contain_text("1 new")  # what it answers is not counted with it
    await replies.click()
    thread = omar.page.locator("#drawer")
    picture = thread.get_by_role("img", name="Eight bars, each higher than the one before")
    await expect(picture).to_be_visible()
    assert await picture.evaluate("node => node.naturalWidth") == 640
    await thread.locator("textarea").fill("Lovely")
    await thread.locator("textarea").press("Enter")
    await expect(thread.locator(".message").last).to_contain_text("Lovely")
    await expect(row.locator(".unread-count")).to_have_count(0)
    await expect(mira.page.get_by_role("button", name="2 replies")).to_contain_text("new")


async def test_a_long_form_takes_files_numbers_and_several(books: Stranger, opens: Opens) -> None:
    mira = await opens(books.server, "mira", viewport=PHONE)
    await mira.opens("mira", books.ws.channel("general").id)
    await mira.types("/club form")
    files = mira.modal.locator("input[type=file]")
    await files.set_input_files({"name": "a.txt", "mimeType": "text/plain", "buffer": b"x"})
    await expect(mira.modal).to_contain_text("A.txt is not one of these: csv")
    names = ("one.csv", "two.csv")
    sent = [{"name": n, "mimeType": "text/csv", "buffer": b"name\nAda"} for n in names]
    await files.set_input_files(sent)  # type: ignore[arg-type]
    await mira.modal.get_by_role("button", name="Remove one.csv").click()
    await expect(mira.modal.get_by_role("button", name="Remove one.csv")).to_have_count(0)
    await mira.fills({"Genres": ["Poems", "Sagas"], "Hosts": ["Omar", "Ada"], "Circle": "1"})
    await mira.submits()
    await expect(mira.modal).to_contain_text("Enter a number that is at least 2.")
    await mira.fills({"Circle": "4", "Pace": "Monthly", "Evening": "18:30"})
    await mira.submits()
    await expect(mira.modal).to_have_count(0)
    values = books.heard[-1]["view"]["state"]["values"]
    assert [f["name"] for f in values["readers"]["it"]["files"]] == ["two.csv"]
    chosen = [o["value"] for o in values["genres"]["it"]["selected_options"]]
    assert chosen == ["poems", "sagas"]
    assert values["circle"]["it"]["value"] == "4"
    assert values["evening"]["it"]["selected_time"] == "18:30"


async def test_a_profile_is_changed(books: Stranger, opens: Opens) -> None:
    mira = await opens(books.server, "mira")
    await mira.page.get_by_role("button", name="My profile").click()
    await mira.page.get_by_label("Status", exact=True).fill("On holiday")
    await mira.page.get_by_label("Title").fill("Head baker")
    await mira.page.get_by_label("Workspace admin").check()
    await mira.page.get_by_role("button", name="Save").click()
    await expect(mira.page.locator(".who")).to_contain_text("Head baker")
    await expect(mira.page.locator(".who")).to_contain_text("On holiday")
    assert books.ws.user("mira").is_admin
    await mira.goes_to("general")
    await mira.page.get_by_role("button", name=re.compile("^Members")).click()
    await mira.page.get_by_role("dialog").get_by_role("button", name="Ada Okafor").first.click()
    await mira.page.get_by_role("button", name="Deactivate").click()
    await expect(mira.page.get_by_role("button", name="Deactivate")).to_have_count(0)
    assert books.ws.user("ada").deleted
