"""Names of settings that nobody reads, because a letter of them is wrong."""

import os
import re
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from bot.config import ENV_FILE, Settings, variable

ALIKE: Final = 0.85  # of two names, as difflib counts: a letter or two apart

_ASSIGNED: Final = re.compile(r"^\s*(?:export\s+)?(\w+)\s*=", re.MULTILINE)


def misspelt() -> dict[str, str]:
    """Names in the environment and in `.env` that nearly are a setting's, with that setting's.

    Others are somebody else's: Kubernetes gives a few that begin with the name of a service.
    """
    known = {variable(name) for name in Settings.model_fields}
    written = Path(ENV_FILE).read_text("utf-8") if Path(ENV_FILE).is_file() else ""
    given = {name.upper() for name in (*os.environ, *_ASSIGNED.findall(written))}
    ours = sorted(name for name in given - known if name.startswith(("LANTERN_", "SLACK_")))
    nearest = {name: get_close_matches(name, known, 1, ALIKE) for name in ours}
    return {name: found[0] for name, found in nearest.items() if found}
