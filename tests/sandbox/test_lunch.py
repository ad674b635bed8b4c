"""The lunch app through its front door, over Socket Mode and over signed HTTP alike."""

from tests.sandbox.conftest import Town


async def test_a_command_opens_a_modal_and_its_order_arrives(town: Town) -> None:
    mira = town.person("mira")
    await mira.types("/lunch")
    await mira.fills({"Dish": "Soup & <bread>", "How much?": "large"}, submit=True)
    await mira.reads("for lunch?", where="dm")
    assert mira.modal is None
    await mira.clicks("I am in")
    await mira.reads("You are in.")
    mira.never_reads("for lunch?")


async def test_an_error_stands_at_its_field_and_what_was_typed_stays(town: Town) -> None:
    mira = town.person("mira")
    await mira.types("/lunch")
    await mira.fills({"Dish": "nothing"}, submit=True)
    assert mira.errors == {"Dish": "Eat something."}
    assert mira.modal
    assert mira.modal.values["Dish"] == "nothing"
    await mira.fills({"Dish": "stew"}, submit=True)
    await mira.reads("stew for lunch?".replace("stew", "*stew*"))


async def test_an_answer_in_the_ack_is_seen_by_the_one_who_typed(town: Town) -> None:
    mira, omar = town.person("mira"), town.person("omar")
    await mira.types("/lunch help", channel="#general")
    seen = await mira.reads("Say /lunch and a dish.", where="#general")
    assert seen.ephemeral
    omar.never_reads("Say /lunch")


async def test_a_direct_message_is_answered(town: Town) -> None:
    mira = town.person("mira")
    await mira.says("leeks & <!channel>")
    seen = await mira.reads("Soup of")
    assert seen.text == "Soup of leeks & <!channel>"
    assert town.ws.broadcasts == []


async def test_home_is_published_when_it_is_opened(town: Town) -> None:
    home = await town.person("mira").opens_home()
    assert home.text == "Today: soup"


async def test_a_tick_in_a_message_is_told_and_remembered(town: Town) -> None:
    mira = town.person("mira")
    await mira.types("/lunch")
    await mira.fills({"Dish": "stew"}, submit=True)
    await mira.ticks("Bring a spoon")
    seen = await mira.reads("A spoon, noted.")
    assert seen.ephemeral
    await mira.reads("☑ Bring a spoon")
    told = next(b for b in town.heard if b.get("actions", [{}])[0].get("action_id") == "bring")
    chosen = told["state"]["values"]["answer"]["bring"]["selected_options"]
    assert [o["value"] for o in chosen] == ["spoon"]


async def test_closing_a_modal_is_told_where_asked(town: Town) -> None:
    mira = town.person("mira")
    await mira.types("/lunch")
    await mira.reads("Not today", where="modal")
    await mira.closes()
    assert mira.modal is None
    assert town.heard[-1]["type"] == "view_closed"


async def test_shortcuts_open_modals(town: Town) -> None:
    mira = town.person("mira")
    await mira.runs_shortcut("lunch_now")
    await mira.reads("Dish", where="modal")
    await mira.closes()
    await mira.says("pancakes", channel="#random")
    await mira.runs_shortcut("eat_this", on_message="pancakes")
    await mira.reads("pancakes", where="modal")
