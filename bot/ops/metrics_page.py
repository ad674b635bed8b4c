"""The reference page of metrics, made from the code: `python -m bot.ops.metrics_page`.

Prints docs/metrics.md; a test holds the page to it.
"""

import sys

from bot.ops.metrics import MEASURES, Measure

_HEAD = """\
# Metrics

`/metrics` speaks Prometheus's text format. It is served beside `/livez` and `/readyz` at
`run --health HOST:PORT` (or `LANTERN_HEALTH`); in HTTP mode without that, on the port of
`/slack/events`, where the proxy in front should keep it from the world. Each process tells what it
did itself; what is said to be the same from every process comes from the database, which is read
at most every ten seconds.

No label names a person, a workspace or anything that somebody wrote. Beside those below there are
the process's own (`process_resident_memory_bytes`, `process_cpu_seconds_total`,
`process_open_fds`, …).

[alerts.yml](alerts.yml) is an example of rules to be woken by, and
[operating.md](operating.md) says what to do then.

This page is made from the code by `python -m bot.ops.metrics_page > docs/metrics.md`.

| metric | type | labels | what it says |
|---|---|---|---|
"""


def page() -> str:
    """The whole page, in Markdown."""
    return _HEAD + "".join(_row(measure) for measure in MEASURES)


def _row(measure: Measure) -> str:
    labels = ", ".join(f"`{label}`" for label in measure.labels) or "none"
    return f"| `{measure.name}` | {measure.type} | {labels} | {measure.words} |\n"


if __name__ == "__main__":
    sys.stdout.write(page())
