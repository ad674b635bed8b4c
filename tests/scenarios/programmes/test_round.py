"""A round from its announcement to its introductions, and one of its pairs to the very end."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from bot.sandbox.people import PersonSpec
from tests.scenarios.acts import sets_time
from tests.scenarios.marks import sqlite_only
from tests.scenarios.programme_acts import (
    DATA,
    DESIGN,
    LEADS,
    NOTICE,
    RUN,
    approves,
    card,
    makes_programme,
    mentees,
    mentors,
    pairs_in,
    partners,
    people,
    thread,
    to_her_alone,
)
from tests.scenarios.record import assert_all_said_once
from tests.support.company import Company

MENTORS = ("max", "moe", "mia")
MENTEES = ("ned", "nat", "neil", "noa", "nils", "nora", "nick", "nina")
SESSION = datetime(2026, 12, 1, 14, 0, tzinfo=UTC)  # the Tuesday after the round


@pytest.fixture
def staff() -> Sequence[PersonSpec]:
    """Two leads, three mentors, eight mentees of whom one lives in New York."""
    nina = people("nina", tz="America/New_York")
    return (*LEADS, *people(*MENTORS, *MENTEES[:-1], "bob"), *nina)


@pytest.fixture
async def circle(company: Company) -> Company:
    """A programme of two leads that everyone has joined, the day before its first notice."""
    await makes_programme(company, "pia", *MENTORS, *MENTEES, "bob", Leads=["lea", "pia"])
    await mentors(company, MENTORS)
    await mentees(company, MENTEES)
    return company


async def _noticed(circle: Company) -> None:
    """One skips, one pauses, one is on leave, one has left the house."""
    await circle.until(NOTICE)
    await circle["noa"].clicks("Skip this one")
    await circle["nils"].clicks("Pause for a while", in_message="You take part in the next round")
    await circle["nils"].fills({"Until": "2026-12-24"}, submit=True)
    circle["nora"].sets_status("On holiday", ":palm_tree:")
    circle.workspace.deactivate("nick")
    await circle.settle()


async def test_everyone_hears_a_working_day_ahead_in_their_own_hours(circle: Company) -> None:
    await circle.until(NOTICE - timedelta(minutes=1))
    for handle in (*MENTORS, *MENTEES):
        circle[handle].never_reads("You take part in the next round")
    await circle.until(NOTICE)
    notice = await circle["ned"].reads("You take part in the next round", where="dm")
    assert "Thursday, November 26, 2026 at 10:00" in notice.text
    assert notice.buttons == ("Skip this one", "Pause for a while", "Change my profile")
    circle["nina"].never_reads("You take part in the next round")
    await circle.until(NOTICE + timedelta(hours=4))  # nine in New York
    nina = await circle["nina"].reads("You take part in the next round", where="dm")
    assert "Thursday, November 26, 2026 at 05:00" in nina.text
    circle["bob"].never_reads("next round of", where="dm")
    await assert_all_said_once(circle)


@sqlite_only
async def test_whoever_lost_the_notice_finds_the_round_by_a_word_and_on_home(
    circle: Company,
) -> None:
    await circle.until(NOTICE)
    ned = circle["ned"]
    await ned.types("/mentoring sessions")
    await ned.clicks("Skip this one", in_message="Coming rounds")
    await circle.settle()
    await ned.reads("You skip the next round", where="dm")
    await ned.opens_home()
    await ned.reads("You skip this one", where="home")
    await ned.clicks("Count me in", in_message="Coming rounds")
    await circle.settle()
    await ned.reads("You take part in the next round", where="dm")
    await ned.reads("You take part", where="home")
    await circle.until(RUN)
    await ned.opens_home()
    await circle.settle()
    ned.never_reads("Coming rounds", where="home")


async def test_whoever_cannot_or_will_not_is_not_matched(circle: Company) -> None:
    await circle.until(NOTICE)
    assert "11 people take part" in card(circle).text
    await _noticed(circle)
    await circle["noa"].reads("You skip the next round of Circle", where="dm")
    await circle.until(RUN)
    matched = {one for pair in pairs_in(circle) for one in pair}
    assert {mentor for _, mentor in pairs_in(circle)} == {"Max", "Moe", "Mia"}
    assert len(matched) == 6
    assert not matched & {"Noa", "Nils", "Nora", "Nick"}
    left = thread(circle)[-1]
    assert "Left out, and why" in left
    assert not any(f"@{name}" in left for name in ("Noa", "Nils", "Nora", "Nick"))


async def test_nothing_is_announced_before_the_yes(circle: Company) -> None:
    await _noticed(circle)
    await circle.until(RUN)
    for lead in ("lea", "pia"):
        planned = card(circle, lead)
        assert "6 of 7 people have somebody to talk with, in 3 pairs. One is left out." in (
            planned.text
        )
        assert planned.buttons == ("Approve", "Another plan", "Throw away")
        assert len(thread(circle, lead)) == 2
    await circle.until(RUN + timedelta(hours=5))
    for handle in (*MENTORS, *MENTEES):
        circle[handle].never_reads("together, 30 minutes")
        circle[handle].never_reads("found nobody for you")
        circle[handle].never_reads("Who meets whom")
    await approves(circle)
    assert "@Lea Lang approved the plan" in card(circle, "pia").text
    assert card(circle).buttons == ()


async def test_every_pair_is_introduced_and_whoever_is_left_is_told_kindly(
    circle: Company,
) -> None:
    await _noticed(circle)
    await circle.until(RUN)
    plan = pairs_in(circle)
    (left,) = {"ned", "nat", "neil", "nina"} - {mentee.lower() for mentee, _ in plan}
    await approves(circle)
    await circle.until(RUN + timedelta(hours=5))
    for mentee, mentor in plan:
        assert partners(circle, mentee.lower()) == {mentor}
        assert partners(circle, mentor.lower()) == {mentee}
        hello = await circle[mentee.lower()].reads("Why the two of you", where="group")
        assert f"Common ground: {DESIGN}" in hello.text
        assert "Languages in common: English" in hello.text
        assert "please write first" in hello.text
    told = await circle[left].reads("found nobody for you", where="dm")
    assert "You come first next time." in told.text
    assert "Thursday, December 3, 2026" in told.text
    assert partners(circle, left) == set()
    for handle in ("noa", "nils", "nora", "lea"):
        assert partners(circle, handle) == set()
        circle[handle].never_reads("found nobody for you")
    await assert_all_said_once(circle)


async def test_one_pair_goes_on_to_the_end(circle: Company) -> None:
    await circle.until(RUN)
    await approves(circle)
    mentee, mentor = next(
        (a.lower(), b.lower()) for a, b in sorted(pairs_in(circle)) if a != "Nina"
    )
    await sets_time(circle, mentee, "Tuesday 14:00")
    await circle[mentor].reads("Tuesday, December 1, 2026 at 14:00", where="group")
    await circle[mentee].says("Where to begin")
    await circle.until(SESSION - timedelta(hours=4))
    await circle[mentor].reads("Where to begin", where="dm")
    await circle.until(SESSION)
    await circle[mentee].reads("starts now", where="dm")
    await circle.until(SESSION + timedelta(minutes=45))
    for handle in (mentee, mentor):
        await circle[handle].clicks("Yes", in_message="take place?")
    await circle.settle()
    await circle.until(SESSION + timedelta(days=1))
    await circle[mentee].clicks("Say thanks", in_message="Would you like to say thanks")
    await circle[mentee].fills({"How did it help you?": "You saved my week"}, submit=True)
    await circle.settle()
    await circle[mentor].reads("You saved my week")
    await circle.until(SESSION + timedelta(days=15))
    await circle[mentee].reads("It has taken place.", where="group")
    await assert_all_said_once(circle)


@sqlite_only
async def test_a_lead_starts_a_round_out_of_turn(circle: Company) -> None:
    lea = circle["lea"]
    await lea.types("/mentoring round", "circle")
    status = await lea.reads("The next round is", where="#circle")
    assert status.ephemeral
    await lea.clicks("Start a round", in_message="The next round is")
    await circle.settle()
    await circle["ned"].reads("You take part in the next round", where="dm")
    await lea.types("/mentoring round start", "circle")
    await circle.settle()
    assert lea.screen("ephemeral")[-1].has("There is a round already")
    await lea.clicks("Plan it now")
    await circle.settle()
    assert len(pairs_in(circle)) == 3
    await circle["noa"].reads("This round of Circle is under way.", where="dm")
    await assert_all_said_once(circle)


@sqlite_only
async def test_a_round_is_called_off(circle: Company) -> None:
    await circle.until(NOTICE + timedelta(minutes=1))
    await circle["pia"].clicks("Call it off")
    await circle.settle()
    gone = await circle["ned"].reads("does not take place", where="dm")
    assert gone.buttons == ()
    assert "The next one is Thursday, December 3, 2026 at 10:00." in card(circle).text
    await circle.until(RUN)
    assert pairs_in(circle) == set()
    await circle.until(NOTICE + timedelta(days=7))
    fresh = await circle["ned"].reads("You take part in the next round", where="dm")
    assert "December 3" in fresh.text
    await assert_all_said_once(circle)


@sqlite_only
async def test_what_nobody_offers_is_said(company: Company) -> None:
    await makes_programme(company, *MENTORS, *MENTEES)
    await mentors(company, ["max"], DESIGN)
    await mentees(company, ["ned"], DATA)
    await company.until(RUN)
    planned = card(company)
    assert "Nobody could be brought together." in planned.text
    left = thread(company)[-1]
    assert "@Ned as a mentee: no mentor offers what they look for" in left
    assert "@Max as a mentor: no mentee asks about what they offer" in left
    await approves(company)
    told = await company["ned"].reads("found nobody for you", where="dm")
    assert "nobody offered what you are looking for" in told.text
    assert to_her_alone(company, "max", "nobody asked about what you offer")
