"""What a lead fills in about a programme, and what is refused (2.1)."""

from datetime import time
from typing import Any

import pytest

from bot.services.programmes.programme_form import checked_form
from tests.services.leading import FORM
from tests.services.story import breaks


@pytest.mark.parametrize(
    ("form", "key", "field"),
    [
        ({"name": " \u200b "}, "blank", "name"),
        ({"name": "x" * 76}, "too_long", "name"),
        ({"announcement": "x" * 2001}, "too_long", "announcement"),
        ({"contacts": "x" * 1001}, "too_long", "contacts"),
        ({"kinds": []}, "no_choice", "kinds"),
        ({"kinds": ["keep_in_touch"]}, "unknown_choice", "kinds"),
        ({"round_kind": "lunch"}, "unknown_choice", "kinds"),
        ({"shape": "circle"}, "unknown_choice", "shape"),
        ({"every": "day"}, "unknown_choice", "every"),
        ({"weekday": 5}, "unknown_choice", "weekday"),
        ({"month_day": 32}, "unknown_choice", "month_day"),
        ({"runs_at": None}, "time_missing", "runs_at"),
        ({"zone": "Lundon"}, "unknown_zone", "zone"),
        ({"approval": "maybe"}, "unknown_choice", "approval"),
        ({"length_minutes": 90}, "longer_than_an_hour", "length"),
        ({"length_minutes": 20}, "unknown_choice", "length"),
        ({"capacity": 0}, "capacity", "capacity"),
        ({"capacity": 9}, "capacity", "capacity"),
        ({"must_differ": ["shoes"]}, "unknown_choice", "must_differ"),
        ({"must_share": ["shoes"]}, "unknown_choice", "must_share"),
        ({"repeat_window": -1}, "repeat_window", "repeat_window"),
        ({"weights": {"areas": 999}}, "weights_sum", "weights"),
        ({"weights": {"areas": 1500, "hours": -500}}, "weights_sum", "weights"),
        ({"weights": {"luck": 1000}}, "unknown_choice", "weights"),
        ({"retention_days": 45}, "unknown_choice", "retention"),
        ({"country": "ZZ"}, "unknown_choice", "country"),
        ({"opens_at": time(17), "closes_at": time(9)}, "hours_order", "closes_at"),
        ({"opens_at": None}, "time_missing", "opens_at"),
    ],
)
def test_a_form_that_is_not_right(form: dict[str, Any], key: str, field: str) -> None:
    with breaks(key, field):
        checked_form(FORM.model_copy(update=form))


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [
        ("London", "Europe/London"),
        ("Europe/Lundon", "Europe/London"),
        ("new york", "America/New_York"),
        ("Mars/Olympus", ""),
    ],
)
def test_a_zone_nobody_knows(typed: str, nearest: str) -> None:
    with breaks("unknown_zone", "zone") as caught:
        checked_form(FORM.model_copy(update={"zone": typed}))
    assert caught.value.facts == {"nearest": nearest}
