"""What people type is shown as typed, and never becomes markup, a mention or a broadcast."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from bot.ops.samples.variants import Variant, variants
from tests.templates.aloud import aloud
from tests.templates.render import render
from tests.templates.samples import BELIEVABLE_FACTS, EMOJI, EVALUATED, HOSTILE_FACTS, hostile

HOSTILE = variants(HOSTILE_FACTS)
GLUED = re.compile(r"[a-zC*\d][.?!][*]?[A-Z@“][a-z ]| [.,]|\.\.|  [a-z]")
ANGLES = re.compile(
    r"<(?!!date\^|@U\d+>|#C\d+>|https://cal\.example\.com/[^<>|]*\|[^<>|]*>)"
)  # what Lantern itself puts between angle brackets


@pytest.mark.parametrize("variant", HOSTILE, ids=lambda variant: variant.name)
def test_it_keeps_slacks_limits_and_forges_nothing(variant: Variant) -> None:
    payload = render(variant)  # keeps the limits, or raises
    for text in _mrkdwn(payload):
        assert not ANGLES.search(text), text[:200]
        assert EVALUATED not in text


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("messages.offer.pending", 2),  # topic and hope, among others
        ("messages.introduction.matched", 3),
        ("messages.agenda_card.first", 5),
        ("messages.thanks_card.both", 1),
        ("messages.prompt_choice.open", 1),
        ("messages.action_due.open", 1),
    ],
)
def test_it_is_shown_as_typed(name: str, words: int) -> None:
    (variant,) = [each for each in HOSTILE if each.name == name]
    start = hostile("")[:40]
    shown = [text for text in _plain(render(variant)) if start in text]
    assert len(shown) >= words


def test_a_form_brings_back_what_was_written_line_by_line() -> None:
    (variant,) = [each for each in HOSTILE if each.name == "modals.offer.change"]
    values = [
        block["element"].get("initial_value", "")
        for block in render(variant)["blocks"]
        if block["type"] == "input"
    ]
    assert hostile("").replace("\u202e", "") in [value.replace("\u202e", "") for value in values]


@pytest.mark.parametrize("variant", variants(BELIEVABLE_FACTS), ids=lambda variant: variant.name)
def test_believable_words_are_never_cut(variant: Variant) -> None:
    texts = [*_plain(render(variant)), *_mrkdwn(render(variant))]
    # The suggested beginning of a thank-you ends in dots of its own.
    assert not [text for text in texts if text.endswith("…")], texts


@pytest.mark.parametrize("variant", variants(BELIEVABLE_FACTS), ids=lambda variant: variant.name)
def test_sentences_have_a_space_between_them(variant: Variant) -> None:
    """Jinja takes away white space around its tags, and a space with it that was meant."""
    for line in aloud(render(variant)).splitlines():
        assert not GLUED.search(line.strip()), line  # what stands in a field may be indented


def _texts(payload: Any) -> Iterator[dict[str, Any]]:
    if isinstance(payload, dict):
        if payload.get("type") in ("mrkdwn", "plain_text") and "text" in payload:
            yield payload
        for value in payload.values():
            yield from _texts(value)
    elif isinstance(payload, list):
        for value in payload:
            yield from _texts(value)


def _mrkdwn(payload: dict[str, Any]) -> list[str]:
    texts = [text["text"] for text in _texts(payload) if text["type"] == "mrkdwn"]
    return [*texts, payload["text"]] if "submit" not in payload and "text" in payload else texts


def _plain(payload: dict[str, Any]) -> list[str]:
    return [text["text"] for text in _texts(payload) if text["type"] == "plain_text"]


def test_emoji_are_kept() -> None:
    (variant,) = [each for each in HOSTILE if each.name == "messages.thanks_card.both"]
    assert EMOJI * 100 in json.dumps(render(variant), ensure_ascii=False)
