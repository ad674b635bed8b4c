"""The data that ships is right, and data that is not is named with its place."""

import shutil
from pathlib import Path

import pytest

from bot.domain.agreements import Stage
from bot.domain.guides import FORMAL, check_guide
from bot.domain.kinds import Kind, Role
from bot.services.library import SHIPPED, Library, LibraryProblem


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the data, to be broken."""
    shutil.copytree(SHIPPED / "guides", tmp_path / "guides")
    shutil.copytree(SHIPPED / "series", tmp_path / "series")
    shutil.copy(SHIPPED / "topics.yml", tmp_path)
    return tmp_path


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("kind", [Kind.FLASH, Kind.SPOT, Kind.REVERSE])
def test_every_side_of_a_session_has_a_guide(kind: Kind, role: Role) -> None:
    guide = Library.load().guide(kind, role)
    assert (guide.kind, guide.role) == (kind, role)
    assert check_guide(guide) == []
    assert 3 <= len(guide.before) <= 6
    assert 4 <= len(guide.during) <= 7
    assert 3 <= len(guide.after) <= 5
    assert 3 <= len(guide.expect) <= 5


def test_a_taster_is_expected_differently_and_prepared_the_same() -> None:
    library = Library.load()
    spot = library.guide(Kind.SPOT, Role.MENTOR)
    taster = library.guide(Kind.SPOT, Role.MENTOR, is_taster=True)
    assert taster.before == spot.before
    assert taster.expect != spot.expect
    assert any("decline" in line for line in taster.expect)
    assert library.guide(Kind.FLASH, Role.MENTOR, is_taster=True).kind is Kind.FLASH


def test_a_kind_without_its_own_guide_is_prepared_like_a_spot(folder: Path) -> None:
    (folder / "guides" / "keep_in_touch_mentee.yml").unlink()
    assert Library.load(folder).guide(Kind.KEEP_IN_TOUCH, Role.MENTEE).kind is Kind.SPOT


@pytest.mark.parametrize("role", Role)
def test_two_who_meet_regularly_have_a_guide_and_an_agenda_for_each_stage(role: Role) -> None:
    library = Library.load()
    guide = library.guide(Kind.SPOT, role, is_formal=True)
    assert (guide.kind, guide.role) == (FORMAL, role)
    assert guide == library.guide(Kind.FLASH, role, is_formal=True)
    assert guide.before != library.guide(Kind.SPOT, role).before
    assert set(guide.agenda) == set(Stage)
    assert all(3 <= len(lines) <= 4 for lines in guide.agenda.values())
    assert not library.guide(Kind.SPOT, role).agenda


@pytest.mark.parametrize("role", Role)
def test_the_difference_in_power_counts_also_for_two_who_meet_regularly(role: Role) -> None:
    assert Library.load().guide(Kind.REVERSE, role, is_formal=True).kind is Kind.REVERSE


def test_without_a_guide_of_their_own_they_are_guided_as_before(folder: Path) -> None:
    (folder / "guides" / "formal_mentor.yml").unlink()
    assert Library.load(folder).guide(Kind.SPOT, Role.MENTOR, is_formal=True).kind is Kind.SPOT


@pytest.mark.parametrize(
    ("was", "is_", "says"),
    [
        ("  first:\n", "  begin:\n", "formal_mentee.yml, agenda → begin"),
        ("    - how each", "    - ''\n    - how each", "agenda, last: line 2 is empty"),
        ("kind: formal", "kind: casual", "formal_mentee.yml, kind"),
    ],
)
def test_a_wrong_agenda_is_named_with_its_place(
    folder: Path, was: str, is_: str, says: str
) -> None:
    file = folder / "guides" / "formal_mentee.yml"
    text = file.read_text("utf-8")
    assert was in text
    file.write_text(text.replace(was, is_, 1), "utf-8")
    with pytest.raises(LibraryProblem) as caught:
        Library.load(folder)
    assert says in str(caught.value)


def test_areas_keep_their_order_and_know_their_labels() -> None:
    library = Library.load()
    assert 30 <= len(library.areas) <= 100
    assert next(iter(library.areas)) == next(iter(library.area_groups[0].areas))
    assert library.area_labels(["data", "gone", "writing"]) == (
        "Data and analysis",
        "Writing clearly",
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("groups: [", "topics.yml, line "),
        ("groups: []", "topics.yml, groups"),
        ("groups:\n  - label: A\n    areas: {B C: D}", "topics.yml, groups → 0 → areas → B C"),
        ("groups:\n  - label: A\n    areas: {}", "areas"),
        (f"groups:\n  - label: A\n    areas: {{b: {'x' * 76}}}", "groups → 0 → areas → b"),
        ("groups:\n  - label: A\n    areas: {b: C}\n    more: 1", "groups → 0 → more"),
        (
            "groups:\n  - label: A\n    areas:\n      b: C\n      b: D",
            "line 5: the key 'b' occurs twice",
        ),
        (
            "groups:\n  - {label: A, areas: {b: C}}\n  - {label: D, areas: {b: E}}",
            "'D': the key 'b' occurs twice",
        ),
        ("[1, 2]", "topics.yml"),
        ("", "topics.yml"),
        ("groups: !!python/object/apply:os.getcwd []", "line 1"),
    ],
)
def test_wrong_topics_are_named_with_their_place(folder: Path, text: str, says: str) -> None:
    (folder / "topics.yml").write_text(text)
    with pytest.raises(LibraryProblem) as caught:
        Library.load(folder)
    assert says in str(caught.value)


@pytest.mark.parametrize(
    ("was", "is_", "says"),
    [
        ("kind: flash", "kind: flush", "data/guides/flash_mentee.yml, kind"),
        ("  goal: ", "  Goal: ", "the key 'Goal' is not lower-case"),
        ("  goal: I can", "  goal: I can. I can", "more than one sentence"),
        ("  goal: I", f"  goal: {'I' * 80}", "75 fit"),
        ("source: flash mentoring", "", "flash_mentee.yml, source"),
        ("  plan: End", "  goal: End", "occurs 2 times"),
        ("role: mentee", "role: mentor", "there is another flash mentor guide"),
        ("expect:\n", f"expect:\n  - {'x' * 201}\n", "201 characters"),
    ],
)
def test_a_wrong_guide_is_named_with_its_place(folder: Path, was: str, is_: str, says: str) -> None:
    file = folder / "guides" / "flash_mentee.yml"
    text = file.read_text("utf-8")
    assert was in text
    file.write_text(text.replace(was, is_, 1), "utf-8")
    with pytest.raises(LibraryProblem) as caught:
        Library.load(folder)
    assert says in str(caught.value)


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "guides" / "spot_mentor.yml").unlink()
    with pytest.raises(LibraryProblem, match="mentor of a spot is missing"):
        Library.load(folder)
    (folder / "topics.yml").unlink()
    with pytest.raises(LibraryProblem, match=r"topics\.yml: the file is missing"):
        Library.load(folder)


def test_a_file_of_bytes_is_named(folder: Path) -> None:
    (folder / "topics.yml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(LibraryProblem, match="UTF-8"):
        Library.load(folder)
