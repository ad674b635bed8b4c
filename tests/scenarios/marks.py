"""Which engines a scenario runs on."""

import pytest

sqlite_only = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""For what is decided before the database is reached, or is the same SQL on both engines: the
services' own tests run on both, and the principal scenarios do."""
