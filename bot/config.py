"""Settings: from the environment or `.env`, checked once at start, never changed after.

`docs/settings.md` is made from the fields here (`python -m bot.config`), and a test holds it so.
"""

import sys
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.config_checks import (
    WHERE,
    ApiUrl,
    AppToken,
    BotToken,
    DatabaseUrl,
    Folder,
    HostAndPort,
    Keys,
    PublicUrl,
    Secret,
    SlackIds,
    listed,
    lowered,
    split_keys,
)
from bot.store.engine import sqlite_file

SLACK_API = "https://slack.com/api/"
ENV_FILE = ".env"
FASTEST = 1_000_000  # a day in less than a tenth of a second; beyond it, dates end soon
DEFAULT_DATABASE = "sqlite:///data/local/lantern.db"


class SettingProblem(Exception):
    """A setting is missing or wrong. The text is one sentence that says what to do."""


class Settings(BaseSettings):
    """How one installation is set up. Secrets never show in a repr, a log or an error."""

    model_config = SettingsConfigDict(
        env_file=ENV_FILE,
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        populate_by_name=True,
        hide_input_in_errors=True,
    )

    bot_token: BotToken = Field(
        default=SecretStr(""),
        validation_alias="SLACK_BOT_TOKEN",
        description="The bot token of the installed app (`xoxb-…`). Needed to run.",
    )
    app_token: AppToken = Field(
        default=SecretStr(""),
        validation_alias="SLACK_APP_TOKEN",
        description="The app-level token (`xapp-…`, with `connections:write`). "
        "Needed for Socket Mode.",
    )
    signing_secret: Secret = Field(
        default=SecretStr(""),
        validation_alias="SLACK_SIGNING_SECRET",
        description="The signing secret of the app. Needed for HTTP (`run --http`).",
    )
    client_id: str = Field(
        default="",
        validation_alias="SLACK_CLIENT_ID",
        description="The client ID of the app. With it, `run --http` serves every workspace that "
        "installs the app, and needs no bot token.",
    )
    client_secret: Secret = Field(
        default=SecretStr(""),
        validation_alias="SLACK_CLIENT_SECRET",
        description="The client secret of the app. Needed with the client ID.",
    )
    public_url: PublicUrl = Field(
        default="",
        validation_alias="LANTERN_PUBLIC_URL",
        description="Where Lantern is reached from outside (`https://lantern.example.com`); "
        "`/slack/install` there installs it. Needed with the client ID.",
    )
    may_install: SlackIds = Field(
        default="",
        validation_alias="LANTERN_MAY_INSTALL",
        description="The Slack ids of the workspaces (`T…`) and organisations (`E…`) that may "
        "install it, comma separated; everybody when it is empty. Needs the client ID.",
    )
    api_url: ApiUrl = Field(
        default=SLACK_API,
        validation_alias="SLACK_API_URL",
        description="Where Slack's Web API is. Change it only to talk to a local workspace.",
    )
    database_url: DatabaseUrl = Field(
        default=SecretStr(DEFAULT_DATABASE),
        validation_alias="LANTERN_DATABASE_URL",
        description="`sqlite:///path` for one process, `postgresql://user:password@host/name` "
        "for any number.",
    )
    secret_keys: Keys = Field(
        default=SecretStr(""),
        validation_alias="LANTERN_SECRET_KEYS",
        description="The keys that encrypt what people wrote, comma separated; the first "
        "seals, all of them open. With SQLite one is made beside the file (mode 0600) when this "
        "is empty; with PostgreSQL it is needed.",
    )
    clock_speed: float = Field(
        default=1.0,
        gt=0,
        le=FASTEST,
        validation_alias="LANTERN_CLOCK_SPEED",
        description="How fast time runs. 1 is real; 1440 makes a rehearsal in which a day takes "
        "a minute.",
    )
    templates_dir: Folder = Field(
        default=None,
        validation_alias="LANTERN_TEMPLATES_DIR",
        description="A folder with templates of your own, used in place of those of the same name.",
    )
    language: str = Field(
        default="en",
        validation_alias="LANTERN_LANGUAGE",
        description="The language of channels, of conversations whose people share none, and of "
        "everybody whose own Lantern does not speak: `en`, or any folder of `data/locales`.",
    )
    contacts: str = Field(
        default="",
        max_length=1000,
        validation_alias="LANTERN_CONTACTS",
        description="Whom to turn to about harassment, health or safety, shown where a programme "
        "names nobody of its own.",
    )
    health: HostAndPort = Field(
        default="",
        validation_alias="LANTERN_HEALTH",
        description="Serve `/livez`, `/readyz` and `/metrics` at this `HOST:PORT`, beside whatever "
        "else runs. The same as `run --health`.",
    )
    log_format: Annotated[Literal["console", "json"], lowered] = Field(
        default="console",
        validation_alias="LANTERN_LOG_FORMAT",
        description="`console` for people, `json` for machines. Neither carries tokens or what "
        "people wrote.",
    )
    log_level: Annotated[Literal["debug", "info", "warning", "error"], lowered] = Field(
        default="info",
        validation_alias="LANTERN_LOG_LEVEL",
        description="The least serious level that is logged: debug, info, warning or error.",
    )

    @model_validator(mode="after")
    def _keys_for_postgresql(self) -> "Settings":
        if self.is_postgresql and not self.keys:
            raise ValueError(
                "LANTERN_SECRET_KEYS is missing: PostgreSQL has no folder to keep a key in, so put "
                f"one in the environment or in .env ({WHERE['secret_keys']})"
            )
        return self

    @property
    def sqlite_path(self) -> Path | None:
        """The file of the database; None on PostgreSQL."""
        return sqlite_file(self.database_url.get_secret_value())

    @property
    def is_postgresql(self) -> bool:
        return self.sqlite_path is None

    @property
    def keys(self) -> list[str]:
        """The keys given, in order; empty when the one beside the SQLite file is meant."""
        return split_keys(self.secret_keys)

    @property
    def invited(self) -> frozenset[str]:
        """Slack's ids of the teams and organisations that may install; empty means all."""
        return frozenset(listed(self.may_install))

    @property
    def serves_many(self) -> bool:
        """Whether, over HTTP, the workspaces are those that installed the app."""
        return bool(self.client_id)

    def need_many(self) -> None:
        """Raises SettingProblem for what is missing to serve many workspaces."""
        self.need("client_secret", "signing_secret")
        if not self.public_url:
            raise SettingProblem(
                f"{variable('public_url')} is missing: say where Slack and people's browsers reach "
                "Lantern, such as https://lantern.example.com."
            )

    def need(self, *names: str) -> None:
        """Raises SettingProblem for the first of these secrets that is missing."""
        for name in names:
            if not getattr(self, name).get_secret_value():
                raise SettingProblem(
                    f"{variable(name)} is missing: put it in the environment or in .env "
                    f"({WHERE[name]})."
                )


