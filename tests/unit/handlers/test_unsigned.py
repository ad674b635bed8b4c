"""What is said of requests that are not Slack's."""

import pytest
from structlog.testing import capture_logs

from bot.handlers.inbound.unsigned import Unsigned, why

NOW = 1_795_000_000


@pytest.mark.parametrize(
    ("stamp", "signature", "said"),
    [
        (None, None, "unsigned"),
        (str(NOW), None, "unsigned"),
        ("soon", "v0=1", "unsigned"),
        (str(NOW - 301), "v0=1", "clock"),
        (str(NOW + 301), "v0=1", "clock"),
        (str(NOW - 299), "v0=1", "secret"),
    ],
)
def test_why_it_is_refused(stamp: str | None, signature: str | None, said: str) -> None:
    given = {"x-slack-request-timestamp": stamp, "x-slack-signature": signature}
    headers = {name: [value] for name, value in given.items() if value is not None}
    assert why(headers, float(NOW)) == said


def test_a_flood_is_a_line_a_minute() -> None:
    moments = iter((0.0, 1.0, 59.0, 60.0, 61.0))
    refusing = Unsigned(lambda: next(moments))
    with capture_logs() as logs:
        for _ in range(5):
            refusing.refused({})
    assert [(line["event"], line["times"]) for line in logs] == [
        ("request_refused", 1),
        ("request_refused", 3),
    ]
