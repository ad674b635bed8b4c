"""Leads review a plan: lock, veto, swap, another plan, two of them at once, and who leaves."""

import asyncio
from collections.abc import Sequence

import pytest

from bot.sandbox.people import PersonSpec
from tests.scenarios.marks import sqlite_only
from tests.scenarios.programme_acts import (
    CHANNEL,
    DATA,
    DESIGN,
    LEADS,
    NOTICE,
    RUN,
    approves,
    card,
    joins,
    makes_programme,
    mentees,
    mentors,
    pairs_in,
    partners,
    people,
    thread,
)
from tests.scenarios.record import assert_all_said_once
from tests.support.company import Company

MENTORS = ("max", "moe", "mia")
MENTEES = ("ned", "nat", "noa")
LOCK, UNLOCK = "Lock: keep these together", "Unlock"
SWAP, VETO = "Swap for somebody else", "Not these two"


@pytest.fixture
def staff() -> Sequence[PersonSpec]:
    return (*LEADS, *people(*MENTORS, *MENTEES, "late", "bob"))


@pytest.fixture
async def planned(company: Company) -> Company:
    """Three pairs wait for the yes of one of two leads."""
    await makes_programme(company, "pia", *MENTORS, *MENTEES, "late", "bob", Leads=["lea", "pia"])
    await mentors(company, MENTORS)
    await mentees(company, MENTEES)
    await company.until(RUN)
    assert len(pairs_in(company)) == 3
    return company


async def _does(planned: Company, verb: str, lead: str = "lea") -> None:
    """Use the first pair's menu."""
    await planned[lead].clicks(verb, in_message="Who meets whom")
    await planned.settle()


def _first(planned: Company) -> tuple[str, str]:
    text = next(one for one in thread(planned) if "Who meets whom" in one)
    line = next(line for line in text.splitlines() if line.startswith("@"))
    mentee, mentor = line.split(" · ")[0].split(" – ")
    return mentee.removeprefix("@"), mentor.removeprefix("@")


async def test_a_lock_holds_and_is_seen_by_both_leads(planned: Company) -> None:
    kept = _first(planned)
    await _does(planned, LOCK)
    assert "One pair is locked." in card(planned, "pia").text
    assert "locked" in thread(planned, "pia")[0]
    for seed in ("1", "2", "3"):
        await planned["lea"].clicks("Another plan")
        await planned["lea"].fills({"Seed": seed}, submit=True)
        await planned.settle()
        assert kept in pairs_in(planned)
    assert "Plan 4, seed 3" in card(planned).text
    await planned["pia"].clicks(UNLOCK, in_message="Who meets whom")
    await planned.settle()
    assert "locked" not in card(planned).text


async def test_the_same_seed_gives_the_same_plan(planned: Company) -> None:
    found: dict[str, set[tuple[str, str]]] = {}
    for seed in ("7", "8", "7", "9", "8"):
        await planned["lea"].clicks("Another plan")
        await planned["lea"].fills({"Seed": seed}, submit=True)
        await planned.settle()
        found.setdefault(seed, pairs_in(planned))
        assert pairs_in(planned) == found[seed]
    await planned["lea"].clicks("Another plan")
    await planned["lea"].fills({"Seed": "-1"}, submit=True)
    await planned.settle()
    assert planned["lea"].errors["Seed"]


async def test_a_veto_makes_the_plan_anew_and_says_what_changed(planned: Company) -> None:
    before, out = pairs_in(planned), _first(planned)
    await _does(planned, VETO)
    after = pairs_in(planned)
    assert len(after) == 3
    assert out not in after
    shown = card(planned, "pia").text
    assert "Changed since the plan before" in shown
    assert f"{len(after - before)} pairs are new." in shown
    assert f"@{out[0]} – @{out[1]}" in shown
    assert "One pair is ruled out by you." in shown
    assert thread(planned)[0].count("new\n") == len(after - before)
    await approves(planned)
    assert out[1] not in partners(planned, out[0].lower())


async def test_a_swap_is_around_whom_the_lead_chose(planned: Company) -> None:
    mentee, mentor = _first(planned)
    other = next(one.capitalize() for one in MENTORS if one.capitalize() != mentor)
    await planned["lea"].clicks(SWAP, in_message="Who meets whom")
    await planned["lea"].reads(f"In the plan, @{mentee} meets @{mentor}", where="modal")
    await planned["lea"].fills({"Who instead?": other}, submit=True)
    await planned.settle()
    assert (mentee, other) in pairs_in(planned)
    assert len(pairs_in(planned)) == 3
    await approves(planned, "pia")
    assert partners(planned, mentee.lower()) == {other}
    await assert_all_said_once(planned)


async def test_two_leads_approve_at_once(planned: Company) -> None:
    plan = pairs_in(planned)
    await asyncio.gather(*(planned[lead].clicks("Approve") for lead in ("lea", "pia")))
    await planned.settle()
    for mentee, mentor in plan:
        assert partners(planned, mentee.lower()) == {mentor}
        rooms = [s for s in planned[mentee.lower()].screen("group") if s.has("together, 30")]
        assert len(rooms) == 1
    said = [
        s.text
        for lead in ("lea", "pia")
        for s in planned[lead].screen()
        if s.ephemeral or s.where == "modal"
    ]
    assert len([one for one in said if "has approved this plan already" in one]) == 1, said
    await assert_all_said_once(planned)


