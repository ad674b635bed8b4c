"""Settings: what is taken, what is refused, and with which sentence."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr, ValidationError

from bot.config import SettingProblem, Settings, load, variable
from bot.ops.checks.names import misspelt
from bot.store.crypto import new_key


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting from outside: neither the environment nor a .env file."""
    for name in Settings.model_fields:
        monkeypatch.delenv(variable(name), raising=False)
    monkeypatch.chdir(tmp_path)


def test_the_defaults() -> None:
    settings = load()
    assert settings.api_url == "https://slack.com/api/"
    assert settings.database_url.get_secret_value() == "sqlite:///data/local/lantern.db"
    assert settings.clock_speed == 1
    assert settings.keys == []


def test_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", " xoxb-1 ")
    monkeypatch.setenv("LANTERN_LOG_FORMAT", "JSON")
    settings = load()
    assert settings.bot_token.get_secret_value() == "xoxb-1"
    assert settings.log_format == "json"


def test_from_a_file(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("SLACK_APP_TOKEN=xapp-1\nSLACK_API_URL=http://x.example/api\n")
    settings = load()
    assert settings.app_token.get_secret_value() == "xapp-1"
    assert settings.api_url == "http://x.example/api/"


def test_the_environment_goes_before_the_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("LANTERN_CLOCK_SPEED=2\n")
    monkeypatch.setenv("LANTERN_CLOCK_SPEED", "3")
    assert load().clock_speed == 3


def test_several_keys() -> None:
    first, second = new_key(), new_key()
    assert load(secret_keys=f"{first}, {second},").keys == [first, second]
    assert load(secret_keys=f"{first}\n{second}\n").keys == [first, second]  # as in a key file
    with pytest.raises(SettingProblem, match="LANTERN_SECRET_KEYS does not hold"):
        load(secret_keys=first + second)


def test_who_may_install() -> None:
    assert load(may_install="").invited == frozenset()
    assert load(may_install=" T0ACME, E0ROOF,").invited == {"T0ACME", "E0ROOF"}


def test_settings_do_not_change() -> None:
    with pytest.raises(ValidationError):
        load().clock_speed = 2  # type: ignore[misc]


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"bot_token": "hunter2"}, "SLACK_BOT_TOKEN does not begin with xoxb-"),
        ({"bot_token": "xoxe.xoxb-1-hunter2"}, "SLACK_BOT_TOKEN is a token that expires"),
        ({"bot_token": "xoxe-1-hunter2"}, "SLACK_BOT_TOKEN is a token that expires"),
        ({"app_token": "xoxb-hunter2"}, "SLACK_APP_TOKEN does not begin with xapp-"),
        ({"api_url": "hunter2"}, "SLACK_API_URL has to be a URL"),
        ({"api_url": "https://"}, "SLACK_API_URL has to be a URL"),
        ({"public_url": "https://[hunter2"}, "LANTERN_PUBLIC_URL has to be a URL"),
        ({"database_url": "mysql://a:hunter2@b/c"}, "LANTERN_DATABASE_URL has to look like"),
        ({"database_url": "hunter2"}, "LANTERN_DATABASE_URL has to look like"),
        ({"database_url": "sqlite://"}, "LANTERN_DATABASE_URL names no file"),
        ({"database_url": "sqlite:///:memory:"}, "LANTERN_DATABASE_URL names no file"),
        ({"database_url": "postgresql://a:hunter2@b/c"}, "LANTERN_SECRET_KEYS is missing"),
        ({"secret_keys": "hunter2"}, "LANTERN_SECRET_KEYS does not hold"),
        ({"may_install": "T0ACME, hunter2"}, "LANTERN_MAY_INSTALL has something in it"),
        ({"clock_speed": "hunter2"}, "LANTERN_CLOCK_SPEED is wrong"),
        ({"clock_speed": 0}, "LANTERN_CLOCK_SPEED is wrong"),
        ({"clock_speed": "inf"}, "LANTERN_CLOCK_SPEED is wrong"),
        ({"templates_dir": "/hunter2"}, "LANTERN_TEMPLATES_DIR names a folder"),
        ({"templates_dir": "hunter2" * 99}, "LANTERN_TEMPLATES_DIR names a folder"),
        ({"log_format": "hunter2"}, "LANTERN_LOG_FORMAT is wrong"),
        ({"log_level": "hunter2"}, "LANTERN_LOG_LEVEL is wrong"),
    ],
)
def test_a_wrong_one_is_told_in_one_sentence(given: dict[str, Any], says: str) -> None:
    with pytest.raises(SettingProblem) as problem:
        load(**given)
    sentence = str(problem.value)
    assert sentence.startswith(says)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert "hunter2" not in sentence
    assert problem.value.__cause__ is None


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("bot_token", "SLACK_BOT_TOKEN is missing"),
        ("app_token", "SLACK_APP_TOKEN is missing"),
        ("signing_secret", "SLACK_SIGNING_SECRET is missing"),
    ],
)
def test_a_missing_one_is_told_with_where_to_find_it(name: str, says: str) -> None:
    with pytest.raises(SettingProblem, match=says):
        load().need(name)


def test_secrets_never_show() -> None:
    key = new_key()
    settings = load(
        bot_token="xoxb-hunter2",
        app_token="xapp-hunter2",
        signing_secret="hunter2",
        secret_keys=key,
        database_url="postgresql://lantern:hunter2@db.example/lantern",
    )
    shown = f"{settings!r} {settings} {settings.model_dump_json()}"
    assert "hunter2" not in shown
    assert key not in shown


def test_every_setting_is_described() -> None:
    for name, field in Settings.model_fields.items():
        assert field.description, name
        assert field.description.endswith("."), name
        assert variable(name).startswith(("SLACK_", "LANTERN_"))


def test_secrets_are_secret() -> None:
    for name in ("bot_token", "app_token", "signing_secret", "secret_keys", "database_url"):
        assert isinstance(getattr(load(), name), SecretStr)


def test_a_file_that_is_no_text_of_ours(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("LANTERN_CONTACTS=Frau Müller\n", "latin-1")
    with pytest.raises(SettingProblem, match=r"^\.env is not text in UTF-8"):
        load()
    file.write_text("SLACK_BOT_TOKEN=xoxb-hunter2\n", "utf-16")
    with pytest.raises(SettingProblem, match=r"^\.env is not text in UTF-8") as problem:
        load()
    assert "hunter2" not in str(problem.value)


@pytest.mark.parametrize("given", ["8080", "localhost:", ":80", "localhost:65536", "a:b"])
def test_where_to_watch_from(given: str) -> None:
    assert load(health="[::1]:8080").health == "[::1]:8080"
    with pytest.raises(SettingProblem, match="LANTERN_HEALTH takes HOST:PORT"):
        load(health=given)


def test_names_that_are_nearly_a_setting_s(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LANTERN_SERVICE_HOST", "10.0.0.1")  # Kubernetes gives these
    monkeypatch.setenv("LANTERN_PORT", "tcp://10.0.0.1:8080")
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    assert misspelt() == {}
    monkeypatch.setenv("LANTERN_SECRET_KEY", "hunter2")
    (tmp_path / ".env").write_text("# LANTERN_LOGLEVEL=x\nexport LANTERN_TEMPLATE_DIR=mine\n")
    assert misspelt() == {
        "LANTERN_SECRET_KEY": "LANTERN_SECRET_KEYS",
        "LANTERN_TEMPLATE_DIR": "LANTERN_TEMPLATES_DIR",
    }
