"""What is written about Lantern is what it does."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot import commands_page, config
from bot.cli import cli
from bot.handlers.commands import SUBCOMMANDS
from bot.slack.ids import Subcommand
from bot.slack.templates import Templates

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *ROOT.glob("docs/**/*.md")]


def test_settings_are_documented() -> None:
    """`python -m bot.config > docs/settings.md` makes the page anew."""
    assert (ROOT / "docs/settings.md").read_text("utf-8") == config.reference()


def test_commands_are_documented() -> None:
    """`python -m bot.commands_page > docs/commands.md` makes the page anew."""
    assert (ROOT / "docs/commands.md").read_text("utf-8") == commands_page.page()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_setting_and_command_that_a_page_names_is_one(page: Path) -> None:
    known = {config.variable(name) for name in config.Settings.model_fields}
    text = page.read_text("utf-8")
    assert set(re.findall(r"LANTERN_[A-Z_]+", text)) <= known
    assert set(re.findall(r"python -m bot ([a-z]+)", text)) <= set(
        re.findall(r"^## (\w+)$", commands_page.page(), re.MULTILINE)
    )


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_of_ours_that_a_page_names_is_there(page: Path) -> None:
    """Beside the page, from the top, or under `bot/` as we say it among ourselves."""
    named = set(re.findall(r"`([\w./-]+/\w+\.(?:py|xml|txt))`", page.read_text("utf-8")))
    under = (page.parent, ROOT, ROOT / "bot", ROOT / "bot/templates")
    assert [one for one in named if not any((each / one).exists() for each in under)] == []


def test_what_the_runbook_quotes_is_what_ready_says() -> None:
    said = (ROOT / "bot/app.py").read_text("utf-8")
    text = (ROOT / "docs/operating.md").read_text("utf-8")
    for problem in re.findall(r'amiss\.append\("([^"]+)"\)', said):
        assert f"`{problem}`" in text


def test_help_lists_every_subcommand() -> None:
    shown = str(Templates().message("help").blocks)
    listed = re.findall(r"/mentoring (\w+)", shown)
    assert set(listed) >= set(Subcommand)
    assert set(listed) <= set(Subcommand)


def test_every_subcommand_has_a_handler() -> None:
    assert set(SUBCOMMANDS) == set(Subcommand)


def test_the_command_line_explains_itself() -> None:
    shown = CliRunner().invoke(cli, ["--help"]).output
    for command in ("run", "doctor", "migrate", "backup", "restore", "rotate", "tour", "key"):
        assert command in shown


def test_every_key_that_a_handler_says_has_a_sentence() -> None:
    said = set()
    for file in (ROOT / "bot" / "handlers").rglob("*.py"):
        text = file.read_text("utf-8")
        said |= set(
            re.findall(r'(?:RuleBroken|refusal|sentence|_tell|_done)\((?:heard, )?"(\w+)"', text)
        )
        said |= set(re.findall(r'key="(\w+)"', text))
    assert {"busy", "fault", "not_for_guests", "edit_not_read", "button_gone"} <= said
    for key in said:
        assert Templates().sentence(key)
