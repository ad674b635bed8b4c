"""All of Block Kit, drawn and operated; what Slack refuses is refused where one sees it."""

import asyncio
import re
from typing import Any

from playwright.async_api import Request, expect

from tests.browser.conftest import Opens, Stranger


async def heard(exhibits: Stranger, action_id: str) -> dict[str, Any]:
    """The newest action with this id, as soon as the app has heard of it."""
    async with asyncio.timeout(10):
        while True:
            actions = [a for b in exhibits.heard for a in b.get("actions", ())]
            if found := [a for a in actions if a["action_id"] == action_id]:
                newest: dict[str, Any] = found[-1]
                return newest
            await exhibits.ws.changes.wait(exhibits.ws.changes.seq)


async def test_every_block_is_drawn(exhibits: Stranger, opens: Opens) -> None:
    mira = await opens(exhibits.server, "mira")
    await mira.types("/gallery")
    message = mira.message("One of each")
    await expect(message.locator("h3")).to_have_text("One of each ✨")
    await expect(message.locator(".mention.me")).to_have_text("@Mira Holm")
    for tag, text in {"b": "bold", "i": "italic", "s": "gone", "code": "code"}.items():
        await expect(message.locator(".text").first.locator(tag).first).to_have_text(text)
    await expect(message.get_by_role("link", name="a link")).to_have_attribute(
        "href", "https://example.com"
    )
    await expect(message.locator("blockquote")).to_have_text("quotedtwice")
    await expect(message.locator("pre")).to_have_text("a = 1 < 2")
    await expect(message).to_contain_text("🎉 <b>not bold</b>")
    await expect(message).to_contain_text("27 Nov 2026 at 11:00")
    await expect(message.locator(".context")).to_contain_text("Small print")
    await expect(message.locator("hr")).to_have_count(1)
    await expect(message.locator(".rich li")).to_have_text("rich")
    await mira.becomes("Omar Said")
    await mira.types("/gallery")
    await expect(mira.message("One of each")).to_contain_text("27 Nov 2026 at 05:00")


async def test_every_element_is_operated(exhibits: Stranger, opens: Opens) -> None:
    mira = await opens(exhibits.server, "mira")
    await mira.types("/gallery")
    message = mira.message("One of each")
    await message.get_by_role("button", name="Eat", exact=True).click()
    await message.get_by_role("button", name="More choices").click()
    await mira.page.get_by_role("menuitem", name="Bake").click()
    await message.get_by_role("combobox", name="Pick a fruit").fill("cher")
    await mira.page.keyboard.press("Enter")
    await message.get_by_role("combobox", name="With whom").fill("omar")
    await mira.page.keyboard.press("Enter")
    await message.get_by_label("Date").fill("2026-12-01")
    await message.get_by_label("Time").fill("08:15")
    await message.get_by_label("With cream").check()
    await message.get_by_label(re.compile("^Banana")).check()
    assert (await heard(exhibits, "menu"))["selected_option"]["value"] == "bake"
    assert (await heard(exhibits, "fruit"))["selected_option"]["value"] == "cherry"
    assert (await heard(exhibits, "who"))["selected_user"] == exhibits.ws.user("omar").id
    assert (await heard(exhibits, "day"))["selected_date"] == "2026-12-01"
    assert (await heard(exhibits, "hour"))["selected_time"] == "08:15"
    assert (await heard(exhibits, "extras"))["selected_options"]
    assert (await heard(exhibits, "size"))["selected_option"]["value"] == "banana"
    await mira.page.reload()
    await expect(message.get_by_role("combobox", name="Pick a fruit")).to_have_value("Cherry")
    await expect(message.get_by_label("With cream")).to_be_checked()


async def test_a_confirm_dialog(exhibits: Stranger, opens: Opens) -> None:
    mira = await opens(exhibits.server, "mira")
    await mira.types("/gallery")
    await mira.clicks("Eat the last")
    question = mira.page.get_by_role("dialog", name="Eat the last one?")
    await expect(question).to_contain_text("There will be none left.")
    await question.get_by_role("button", name="Leave it").click()
    assert exhibits.heard == []
    await mira.clicks("Eat the last")
    await question.get_by_role("button", name="Eat it").click()
    await expect(question).to_have_count(0)
    assert (await heard(exhibits, "last"))["value"] == "last"


