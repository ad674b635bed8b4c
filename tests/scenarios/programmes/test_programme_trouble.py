"""What goes wrong with programmes: nobody to match, channels that close, leads who leave."""

import shutil
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from bot.sandbox.people import PersonSpec
from bot.services.library import SHIPPED, Library
from tests.scenarios.marks import sqlite_only
from tests.scenarios.programme_acts import (
    CHANNEL,
    DATA,
    DESIGN,
    LEADS,
    MENTEE,
    MENTOR,
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

MANY = tuple(f"p{n}" for n in range(40))
DIFFER = {"What two people must not share": ["A department", "A reporting line"]}


@pytest.fixture
def staff() -> Sequence[PersonSpec]:
    admin = PersonSpec("ava", "Ava", is_admin=True)
    return (*LEADS, admin, *people("max", "ned", "noa", *MANY))


@sqlite_only
async def test_without_mentors(company: Company) -> None:
    await makes_programme(company, "ned", "noa")
    await mentees(company, ["ned", "noa"])
    await company.until(RUN)
    assert "Nobody could be brought together. 2 people take part." in card(company).text
    assert "no mentor takes part" in thread(company)[-1]
    await approves(company)
    told = await company["ned"].reads("found nobody for you", where="dm")
    assert "This time nobody was there on the other side." in told.text


@sqlite_only
async def test_with_one_person_or_none(company: Company) -> None:
    lea = company["lea"]
    await makes_programme(company, "max")
    await lea.types("/mentoring round now", CHANNEL)
    await company.settle()
    assert lea.screen("ephemeral")[-1].has("at least two people who have joined")
    await joins(company, "max", roles=(MENTOR, MENTEE), offers=[DESIGN], seeks=[DESIGN])
    await company.until(RUN)
    assert "Nobody could be brought together." in card(company).text
    assert pairs_in(company) == set()


@sqlite_only
async def test_where_everyone_is_forbidden_to_everyone(company: Company) -> None:
    await makes_programme(company, "max", "ned", rules=DIFFER)
    await mentors(company, ["max"], Department="Sales")
    await mentees(company, ["ned"], Department="Sales")
    await company.until(RUN)
    assert "none outside their department" in thread(company)[-1]
    await approves(company)
    await company["ned"].reads("this programme brings departments together", where="dm")


@sqlite_only
async def test_two_who_are_each_others_manager(company: Company) -> None:
    await makes_programme(company, "max", "ned")
    await mentors(company, ["max"], Your_manager="ned")
    await mentees(company, ["ned"], Your_manager="max")
    await company.until(RUN)
    assert pairs_in(company) == set()
    assert "none outside their reporting line" in thread(company)[-1]


async def test_a_wish_not_to_meet_is_kept_and_never_shown(company: Company) -> None:
    await makes_programme(company, "max", "ned")
    await mentors(company, ["max"])
    await mentees(company, ["ned"], Whom_I_would_rather_not_meet_here=["max"])
    await company.until(RUN)
    assert pairs_in(company) == set()
    await approves(company)
    for handle in ("lea", "max", "ned"):
        for seen in company[handle].screen():
            assert "rather not meet @" not in seen.text
            assert "asked not to" not in seen.text
    told = await company["max"].reads("found nobody for you", where="dm")
    assert "It says nothing about you." in told.text


@sqlite_only
async def test_forty_people_who_are_all_alike(company: Company) -> None:
    half = len(MANY) // 2
    await makes_programme(company, Who_lets_a_round_go_out="The plan goes out by itself")
    await mentors(company, MANY[:half])
    await mentees(company, MANY[half:])
    await company.until(RUN)
    assert "40 of 40 people have somebody to talk with, in 20 pairs." in card(company).text
    assert all(len(partners(company, handle)) == 1 for handle in MANY)
    await assert_all_said_once(company)


async def test_a_channel_that_is_archived_and_comes_back(company: Company) -> None:
    lea = company["lea"]
    await makes_programme(company, "max", "ned")
    await mentors(company, ["max"])
    await mentees(company, ["ned"])
    await lea.archives(CHANNEL)
    await company.settle()
    await lea.reads("was archived, so the programme rests", where="dm")
    await company.until(RUN + timedelta(hours=1))
    company["ned"].never_reads("You take part in the next round")
    assert pairs_in(company) == set()
    await lea.unarchives(CHANNEL)
    await company.settle()
    back = await lea.reads("is back, and the programme goes on", where="dm")
    assert "Thursday, December 3, 2026 at 10:00" in back.text
    await company.until(NOTICE + timedelta(days=7))
    await company["ned"].reads("You take part in the next round", where="dm")
    await assert_all_said_once(company)


async def test_the_last_lead_leaves(company: Company) -> None:
    await makes_programme(company, "ava", "pia", "max", "ned", Leads=["lea", "pia"])
    company.workspace.deactivate("lea")
    await company.settle()
    await company["pia"].reads("no longer leads Circle", where="dm")
    company.workspace.deactivate("pia")
    await company.settle()
    await company["max"].reads("has no lead at the moment", where=f"#{CHANNEL}")
    ava = company["ava"]
    await ava.types("/mentoring programme", CHANNEL)
    await ava.fills({"Leads": ["max"]}, submit=True)
    await company.settle()
    await ava.clicks("Save")
    await company.settle()
    shown = await company["ned"].reads("Joining takes two minutes", where=f"#{CHANNEL}")
    assert "@Max" in shown.text
    assert "@Lea" not in shown.text
    await mentees(company, ["ned"])
    await company.until(NOTICE)
    assert "Round 1" in card(company, "max").text
    await assert_all_said_once(company)


async def test_the_bot_is_taken_out_of_the_channel(company: Company) -> None:
    lea = company["lea"]
    await makes_programme(company, "max", "ned")
    await mentors(company, ["max"])
    await mentees(company, ["ned"])
    await lea.removes_app(CHANNEL)
    await company.settle()
    await lea.reads("I am not in the channel of Circle any more", where="dm")
    await company.until(RUN)
    assert pairs_in(company) == {("Ned", "Max")}
    await approves(company)
    assert partners(company, "ned") == {"Max"}
    await lea.types("/mentoring programme", CHANNEL)
    await company.settle()
    assert lea.modal is None
    await lea.reads("/invite")


@sqlite_only
async def test_a_private_channel_the_app_is_in(company: Company) -> None:
    lea = company["lea"]
    await lea.creates_channel("hidden", private=True)
    await lea.types("/mentoring programme", "hidden")
    await company.settle()
    await lea.reads("/invite")
    await lea.invites_app("hidden")
    await lea.invites("ned", "hidden")
    await makes_programme(company, name="hidden")
    await company["ned"].reads("Joining takes two minutes", where="#hidden")


@sqlite_only
async def test_buttons_that_are_pressed_twice_do_it_once(company: Company) -> None:
    await makes_programme(company, "max", "ned")
    await mentors(company, ["max"])
    await mentees(company, ["ned"])
    await company.until(RUN)
    lea = company["lea"]
    company.workspace.faults.duplicate_events(times=3)
    await lea.clicks("Approve")
    await company.settle()
    rooms = [s for s in company["ned"].screen("group") if s.has("together, 30")]
    assert len(rooms) == 1
    await assert_all_said_once(company)


async def test_nobody_reads_what_is_for_leads(company: Company) -> None:
    await makes_programme(company, "max", "ned", "noa")
    await mentors(company, ["max"])
    await mentees(company, ["ned", "noa"])
    await company.until(RUN)
    await company["lea"].types("/mentoring people", CHANNEL)
    await company["lea"].clicks("Send me the list")
    await company.settle()
    for handle in ("max", "ned", "noa", "pia", "ava"):
        for words in ("Who meets whom", "Left out, and why", "The people of Circle"):
            company[handle].never_reads(words)


@sqlite_only
async def test_an_area_goes_and_another_gets_a_new_name(
    company: Company, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The operator changes topics.yml while people seek and offer what was in it."""
    await makes_programme(company, "max", "ned", "noa")
    await mentors(company, ["max"], DESIGN, DATA, **{"As a mentor, sessions a month at most": "2"})
    await mentees(company, ["ned"], DESIGN)
    await mentees(company, ["noa"], DATA)
    await company.stop()
    shutil.copytree(SHIPPED, tmp_path / "data")
    topics = tmp_path / "data" / "topics.yml"
    lines = topics.read_text("utf-8").splitlines(keepends=True)
    kept = "".join(line for line in lines if DESIGN not in line)
    topics.write_text(kept.replace(DATA, "Numbers and what they say"), "utf-8")
    changed = Library.load(tmp_path / "data")
    monkeypatch.setattr(Library, "load", lambda: changed)
    await company.start()
    await company.until(RUN)
    # Who names no area stands in nobody's way: what is gone counts as never said.
    assert pairs_in(company) == {("Ned", "Max"), ("Noa", "Max")}
    assert "Numbers and what they say" in thread(company)[0]
    assert DESIGN not in thread(company)[0]
    await approves(company)
    assert DESIGN not in (await company["ned"].reads("meet @Max", where="group")).text
    await company["ned"].types("/mentoring join", CHANNEL)
    assert company["ned"].modal is not None
    assert DESIGN not in company["ned"].modal.values["What I would like to talk about"]
