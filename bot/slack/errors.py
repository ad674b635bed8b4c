"""How a call to Slack can fail, in the three ways that ask for different answers.

No error here carries what a person wrote, nor a token: they end up in logs.
"""

# `ok: false` codes with which Slack says that it did nothing and may do it later.
TRANSIENT_CODES = frozenset(
    {
        "ratelimited",
        "rate_limited",
        "message_limit_exceeded",
        "service_unavailable",
        "request_timeout",  # Slack's word for a body that arrived truncated: it was not acted on
        "team_added_to_org",  # the workspace is being moved to an organisation
        "org_login_required",
        "update_failed",  # chat.update and views.update say the same thing when repeated
    }
)

# Those with which it says that we were too quick; 429 without a code is called the first of them.
LIMITED = frozenset({"ratelimited", "rate_limited"})

# `ok: false` codes after which Slack may or may not have acted (its own documentation says so).
UNCERTAIN_CODES = frozenset({"fatal_error", "internal_error"})


# Refusals of a token that will never be taken again: the app was removed, or its token revoked.
# One that has expired was not to be renewed, when it comes to be told as an error.
TOKEN_VOID = frozenset({"account_inactive", "invalid_auth", "token_expired", "token_revoked"})

# Refusals in which Slack speaks of our token, and of nothing that was asked: an operator may put it
# right.
OUR_TOKEN = TOKEN_VOID | {"missing_scope", "not_authed"}

# Refusals that mean: this person cannot be reached any more; nobody did anything wrong.
PERSON_GONE = frozenset({"user_disabled", "user_not_found", "user_not_visible", "cannot_dm_bot"})

# Refusals that mean: the channel is closed to us, until somebody opens it again.
CHANNEL_GONE = frozenset({"is_archived", "is_inactive", "channel_not_found", "not_in_channel"})

# Of those, the ones that mean it was archived; chat.update has a word of its own for it.
ARCHIVED = frozenset({"is_archived", "is_inactive"})

# Refusals that mean: the message to reply to is there no longer.
THREAD_GONE = frozenset({"thread_not_found", "message_not_found", "cannot_reply_to_message"})

# What views.update says of a modal that is open no longer.
VIEW_CLOSED = "not_found"


class SlackError(Exception):
    """A call to Slack that did not do what was asked."""


class Transient(SlackError):
    """Slack did nothing and may do it later.

    `retry_after` is in seconds, when Slack named a time.
    """

    def __init__(self, reason: str, retry_after: float | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.retry_after = retry_after


class NotYet(Transient):
    """It was not asked: Slack's limits leave no room for `retry_after` seconds.

    `method` is the one without room; empty when it is only this channel that has none.
    """

    def __init__(self, wait: float, method: str = "") -> None:
        super().__init__("paced", wait)
        self.method = method


class Uncertain(SlackError):
    """Nobody can tell whether Slack acted: a lost connection, a time-out, a 5xx."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Permanent(SlackError):
    """Slack refused, and will refuse again: `code` is its word for why (`channel_not_found`)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