async def test_every_field_of_a_form(exhibits: Stranger, opens: Opens) -> None:
    mira = await opens(exhibits.server, "mira")
    await mira.types("/form")
    await mira.fills(
        {
            "Name": "nobody",
            "Story": "Once\nupon",
            "Post": "m@example.com",
            "How many": "three",
            "Fruit": "Banana",
            "More fruit": ["Apple", "Cherry"],
            "Guests": ["Omar", "Ada"],
            "Day": "2026-12-24",
            "Hour": "18:30",
            "Moment": "2026-12-24T18:30",
            "Size": "Apple",
            "Extras": ["Banana", "Cherry"],
        }
    )
    await mira.submits()
    await expect(mira.modal).to_contain_text("Enter a number.")
    await mira.fills({"How many": "3"})
    await mira.submits()
    await expect(mira.modal).to_contain_text("Everybody has a name.")
    await expect(mira.modal.get_by_label("Story")).to_have_value("Once\nupon")
    await mira.fills({"Name": "Mira"})
    await mira.submits()
    await mira.reads("Thank you, Mira.")
    values = [b for b in exhibits.heard if b["type"] == "view_submission"][-1]["view"]["state"][
        "values"
    ]
    assert values["moment"]["it"]["selected_date_time"] == 1798133400  # 18:30 in Berlin
    assert values["guests"]["it"]["selected_users"] == [
        exhibits.ws.user("omar").id,
        exhibits.ws.user("ada").id,
    ]
    assert [o["value"] for o in values["more_fruit"]["it"]["selected_options"]] == [
        "apple",
        "cherry",
    ]
    assert [o["value"] for o in values["extras"]["it"]["selected_options"]] == ["banana", "cherry"]
    assert values["day"]["it"]["selected_date"] == "2026-12-24"
    assert values["hour"]["it"]["selected_time"] == "18:30"


async def test_push_update_and_close(exhibits: Stranger, opens: Opens) -> None:
    mira = await opens(exhibits.server, "mira")
    await mira.types("/form")
    await mira.fills({"Name": "kept"})
    await mira.clicks("Deeper")
    await expect(mira.modal).to_contain_text("Below it all")
    await mira.page.get_by_role("button", name="Back").click()
    await expect(mira.modal.get_by_label("Name")).to_have_value("kept")
    await mira.clicks("Other")
    await expect(mira.modal.locator("h2")).to_have_text("Another title")
    await expect(mira.modal.get_by_label("Name")).to_have_value("kept")
    await mira.fills({"Name": "update"})
    await mira.submits()
    await expect(mira.modal).to_contain_text("This is new.")
    await mira.page.keyboard.press("Escape")
    await expect(mira.modal).to_have_count(0)


async def test_a_trigger_that_came_too_late(exhibits: Stranger, opens: Opens) -> None:
    mira = await opens(exhibits.server, "mira")
    await mira.types("/slow")
    await expect(mira.page.locator("#toasts")).to_contain_text(
        "views.open was refused (expired_trigger_id)"
    )


async def test_what_slack_refuses_is_seen(exhibits: Stranger, opens: Opens) -> None:
    mira = await opens(exhibits.server, "mira")
    await mira.types("/wrong")
    await expect(mira.page.locator("#toasts")).to_contain_text("invalid_blocks")
    await mira.page.locator("#toasts").get_by_role("button", name="Show").click()
    record = mira.page.locator(".record.bad").first
    await record.locator("summary").first.click()
    await expect(record.locator(".json")).to_contain_text("unsupported type")