async def test_an_older_plan_is_not_approved(planned: Company) -> None:
    """Pia's finger is on the button of the plan before, while Lea makes another."""
    pia = planned["pia"]
    surface = card(planned, "pia").surface
    assert surface is not None
    old = [dict(block) for block in surface.blocks]
    await _does(planned, VETO)
    value = next(e["value"] for b in old for e in b.get("elements", []) if e.get("style"))
    newest = card(planned, "pia").surface
    assert newest is not None
    for block in newest.blocks:
        for element in block.get("elements", []):
            if element.get("style") == "primary":
                element["value"] = value
    await pia.clicks("Approve")
    await planned.settle()
    await pia.reads("Another plan was made meanwhile.")
    for handle in MENTEES:
        assert partners(planned, handle) == set()


async def test_who_leaves_between_plan_and_yes_is_taken_out(planned: Company) -> None:
    """One by pausing, as anybody may; one by leaving the house."""
    plan = dict(pairs_in(planned))
    paused, left_house = plan["Ned"].lower(), "nat"
    await planned[paused].types("/mentoring pause")
    await planned[paused].submits()
    planned.workspace.deactivate(left_house)
    await planned.settle()
    await approves(planned)
    news = await planned["pia"].reads("since the plan was made", where="group")
    assert f"@{plan['Ned']}" in news.text
    assert "@Nat" in news.text
    assert "taken out" in thread(planned)[0]
    assert partners(planned, "ned") == set()
    await planned["ned"].reads("found nobody for you", where="dm")
    await planned[plan["Nat"].lower()].reads("found nobody for you", where="dm")
    assert partners(planned, "noa") == {plan["Noa"]}
    planned[paused].never_reads("found nobody for you")
    await assert_all_said_once(planned)


@sqlite_only
async def test_a_person_is_found_in_the_plan(planned: Company) -> None:
    lea, plan = planned["lea"], dict(pairs_in(planned))
    await lea.picks("Find a person", "noa")
    await planned.settle()
    shown = thread(planned, "pia")[0]
    assert "@Noa in this plan" in shown
    assert f"@Noa – @{plan['Noa']}" in shown
    assert "@Ned –" not in shown
    await lea.clicks("All pairs")
    await planned.settle()
    assert len(pairs_in(planned)) == 3
    await lea.picks("Find a person", "bob")
    await planned.settle()
    await lea.reads("This person takes no part in this round.")


@sqlite_only
async def test_nobody_else_may_use_the_leads_buttons(planned: Company) -> None:
    """Pia is made no lead any more; the card is still on her screen."""
    lea, pia = planned["lea"], planned["pia"]
    await lea.types("/mentoring programme", CHANNEL)
    await lea.fills({"Leads": ["lea"]}, submit=True)
    await planned.settle()
    await lea.clicks("Save")
    await planned.settle()
    for label in ("Approve", "Another plan", "Throw away", LOCK, SWAP, VETO):
        await pia.clicks(label)
        await planned.settle()
        assert pia.modal is None, label
        assert pia.screen("ephemeral")[-1].has("Only the leads"), label
    for handle in MENTEES:
        assert partners(planned, handle) == set()


@sqlite_only
async def test_thrown_away_is_for_good(planned: Company) -> None:
    await planned["pia"].clicks("Throw away")
    await planned.settle()
    assert "This round was called off" in card(planned).text
    for handle in (*MENTORS, *MENTEES):
        assert partners(planned, handle) == set()
        planned[handle].never_reads("found nobody for you")
    await planned["ned"].reads("does not take place", where="dm")


async def test_it_goes_out_by_itself_where_the_lead_wants_that(company: Company) -> None:
    await makes_programme(
        company, *MENTORS, *MENTEES, Who_lets_a_round_go_out="The plan goes out by itself"
    )
    await mentors(company, MENTORS)
    await mentees(company, MENTEES)
    await company.until(RUN)
    assert all(len(partners(company, handle)) == 1 for handle in (*MENTORS, *MENTEES))
    assert "The plan went out by itself" in card(company).text
    assert "Approve" not in card(company).buttons
    await assert_all_said_once(company)


async def test_with_opt_in_only_those_who_said_yes(company: Company) -> None:
    await makes_programme(
        company,
        *MENTORS,
        *MENTEES,
        Who_takes_part=["Only those who say so before each round"],
        Who_lets_a_round_go_out="The plan goes out by itself",
    )
    await mentors(company, MENTORS)
    await mentees(company, MENTEES)
    await company.until(NOTICE)
    asked = await company["max"].reads("Would you like to take part?", where="dm")
    assert asked.buttons[:2] == ("Count me in", "Skip this one")
    for handle in ("max", "ned", "nat"):
        await company[handle].clicks("Count me in")
    await company["nat"].clicks("Skip this one")
    await company.settle()
    assert "So far 2 people take part." in card(company).text
    await company.until(RUN)
    assert partners(company, "ned") == {"Max"}
    for handle in ("nat", "noa", "moe"):
        assert partners(company, handle) == set()
        company[handle].never_reads("found nobody for you")


@sqlite_only
async def test_a_swap_says_who_is_left_by_it(company: Company) -> None:
    """Of two mentors one alone knows Data: the plan is remade around what the lead wants."""
    await makes_programme(company, *MENTORS, *MENTEES)
    await joins(company, "max", roles=("Mentor: I help others",), offers=[DATA, DESIGN])
    await mentors(company, ["moe"], DESIGN)
    await mentees(company, ["ned"], DATA)
    await mentees(company, ["nat"], DESIGN)
    await company.until(RUN)
    assert pairs_in(company) == {("Ned", "Max"), ("Nat", "Moe")}
    await company["lea"].clicks(SWAP, in_message="@Nat – @Moe")
    await company["lea"].closes()
    await company["lea"].clicks(VETO, in_message="@Nat – @Moe")
    await company.settle()
    assert len(pairs_in(company)) == 1
    assert "with others in this plan" in thread(company)[-1]
