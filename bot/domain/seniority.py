"""A first guess at somebody's seniority from their title, to be put right by themselves."""

import re
from typing import Final

_LEVELS: Final = (  # the first that is found counts: "Vice President" before "President"
    (1, r"intern|trainee|apprentice|working student|graduate|junior|jr|werkstudent(?:in)?|azubi"),
    (5, r"[se]?vp|vice[ -]president|director|head(?= of)|direktor(?:in)?|leiter(?:in)?"),
    (6, r"c[etfopmidh]o|ciso|chro|chief (?!of staff)|president|founder|co-?founder|owner|partner"),
    (3, r"(?:product|project|programme|program|account|community|office|case) manager"),
    (4, r"manager|lead|team ?lead(?:er)?|supervisor|principal|staff|foreman|foreperson|chief"),
    (3, r"senior|sr|expert|specialist|architect"),
    (1, r"assistant(?! (?:professor|director|manager))"),
)
_FOUND: Final = tuple((level, re.compile(rf"\b(?:{words})\b", re.I)) for level, words in _LEVELS)
_USUAL: Final = 2
_TO = re.compile(r"\b(?:assistant|secretary|aide|adviser|advisor) (?:to|of)\b", re.IGNORECASE)


def guess_seniority(title: str) -> int | None:
    """One of domain.programmes.LEVELS for what Slack gives as their title, None without one.

    Only ever shown to the person it is about, in a form they may change.
    """
    said = " ".join((title or "").split())
    if not said:
        return None
    if _TO.search(said):  # assistant to the director: the director is somebody else
        return _USUAL
    return next((level for level, words in _FOUND if words.search(said)), _USUAL)
