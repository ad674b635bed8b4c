"""Bad input, twice: a modal, a click, an event, one after the other and at the same moment."""

import asyncio
from datetime import timedelta

from tests.scenarios.acts import (
    THURSDAY,
    accepts,
    asks_flash,
    bot_messages,
    held,
    offers_to_mentor,
    paired,
    scheduled,
)
from tests.scenarios.forged import button, buttons_of, controls_of, forge_click
from tests.scenarios.marks import sqlite_only
from tests.support.company import Company

ASKED = {"What is it about?": "Speaking up", "What do you hope to leave with?": "A way"}


async def test_a_modal_submitted_twice_at_once_counts_once(company: Company) -> None:
    await offers_to_mentor(company, "bruno", **{"Sessions a month, at most": "4"})
    ada = company["ada"]
    await ada.types("/mentoring flash")
    await ada.fills(ASKED)
    view = ada.client.modals[-1].view
    await asyncio.gather(*(ada.client.submit(view) for _ in range(3)))
    await company.settle()
    assert ada.modal is None
    assert len(bot_messages(company, "ada", "is on its way")) == 1
    assert len(bot_messages(company, "bruno", "would like to talk with you")) == 1


async def test_a_modal_submitted_again_counts_once(company: Company) -> None:
    await held(company)
    ada = company["ada"]
    await ada.clicks("Add next steps")
    await ada.fills({"First step": "Write the brief"})
    view = ada.client.modals[-1].view
    await ada.client.submit(view)
    await company.settle()
    company.workspace.modals[ada.id] = [view]  # Slack's client had not heard of the first
    await ada.client.submit(view)
    await company.settle()
    assert ada.modal is None
    assert (await ada.reads("Each owner hears from me")).text.count("Write the brief") == 1
    assert len(bot_messages(company, "bruno", "Write the brief")) == 1


async def test_one_offer_accepted_twice_at_once(company: Company) -> None:
    await offers_to_mentor(company, "bruno", **{"Sessions a month, at most": "4"})
    await asks_flash(company, "ada")
    await asyncio.gather(*(company["bruno"].clicks("I can help") for _ in range(3)))
    await company.settle()
    assert len(bot_messages(company, "ada", "meet @Bruno Costa")) == 1
    assert len(bot_messages(company, "ada", "Your checklist")) == 1
    # The card says so; whoever pressed it once more hears the same, and not that it is gone.
    assert len(bot_messages(company, "bruno", "You said yes")) >= 1
    await company["bruno"].reads("You said yes to this one already.")
    company["bruno"].never_reads("moved on to somebody else")
    assert not bot_messages(company, "bruno", "Something went wrong")


async def test_two_mentors_click_at_once_and_the_first_wins(company: Company) -> None:
    """The offer moved on a moment ago; the first mentor's screen has not been drawn anew."""
    await offers_to_mentor(company, "bruno")
    await asks_flash(company, "ada")
    offer = await company["bruno"].reads("I can help")
    old = button(offer, "I can help")
    await offers_to_mentor(company, "dara")
    await company["bruno"].clicks("Not this time")
    await company.until(company.clock.now() + timedelta(hours=5))
    await company["dara"].reads("I can help")
    await asyncio.gather(forge_click(company["bruno"], old), company["dara"].clicks("I can help"))
    await company.settle()
    assert len(bot_messages(company, "ada", "You have a flash session together")) == 1
    await company["ada"].reads("meet @Dara Quinn", where="group")
    await company["bruno"].reads("Nothing is left for you to do.")


async def test_the_accept_and_the_withdrawal_at_once_agree(company: Company) -> None:
    await offers_to_mentor(company, "bruno")
    await asks_flash(company, "ada")
    await asyncio.gather(
        company["bruno"].clicks("I can help"), company["ada"].clicks("Take it back")
    )
    await company.settle()
    introduced = bool(bot_messages(company, "ada", "You have a flash session together"))
    withdrawn = bool(bot_messages(company, "ada", "You took back your request"))
    assert introduced != withdrawn
    assert not bot_messages(company, "ada", "Something went wrong")
    assert not bot_messages(company, "bruno", "Something went wrong")


async def test_both_set_a_time_at_once_and_both_see_the_same(company: Company) -> None:
    await paired(company)
    for handle, at in (("ada", "Thursday 14:30"), ("bruno", "Friday 11:00")):
        await company[handle].clicks("Set a time")
        await company[handle].fills({"Or type it": at})
    await asyncio.gather(*(company[handle].submits() for handle in ("ada", "bruno")))
    await company.settle()
    told = {str(company[h].screen("group")[-1]) for h in ("ada", "bruno")}
    assert len(told) == 1
    await company.until(THURSDAY + timedelta(days=1))
    assert len(bot_messages(company, "ada", "starts now.")) == 1


