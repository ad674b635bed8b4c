"""Reading a Slack status: on leave or not. In doubt, here."""

from datetime import UTC, datetime

import pytest

from bot.domain.leave import UNTIL_FURTHER_NOTICE, leave_until

FRIDAY = datetime(2026, 11, 27, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "emoji"),
    [
        ("Vacationing", ":palm_tree:"),
        ("", ":palm_tree:"),
        ("Out sick", ":face_with_thermometer:"),
        ("", "beach_with_umbrella"),
        ("On holiday until Monday", ""),
        ("annual leave", ":speech_balloon:"),
        ("Parental Leave 🍼", ""),
        ("OOO", ""),
        ("ooo - back on 7 Jan", ""),
        ("Out of Office", ""),
        ("PTO", ""),
        ("Two weeks off", ""),
        ("On sabbatical", ""),
        ("Im Urlaub bis 5.1.", ""),
        ("en congé", ""),
        ("en vacances", ""),
        ("de vacaciones", ""),
        ("休暇中", ""),
    ],
)
def test_on_leave(text: str, emoji: str) -> None:
    assert leave_until(text, emoji, int(FRIDAY.timestamp())) == FRIDAY
    assert leave_until(text, emoji, 0) == UNTIL_FURTHER_NOTICE
    assert leave_until(text, emoji, None) == UNTIL_FURTHER_NOTICE


@pytest.mark.parametrize(
    ("text", "emoji"),
    [
        ("", ""),
        ("In a meeting", ":spiral_calendar_pad:"),
        ("Commuting", ":bus:"),
        ("Working remotely", ":house_with_garden:"),
        ("Back from vacation", ":palm_tree:"),
        ("Vacation soon!", ":palm_tree:"),
        ("planning my holiday", ""),
        ("Not on leave", ""),
        ("leave me a message", ""),
        ("Focus: leave of absence policy", ""),
        ("Ptolemy fan", ""),
        ("Happy holidays", ":christmas_tree:"),
    ],
)
def test_here(text: str, emoji: str) -> None:
    assert leave_until(text, emoji, int(FRIDAY.timestamp())) is None


def test_an_end_that_no_calendar_has() -> None:
    assert leave_until("OOO", "", 10**18) == UNTIL_FURTHER_NOTICE
    assert leave_until("OOO", "", -5) == UNTIL_FURTHER_NOTICE
