"""Where the files that come with the code are: beside it, or inside it once installed."""

from pathlib import Path

_HERE = Path(__file__).resolve().parent
_INSTALLED = _HERE / "shipped_files"

DATA = _INSTALLED / "data" if _INSTALLED.is_dir() else _HERE.parent / "data"
"""Topics, guides, series, languages and the company of the demo."""

MANIFEST = (_INSTALLED if _INSTALLED.is_dir() else _HERE.parent) / "manifest.yml"
"""The Slack app, as its administrator pastes it."""
