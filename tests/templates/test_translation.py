"""Every word that Lantern itself says can be translated: nothing is left outside `{% trans %}`."""

import gettext
import re
from collections.abc import Iterator
from typing import Any

import pytest

from bot.ops.rendering import render
from bot.ops.samples.cast import Samples
from bot.ops.samples.variants import Variant, variants
from bot.slack.templates import Templates
from tests.templates.samples import LIBRARY

TOKENS = re.compile(r"<[^<>]*>|`/mentoring \w+`|[⟦⟧]")


class Marked(gettext.NullTranslations):
    """A language in which everything translated stands in brackets."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"⟦{msgid1 if n == 1 else msgid2}⟧"


def _wordless(text: str) -> str:
    return "123"


# In Greek, Babel's names of days, languages and countries have no Latin letter either.
MARKED = Templates(translations=Marked(), language="el")


@pytest.mark.parametrize(
    "variant", variants(Samples(LIBRARY, _wordless, _wordless)), ids=lambda variant: variant.name
)
def test_all_words_are_marked_for_translation(variant: Variant) -> None:
    for text in _texts(render(MARKED, variant)):
        assert not re.search("[A-Za-z]", _outside(text)), text


def _outside(text: str) -> str:
    """The text without what stands in brackets, which may be nested, and without Slack's tokens."""
    depth, kept = 0, []
    for sign in re.sub(r"<[^<>]*>", "", text):
        depth += {"⟦": 1, "⟧": -1}.get(sign, 0)
        if depth == 0:
            kept.append(sign)
    return TOKENS.sub("", "".join(kept))


def _texts(payload: Any) -> Iterator[str]:
    if isinstance(payload, dict):
        for key, value in payload.items():
            if key == "text" and isinstance(value, str):
                yield value
            else:
                yield from _texts(value)
    elif isinstance(payload, list):
        for value in payload:
            yield from _texts(value)