async def test_both_answer_at_once(company: Company) -> None:
    await scheduled(company)
    await company.until(THURSDAY + timedelta(minutes=45))
    await asyncio.gather(company["ada"].clicks("Yes"), company["bruno"].clicks("No"))
    await company.settle()
    await company["ada"].reads("You said: yes, it took place.")
    await company["bruno"].reads("You said: no, it did not take place.")
    assert len(bot_messages(company, "ada", "What did you agree with")) == 1


async def test_the_same_words_delivered_twice_are_taken_once(company: Company) -> None:
    await paired(company)
    company.workspace.faults.duplicate_events(2)
    await company["ada"].says("How to begin")
    await company.settle()
    card = await company["bruno"].reads("The agenda from @Ada Adeyemi")
    assert card.text.count("How to begin") == 1
    assert len(bot_messages(company, "ada", "Thank you, this is your agenda.")) == 1


async def test_the_same_words_delivered_twice_in_parallel_are_taken_once(company: Company) -> None:
    await held(company)
    company.workspace.faults.parallel_duplicates(2)
    await company["ada"].says("- Write the brief")
    await company.settle()
    saved = await company["ada"].reads("Each owner hears from me")
    assert saved.text.count("Write the brief") == 1
    assert len(bot_messages(company, "bruno", "Write the brief")) == 1


@sqlite_only
async def test_new_people_met_by_many_events_at_once(company: Company) -> None:
    """The first thing ever heard of somebody, several times at once: one row, one welcome."""
    ada = company["ada"]
    await asyncio.gather(
        ada.types("/mentoring help"), ada.types("/mentoring sessions"), ada.says("Hello?")
    )
    await company.settle()
    await ada.reads("I bring two people together")
    await ada.reads("Nothing is open for you just now.")
    await ada.reads("Nothing is waiting for an answer")


@sqlite_only
async def test_a_click_on_a_message_whose_session_is_over(company: Company) -> None:
    await scheduled(company)
    old = buttons_of(company["ada"])
    await company["bruno"].clicks("Cancel")
    await company["bruno"].ticks("Call it off")
    await company["bruno"].submits()
    await company.settle()
    for action in old:
        before = len(bot_messages(company, "ada"))
        await forge_click(company["ada"], action)
        await company.settle()
        if company["ada"].modal is not None:
            modal = company["ada"].modal
            needed = [label for label in modal.values if label in ("To talk about",)]
            await company["ada"].fills(dict.fromkeys(needed, "Anything"), submit=True)
            assert company["ada"].errors, modal
            await company["ada"].closes()
        else:
            assert len(bot_messages(company, "ada")) == before + 1
    company["bruno"].never_reads("Something went wrong")
    assert not bot_messages(company, "ada", "Something went wrong")


@sqlite_only
async def test_a_tick_after_the_session_is_answered_in_words(company: Company) -> None:
    await scheduled(company)
    ada = company["ada"]
    box = await ada.reads("Your checklist for")
    control = next(c for c in controls_of(box) if c.kind == "checkboxes")
    await company["bruno"].clicks("Cancel")
    await company["bruno"].ticks("Call it off")
    await company["bruno"].submits()
    await company.settle()
    ada.never_reads("Tick what is done")
    ticked = {"type": "checkboxes", "selected_options": control.element["options"][:1]}
    action = {"block_id": control.block_id, "action_id": control.action_id, **ticked}
    state = {"values": {control.block_id: {control.action_id: ticked}}}
    await forge_click(ada, action, state=state)
    await company.settle()
    await ada.reads("This session is over, so there is nothing to change any more.")


@sqlite_only
async def test_the_capacity_holds_when_many_ask_at_once(company: Company) -> None:
    await offers_to_mentor(company, "bruno")
    for handle in ("ada", "chen", "dara"):
        await company[handle].types("/mentoring flash")
        await company[handle].fills(ASKED)
    await asyncio.gather(*(company[handle].submits() for handle in ("ada", "chen", "dara")))
    await company.settle()
    assert len(bot_messages(company, "bruno", "would like to talk with you")) == 1
    await accepts(company, "bruno")


@sqlite_only
async def test_quick_ticks_on_a_screen_that_is_behind_are_all_kept(company: Company) -> None:
    """Each tick draws the message anew; one made on an older drawing takes none away."""
    await paired(company)
    ada = company["ada"]
    box = await ada.reads("Your checklist for")
    control = next(c for c in controls_of(box) if c.kind == "checkboxes")
    options = control.element["options"]
    # Three ticks, the second and third on a screen that still shows the first alone.
    for shown, now in (([], [0]), ([0], [0, 1]), ([0], [0, 2])):
        now_ticked = {"type": "checkboxes", "selected_options": [options[n] for n in now]}
        element = {**control.element, "initial_options": [options[n] for n in shown]}
        blocks = [{**control.block, "elements": [element]}]
        await forge_click(
            ada,
            {"block_id": control.block_id, "action_id": control.action_id, **now_ticked},
            state={"values": {control.block_id: {control.action_id: now_ticked}}},
            message={"blocks": blocks},
        )
    await company.settle()
    assert (await ada.reads("Your checklist for")).text.count("☑") == 3
