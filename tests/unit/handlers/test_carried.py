"""What buttons and forms carry is read as what it is, and refused as anything else."""

import json

import pytest

from bot.domain.numbers import MOST, whole
from bot.handlers.heard import read_metadata
from bot.handlers.inbound.carried import fit, number, numbers
from bot.handlers.inbound.shape import is_in_shape
from bot.services.errors import RuleBroken


@pytest.mark.parametrize("text", ["0", "7", "0042", str(MOST)])
def test_plain_digits_are_a_number(text: str) -> None:
    assert whole(text) == number(text) == int(text)


@pytest.mark.parametrize(
    "text", ["", " 7", "-1", "+4", "1_0", "1e3", "٣", "³", str(MOST + 1), "9" * 5000, "7:8", "x"]
)
def test_anything_else_is_none(text: str) -> None:
    assert whole(text) is None
    with pytest.raises(RuleBroken, match="button_gone"):
        number(text)


@pytest.mark.parametrize("carried", [None, 1.5, [], {}, object()])
def test_what_is_no_text_is_no_number(carried: object) -> None:
    with pytest.raises(RuleBroken, match="button_gone"):
        number(carried)


def test_numbers_come_as_many_as_they_should() -> None:
    assert numbers("7:8", 2) == [7, 8]
    for text in ("7", "7:8:9", "7:", ":8", ""):
        with pytest.raises(RuleBroken, match="button_gone"):
            numbers(text, 2)


def test_what_no_database_keeps_is_replaced() -> None:
    sent = {"a\x00": ["b\ud800", 1, None, {"c": "\udfff ok 🎉"}]}
    assert fit(sent) == {"a\ufffd": ["b\ufffd", 1, None, {"c": "\ufffd ok 🎉"}]}


def nested(levels: int) -> object:
    """JSON in JSON, as deep as it says."""
    return json.loads('{"a":' * levels + "[]" + "}" * levels)


def test_metadata_that_is_nested_too_deep_is_none_of_ours() -> None:
    assert read_metadata({"private_metadata": json.dumps(nested(550))}) == {}


CLICK = {"type": "block_actions", "user": {"id": "U1"}, "actions": [{"action_id": "a"}]}


@pytest.mark.parametrize(
    ("body", "is_so"),
    [
        (CLICK, True),
        ({**CLICK, "more": {"than": "is read"}}, True),
        ({**CLICK, "more": nested(50)}, True),
        ({**CLICK, "more": nested(600)}, False),
        ({**CLICK, "user": None}, False),
        ({**CLICK, "actions": []}, False),
        ({**CLICK, "actions": [{"action_id": 7}]}, False),
        ({**CLICK, "state": {"values": []}}, False),
        ({"type": "view_submission", "user": {"id": "U1"}}, False),
        ({"command": "/mentoring", "user_id": "U1"}, True),
        ({"command": "/mentoring"}, False),
        ({"type": "event_callback", "event": {"type": "new", "anything": 1}}, True),
        ({"type": "event_callback", "event": {"type": "app_home_opened"}}, False),
        ({"type": "event_callback", "event": "text"}, False),
        ({"type": "url_verification", "challenge": "c"}, True),
        ({}, True),
    ],
)
def test_the_shape_is_slacks(body: dict[str, object], is_so: bool) -> None:
    assert is_in_shape(body) is is_so
