"""Reading what was filled in."""

from datetime import UTC, date, datetime, time
from typing import Any

from bot.handlers.parse_state import Values, chosen


def state(**blocks: dict[str, Any]) -> dict[str, Any]:
    return {"values": {block: {"a": held} for block, held in blocks.items()}}


def option(value: str) -> dict[str, Any]:
    return {"text": {"type": "plain_text", "text": value.title()}, "value": value}


def test_text_is_kept_exactly_as_typed() -> None:
    typed = "  <!channel> & <script>\n"
    assert Values(state(topic={"value": typed})).text("topic") == typed


def test_empty_inputs_read_as_empty() -> None:
    values = Values(
        state(
            topic={"value": None},
            reason={"selected_option": None},
            areas={"selected_options": []},
            due_1={"selected_date": None},
            starts_at={"selected_date_time": None},
        )
    )
    assert values.text("topic") == ""
    assert values.lines("topic") == ()
    assert values.one("reason") is None
    assert values.many("areas") == ()
    assert values.on("due_1") is None
    assert values.moment("starts_at") is None
    assert values.number("length") is None


def test_blocks_that_are_not_there_read_as_empty() -> None:
    empty: list[dict[str, Any] | None] = [None, {}, {"values": {}}, {"values": {"topic": {}}}]
    for nothing in empty:
        assert Values(nothing).text("topic") == ""
        assert Values(nothing).one("topic") is None


def test_lines_leave_out_the_blank_ones() -> None:
    assert Values(state(q={"value": " one \n\n two\r\n"})).lines("q") == ("one", "two")


def test_choices() -> None:
    values = Values(
        state(
            reason={"selected_option": option("career")},
            areas={"selected_options": [option("hiring"), option("feedback")]},
            length={"selected_option": option("45")},
            capacity={"value": "3"},
        )
    )
    assert values.one("reason") == "career"
    assert values.many("areas") == ("hiring", "feedback")
    assert values.number("length") == 45
    assert values.number("capacity") == 3
    assert values.number("reason") is None


def test_dates_and_moments() -> None:
    values = Values(
        state(due_1={"selected_date": "2026-12-01"}, starts_at={"selected_date_time": 1795600800})
    )
    assert values.on("due_1") == date(2026, 12, 1)
    assert values.moment("starts_at") == datetime(2026, 11, 25, 10, tzinfo=UTC)


def test_ticks_are_gathered_over_the_blocks_of_one_list() -> None:
    ticks = {
        "tick:7": {"selected_options": [option("goal")]},
        "tick:7:2": {"selected_options": [option("place")]},
        "tick:8": {"selected_options": [option("other")]},
    }
    assert chosen(state(**ticks), "tick:7") == ("goal", "place")
    assert chosen(None, "tick:7") == ()


def test_people_are_read_from_either_menu() -> None:
    values = Values(
        state(
            one={"selected_user": "U1"},
            many={"selected_users": ["U2", "U1"]},
            none={"selected_user": None},
        )
    )
    read = [values.people(block) for block in ("one", "many", "none", "gone")]
    assert read == [("U1",), ("U2", "U1"), (), ()]


def test_a_time_of_day_comes_from_a_clock_or_a_menu() -> None:
    values = Values(
        state(
            clock={"selected_time": "09:30"},
            menu={"selected_option": option("17:00")},
            none={"selected_time": None},
        )
    )
    read = [values.clock(block) for block in ("clock", "menu", "none")]
    assert read == [time(9, 30), time(17), None]


def test_files_are_read_by_their_ids() -> None:
    values = Values(state(file={"files": [{"id": "F1", "name": "people.csv"}]}, none={}))
    assert (values.files("file"), values.files("none")) == (("F1",), ())


def test_blocks_are_found_by_their_beginning() -> None:
    values = Values(state(**{"mentor:1": {}, "mentor:2": {}, "other": {}}))
    assert values.blocks("mentor:") == ("mentor:1", "mentor:2")
    assert (values.has("other"), values.has("mentor")) == (True, False)
