"""Encryption at rest: what the pair wrote is readable with Lantern's keys and not otherwise.

Fernet (AES-128-CBC with HMAC-SHA256) from `cryptography`; the first key seals, all of them open, so
a key is rotated by putting the new one in front of the old.
"""

import hmac
import os
import re
from base64 import urlsafe_b64encode
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy.engine import Dialect

if TYPE_CHECKING:  # with it comes an OpenSSL of its own, so it is loaded for the first sealed text
    from cryptography.fernet import Fernet, MultiFernet

_BYTES: Final = 32  # of a Fernet key
# Python would also read two in a row, and take them for the first.
_KEY: Final = re.compile(r"[A-Za-z0-9_+/-]{43}=")


class KeyProblem(Exception):
    """A key is missing, malformed, or not the one the data was sealed with."""


class Keyring:
    """One or more Fernet keys (URL-safe base64, 32 bytes), the first for sealing."""

    def __init__(self, keys: Sequence[str]) -> None:
        if not keys:
            raise KeyProblem("no key was given")
        if not all(map(_is_key, keys)):
            raise KeyProblem("a key is not 32 bytes of URL-safe base64")
        self._keys = tuple(keys)

    def seal(self, text: str) -> str:
        return self._all.encrypt(text.encode()).decode("ascii")

    def open(self, token: str) -> str:
        """The text. Raises KeyProblem when no key opens it."""
        return _ask(self._all.decrypt, token).decode()

    def is_newest(self, token: str) -> bool:
        """Whether the first key, which seals, opens it."""
        try:
            _ask(self._each[0].decrypt, token)
        except KeyProblem:
            return False
        return True

    def reseal(self, token: str) -> str:
        """The same text, sealed with the first key. Raises KeyProblem when none opens it."""
        return _ask(self._all.rotate, token).decode("ascii")

    def mark(self, text: str) -> str:
        """The same for the same text, under the same first key; it tells nothing of the text."""
        return hmac.digest(self._keys[0].encode(), text.encode(), "sha256").hex()

    @cached_property
    def _each(self) -> "list[Fernet]":
        from cryptography.fernet import Fernet

        return [Fernet(key) for key in self._keys]

    @cached_property
    def _all(self) -> "MultiFernet":
        from cryptography.fernet import MultiFernet

        return MultiFernet(self._each)


def _ask(use: Callable[[bytes], bytes], token: str) -> bytes:
    from cryptography.fernet import InvalidToken

    try:
        return use(token.encode("ascii"))
    except InvalidToken as error:
        raise KeyProblem("none of the keys opens this text") from error


def _is_key(key: str) -> bool:
    return _KEY.fullmatch(key) is not None


def new_key() -> str:
    """A fresh key, as it goes into LANTERN_SECRET_KEYS."""
    return urlsafe_b64encode(os.urandom(_BYTES)).decode("ascii")


def key_file(path: Path) -> str:
    """What is kept in `path`, made there (mode 0600) the first time: a key, or one on each line."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    key = new_key()
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(key + "\n")
    except OSError:
        path.unlink(missing_ok=True)  # half a key opens nothing, and would be taken for a whole one
        raise
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
