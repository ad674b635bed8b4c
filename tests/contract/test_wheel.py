"""What is installed is whole: the wheel carries the data, the manifest, the page and the words."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOOK = """
from bot.demo import demo
from bot.rehearsal import demo_company, manifest
from bot.services.library import Library
from bot.slack.languages import Languages
from bot.slack.templates import Templates
from bot.store.migrations import config
import bot
assert Library.load().guides and demo_company().people and manifest()["features"]
assert Templates().compile_all()
assert Languages().known == ("de", "en", "fr")
print(bot.__file__)
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the wheel holds, as pip would lay it out."""
    folder = tmp_path_factory.mktemp("wheel")
    made = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder / "dist")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    (wheel,) = (folder / "dist").glob("*.whl")
    zipfile.ZipFile(wheel).extractall(folder / "site")
    return folder / "site"


def test_it_works_far_from_the_checkout(installed: Path, tmp_path: Path) -> None:
    seen = subprocess.run(
        [sys.executable, "-c", LOOK],
        cwd=tmp_path,
        env={"PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert seen.returncode == 0, seen.stderr
    assert seen.stdout.strip() == str(installed / "bot" / "__init__.py")


def test_all_data_ships_and_nothing_of_ones_own(installed: Path) -> None:
    shipped = installed / "bot" / "shipped_files" / "data"
    tracked = subprocess.run(
        ["git", "ls-files", "data"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    there = {f"data/{file.relative_to(shipped)}" for file in shipped.rglob("*") if file.is_file()}
    assert there == set(tracked)


def test_every_file_beside_the_code_ships(installed: Path) -> None:
    tracked = subprocess.run(
        ["git", "ls-files", "bot"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    assert [file for file in tracked if not (installed / file).is_file()] == []