async def test_files_threads_and_reactions(exhibits: Stranger, opens: Opens) -> None:
    mira = await opens(exhibits.server, "mira")
    await mira.types("/file")
    card = mira.page.get_by_role("link", name="Download <b>lunch</b>.ics")
    async with mira.page.expect_download() as download:
        await card.click()
    path = await (await download.value).path()
    assert path.read_bytes().startswith(b"BEGIN:VCALENDAR")
    await expect(mira.page.locator(".file-picture img")).to_have_count(1)

    await mira.types("/thread")
    await mira.page.get_by_role("button", name="1 reply").click()
    thread = mira.page.locator("#drawer")
    await expect(thread).to_contain_text("A first answer")
    await thread.locator("textarea").fill("A second one")
    await thread.locator("textarea").press("Enter")
    await expect(thread.locator(".message").last).to_contain_text("A second one")
    await expect(mira.page.get_by_role("button", name="2 replies")).to_be_visible()
    await expect(thread.locator(".reaction")).to_contain_text("👀")


async def test_shortcuts(exhibits: Stranger, opens: Opens) -> None:
    mira = await opens(exhibits.server, "mira")
    await mira.page.get_by_role("button", name="Shortcuts").click()
    await mira.page.get_by_role("menuitem", name="Fill in a form").click()
    await expect(mira.modal.locator("h2")).to_have_text("By shortcut")
    await mira.page.keyboard.press("Escape")
    await expect(mira.modal).to_have_count(0)
    await mira.types("remember the milk")
    said = mira.message("remember the milk")
    await said.hover()
    await said.get_by_role("button", name="Message actions").click()
    await mira.page.get_by_role("menuitem", name="Remember this").click()
    await mira.reads("Remembered: remember the milk")


async def test_editing_and_deleting_ones_own(exhibits: Stranger, opens: Opens) -> None:
    mira = await opens(exhibits.server, "mira")
    await mira.types("mlik")
    said = mira.message("mlik")
    await said.hover()
    await said.get_by_role("button", name="Message actions").click()
    await mira.page.get_by_role("menuitem", name="Edit message").click()
    await mira.page.get_by_label("Edit message").fill("milk")
    await mira.page.keyboard.press("Enter")
    await expect(mira.message("milk")).to_contain_text("(edited)")
    await mira.message("milk").hover()
    await mira.message("milk").get_by_role("button", name="Message actions").click()
    await mira.page.get_by_role("menuitem", name="Delete message").click()
    await expect(mira.message("milk")).to_have_count(0)


async def test_faults_and_limits_from_the_page(exhibits: Stranger, opens: Opens) -> None:
    mira = await opens(exhibits.server, "mira")
    await mira.page.get_by_role("button", name="Traffic").click()
    drawer = mira.page.locator("#drawer")
    await expect(drawer).to_contain_text("The app is connected (Socket Mode).")
    await drawer.get_by_label("Slack's rate limits").check()
    await drawer.get_by_text("Inject a fault").click()
    await drawer.get_by_label("Where").select_option("chat.postMessage")
    await drawer.get_by_role("button", name="Inject", exact=True).click()
    await expect(drawer).to_contain_text("429 for chat.postMessage ×1")
    await mira.types("/gallery")
    await expect(drawer.locator(".record.bad").first).to_contain_text("429, retry after 1 s")
    await mira.types("/gallery")
    await mira.reads("One of each")
    await expect(drawer.locator(".limits")).to_contain_text("chat.postMessage")


async def test_nothing_leaves_the_machine_but_pictures(exhibits: Stranger, opens: Opens) -> None:
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    mira = await opens(exhibits.server, "mira")
    mira.page.on("request", note)
    await mira.types("/gallery")
    await mira.reads("One of each")
    outside = {u for u in asked if not u.startswith(exhibits.server.url)}
    assert outside <= {"https://example.com/a.png"}


async def test_a_button_on_the_home_tab(exhibits: Stranger, opens: Opens) -> None:
    mira = await opens(exhibits.server, "mira")
    await mira.tab("Home")
    await mira.reads("Good day, @Mira Holm.")
    await mira.clicks("Count")
    assert (await heard(exhibits, "count"))["value"] == "count"