def load(**given: Any) -> Settings:
    """The settings of this process; `given` (by field name) goes before the environment.

    Raises SettingProblem with one sentence for the first that is wrong.
    """
    try:
        return Settings(**given)
    except ValidationError as error:
        raise SettingProblem(_sentence(error)) from None
    except UnicodeDecodeError:
        raise SettingProblem(f"{ENV_FILE} is not text in UTF-8: save it as that.") from None
    except OSError as error:
        raise SettingProblem(f"{ENV_FILE} cannot be read ({error.strerror}).") from None


def variable(name: str) -> str:
    """The environment variable of a field."""
    return str(Settings.model_fields[name].validation_alias)


def reference() -> str:
    """The settings as the Markdown page docs/settings.md."""
    rows = []
    for name, field in Settings.model_fields.items():
        default = field.default
        shown = default.get_secret_value() if isinstance(default, SecretStr) else default
        cell = f"`{shown:g}`" if isinstance(shown, float) else f"`{shown}`" if shown else "none"
        rows.append(f"| `{variable(name)}` | {cell} | {field.description} |")
    head = (
        "# Settings\n\n"
        "Lantern reads its settings from the environment, or from a file `.env` in the folder it "
        "is started in. A missing\nor wrong one stops it at once with a sentence that says what to "
        "do (exit code 2). `python -m bot doctor` looks deeper.\n\n"
        "This page is made from the code by `python -m bot.config > docs/settings.md`.\n\n"
        "| variable | default | what it is |\n|---|---|---|\n"
    )
    return head + "\n".join(rows) + "\n"


def _sentence(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    said = first["msg"].removeprefix("Value error, ")
    if not first["loc"]:
        return f"{said}."
    named = str(first["loc"][0])
    name = variable(named) if named in Settings.model_fields else named
    said = said if first["type"] == "value_error" else f"is wrong: {said[0].lower()}{said[1:]}"
    return f"{name} {said}."


if __name__ == "__main__":
    sys.stdout.write(reference())
