"""One's own data: sent, and forgotten."""

from collections.abc import Iterator

from bot.ops.samples.asking import Case
from bot.ops.samples.cast import Samples


def own_data(s: Samples) -> Iterator[Case]:
    """Each message and modal of it."""
    yield "messages/own_file", "sent", {"me": s.mentee}
