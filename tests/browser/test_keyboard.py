"""The page without a mouse: every step by keys, and the focus always to be seen."""

from playwright.async_api import Page, expect

from tests.browser.conftest import Opens, Stranger


async def focused(page: Page) -> str:
    """What a screen reader would call the thing that has the focus."""
    name: str = await page.evaluate(
        "() => { const n = document.activeElement; return n.getAttribute('aria-label') || "
        "n.labels?.[0]?.textContent || n.textContent || n.tagName }"
    )
    return name.strip()


async def tab_to(page: Page, name: str, most: int = 40) -> None:
    """Press Tab until the focus is there."""
    for _ in range(most):
        if name in await focused(page):
            return
        await page.keyboard.press("Tab")
    raise AssertionError(f"{name} cannot be reached by Tab; now at {await focused(page)}")


async def test_a_whole_errand_by_keys(lunches: Stranger, opens: Opens) -> None:
    mira = await opens(lunches.server, "mira")
    page = mira.page
    await page.keyboard.press("Tab")
    assert "Skip" in await focused(page)
    await tab_to(page, "Message lunch")
    await page.keyboard.type("/lu")
    await page.keyboard.press("Enter")
    await page.keyboard.type("nothing")
    await page.keyboard.press("Enter")
    await expect(mira.modal).to_be_visible()
    assert "Dish" in await focused(page)

    await tab_to(page, "Order")
    await page.keyboard.press("Enter")
    await expect(mira.modal).to_contain_text("Eat something.")
    assert "Dish" in await focused(page)
    await page.keyboard.press("Control+a")
    await page.keyboard.type("Pie")
    await page.keyboard.press("Tab")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await page.keyboard.press("Shift+Tab")
    assert "Dish" in await focused(page)
    await page.keyboard.press("Enter")
    await expect(mira.modal).to_have_count(0)
    await mira.reads("Pie for lunch?")
    assert "Message lunch" in await focused(page)

    for _ in range(12):
        await page.keyboard.press("Shift+Tab")
        if "Bring a spoon" in await focused(page):
            break
    await page.keyboard.press("Space")
    await mira.reads("A spoon, noted.")
    await expect(page.get_by_label("Bring a spoon")).to_be_checked()


async def test_the_focus_stays_inside_a_modal(lunches: Stranger, opens: Opens) -> None:
    mira = await opens(lunches.server, "mira")
    await mira.types("/lunch")
    await expect(mira.modal).to_be_visible()
    for _ in range(12):
        await mira.page.keyboard.press("Tab")
        outside = (
            "!document.activeElement.closest('dialog') && document.activeElement !== document.body"
        )
        assert not await mira.page.evaluate(outside)
    await mira.page.keyboard.press("Escape")
    await expect(mira.modal).to_have_count(0)
    assert "Message lunch" in await focused(mira.page)
    assert [b for b in lunches.heard if b.get("type") == "view_closed"]


async def test_conversations_and_tabs_by_arrows(lunches: Stranger, opens: Opens) -> None:
    mira = await opens(lunches.server, "mira")
    row = mira.page.locator("#side .row").first
    await row.focus()
    await mira.page.keyboard.press("ArrowDown")
    assert "general" in await focused(mira.page)
    await mira.page.keyboard.press("Enter")
    await expect(mira.page.locator(".talk-head h1")).to_contain_text("general")
    await mira.goes_to("lunch")
    await mira.page.get_by_role("tab", name="Messages").focus()
    await mira.page.keyboard.press("ArrowLeft")
    await mira.page.keyboard.press("Enter")
    await mira.reads("Today: soup")


async def test_the_focus_is_to_be_seen(lunches: Stranger, opens: Opens) -> None:
    mira = await opens(lunches.server, "mira")
    await mira.page.keyboard.press("Tab")
    seen = (
        "() => { const s = getComputedStyle(document.activeElement); const box = "
        "document.activeElement.closest('.composer-box,.combo'); const b = box && "
        "getComputedStyle(box); return s.outlineStyle !== 'none' || (b && b.outlineStyle !== "
        "'none') }"
    )
    for _ in range(20):
        await mira.page.keyboard.press("Tab")
        if await mira.page.evaluate("document.activeElement === document.body"):
            continue
        assert await mira.page.evaluate(seen), await focused(mira.page)


async def test_a_new_message_is_announced(lunches: Stranger, opens: Opens) -> None:
    mira = await opens(lunches.server, "mira")
    await mira.types("tomatoes")
    await expect(mira.page.locator("#live")).to_contain_text("lunch: Soup of tomatoes")
    omar = await opens(lunches.server, "omar")
    await omar.goes_to("general")
    await omar.types("news")
    await expect(mira.page.locator("#live")).to_contain_text("New message in #general")
