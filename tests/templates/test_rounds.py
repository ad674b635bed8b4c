"""A round before its leads: each rule has words, none betrays anybody, and pages stay light."""

from typing import Any

import pytest

from bot.domain.states import RoundState
from bot.matching.reasons import ROUND_WEIGHTS, Rule
from bot.ops.samples.programmes import LEFT_OUT
from bot.ops.samples.variants import variants
from bot.services.rounds.solutions import NOBODY_LEFT
from bot.slack import limits
from bot.slack.blocks import _texts
from tests.templates.aloud import aloud
from tests.templates.render import render
from tests.templates.samples import BELIEVABLE_FACTS, HOSTILE_FACTS

ALL = {variant.name: variant for variant in variants(BELIEVABLE_FACTS)}
HOSTILE = {variant.name: variant for variant in variants(HOSTILE_FACTS)}


def _said(name: str) -> str:
    return aloud(render(ALL[name]))


def test_every_rule_but_one_has_words_for_the_person_and_for_the_leads() -> None:
    assert set(LEFT_OUT) == {rule.value for rule in Rule if rule is not Rule.APART} | {NOBODY_LEFT}


def test_nothing_tells_of_a_wish_not_to_meet() -> None:
    for name in ("messages.unmatched.nobody_left_mentee", "messages.round_left.every_mentee"):
        said = _said(name).lower()
        assert not [word for word in ("rather not", "apart", "wish", "confiden") if word in said]


def test_a_lead_reads_how_many_there_were_and_what_stood_in_the_way() -> None:
    said = _said("messages.round_left.every_mentee")
    assert "three mentors for Security, none free in their hours" in said
    assert "one mentor for Security, none free in their hours" in _said("messages.round_left.one")


@pytest.mark.parametrize("name", ["round_pairs.page_of_many", "round_left.page_of_many"])
@pytest.mark.parametrize("facts", [ALL, HOSTILE], ids=["believable", "hostile"])
def test_a_page_is_light_and_nothing_on_it_is_cut(name: str, facts: dict[str, Any]) -> None:
    payload = render(facts[f"messages.{name}"])
    assert len(payload["blocks"]) <= 30
    texts = list(_texts(payload["blocks"]))
    assert sum(map(len, texts)) < limits.MESSAGE_TEXT_TOTAL * 0.8
    assert not [text for text in texts if text.endswith("…")]


def test_a_plan_that_went_out_has_no_buttons_that_change_it() -> None:
    for state in ("opened", "approved", "cancelled"):
        said = str(render(ALL[f"messages.round_review.{state}"]))
        assert not [word for word in ("approve_round", "rerun", "cancel_round") if word in said]
    assert "pair_menu" not in str(render(ALL["messages.round_pairs.opened"]))


def test_a_round_says_how_it_stands_in_every_state() -> None:
    said = {_said(f"messages.round_status.{state}") for state in RoundState}
    assert len(said) == len(RoundState) - 1  # called off, or told: then the next one counts


def test_the_usual_weights_are_those_of_the_code() -> None:
    hint = ", ".join(f"{key} {weight}" for key, weight in ROUND_WEIGHTS.items())
    assert f"Empty: {hint}." in _said("modals.programme_rules.usual")
