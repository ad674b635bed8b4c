"""Whether somebody's Slack status says that they are on leave, and until when."""

import re
from datetime import UTC, datetime
from typing import Final

UNTIL_FURTHER_NOTICE: Final = datetime(9000, 1, 1, tzinfo=UTC)
"""A status without an end stands until it is taken away; Slack tells when that happens."""

_EMOJI: Final = frozenset(
    {
        "palm_tree",  # Slack's own "Vacationing"
        "face_with_thermometer",  # Slack's own "Out sick"
        "desert_island",
        "beach_with_umbrella",
        "beach_umbrella",
        "umbrella_on_ground",
        "hospital",
    }
)
_AWAY = re.compile(
    r"""\b(?:
        (?:on|annual|parental|maternity|paternity|sick|medical|family|garden(?:ing)?|study|unpaid
           |compassionate|bereavement)\s+leave
        | (?:on|bank|public)\s+holidays? | holidaying
        | (?:on\s+)? vacation(?:ing)? | on\s+sabbatical | sabbatical
        | out\s+of\s+(?:the\s+)?office | ooo | pto | out\s+sick | off\s+sick | (?:day|week)s?\s+off
        | im\s+urlaub | urlaub | elternzeit | krank(?:geschrieben)?
        | en\s+cong[ée]s? | cong[ée]s? | en\s+vacances | arr[êe]t\s+maladie
        | de\s+vacaciones | de\s+baja | de\s+f[ée]rias | in\s+ferie | met\s+vakantie | op\s+verlof
    )\b | 休暇 | 休假 | 휴가""",
    re.IGNORECASE | re.VERBOSE,
)
_NOT_NOW = re.compile(
    r"\b(?:no|not|never|back\s+from|after|before|until\s+my|next|planning|plan|soon|cancelled"
    r"|policy|calendar|approving|booking)\b",
    re.IGNORECASE,
)


def leave_until(status_text: str, status_emoji: str, expiration: int | None) -> datetime | None:
    """Until when (UTC) the status says that they are on leave; None when it does not.

    `status_emoji` is with or without its colons, `expiration` Slack's Unix seconds, 0 or None for a
    status without an end: that gives UNTIL_FURTHER_NOTICE. When in doubt somebody is here: an offer
    too many is declined, one too few is never heard of.
    """
    said = (status_text or "").strip()
    by_emoji = (status_emoji or "").strip(":").split("::")[0] in _EMOJI
    if _NOT_NOW.search(said) or not (by_emoji or _AWAY.search(said)):
        return None
    if not expiration or expiration <= 0:
        return UNTIL_FURTHER_NOTICE
    try:
        return min(datetime.fromtimestamp(expiration, UTC), UNTIL_FURTHER_NOTICE)
    except (OverflowError, OSError, ValueError):  # further off than a calendar goes
        return UNTIL_FURTHER_NOTICE
