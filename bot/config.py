"""Settings: from the environment or `.env`, checked once at start, never changed after.

`docs/settings.md` is made from the fields here (`python -m bot.config`), and a test holds it so.
"""

import re
import sys
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import (
    BeforeValidator,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.store.crypto import KeyProblem, Keyring
from bot.store.engine import driver_url, sqlite_file

SLACK_API = "https://slack.com/api/"
ENV_FILE = ".env"
FASTEST = 1_000_000  # a day in less than a tenth of a second; beyond it, dates end soon
LAST_PORT = 65535
DEFAULT_DATABASE = "sqlite:///data/local/lantern.db"

_BEGINS = {"bot_token": "xoxb-", "app_token": "xapp-"}
_WHERE = {
    "bot_token": "Slack shows it under OAuth & Permissions, and it begins with xoxb-",
    "app_token": "make one under Basic Information, App-Level Tokens, with connections:write; "
    "it begins with xapp-",
    "signing_secret": "Slack shows it under Basic Information, App Credentials",
    "client_secret": "Slack shows it under Basic Information, App Credentials",
    "secret_keys": "`python -m bot key` makes one",
}


_EXPIRING = "xoxe"
"""What Slack's token rotation begins its tokens with (xoxe.xoxb-…, and xoxe-… to renew them)."""
_TEAM = re.compile(r"[TE][A-Z0-9]{2,}")


class SettingProblem(Exception):
    """A setting is missing or wrong. The text is one sentence that says what to do."""


def _strip(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


def _listed(value: str) -> list[str]:
    return [each.strip() for each in value.split(",") if each.strip()]


def _split(value: SecretStr) -> list[str]:
    return value.get_secret_value().replace(",", " ").split()  # in a file they stand a line each


def _web_address(value: str) -> str:
    problem = "has to be a URL that begins with https:// (or http:// on this machine)"
    if not value.startswith(("https://", "http://")):
        raise ValueError(problem)
    try:
        host = urlsplit(value).hostname
    except ValueError:
        host = None  # such as half of an IPv6 address
    if not host or not value.isprintable() or " " in value:
        raise ValueError(f"{problem}, and names a host")
    return value


def host_and_port(given: str) -> tuple[str, int]:
    """Of `HOST:PORT`. Raises ValueError with what it takes."""
    host, _, port = given.rpartition(":")
    if not host or not port.isdecimal() or int(port) > LAST_PORT:
        raise ValueError(f"takes HOST:PORT, such as 127.0.0.1:3000, not {given[:80]!r}")
    return host.strip("[]"), int(port)


Secret = Annotated[SecretStr, BeforeValidator(_strip)]


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

    bot_token: Secret = Field(
        default=SecretStr(""),
        validation_alias="SLACK_BOT_TOKEN",
        description="The bot token of the installed app (`xoxb-…`). Needed to run.",
    )
    app_token: Secret = Field(
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
    public_url: str = Field(
        default="",
        validation_alias="LANTERN_PUBLIC_URL",
        description="Where Lantern is reached from outside (`https://lantern.example.com`); "
        "`/slack/install` there installs it. Needed with the client ID.",
    )
    may_install: str = Field(
        default="",
        validation_alias="LANTERN_MAY_INSTALL",
        description="The Slack ids of the workspaces (`T…`) and organisations (`E…`) that may "
        "install it, comma separated; everybody when it is empty. Needs the client ID.",
    )
    api_url: str = Field(
        default=SLACK_API,
        validation_alias="SLACK_API_URL",
        description="Where Slack's Web API is. Change it only to talk to a local workspace.",
    )
    database_url: SecretStr = Field(
        default=SecretStr(DEFAULT_DATABASE),
        validation_alias="LANTERN_DATABASE_URL",
        description="`sqlite:///path` for one process, `postgresql://user:password@host/name` "
        "for any number.",
    )
    secret_keys: Secret = Field(
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
    templates_dir: Path | None = Field(
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
    health: str = Field(
        default="",
        validation_alias="LANTERN_HEALTH",
        description="Serve `/livez`, `/readyz` and `/metrics` at this `HOST:PORT`, beside whatever "
        "else runs. The same as `run --health`.",
    )
    log_format: Literal["console", "json"] = Field(
        default="console",
        validation_alias="LANTERN_LOG_FORMAT",
        description="`console` for people, `json` for machines. Neither carries tokens or what "
        "people wrote.",
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info",
        validation_alias="LANTERN_LOG_LEVEL",
        description="The least serious level that is logged: debug, info, warning or error.",
    )

    @field_validator("bot_token", "app_token")
    @classmethod
    def _token(cls, value: SecretStr, info: ValidationInfo) -> SecretStr:
        if value.get_secret_value().startswith(_EXPIRING):
            raise ValueError(
                "is a token that expires within hours, which nothing could renew here: make the "
                "app anew from manifest.yml, without token rotation (Slack lets nobody turn it "
                "off), or set SLACK_CLIENT_ID and install it in a browser (docs/install.md)"
            )
        begins = _BEGINS[str(info.field_name)]
        if value.get_secret_value() and not value.get_secret_value().startswith(begins):
            raise ValueError(f"does not begin with {begins}: {_WHERE[str(info.field_name)]}")
        return value

    @field_validator("secret_keys")
    @classmethod
    def _keys(cls, value: SecretStr) -> SecretStr:
        keys = _split(value)
        try:
            if keys:
                Keyring(keys)
        except KeyProblem as error:
            raise ValueError(f"does not hold: {error}; {_WHERE['secret_keys']}") from error
        return value

    @field_validator("api_url")
    @classmethod
    def _url(cls, value: str) -> str:
        return _web_address(value).removesuffix("/") + "/"

    @field_validator("public_url")
    @classmethod
    def _public(cls, value: str) -> str:
        return _web_address(value).rstrip("/") if value else value

    @field_validator("may_install")
    @classmethod
    def _ids(cls, value: str) -> str:
        if not all(_TEAM.fullmatch(each) for each in _listed(value)):
            raise ValueError(
                "has something in it that is no Slack id: a workspace's begins with T, an "
                "organisation's with E, as in the address app.slack.com/client/T0123ABCD"
            )
        return value

    @field_validator("health")
    @classmethod
    def _address(cls, value: str) -> str:
        if value:
            host_and_port(value)
        return value

    @field_validator("log_format", "log_level", mode="before")
    @classmethod
    def _lower(cls, value: Any) -> Any:
        return value.strip().lower() if isinstance(value, str) else value

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: SecretStr) -> SecretStr:
        url = value.get_secret_value()
        try:
            is_sqlite = driver_url(url).get_backend_name() == "sqlite"
        except Exception as error:
            raise ValueError(
                "has to look like sqlite:///path or postgresql://user:password@host/name"
            ) from error
        if is_sqlite and sqlite_file(url) is None:
            raise ValueError(
                "names no file: what is in memory is lost with the process; write sqlite:///path"
            )
        return value

    @field_validator("templates_dir")
    @classmethod
    def _folder(cls, value: Path | None) -> Path | None:
        try:
            is_there = value is None or value.is_dir()
        except OSError:  # a name that no folder can have, or one that may not be looked into
            is_there = False
        if not is_there:
            raise ValueError(
                "names a folder that does not exist: make it, or leave the setting out"
            )
        return value

    @model_validator(mode="after")
    def _keys_for_postgresql(self) -> "Settings":
        if self.is_postgresql and not self.keys:
            raise ValueError(
                "LANTERN_SECRET_KEYS is missing: PostgreSQL has no folder to keep a key in, so put "
                f"one in the environment or in .env ({_WHERE['secret_keys']})"
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
        return _split(self.secret_keys)

    @property
    def invited(self) -> frozenset[str]:
        """Slack's ids of the teams and organisations that may install; empty means all."""
        return frozenset(_listed(self.may_install))

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
                    f"({_WHERE[name]})."
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
