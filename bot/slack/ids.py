"""Every id that Slack echoes back to us: actions, blocks, callbacks, commands, shortcuts.

Templates read them as `ids.Action.ACCEPT_OFFER`. A value is never reused for another purpose: old
messages keep theirs for ever.
"""

from enum import StrEnum


class Command(StrEnum):
    """The slash commands of the manifest."""

    MENTORING = "/mentoring"


class Subcommand(StrEnum):
    """The first word after the command."""

    TASTER = "taster"
    FLASH = "flash"
    OFFER = "offer"
    SESSIONS = "sessions"
    WITHDRAW = "withdraw"
    PAUSE = "pause"
    RESUME = "resume"
    HELP = "help"


class Action(StrEnum):
    """What a button, a tick box or a menu does."""

    OPEN_TASTER = "lantern:open_taster"
    OPEN_FLASH = "lantern:open_flash"
    OPEN_OFFER = "lantern:open_offer"
    TASTER_ROLE = "lantern:taster_role"
    CHOOSE_PROMPT = "lantern:choose_prompt"
    ACCEPT_OFFER = "lantern:accept_offer"
    DECLINE_OFFER = "lantern:decline_offer"
    WITHDRAW = "lantern:withdraw"
    SET_TIME = "lantern:set_time"
    CANCEL_SESSION = "lantern:cancel_session"
    TICK = "lantern:tick"
    WRITE_AGENDA = "lantern:write_agenda"
    SNOOZE = "lantern:snooze"
    OUTCOME_YES = "lantern:outcome_yes"
    OUTCOME_NO = "lantern:outcome_no"
    OUTCOME_NOT_YET = "lantern:outcome_not_yet"
    ADD_ACTION = "lantern:add_action"
    ACTION_DONE = "lantern:action_done"
    ACTION_OPEN = "lantern:action_open"
    ACTION_DROPPED = "lantern:action_dropped"
    SAY_THANKS = "lantern:say_thanks"
    PAUSE = "lantern:pause"
    RESUME = "lantern:resume"


class Block(StrEnum):
    """Where in a modal an answer, or an error about it, belongs."""

    ROLE = "role"
    TOPICS = "topics"
    OUTCOME = "outcome"
    REASON = "reason"
    OBJECTIVE = "objective"
    QUESTIONS = "questions"
    MATERIAL = "material"
    OFF_LIMITS = "off_limits"
    FORMAT = "format"
    LENGTH = "length"
    FREE_WHEN = "free_when"
    SESSIONS_A_MONTH = "sessions_a_month"
    AT = "at"
    PLACE = "place"
    WHY = "why"
    NEXT_STEP = "next_step"
    OWNER = "owner"
    DUE_ON = "due_on"
    THANKS = "thanks"
    PAUSE_UNTIL = "pause_until"


class Callback(StrEnum):
    """Which modal was submitted or closed."""

    TASTER = "lantern:taster"
    FLASH = "lantern:flash"
    OFFER = "lantern:offer"
    DECLINE = "lantern:decline"
    SET_TIME = "lantern:set_time"
    CANCEL_SESSION = "lantern:cancel_session"
    AGENDA = "lantern:agenda"
    ACTION_ITEM = "lantern:action_item"
    THANKS = "lantern:thanks"
    PAUSE = "lantern:pause"


class Shortcut(StrEnum):
    """The shortcuts of the manifest."""

    ASK = "lantern:ask"
