"""Each template, in each state, renders to what its golden says.

A change of words shows in the diff of a golden, where it can be read before it is said to people.
"""

import json
from pathlib import Path

import pytest

from bot.domain.job_kinds import MANNERS, JobKind
from bot.domain.manners import Manner
from bot.ops.samples.variants import Variant, variants
from bot.slack.templates import SHIPPED
from tests.templates.render import render, templates
from tests.templates.samples import BELIEVABLE_FACTS

GOLDENS = Path(__file__).parent / "goldens"
ALL = variants(BELIEVABLE_FACTS)


@pytest.mark.parametrize("variant", ALL, ids=lambda variant: variant.name)
def test_it_says_what_its_golden_says(variant: Variant, update_goldens: bool) -> None:
    file = GOLDENS / f"{variant.name}.json"
    said = json.dumps(render(variant), indent=1, ensure_ascii=False) + "\n"
    if update_goldens:
        file.write_text(said, "utf-8")
    assert file.exists(), "no golden yet: LANTERN_UPDATE_GOLDENS=1 writes it"
    assert said == file.read_text("utf-8")


def test_no_golden_is_left_over(update_goldens: bool) -> None:
    wanted = {f"{variant.name}.json" for variant in ALL}
    left_over = [file for file in GOLDENS.glob("*.json") if file.name not in wanted]
    if update_goldens:
        for file in left_over:
            file.unlink()
    assert update_goldens or not left_over


def test_no_two_variants_share_a_name() -> None:
    names = [variant.name for variant in ALL]
    assert len(set(names)) == len(names)


def test_every_template_has_a_golden() -> None:
    assert {variant.template for variant in ALL} == set(templates().names())


def test_every_job_that_speaks_has_a_template() -> None:
    speaking = {
        f"messages/{kind}" for kind, manner in MANNERS.items() if manner is not Manner.CHORE
    }
    wordless = {f"messages/{JobKind.REPORT_FILES}"}  # pictures and a sheet, under the report's card
    assert speaking - wordless <= set(templates().names())


def test_every_template_begins_with_what_it_is_for() -> None:
    for name in templates().names():
        assert (SHIPPED / f"{name}.xml").read_text("utf-8").startswith("{#"), name
