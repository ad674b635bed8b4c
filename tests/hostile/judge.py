"""What must hold whatever came in."""

import re
from collections.abc import Iterator
from typing import Any, Final

from bot.slack.blocks import check_message, check_view
from tests.hostile.values import MARK
from tests.support.door import Outcome
from tests.support.signing import SECRET
from tests.support.tape import TOKEN
from tests.support.who import ASKED, PRIVATE

_ANGLES: Final = re.compile(
    r"<(?!!date\^\d+\^[^<>|]*\|[^<>|]*>|@U0[A-Z]+>|#C[1-4][A-Z]+>|https?://(?!evil)[^<>|\s]*(\|[^<>|]*)?>)"
)
"""An opening bracket that is not Lantern's own: of a date, somebody it knows, a channel, a link."""
_FORGED: Final = ("U0FORGED>", "C0FORGED>", "S0FORGED>")
_FAULTS: Final = re.compile(r'"event": "(fault|fault untold|background work failed)"')
_UNSAID: Final = (SECRET, TOKEN, PRIVATE, ASKED, MARK)
EVALUATED: Final = str(7919 * 7)


def judge(outcome: Outcome, logged: str, *, misshapen: bool = False) -> None:
    """Raise AssertionError for what may not be; what is `misshapen` may be turned away."""
    statuses = (200, 400, 404) if misshapen else (200,)
    assert outcome.status in statuses, f"answered {outcome.status}"
    assert not outcome.faults, f"{outcome.faults}\n{logged}"
    assert not _FAULTS.search(logged), logged
    for secret in _UNSAID:
        assert secret not in logged, f"the log says {secret!r}: {logged[:2000]}"
    judge_said(outcome)


def judge_said(outcome: Outcome) -> None:
    """What left is valid, and holds no markup that somebody typed."""
    body = outcome.body
    if "blocks" in body:
        check_message({"text": body["text"], "blocks": body["blocks"]})
    if "view" in body:
        check_view(body["view"])
    for call in outcome.calls:
        judge_texts(call.args)
    judge_texts(body)


def judge_texts(said: Any) -> None:
    """No text that Slack reads as markup holds a mention, a broadcast or a link of somebody's."""
    for text in _marked_up(said):
        found = _ANGLES.search(text)
        assert found is None, f"forged: {text[found.start() : found.start() + 80]!r}"
        assert not any(each in text for each in _FORGED), f"forged: {text[:200]!r}"
        assert EVALUATED not in text, "a text was evaluated"


def _marked_up(said: Any) -> Iterator[str]:
    if isinstance(said, dict):
        if said.get("type") == "mrkdwn":
            yield str(said["text"])
        elif "blocks" in said and isinstance(said.get("text"), str):
            yield said["text"]
        for value in said.values():
            yield from _marked_up(value)
    elif isinstance(said, list):
        for value in said:
            yield from _marked_up(value)
