"""Starting the local workspace by itself: its address, a taken port, and coming back to it."""

import socket
from pathlib import Path

import pytest
import yaml

from bot.sandbox import __main__ as start
from bot.sandbox.ports import free_port, is_free, taken
from tests.sandbox import lunch


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    manifest, people = tmp_path / "manifest.yml", tmp_path / "people.yml"
    manifest.write_text(yaml.safe_dump(lunch.MANIFEST))
    people.write_text(
        "people:\n- {handle: ann, name: Ann}\n- {handle: gus, name: Gus, guest: true}\n"
        "channels:\n- {name: all, members: everyone}\n"
    )
    return ["--manifest", str(manifest), "--people", str(people)]


def test_a_taken_port_is_told_with_another(
    files: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen()
        port = door.getsockname()[1]
        assert not is_free("127.0.0.1", port)
        assert free_port("127.0.0.1", port) > port
        assert start.main([*files, "--port", str(port)]) == 1
        said = capsys.readouterr().err
        assert said.startswith(f"Port {port} on 127.0.0.1 is taken")
        assert "--port" in said
        assert taken("127.0.0.1", port) == said.strip()


def test_everyone_is_everyone_who_works_here(files: list[str]) -> None:
    workspace = start.open_workspace(start.parse(files))
    members = workspace.channel("all").members
    assert members == [workspace.user("ann").id]


def test_a_kept_workspace_goes_on(files: list[str], tmp_path: Path) -> None:
    kept = tmp_path / "kept.json"
    given = start.parse([*files, "--keep", str(kept)])
    workspace = start.open_workspace(given)
    workspace.save(kept)
    again = start.open_workspace(given)
    assert again.bot_token == workspace.bot_token
    assert again.clock.now() >= workspace.saved_at(kept)


def test_a_file_that_is_missing(files: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert start.main([*files[:-1], "nowhere.yml"]) == 1
    assert capsys.readouterr().err == "there is no file nowhere.yml\n"
