"""The reference page of the command line, made from the code: `python -m bot.commands_page`.

Prints docs/commands.md; a test holds the page to it.
"""

import inspect
import sys
from typing import Any

from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption
from typer.main import get_command

from bot.cli import cli

Param = TyperArgument | TyperOption
_YES: dict[Any, str] = {True: "yes", False: "no", None: "none"}

_HEAD = """\
# Commands

`python -m bot COMMAND`, or `lantern COMMAND` where the package is installed. Every command reads
its settings from the environment or `.env` ([settings](settings.md)), and `--help` says what is
said here.

Exit codes: 0 all is well, 1 something was found wrong or was not found, 2 a setting or an argument
is missing or wrong; one sentence says which. [operating.md](operating.md) says when to use what.

This page is made from the code by `python -m bot.commands_page > docs/commands.md`.
"""


def page() -> str:
    """The whole page, in Markdown."""
    group = get_command(cli)
    assert isinstance(group, TyperGroup)
    shown = [each for each in group.commands.values() if not each.hidden]
    return _HEAD + "".join(_command(each) for each in shown if isinstance(each, TyperCommand))


def _command(command: TyperCommand) -> str:
    params = [each for each in command.params if isinstance(each, TyperArgument | TyperOption)]
    usage = " ".join(_usage(each) for each in params)
    head = (
        f"\n## {command.name}\n\n`python -m bot {' '.join((command.name or '', usage)).strip()}`\n"
    )
    words = f"\n{inspect.cleandoc(command.help or '')}\n"
    rows = "".join(_row(each) for each in params)
    table = f"\n| argument | default | what it is |\n|---|---|---|\n{rows}" if rows else ""
    return head + words + table


def _usage(param: Param) -> str:
    name = _name(param)
    return name if param.required else f"[{name}]"


def _name(param: Param) -> str:
    if isinstance(param, TyperArgument):
        return str(param.metavar or (param.name or "").upper())
    first = "/".join([*param.opts[:1], *param.secondary_opts])
    return first if param.is_flag else f"{first} {param.metavar or str(param.name).upper()}"


def _row(param: Param) -> str:
    default = param.default
    shown = "needed" if param.required else _YES.get(default, str(default))
    return f"| `{_name(param)}` | {shown} | {_help(param)} |\n"


def _help(param: Param) -> str:
    return str(getattr(param, "help", None) or "")


if __name__ == "__main__":
    sys.stdout.write(page())
