"""`python -m tests.chaos`: a year under fire. The last line is one JSON object.

Ctrl-C ends the year early, and what there is of it is judged. Exit code 1 when anything was lost,
said twice, said outside hours or after it was settled.
"""

import argparse
import asyncio
import json
import secrets
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from tests.chaos.conductor import Size
from tests.chaos.run import Outcome, in_a_fresh_database, new_lender
from tests.support.postgres import Shared

SHOWN = 40


def main() -> int:
    """Run it as the arguments say."""
    size, keep = _arguments()
    print(f"seed {size.seed}: {size}", flush=True)
    with tempfile.TemporaryDirectory(prefix="chaos-pg-") as folder:
        shared = Shared(Path(folder))
        server = shared.enter()
        try:
            lender, key = new_lender(server)
            with closing(lender):
                outcome = asyncio.run(in_a_fresh_database(size, lender, key, _tell, keep))
        finally:
            shared.leave()
    _report(outcome)
    return int(any(outcome.verdict.counts.values()))


def _tell(line: str) -> None:
    print(line, flush=True)


def _arguments() -> tuple[Size, Path | None]:
    parser = argparse.ArgumentParser(prog="tests.chaos", description=__doc__)
    for name, kind in (("people", int), ("days", int), ("kills", int), ("processes", int)):
        parser.add_argument(f"--{name}", type=kind, default=getattr(Size(), name))
    for name in ("visits", "trouble"):
        parser.add_argument(f"--{name}", type=float, default=getattr(Size(), name))
    parser.add_argument("--seed", type=int, default=None, help="the same seed, the same plan")
    parser.add_argument("--keep", type=Path, help="a file for what it was judged by")
    given = vars(parser.parse_args())
    keep: Path | None = given.pop("keep")
    if given["seed"] is None:
        given["seed"] = secrets.randbelow(1_000_000)
    return Size(**given), keep


def _report(outcome: Outcome) -> None:
    for name in outcome.verdict.counts:
        for line in getattr(outcome.verdict, name)[:SHOWN]:
            print(f"{name}: {line}")
    for what, times in sorted(outcome.logged.items()):
        if what.startswith("error: "):
            print(f"{times:5} {what}")
    print(json.dumps({"did": dict(outcome.did)}))
    print(json.dumps({"seed": outcome.size.seed, **outcome.extras}))
    print(json.dumps(outcome.line))


if __name__ == "__main__":
    sys.exit(main())
