"""What comes in as a file or a setting: it is read, or refused in one sentence; nothing hangs."""

from contextlib import suppress
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config import SettingProblem, Settings, load, variable
from bot.domain.errors import RuleBroken
from bot.ops.storage import bring_up_to_date, open_database
from bot.services.growing.library_series import StageText, parse_stages
from bot.services.library_files import LibraryProblem, read_file
from bot.store.crypto import new_key
from tests.hostile.profiles import examples
from tests.hostile.values import NASTY, NUMBERS

_NAMES = "abcdefghijklm"
BOMB = "a: &a {x: 1}\n" + "\n".join(
    f"{this}: &{this} {{<<: [{', '.join([f'*{last}'] * 9)}]}}" for last, this in pairwise(_NAMES)
)
"""Nine times nine times nine …, in half a page."""
STAGES = {
    "a bomb of names": BOMB,
    "laughs": "a: &a [x, x]\nb: &b [*a, *a, *a, *a]\nc: [*b, *b, *b, *b]",
    "a name for nothing": "key: *gone",
    "itself": "key: &a [*a]",
    "a list as a key": "? [a, b]\n: c",
    "a mapping as a key": "{{a: b}: c}",
    "a set": "!!set {a, b}",
    "numbers as keys": "1: a\n2.5: b\nnull: c",
    "bytes": "key: !!binary aGVsbG8=",
    "no bytes": "key: !!binary '*'",
    "a day that is none": "key: 2026-99-99",
    "Python's own": "!!python/object/apply:os.system ['echo rowan']",
    "Python's name": "key: !!python/name:os.system",
    "deep lists": "[" * 1400,
    "deep mappings": "{a: " * 700,
    "deep lines": "\n".join(" " * n + "a:" for n in range(75)),
    "a huge number": "key: " + "9" * 2900,
    "endless": "key: .inf",
    "sixty by sixty": "key: " + ":".join(["59"] * 900),
    "two documents": "key: a\n---\nkey: b",
    "a directive": "%YAML 9.9\n---\nkey: a",
    "a tab": "\tkey: a",
}


@pytest.mark.parametrize("what", STAGES)
def test_a_stage_that_is_none_is_refused(what: str, tmp_path: Path) -> None:
    with pytest.raises(RuleBroken) as refused:
        parse_stages("Mine", [STAGES[what]])
    assert refused.value.field == "stage_1"
    file = tmp_path / "series.yml"
    if what != "a bomb of names":  # whoever may write the data files may stop Lantern at once
        file.write_text(STAGES[what], "utf-8")
        with pytest.raises(LibraryProblem):
            read_file(file, StageText)


PIECES = st.sampled_from(
    [
        *("key: ", "name: ", "tasks:", "- ", "\n", "\n  ", "  - key: ", "role: mentee", "days: "),
        *("&a ", "*a", "<<: ", "!!", "!!set ", "!!python/tuple ", "? ", ": ", "{", "}", "[", "]"),
        *(
            "'",
            '"',
            "|",
            ">",
            "#",
            "%",
            "@",
            "`",
            "\t",
            "---",
            "...",
            "aim",
            "7",
            "~",
            "2026-01-01",
        ),
    ]
)


@examples(400)
@given(st.lists(st.one_of(PIECES, st.sampled_from(NASTY), st.text(max_size=5)), max_size=25))
def test_any_text_is_a_stage_or_is_refused(pieces: list[str]) -> None:
    text = "".join(pieces)[:3000]
    with suppress(RuleBroken):
        parse_stages("Mine", [text])


ODD = (
    *("nan", "inf", "1e400", "https://", "http://[::1", "https://a b", "postgresql://u:p@[::1/x"),
    *("sqlite:///", "mysql://x", "host:99999", "[::1]", "~", "..", "*", "T0ACME,,*", "a" * 100_000),
)


@pytest.mark.parametrize("name", Settings.model_fields)
def test_a_setting_is_taken_or_told_in_one_sentence(
    name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    for value in (*NASTY, *NUMBERS, *ODD):
        if "\x00" in value or not value.isascii():
            continue  # the first the system does not let through; names of files may be in any
        monkeypatch.setenv(variable(name), value)
        said = told()
        assert not said or variable(name) in said or "LANTERN_SECRET_KEYS" in said
        assert "\n" not in said
        assert len(said) < 500


def told() -> str:
    """What is wrong with the settings; nothing when they are taken."""
    try:
        load()
    except SettingProblem as problem:
        return str(problem)
    return ""


@pytest.mark.parametrize("what", ["a text", "nobody there"])
async def test_a_database_that_is_none_is_told_in_one_sentence(tmp_path: Path, what: str) -> None:
    (tmp_path / "text").write_text("Dear diary,\n" * 500, "utf-8")
    url = {
        "a text": f"sqlite:///{tmp_path}/text",
        "nobody there": "postgresql://lantern:hunter2@127.0.0.1:1/lantern",
    }[what]
    database = open_database(load(database_url=url, secret_keys=new_key()))
    try:
        with pytest.raises(SettingProblem, match="cannot be used") as problem:
            await bring_up_to_date(database)
    finally:
        await database.close()
    assert "\n" not in str(problem.value)
    assert "hunter2" not in str(problem.value)
