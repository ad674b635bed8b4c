"""A stranger's app on the page: it knows nothing of Lantern, nor does the page."""

import pytest
from playwright.async_api import FilePayload, expect

from tests.browser.conftest import PHONE, Opens, Stranger


async def test_a_command_a_modal_with_an_error_and_then_without(
    lunches: Stranger, opens: Opens
) -> None:
    mira = await opens(lunches.server, "mira")
    await mira.types("/lunch nothing")
    await expect(mira.modal.get_by_label("Dish")).to_have_value("nothing")

    await mira.submits()
    wrong = mira.modal.locator(".input.wrong")
    await expect(wrong).to_contain_text("Eat something.")
    await expect(wrong.get_by_label("Dish")).to_have_value("nothing")
    await expect(wrong.get_by_label("Dish")).to_be_focused()

    await mira.fills({"Dish": "Leek soup", "How much?": "large"})
    await mira.submits()
    await expect(mira.modal).to_have_count(0)
    await mira.reads("Leek soup for lunch?")
    submitted = [b for b in lunches.heard if b.get("type") == "view_submission"][-1]
    held = submitted["view"]["state"]["values"]
    assert held["dish"]["dish"]["value"] == "Leek soup"
    assert held["size"]["size"]["selected_option"]["value"] == "large"


async def test_a_required_field_is_refused_by_slacks_own_client(
    lunches: Stranger, opens: Opens
) -> None:
    mira = await opens(lunches.server, "mira")
    await mira.types("/lunch")
    await expect(mira.modal).to_be_visible()
    await mira.submits()
    await expect(mira.modal).to_contain_text("Please complete this required field.")
    assert not [b for b in lunches.heard if b.get("type") == "view_submission"]


async def test_a_button_and_a_tick_box_in_a_message(lunches: Stranger, opens: Opens) -> None:
    mira = await opens(lunches.server, "mira")
    await mira.types("/lunch")
    await mira.fills({"Dish": "Soup"})
    await mira.submits()
    await mira.page.get_by_label("Bring a spoon").check()
    await mira.reads("A spoon, noted.")
    await expect(mira.page.get_by_label("Bring a spoon")).to_be_checked()
    await mira.message("A spoon, noted.").get_by_role("button", name="Dismiss").first.click()
    await expect(mira.message("A spoon, noted.")).to_have_count(0)
    await mira.clicks("I am in")
    await mira.reads("You are in.")


async def test_direct_messages_are_answered_in_words(lunches: Stranger, opens: Opens) -> None:
    mira = await opens(lunches.server, "mira")
    await mira.types("the *day*")
    await mira.reads("Soup of the day")


async def test_an_app_that_never_answers(lunches: Stranger, opens: Opens) -> None:
    lunches.ws.ack_limit = 0.2
    mira = await opens(lunches.server, "mira")
    await mira.types("/deaf")
    await mira.reads('/deaf failed with the error "operation_timeout"')
    await mira.types("/nonsense")
    await mira.reads("/nonsense is not a valid command.")


async def test_the_home_tab(lunches: Stranger, opens: Opens) -> None:
    mira = await opens(lunches.server, "mira")
    await mira.tab("Home")
    await mira.reads("Today: soup")


async def test_unread_marks_follow_the_person(lunches: Stranger, opens: Opens) -> None:
    mira = await opens(lunches.server, "mira")
    omar = await opens(lunches.server, "omar")
    general = mira.page.locator("#side .row").filter(has_text="general")
    await omar.goes_to("general")
    await omar.types("Good morning @mira")
    await expect(general.locator(".unread-count")).to_contain_text("1")

    await mira.becomes("Ada Okafor")
    await expect(general.locator(".unread-count")).to_contain_text("1")
    await mira.goes_to("general")
    await expect(general.locator(".unread-count")).to_have_count(0)
    await mira.becomes("Mira Holm")
    await expect(general.locator(".unread-count")).to_contain_text("1")


async def test_two_windows_of_one_person(lunches: Stranger, opens: Opens) -> None:
    one = await opens(lunches.server, "mira")
    two = await opens(lunches.server, "mira")
    await one.types("/lunch")
    await expect(two.modal).to_be_visible()
    await one.modal.get_by_label("Dish").press_sequentially("Half a")
    await expect(two.modal.get_by_label("Dish")).to_have_value("Half a")
    await two.modal.get_by_label("Dish").fill("Half a pie")
    await two.submits()
    await expect(one.modal).to_have_count(0)
    await one.reads("Half a pie for lunch?")
    await two.reads("Half a pie for lunch?")


