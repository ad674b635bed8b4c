"""The reference page of states, made from the table: `python -m bot.domain.reference`.

Prints docs/states.md; a test holds the page to it.
"""

import sys
from collections.abc import Iterator, Mapping
from typing import Final

from bot.domain.states import (
    STATES,
    TRANSITIONS,
    AnyState,
    OfferState,
    ReferralState,
    RelationshipState,
    RequestState,
    RoundState,
    SessionState,
    is_final,
)

_HEAD: Final = """\
# States

Everything that changes has a state, and there is one table of allowed changes
(`bot/domain/states.py`): what is not in it is refused, with a sentence that says why. One picture
and one sentence an arrow, for each kind of thing.

This page is made from the code by `python -m bot.domain.reference > docs/states.md`.
"""

_ABOUT: Final[Mapping[type[AnyState], str]] = {
    SessionState: "The conversation of one match, from the match to the books.",
    RelationshipState: "Two people who go on formally, by an agreement both sign.",
    RequestState: "Somebody's wish for a session.",
    OfferState: "A request put to one mentor.",
    ReferralState: "Somebody else is named, and all three have to want it.",
    RoundState: "One run of a programme's matching.",
}
"""The order of the page: what people live through first; whatever else there is follows."""


def reference() -> str:
    """The whole page, in Markdown."""
    others = (kind for kind in STATES if kind not in _ABOUT)
    return _HEAD + "".join(_section(kind) for kind in (*_ABOUT, *others))


def _section(kind: type[AnyState]) -> str:
    name = kind.__name__.removesuffix("State")
    about = _ABOUT.get(kind)
    lines = [f"\n## {name}\n", *([about + "\n"] if about else []), *_diagram(kind), ""]
    lines += ["| from | what happens | to | why |", "|---|---|---|---|"]
    for row in TRANSITIONS[kind].values():
        lines.append(f"| {row.state} | {row.verb} | {row.to} | {row.why} |")
    return "\n".join(lines) + "\n"


def _diagram(kind: type[AnyState]) -> Iterator[str]:
    """A state machine as Mermaid draws it: it begins in the first state, and may end in several."""
    yield "```mermaid"
    yield "stateDiagram-v2"
    first = next(iter(kind))
    yield f"    [*] --> {first}"
    for row in TRANSITIONS[kind].values():
        yield f"    {row.state} --> {row.to}: {row.verb}"
    for state in kind:
        if is_final(state):
            yield f"    {state} --> [*]"
    yield "```"


if __name__ == "__main__":
    sys.stdout.write(reference())
