"""How many examples are asked for, and how many were looked at."""

from collections import Counter
from typing import Final

LONG: Final = "LANTERN_HOSTILE_EXAMPLES"
"""The environment variable with the number for a long run, by chance; else always the same few."""
COUNTED: Final[Counter[str]] = Counter()
"""How many were looked at in this process, by kind."""
