"""The words for choices cover every choice there is, and forms offer exactly those."""

from typing import Any

import pytest

from bot.domain.job_kinds import MANNERS
from bot.domain.kinds import LENGTHS, Format, Reason, Role, Window
from bot.domain.manners import Manner
from bot.domain.programmes import KEPT_FOR, LEVELS, Approval, Every, Shape
from bot.matching.people import Differ, Share
from bot.ops.samples.variants import variants
from bot.services.holidays_of import countries
from bot.services.programmes.programme_form import ASKED_FOR
from bot.services.requests.offering import CAPACITY_MAX
from bot.services.snoozing import CHOICES
from bot.slack.ids import Action, Block, Callback, Subcommand
from tests.templates.render import render
from tests.templates.samples import BELIEVABLE_FACTS, LIBRARY

ALL = {variant.name: variant for variant in variants(BELIEVABLE_FACTS)}


def _input(name: str, block: Block) -> dict[str, Any]:
    blocks = render(ALL[name])["blocks"]
    (found,) = [each["element"] for each in blocks if each.get("block_id") == block]
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize(
    ("form", "block", "values"),
    [
        ("modals.flash.new", Block.FORMATS, list(Format)),
        ("modals.flash.new", Block.REASON, list(Reason)),
        ("modals.flash.new", Block.WINDOWS, list(Window)),
        ("modals.flash.new", Block.LENGTH, [str(length) for length in LENGTHS]),
        ("modals.offer.new", Block.WINDOWS, list(Window)),
        ("modals.offer.new", Block.CAPACITY, [str(n) for n in range(1, CAPACITY_MAX + 1)]),
        ("modals.set_time.new", Block.FORMAT, list(Format)),
        ("modals.set_time.new", Block.LENGTH, [str(length) for length in LENGTHS]),
        ("modals.taster.mentee", Block.ROLE, [Role.MENTEE, Role.MENTOR]),
        ("modals.enrol.new", Block.ROLES, [Role.MENTOR, Role.MENTEE]),
        ("modals.enrol.new", Block.CAPACITY, [str(n) for n in range(1, CAPACITY_MAX + 1)]),
        ("modals.enrol.new", Block.SENIORITY, [str(level) for level in LEVELS]),
        ("modals.programme.new", Block.KINDS, list(ASKED_FOR)),
        ("modals.programme.new", Block.ROUND_KIND, list(ASKED_FOR)),
        ("modals.programme.new", Block.SHAPE, list(Shape)),
        ("modals.programme.new", Block.EVERY, list(Every)),
        ("modals.programme.new", Block.APPROVAL, list(Approval)),
        ("modals.programme.new", Block.LENGTH, [str(length) for length in LENGTHS]),
        ("modals.programme.new", Block.MONTH_DAY, [str(day) for day in range(1, 32)]),
        ("modals.programme.weekly", Block.WEEKDAY, [str(day) for day in range(5)]),
        ("modals.programme_rules.usual", Block.MUST_DIFFER, list(Differ)),
        ("modals.programme_rules.usual", Block.MUST_SHARE, list(Share)),
        ("modals.programme_rules.usual", Block.RETENTION, [str(days) for days in KEPT_FOR]),
    ],
)
def test_a_form_offers_every_choice(form: str, block: Block, values: list[str]) -> None:
    options = _input(form, block)["options"]
    assert [option["value"] for option in options] == values
    assert len({option["text"]["text"] for option in options}) == len(values)


def test_a_menu_of_countries_holds_them_all() -> None:
    groups = _input("modals.programme_rules.usual", Block.COUNTRY)["option_groups"]
    offered = [option["value"] for group in groups for option in group["options"]]
    assert sorted(offered) == list(countries())
    assert len(offered) > 100


def test_areas_are_offered_in_their_groups() -> None:
    groups = _input("modals.flash.new", Block.AREAS)["option_groups"]
    offered = [option["value"] for group in groups for option in group["options"]]
    assert offered == list(LIBRARY.areas)


def test_an_offer_comes_back_as_it_was_made() -> None:
    areas = _input("modals.offer.change", Block.AREAS)["initial_options"]
    assert [option["value"] for option in areas] == ["projects", "hiring"]
    assert _input("modals.offer.change", Block.CAPACITY)["initial_option"]["value"] == "3"
    topics = _input("modals.offer.change", Block.TOPICS)["initial_value"]
    assert topics == "Fifteen years of projects,\nthree of them failed well"


def test_labels_within_a_form_are_unique() -> None:
    for name, variant in ALL.items():
        if variant.template.startswith("modals/"):
            inputs = [b for b in render(variant)["blocks"] if b["type"] == "input"]
            labels = [each["label"]["text"] for each in inputs]
            assert len(set(labels)) == len(labels), name
            assert all(len(label) <= 40 for label in labels), name


def test_every_form_has_a_callback_and_every_action_a_button() -> None:
    payloads = str([render(variant) for variant in ALL.values()])
    assert [callback for callback in Callback if f"'{callback}'" not in payloads] == []
    assert [action for action in Action if f"'{action}'" not in payloads] == []


def test_help_lists_every_subcommand() -> None:
    said = str(render(ALL["messages.help.said"]))
    assert [word for word in Subcommand if f"/mentoring {word}" not in said] == []


def test_a_nudge_can_be_put_off_by_every_choice() -> None:
    for kind, manner in MANNERS.items():
        if manner is not Manner.NUDGE:
            continue
        said = [render(v) for v in ALL.values() if v.template == f"messages/{kind}"]
        assert any(all(f"99:{choice}" in str(each) for choice in CHOICES) for each in said), kind
