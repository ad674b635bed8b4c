"""A series file that is not right is named with its place, and so is what a lead writes."""

import shutil
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import RuleBroken
from bot.domain.series import Whose, find_problem
from bot.services.growing.library_series import parse_stages, stage_text
from bot.services.library import SHIPPED, Library, LibraryProblem
from tests.services.story import breaks

BDC = "build_discover_connect"
STAGE = """
key: build
name: Build
purpose: Know what you want.
tasks:
  - key: aim
    title: Write down your aim
    role: mentee
    purpose: It helps
    days: 7
  - key: map
    title: Draw a map
    role: both
    purpose: You know more people than you think
    days: 7
    after: aim
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the data, to be broken."""
    shutil.copytree(SHIPPED, tmp_path / "data", ignore=shutil.ignore_patterns("local", "demo"))
    return tmp_path / "data"


def test_the_series_that_ships_has_three_stages_in_their_order() -> None:
    series = Library.load().series[BDC]
    assert [stage.key for stage in series.stages] == ["build", "discover", "connect"]
    assert find_problem(series) is None
    assert {task.role for task in series.tasks} == set(Whose)
    assert sum(task.role is Whose.MENTOR for task in series.tasks) < len(list(series.tasks)) / 2


def test_every_stage_that_ships_fits_a_field_and_comes_back_as_it_was() -> None:
    for series in Library.load().series.values():
        texts = [stage_text(stage) for stage in series.stages]
        assert max(len(text) for text in texts) <= 3000
        assert parse_stages(series.name, texts) == series


@pytest.mark.parametrize(
    ("was", "is_", "says"),
    [
        ("role: mentee", "role: boss", "build_discover_connect.yml, stages → 0 → tasks → 0 → role"),
        ("        days: 7", "        dayz: 7", "tasks → 0 → days: this field is missing"),
        ("        days: 7", "        days: soon", "tasks → 0 → days"),
        ("        days: 7", "        days: 7\n        more: 1", "tasks → 0 → more: no such field"),
        ("        after: strengths", "        after: strength", "there is no such task"),
        ("        after: strengths", "        after: mirror", "each other: mirror → mirror"),
        ("key: strengths", "key: aim", "stages → build: the key 'aim' occurs twice"),
        ("key: build", "key: discover", "the key 'discover' occurs twice"),
        ("role: mentee", "role: mentee\n        role: mentor", "the key 'role' occurs twice"),
        ("stages:", "stages: []\nstagez:", "stages"),
    ],
)
def test_a_wrong_file_is_named_with_its_place(folder: Path, was: str, is_: str, says: str) -> None:
    file = folder / "series" / f"{BDC}.yml"
    text = file.read_text("utf-8")
    assert was in text
    file.write_text(text.replace(was, is_, 1), "utf-8")
    with pytest.raises(LibraryProblem) as caught:
        Library.load(folder)
    assert "data/series/" in str(caught.value)
    assert says in str(caught.value)


def test_a_name_that_is_kept_for_programmes_is_refused(folder: Path) -> None:
    (folder / "series" / f"{BDC}.yml").rename(folder / "series" / "programme.yml")
    with pytest.raises(LibraryProblem, match="kept for"):
        Library.load(folder)


def test_a_folder_without_a_series_is_named(folder: Path) -> None:
    (folder / "series" / f"{BDC}.yml").unlink()
    with pytest.raises(LibraryProblem, match="there is no series"):
        Library.load(folder)


def test_stages_are_read_field_by_field_and_empty_ones_are_none() -> None:
    series = parse_stages("Ours", ["", STAGE, "  \n"])
    assert [task.key for task in series.tasks] == ["aim", "map"]
    assert series.stages[0].tasks[1].after == "aim"


@pytest.mark.parametrize(
    ("was", "is_", "key", "facts"),
    [
        ("days: 7", "dayz: 7", "series_missing", {"where": "aim", "name": "days"}),
        ("days: 7", "days: 7\n    dayz: 8", "series_unknown", {"where": "aim", "name": "dayz"}),
        ("name: Build", "name: Build\nmore: 1", "series_unknown", {"where": "", "name": "more"}),
        ("role: both", "role: boss", "series_value", {"where": "map", "name": "role"}),
        ("days: 7", "days: 900", "series_value", {"where": "aim", "name": "days", "limit": 365}),
        ("days: 7", "days: '7'", "series_value", {"where": "aim", "name": "days"}),
        ("key: aim", "key: 1", "series_value", {"where": "1", "name": "key"}),
        ("after: aim", "after: gone", "series_no_task", {"name": "map", "after": "gone"}),
        ("key: map", "key: aim", "series_twice", {"name": "aim"}),
        ("after: aim", "after: map", "series_cycle", {"ring": "map → map"}),
        ("tasks:", "tasks: [", "series_yaml", {"line": 6}),
        ("key: build", "- build", "series_yaml", {"line": 3}),
    ],
)
def test_what_a_lead_writes_is_refused_at_its_stage(
    was: str, is_: str, key: str, facts: dict[str, object]
) -> None:
    assert was in STAGE
    other = STAGE.replace("aim", "aim2").replace("map", "map2").replace("build", "more")
    with breaks(key, "stage_3") as caught:
        parse_stages("Ours", [other, "", STAGE.replace(was, is_, 1)])
    assert caught.value.facts == facts


def test_nothing_at_all_is_refused() -> None:
    with breaks("series_blank", "stage_1"):
        parse_stages("Ours", ["", "\n"])


NAMES = st.sampled_from(["key", "name", "tasks", "days", "purpose", "x"])
LEAVES = st.none() | st.booleans() | st.integers() | st.text()
SHAPES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=8,
)


@given(st.text(max_size=300) | SHAPES.map(yaml.safe_dump))
def test_whatever_is_written_there_is_a_sentence_for_it(text: str) -> None:
    with pytest.raises(RuleBroken) as caught:
        parse_stages("Ours", [text])
    assert caught.value.field == "stage_1"


GERMAN = """
Schlüssel: anfang
name: Anfangen
zweck: Wissen, was man will
aufgaben:
  - {schlüssel: ziel, titel: Ein Ziel, rolle: beide, zweck: Damit man es merkt, tage: 7}
  - {schlüssel: kaffee, titel: Ein Kaffee, rolle: Mentee, zweck: Fragen, tage: 14, nach: ziel}
"""


def test_a_stage_may_be_written_in_german_or_french_words() -> None:
    (stage,) = parse_stages("Eigene", [GERMAN]).stages
    assert (stage.key, stage.name, stage.purpose) == ("anfang", "Anfangen", "Wissen, was man will")
    first, second = stage.tasks
    assert (first.role, first.days) == (Whose.BOTH, 7)
    assert (second.role, second.after) == (Whose.MENTEE, "ziel")
    french = "clé: a\nnom: B\nobjectif: C\ntâches:\n"
    french += "- {clé: t, titre: D, rôle: les deux, objectif: E, jours: 3}"
    assert parse_stages("Une", [french]).stages[0].tasks[0].title == "D"


@pytest.mark.parametrize("twice", ["titel: Noch eins", "titre: Encore"])
def test_one_key_in_two_languages_is_odd(twice: str) -> None:
    text = f"key: a\nname: B\npurpose: C\ntasks:\n- {{key: t, title: D, {twice}, role: both,"
    with pytest.raises(RuleBroken, match="series_unknown"):
        parse_stages("Own", [f"{text} purpose: E, days: 3}}"])
