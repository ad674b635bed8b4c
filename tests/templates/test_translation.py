"""Every word that Lantern itself says can be translated: nothing is left outside `{% trans %}`."""

import gettext
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from bot.domain.guides import Guide
from bot.domain.series import Series, Task
from bot.ops.rendering import render
from bot.ops.samples.cast import Samples
from bot.ops.samples.variants import Variant, variants
from bot.services.library import AreaGroup, Library
from bot.slack.templates import Templates
from tests.templates.samples import LIBRARY

TOKENS = re.compile(r"<[^<>]*>|`/mentoring \w+`|\b\d+ (?:minutes|hour)\b|[⟦⟧]")


class Marked(gettext.NullTranslations):
    """A language in which everything translated stands in brackets."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"⟦{msgid1 if n == 1 else msgid2}⟧"


def _wordless(text: str) -> str:
    return "123"


def _wordless_guide(guide: Guide) -> Guide:
    def items(part: Any) -> Any:
        return tuple(replace(item, text="123") for item in part)

    return replace(guide, before=items(guide.before), during=items(guide.during), expect=("123",))


def _wordless_series(series: Series) -> Series:
    def task(each: Task) -> Task:
        return replace(each, title="123", purpose="123", note="123" if each.note else "")

    stages = tuple(
        replace(stage, name="123", purpose="123", tasks=tuple(task(each) for each in stage.tasks))
        for stage in series.stages
    )
    return Series("123", stages)


WORDLESS = Library(
    area_groups=(AreaGroup("123", {"data": "123"}),),
    areas={"data": "123"},
    guides={key: _wordless_guide(guide) for key, guide in LIBRARY.guides.items()},
    series={key: _wordless_series(series) for key, series in LIBRARY.series.items()},
)
MARKED = Templates(translations=Marked())


@pytest.mark.parametrize(
    "variant", variants(Samples(WORDLESS, _wordless, _wordless)), ids=lambda variant: variant.name
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
