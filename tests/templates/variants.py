"""Every template in every state it can show: what to render, by a name that tells."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.templates.samples import Samples
from tests.templates.variants_after import after
from tests.templates.variants_asking import asking
from tests.templates.variants_before import before
from tests.templates.variants_forms import forms

COMMON = {"job_id": 99, "note": None}


@dataclass(frozen=True)
class Variant:
    """One rendering: `messages/offer` with these facts; `name` is what its golden is called."""

    template: str
    state: str
    facts: dict[str, Any]

    @property
    def name(self) -> str:
        return f"{self.template.replace('/', '.')}.{self.state}"


def variants(samples: Samples) -> list[Variant]:
    """All of them, with facts made by `samples`."""
    return list(_each(samples))


def _each(samples: Samples) -> Iterator[Variant]:
    for part in (asking, before, after, forms):
        for template, state, facts in part(samples):
            yield Variant(template, state, {"me": samples.mentee, **COMMON, **facts})