async def test_html_stays_text_everywhere(lunches: Stranger, opens: Opens) -> None:
    attack = "<img src=x onerror=\"document.title='owned'\"><script>owned()</script>"
    lunches.ws.change_person("omar", name=attack)
    lunches.ws.change_person("mira", title=attack)
    omar = await opens(lunches.server, "omar")
    await omar.types(attack)
    await expect(omar.message("Soup of").locator(".body")).to_contain_text(attack)
    picked: FilePayload = {
        "name": f"{attack}.txt",
        "mimeType": "text/html",
        "buffer": b"<b>x</b>",
    }
    await omar.page.locator("main input[type=file]").set_input_files([picked])
    await expect(omar.page.locator(".file")).to_contain_text("onerror")
    await expect(omar.page.locator(".who b")).to_have_text(attack)
    assert await omar.page.locator("img[onerror], main script").count() == 0
    assert "owned" not in (await omar.page.title()).replace(attack, "")


async def test_a_message_too_long_is_refused_and_kept(lunches: Stranger, opens: Opens) -> None:
    mira = await opens(lunches.server, "mira")
    await mira.types("x" * 40_001)
    await expect(mira.page.locator(".composer .error")).to_contain_text("40,000 at most")
    assert len(await mira.composer.input_value()) == 40_001
    await mira.types("y" * 40_000)
    await expect(mira.message("yyyy").get_by_role("button", name="Show more")).to_be_visible()
    assert not await mira.overflows()


async def test_the_clock_moves_a_year(lunches: Stranger, opens: Opens) -> None:
    mira = await opens(lunches.server, "mira")
    await mira.lets_pass("+1 day")
    await expect(mira.page.locator("#top .clock-face")).to_contain_text("Tue, 24 Nov 2026")
    asked = (
        "fetch('/do/clock', {method: 'POST', headers: {'Content-Type': 'application/json', "
        "'X-Local-Workspace': '1'}, body: JSON.stringify({advance: 31536000})})"
    )
    await mira.page.evaluate(asked)
    await expect(mira.page.locator("#top .clock-face")).to_contain_text("Wed, 24 Nov 2027")
    await mira.types("a year on")
    await mira.reads("Soup of a year on")


async def test_playing_and_stopping_the_clock(lunches: Stranger, opens: Opens) -> None:
    mira = await opens(lunches.server, "mira")
    before = lunches.ws.clock.now()
    await mira.page.get_by_role("button", name="Play 60 times as fast").click()
    stop = mira.page.get_by_role("button", name="Stop")
    await expect(stop).to_be_visible()
    await expect(mira.page.locator("#top .clock-face b")).not_to_have_text("10:00")
    await stop.click()
    await expect(mira.page.get_by_role("button", name="Play at real speed")).to_be_visible()
    assert lunches.ws.clock.now() > before


async def test_on_a_phone(lunches: Stranger, opens: Opens) -> None:
    mira = await opens(lunches.server, "mira", viewport=PHONE, has_touch=True)
    assert not await mira.overflows()
    await mira.types("/lunch nothing")
    await expect(mira.modal).to_be_visible()
    box = await mira.modal.bounding_box()
    assert box is not None
    assert (box["x"], box["width"]) == (0, 390)
    await mira.submits()
    await expect(mira.modal).to_contain_text("Eat something.")
    await mira.fills({"Dish": "Soup", "How much?": "small"})
    await mira.submits()
    await mira.reads("Soup for lunch?")
    assert not await mira.overflows()
    await mira.page.get_by_role("button", name="Conversations").click()
    await mira.goes_to("general")
    await expect(mira.page.locator("#side")).not_to_be_visible()
    await mira.page.get_by_role("button", name="Clock").click()
    await mira.page.get_by_role("button", name="+1 h").click()
    await expect(mira.page.locator(".clock-line")).to_contain_text("11:00")
    assert not await mira.overflows()


@pytest.mark.parametrize("width", [390, 620, 899, 900, 1000, 1199, 1200, 1400])
async def test_every_width_between(lunches: Stranger, opens: Opens, width: int) -> None:
    mira = await opens(lunches.server, "mira", viewport={"width": width, "height": 800})
    assert not await mira.overflows()
    bar = await mira.page.locator("#top").bounding_box()
    assert bar is not None
    assert bar["height"] < 60, "the bar is one line high"


async def test_dark_colours(lunches: Stranger, opens: Opens) -> None:
    mira = await opens(lunches.server, "mira", color_scheme="dark")
    paint = "getComputedStyle(document.body).backgroundColor"
    dark = await mira.page.evaluate(paint)
    await mira.page.get_by_role("button", name="Light colours").click()
    assert await mira.page.evaluate(paint) == "rgb(255, 255, 255)" != dark
    await mira.page.reload()
    await expect(mira.page.get_by_role("button", name="Dark colours")).to_be_visible()
