"""Encryption at rest: what the pair wrote is readable with Lantern's keys and not otherwise.

Fernet (AES-128-CBC with HMAC-SHA256) from `cryptography`; the first key seals, all of them open, so
a key is rotated by putting the new one in front of the old.
"""

import os
from collections.abc import Sequence
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from sqlalchemy.engine import Dialect


class KeyProblem(Exception):
    """A key is missing, malformed, or not the one the data was sealed with."""


class Keyring:
    """One or more Fernet keys (URL-safe base64, 32 bytes), the first for sealing."""

    def __init__(self, keys: Sequence[str]) -> None:
        if not keys:
            raise KeyProblem("no key was given")
        try:
            fernets = [Fernet(key) for key in keys]
        except ValueError as error:
            raise KeyProblem("a key is not 32 bytes of URL-safe base64") from error
        self._first, self._fernet = fernets[0], MultiFernet(fernets)

    def seal(self, text: str) -> str:
        return self._fernet.encrypt(text.encode()).decode("ascii")

    def open(self, token: str) -> str:
        try:
            return self._fernet.decrypt(token.encode("ascii")).decode()
        except InvalidToken as error:
            raise KeyProblem("none of the keys opens this text") from error

    def is_newest(self, token: str) -> bool:
        """Whether the first key, which seals, opens it."""
        try:
            self._first.decrypt(token.encode("ascii"))
        except InvalidToken:
            return False
        return True

    def reseal(self, token: str) -> str:
        """The same text, sealed with the first key. Raises KeyProblem when none opens it."""
        try:
            return self._fernet.rotate(token.encode("ascii")).decode("ascii")
        except InvalidToken as error:
            raise KeyProblem("none of the keys opens this text") from error


def new_key() -> str:
    """A fresh key, as it goes into LANTERN_SECRET_KEYS."""
    return Fernet.generate_key().decode("ascii")


def key_file(path: Path) -> str:
    """What is kept in `path`, made there (mode 0600) the first time: a key, or one on each line."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(descriptor, "w") as file:
        key = new_key()
        file.write(key + "\n")
    return key


# SQLAlchemy hands a column type its engine's dialect and nothing else, so the keyring rides on
# it: two engines in one process may have different keys.
def give_keyring(dialect: Dialect, keyring: Keyring) -> None:
    dialect.lantern_keyring = keyring  # type: ignore[attr-defined]


def keyring_of(dialect: Dialect) -> Keyring:
    keyring = getattr(dialect, "lantern_keyring", None)
    if not isinstance(keyring, Keyring):
        raise KeyProblem("this engine was made without a keyring")
    return keyring
