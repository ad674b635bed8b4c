"""`LANTERN_UPDATE_GOLDENS=1 python -m pytest tests/templates` writes the goldens anew."""

import os

import pytest


@pytest.fixture(scope="session")
def update_goldens() -> bool:
    """Whether goldens are written rather than compared."""
    return os.environ.get("LANTERN_UPDATE_GOLDENS") == "1"
