"""`python -m tests.hostile --examples 50000`: as many of each kind as asked for, by chance.

Prints pytest's own report, and as the last line one JSON object with the figures.
"""

import argparse
import os
import sys
from pathlib import Path

from tests.hostile.counting import LONG


def main() -> None:
    """Becomes pytest, which must be there before anything that it looks into."""
    parser = argparse.ArgumentParser(prog="python -m tests.hostile")
    parser.add_argument("--examples", type=int, default=50_000, help="of each kind")
    parser.add_argument("--only", default="", help="pytest's -k")
    asked = parser.parse_args()
    os.environ[LONG] = str(asked.examples)
    # Each test may take its hours, and pytest keeps nothing of the log that it writes meanwhile.
    options = ["-q", "--timeout=0", "-p", "no:logging", "-p", "no:cacheprovider"]
    options += [str(Path(__file__).parent), "-k", asked.only]
    os.execv(sys.executable, [sys.executable, "-m", "pytest", *options])


if __name__ == "__main__":
    main()
