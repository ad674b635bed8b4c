"""Home and the command reach the same: every button has its word, and every word its button (7).

Whoever adds a subcommand or a button on Home adds it here: in what a word opens, or in what stands
in its answer.
"""

from typing import Any

import pytest

from bot.ops.samples.variants import Variant, variants
from bot.slack import limits
from bot.slack.ids import Action, Subcommand
from tests.templates.render import render
from tests.templates.samples import BELIEVABLE_FACTS, HOSTILE_FACTS

A, S = Action, Subcommand
OPENED_BY = {
    S.TASTER: {A.OPEN_TASTER},
    S.FLASH: {A.OPEN_FLASH},
    S.OFFER: {A.OPEN_OFFER, A.STOP_OFFER},  # its form stops an offer too
    S.WITHDRAW: {A.WITHDRAW},
    S.PAUSE: {A.PAUSE},
    S.RESUME: {A.RESUME},
    S.SPOT: {A.OPEN_INVITE},
    S.REVERSE: {A.OPEN_REVERSE},
    S.PROFILE: {A.OPEN_PROFILE},
    S.FORMAL: {A.FORMAL_YES, A.FORMAL_NO},
    S.AGREEMENT: {A.SIGN_AGREEMENT, A.CHANGE_AGREEMENT},
    S.END: {A.END_RELATIONSHIP},
    S.EXPORT: {A.EXPORT},
    S.FORGET: {A.OPEN_FORGET},
    S.SERIES: {A.OPEN_SERIES, A.EDIT_SERIES},
    S.PROGRAMME: {A.OPEN_PROGRAMME},
    S.QUEUE: {A.OPEN_QUEUE},
    S.REPORT: {A.OPEN_REPORT},
    S.PEOPLE: {A.OPEN_PEOPLE},
    S.ROUND: {A.RUN_NOW},
    S.JOIN: {A.JOIN},
    S.LEAVE: {A.LEAVE},
}
"""The buttons of Home that do what a word does."""
SHOWN_BY = {S.SESSIONS: "messages/overview", S.MENTORS: "messages/mentors"}
"""Words whose answer shows what Home shows, with the same buttons."""
NOT_ON_HOME = {S.HELP}  # Home is the help of whoever looks at it
ALL = [variant for facts in (BELIEVABLE_FACTS, HOSTILE_FACTS) for variant in variants(facts)]


def _actions(payload: Any) -> set[str]:
    """Every action id in a payload."""
    if isinstance(payload, dict):
        here = {str(payload["action_id"])} if "action_id" in payload else set()
        return here.union(*map(_actions, payload.values()))
    if isinstance(payload, list):
        return set().union(*map(_actions, payload))
    return set()


def _offered(*templates: str) -> set[Action]:
    known = {action.value: action for action in Action}
    found = (_actions(render(each)) for each in ALL if each.template in templates)
    return {known[each] for each in set().union(*found)}


def test_every_button_of_home_has_its_word() -> None:
    by_word = set().union(*OPENED_BY.values(), _offered(*SHOWN_BY.values()))
    assert sorted(_offered("home/home") - by_word) == []


def test_every_word_has_its_button_on_home() -> None:
    on_home = _offered("home/home")
    for word, actions in OPENED_BY.items():
        assert actions <= on_home, word
    assert set(Subcommand) == {*OPENED_BY, *SHOWN_BY, *NOT_ON_HOME}


@pytest.mark.parametrize(
    "variant", [each for each in ALL if each.template == "home/home"], ids=lambda each: each.name
)
def test_home_always_fits(variant: Variant) -> None:
    assert len(render(variant)["blocks"]) <= limits.VIEW_BLOCKS
