"""Every key that a rule, an answer or a refusal names has its sentence, with and without facts."""

import re
from datetime import UTC, date, datetime, time

import pytest

from bot.domain.states import STATES, is_final, may, verbs
from bot.slack.templates import SHIPPED, TemplateFault
from tests.templates.keys import KEY, keys_in_code
from tests.templates.render import templates

FACTS = {
    "limit": 3,
    "length": 3001,
    "days": 180,
    "moment": datetime(2026, 11, 26, 14, 30, tzinfo=UTC),
    "instead": datetime(2026, 11, 26, 15, 30, tzinfo=UTC),
    "day": date(2026, 11, 26),
    "time": time(2, 30),
    "state": "declined",
    "verb": "accept",
    "topic": "My first <project> & more",
    "reference": "7f3a9c",
}


def _keys_written() -> list[str]:
    """The keys that sentences.txt knows, from its branches."""
    branches = re.findall(r"if key (?:==|in) (.*?) -%}", (SHIPPED / "sentences.txt").read_text())
    return sorted(key for branch in branches for key in re.findall(r'"(\w+)"', branch))


def _keys_of_states() -> set[str]:
    """What `states.advance` raises for every state and verb that do not go together."""
    return {
        f"{kind.__name__.removesuffix('State').lower()}_{'over' if is_final(state) else state}"
        for kind in STATES
        if kind.__name__ != "JobState"  # jobs are nobody's to click on
        for state in kind
        for verb in verbs(kind)
        if not may(state, verb)
    }


def test_every_key_in_the_code_has_a_sentence() -> None:
    assert (keys_in_code() | _keys_of_states()) - set(_keys_written()) == set()


def test_every_sentence_is_said_by_the_code() -> None:
    """What the scan does not see, it does not hold: a key in a variable is followed, too."""
    assert set(_keys_written()) - keys_in_code() - _keys_of_states() == set()


def test_the_scan_finds_what_is_known_to_be_there() -> None:
    """A scan that finds nothing would let everything pass."""
    assert {"blank", "time_past", "not_yours", "guest", "date_past", "busy"} <= keys_in_code()
    assert {"offer_over", "session_over", "request_over"} <= _keys_of_states()


@pytest.mark.parametrize("key", _keys_written())
def test_a_sentence_stands_with_and_without_facts(key: str) -> None:
    for facts in ({}, FACTS):
        said = templates().sentence(key, **facts)
        assert said == " ".join(said.split())
        assert said[0].isupper()
        assert "!" not in said
        assert "&amp;" not in said
        assert len(said) <= 200


def test_every_key_is_written_once() -> None:
    assert len(set(_keys_written())) == len(_keys_written())
    assert all(KEY.fullmatch(key) for key in _keys_written())


def test_an_unknown_key_is_an_error() -> None:
    with pytest.raises(TemplateFault, match=r"sentences\.txt"):
        templates().sentence("no_such_rule")


def test_a_fact_is_said_as_it_was_typed() -> None:
    assert "My first <project> & more" in templates().sentence("withdrawn", **FACTS)
