"""How many examples are looked at: few enough for the suite, or as many as one has time for."""

import os

from hypothesis import HealthCheck, settings

from tests.hostile.counting import LONG


def examples(usual: int) -> settings:
    """Settings for one test; `usual` examples in the suite, the same each time."""
    asked = os.environ.get(LONG)
    return settings(
        max_examples=int(asked) if asked else usual,
        derandomize=not asked,
        deadline=None,
        database=None,
        print_blob=True,
        suppress_health_check=list(HealthCheck),
    )
