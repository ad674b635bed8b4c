"""Every template, in each state, can be said in every language: within Slack's limits, and whole.

Other languages take more room than English: a button, a title or an option that is too long would
be refused by Slack, or cut where nobody meant it to be.
"""

from collections.abc import Iterator
from typing import Any

import pytest

from bot.ops.rendering import render
from bot.ops.samples.variants import Variant, variants
from bot.slack.languages import Languages
from bot.slack.markup.text import ELLIPSIS
from tests.templates.samples import BELIEVABLE_FACTS, HOSTILE_FACTS

LANGUAGES = Languages()
OTHERS = [language for language in LANGUAGES.known if language != "en"]


def test_german_and_french_ship() -> None:
    assert {"de", "fr"} <= set(OTHERS)


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("variant", variants(BELIEVABLE_FACTS), ids=lambda variant: variant.name)
def test_it_is_said_whole(variant: Variant, language: str) -> None:
    english = dict(_texts(render(LANGUAGES.speaking("en"), variant)))
    for path, text in _texts(render(LANGUAGES.speaking(language), variant)):
        if text.endswith(ELLIPSIS):
            assert english.get(path, ELLIPSIS).endswith(ELLIPSIS), f"cut: {text}"


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("variant", variants(HOSTILE_FACTS), ids=lambda variant: variant.name)
def test_it_is_said_whatever_people_wrote(variant: Variant, language: str) -> None:
    render(LANGUAGES.speaking(language), variant)


def _texts(payload: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every string, by where it stands."""
    if isinstance(payload, str):
        yield path, payload
    elif isinstance(payload, dict):
        for key, value in payload.items():
            yield from _texts(value, f"{path}/{key}")
    elif isinstance(payload, list):
        for place, value in enumerate(payload):
            yield from _texts(value, f"{path}/{place}")
