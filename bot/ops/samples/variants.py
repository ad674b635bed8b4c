"""Every template in every state it can show: what to render, by a name that tells."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.domain.job_kinds import JobKind
from bot.ops.samples.after import after
from bot.ops.samples.answers import answers
from bot.ops.samples.asking import asking
from bot.ops.samples.before import before
from bot.ops.samples.cast import Samples
from bot.ops.samples.forms import forms
from bot.ops.samples.growing import growing
from bot.ops.samples.homes import homes
from bot.ops.samples.inviting import inviting
from bot.ops.samples.lead_forms import lead_forms
from bot.ops.samples.own_data import own_data
from bot.ops.samples.programmes import programmes
from bot.ops.samples.round_sessions import round_sessions
from bot.ops.samples.rounds import rounds
from bot.ops.samples.series import series
from bot.ops.samples.times import times

PARTS = (
    asking,
    inviting,
    before,
    after,
    forms,
    programmes,
    rounds,
    round_sessions,
    lead_forms,
    answers,
    growing,
    own_data,
    times,
    series,
    homes,
)
# Kinds that have other words for somebody who is asked by name.
_BY_NAME = ("invitation", "invitation_reminder", "invitation_receipt", "invitation_news")
SPOKEN = {f"messages/{name}" for name in (*JobKind, "snoozed", *_BY_NAME)}


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
    for part in PARTS:
        for template, state, facts in part(samples):
            yield Variant(template, state, {**_given(template, samples), **facts})


def _given(template: str, samples: Samples) -> dict[str, Any]:
    """What every template of its sort is given; nothing more, or a slip would not show."""
    if template in SPOKEN:
        return {"me": samples.mentee, "job_id": 99, "note": None}
    return {"me": samples.mentee} if template.startswith("modals/") else {}
