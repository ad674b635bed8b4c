"""One reference for everything that follows from one thing: it stands in each line of the log.

A request is given one when it comes in, and the jobs it plans carry it on: so the log shows what a
click led to, and a person can quote it. It says nothing about anybody.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from structlog.contextvars import (
    bind_contextvars,
    bound_contextvars,
    clear_contextvars,
    get_contextvars,
)

_SIGNS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # none that are read for one another
LENGTH = 6


def new_reference() -> str:
    """Six signs to quote to the operator; they stand in the log beside the error."""
    return "".join(secrets.choice(_SIGNS) for _ in range(LENGTH))


def current() -> str | None:
    """The reference of what is being done here, if anything is."""
    found = get_contextvars().get("reference")
    return str(found) if found else None


@contextmanager
def bound(reference: str | None = None, **more: Any) -> Iterator[str]:
    """Everything that is logged inside, and in tasks begun there, bears the reference (or a new
    one), and `more`."""
    chosen = reference or new_reference()
    with bound_contextvars(reference=chosen, **more):
        yield chosen


@contextmanager
def apart() -> Iterator[None]:
    """What is logged inside bears nothing of what is being done outside."""
    outside = get_contextvars()
    clear_contextvars()
    try:
        yield
    finally:
        clear_contextvars()
        bind_contextvars(**outside)
