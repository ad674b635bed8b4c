"""Logs: one line per thing, for people or for machines, without tokens and without content.

Errors are logged as their type and where they happened; their text is left out, because drivers and
SDKs put into it what people wrote.
"""

import logging
import re
import sys
import traceback
from typing import Any, Literal, TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

HIDDEN = "[hidden]"

# Slack's tokens and secrets, our keys, signatures, and passwords inside URLs.
_SECRETS = re.compile(
    r"xox[a-z]-[\w.-]+|xapp-[\w-]+|xwfp-[\w-]+"
    r"|\bv0=[0-9a-f]{64}\b"
    r"|\b[\w-]{43}=(?![\w=])"
    r"|(?i:bearer\s+)\S+"
    r"|(?<=://)[^/\s:@]+:[^/\s@]+(?=@)"
    r"|https://hooks\.slack\.com/\S+"
    r"|(?i:(?<=[?&\s])(?:[\w-]*token|[\w-]*secret|password|code|state|ticket)=)[^&\s]+"
)
_NAMES = re.compile(r"token|secret|password|signature|authorization|secret_keys", re.IGNORECASE)

# These put payloads and errors' texts into their own lines.
_WORDY = frozenset(
    {"slack_bolt", "slack_sdk", "aiohttp", "sqlalchemy", "psycopg", "alembic", "asyncio"}
)
_VALUES = re.compile(r"""[:({\['"<]""")

# Below warning these chatter, and at debug they log whole payloads: they never get that far.
_QUIET = {
    "slack_bolt": logging.ERROR,
    "slack_sdk": logging.ERROR,
    "apscheduler": logging.WARNING,
    "aiohttp": logging.WARNING,
    "aiosqlite": logging.WARNING,
    "psycopg": logging.WARNING,
    "sqlalchemy": logging.WARNING,
    "alembic": logging.WARNING,
    "asyncio": logging.WARNING,
    "tzlocal": logging.WARNING,
}


def configure(
    *,
    style: Literal["console", "json"] = "console",
    level: str = "info",
    stream: TextIO | None = None,
) -> None:
    """Send everything, structlog's and the standard library's, to `stream` (standard error)."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        bare_errors,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.addFilter(_worth_hearing)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, few_words],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                hide_secrets,
                _renderer(style, stream or sys.stderr),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())


def _worth_hearing(record: logging.LogRecord) -> bool:
    """Asked of each record, because Bolt gives its loggers the root's level and not their own."""
    return record.levelno >= _QUIET.get(record.name.split(".")[0], logging.NOTSET)


def _renderer(style: str, stream: TextIO) -> Processor:
    if style == "json":
        return structlog.processors.JSONRenderer(ensure_ascii=False)
    return structlog.dev.ConsoleRenderer(colors=stream.isatty())


def few_words(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Of what a library says, what stands before the values it puts in: those may be anything."""
    if str(event.get("logger", "")).split(".")[0] in _WORDY:
        event["event"] = _VALUES.split(str(event["event"]), maxsplit=1)[0].strip()
    return event


def bare_errors(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Replace exc_info by the error's type and the places it passed, without its text."""
    info = event.pop("exc_info", None)
    if info is True:
        info = sys.exc_info()
    error = (
        info if isinstance(info, BaseException) else info[1] if isinstance(info, tuple) else None
    )
    if error is not None:
        event["error"] = type(error).__name__
        event["where"] = places(error)
    return event


def places(error: BaseException, most: int = 6) -> list[str]:
    """The last `most` frames an error passed: file, line and function, never its text."""
    frames = traceback.extract_tb(error.__traceback__)[-most:]
    return [
        f"{'/'.join(frame.filename.split('/')[-3:])}:{frame.lineno} {frame.name}"
        for frame in frames
    ]


def hide_secrets(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Hide every value that is named like a secret or looks like one."""
    return {name: HIDDEN if _NAMES.search(name) else hidden(value) for name, value in event.items()}


def hidden(value: Any) -> Any:
    """`value` with whatever looks like a secret hidden, at any depth."""
    if isinstance(value, str):
        return _SECRETS.sub(HIDDEN, value)
    if isinstance(value, dict):
        return hide_secrets(None, "", value)
    if isinstance(value, list | tuple | set | frozenset):
        return [hidden(each) for each in value]
    if value is None or isinstance(value, bool | int | float):
        return value
    return _SECRETS.sub(HIDDEN, str(value))
