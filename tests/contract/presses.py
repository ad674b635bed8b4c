"""How each id comes in from Slack: what a button's value holds, in which channel a word is typed.

`{offer}` and the like stand for the ids of the world's objects (`tests.support.world`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from bot.slack.ids import Action, Block, Callback, Shortcut, Subcommand
from tests.support.who import CALM_CHANNEL, CHANNEL, Who

Json = dict[str, Any]
EMPTY: Final[Json] = {"value": None}


@dataclass(frozen=True, slots=True)
class Button:
    """Something operated in a message: its value, its block, and whatever else Slack sends."""

    value: str = "1"
    block: str = "b"
    element: Json = field(default_factory=dict)
    body: Json = field(default_factory=dict)
    channel: str = "D1"


@dataclass(frozen=True, slots=True)
class InForm:
    """Something operated in a modal, which `by` opened by `opener`."""

    opener: "Opener"
    by: Who = Who.MENTEE
    value: str = "1"
    element: Json = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Form:
    """A modal that is sent: who opened it by what, and what was filled in beside the usual."""

    opener: "Opener"
    by: Who = Who.MENTEE
    given: Json = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Words:
    """A command, typed in a channel."""

    text: str
    channel: str = "D1"


@dataclass(frozen=True, slots=True)
class Chosen:
    """A shortcut; one on a message has more to it."""

    body: Json = field(default_factory=dict)


Opener = Action | Callback | tuple[Action, Button]
"""A button as pressed usually, a form that was sent, or a button pressed with another value."""


def option(value: str) -> Json:
    """A choice from a menu."""
    return {"selected_option": {"text": {"type": "plain_text", "text": "x"}, "value": value}}


def options(*values: str) -> Json:
    """Several boxes that are ticked."""
    return {"selected_options": [option(value)["selected_option"] for value in values]}


def person(who: Who) -> Json:
    """Somebody chosen from the menu of everybody."""
    return {"selected_user": who.slack_id}


def ticked(block: str, *values: str) -> Json:
    """What Slack sends of a message's tick boxes: the message, and all that is ticked in it."""
    boxes = options(*values)["selected_options"]
    elements = [{"type": "checkboxes", "action_id": "a", "options": boxes}]
    message = {"ts": "1.1", "blocks": [{"block_id": block, "elements": elements}]}
    state = {"values": {block: {"a": {"selected_options": boxes}}}}
    return {"message": message, "state": state}


TASKS: Final = f"{Block.TASK}:{{relationship}}:build:0"
SLOTS: Final = f"{Block.SLOTS}:{{matched}}:1"
SLOT: Final = "1795525200"
BOXES: Final = f"{Block.TICK}:{{scheduled}}"

ACTIONS: Final[Mapping[Action, Button | InForm]] = {
    Action.OPEN_TASTER: Button(),
    Action.OPEN_FLASH: Button(),
    Action.OPEN_REVERSE: Button(),
    Action.OPEN_OFFER: Button(),
    Action.OPEN_INVITE: Button(),
    Action.STOP_OFFER: Button(),
    Action.TASTER_ROLE: InForm(Action.OPEN_TASTER, element=option("mentor")),
    Action.NOT_FOR_A_BOT: InForm(Action.OPEN_FLASH),
    Action.ACCEPT_OFFER: Button("{offer}"),
    Action.DECLINE_OFFER: Button("{offer}"),
    Action.WITHDRAW: Button("{request}"),
    Action.CLAIM: Button("{waiting}", channel=CHANNEL),
    Action.OPEN_DECLINE: Button("{invitation}"),
    Action.PROPOSE_SHORTER: Button(element=option("{invitation}:15")),
    Action.TAKE_SHORTER: Button("{proposal}"),
    Action.RATHER_NOT: Button("{proposal}"),
    Action.OPEN_REFER: Button("{invitation}"),
    Action.AGREE_REFERRAL: Button("{referral}"),
    Action.DROP_REFERRAL: Button("{referral}"),
    Action.WELCOME_REFERRAL: Button("{intro}"),
    Action.TURN_DOWN: Button("{intro}"),
    Action.SET_TIME: Button("{matched}"),
    Action.CANCEL_SESSION: Button("{scheduled}"),
    Action.TICK_SLOTS: Button(block=SLOTS, body=ticked(SLOTS, SLOT)),
    Action.FIND_SOMEBODY_ELSE: Button("{called_off}"),
    Action.TICK: Button(block=BOXES, body=ticked(BOXES, "meeting")),
    Action.WRITE_AGENDA: Button("{scheduled}"),
    Action.ADD_POINT: Button("{scheduled}"),
    Action.GOOD_AS_IT_IS: Button("{scheduled}:1"),
    Action.OPEN_BEYOND: Button("{scheduled}"),
    Action.OPEN_INTRODUCE: Button("{of_two}"),
    Action.SNOOZE: Button(element=option("{nudge}:tomorrow")),
    Action.CHOOSE_PROMPT: Button("{draft}:agenda:{scheduled}"),
    Action.OUTCOME_YES: Button("{begun}:1"),
    Action.OUTCOME_NO: Button("{begun}:1"),
    Action.OUTCOME_NOT_YET: Button("{begun}:1"),
    Action.LET_GO: Button("{held}"),
    Action.TALK_TO_LEAD: Button("{held}"),
    Action.ADD_ACTION: Button("{held}"),
    Action.ACTION_DONE: Button("{step}"),
    Action.ACTION_OPEN: Button("{step}"),
    Action.ACTION_DROPPED: Button("{step}"),
    Action.SAY_THANKS: Button("{held}"),
    Action.SHOW_THANKS: Button("{of_two}"),
    Action.KEEP_THANKS: Button("{of_two}"),
    Action.GIVE_FEEDBACK: Button("{held}"),
    Action.GO_ON: Button("{of_two}"),
    Action.ASK_AGAIN: Button("{of_two}"),
    Action.PAUSE: Button(),
    Action.RESUME: Button(),
    Action.OPEN_PROFILE: Button(),
    Action.EXPORT: Button(),
    Action.OPEN_FORGET: Button(),
    Action.KEEP_YES: Button("{tie}:1"),
    Action.KEEP_NOT_NOW: Button("{tie}:1"),
    Action.KEEP_STOP: Button("{tie}"),
    Action.ASK_FORMAL: Button("{not_formal}"),
    Action.FORMAL_YES: Button("{asked_formally}"),
    Action.FORMAL_NO: Button("{asked_formally}"),
    Action.SIGN_AGREEMENT: Button("{relationship}:2"),
    Action.CHANGE_AGREEMENT: Button("{relationship}"),
    Action.START_AFRESH: Button("{relationship}"),
    Action.END_RELATIONSHIP: Button("{relationship}"),
    Action.TALK_AGAIN: Button("{relationship}"),
    Action.OPEN_SERIES: Button("{relationship}"),
    Action.TICK_TASK: Button(block=TASKS, body=ticked(TASKS, "aim")),
    Action.TASK_DONE: Button("{relationship}:aim"),
    Action.OPEN_TASK_NOTE: Button("{relationship}:aim"),
    Action.EDIT_SERIES: Button("{programme}"),
    Action.OPEN_PROGRAMME: Button("{programme}"),
    Action.PROGRAMME_EVERY: InForm(Action.OPEN_PROGRAMME, Who.LEAD, element=option("week")),
    Action.PROGRAMME_RULES: InForm(Callback.PROGRAMME, Who.LEAD),
    Action.POST_AGAIN: Button("{programme}"),
    Action.JOIN: Button("{programme}", channel=CHANNEL),
    Action.LEAVE: Button("{programme}"),
    Action.SKIP_ROUND: Button("{announced}"),
    Action.TAKE_PART: Button("{announced}"),
    Action.RUN_NOW: Button("{calm}"),
    Action.CANCEL_ROUND: Button("{planned}"),
    Action.APPROVE_ROUND: Button("{planned}:1"),
    Action.RERUN_ROUND: Button("{planned}"),
    Action.TURN_PAGE: Button("{planned_round_pairs}:page:2"),
    Action.FIND_IN_ROUND: Button(
        block=f"{Block.FIND}:{{planned}}", element={"selected_user": Who.MENTEE.slack_id}
    ),
    Action.PAIR_MENU: Button(element=option("{pair}:veto")),
    Action.OPEN_QUEUE: Button("{programme}"),
    Action.FIND_MENTOR: InForm(Action.OPEN_QUEUE, Who.LEAD),
    Action.OPEN_REPORT: Button("{programme}"),
    Action.POST_REPORT: Button("{programme}:90"),
    Action.OPEN_PEOPLE: Button("{programme}"),
    Action.SEND_PEOPLE: Button("{programme}"),
    Action.TAKE_IMPORT: Button("{list}"),
    Action.DISCARD_IMPORT: Button("{list}"),
}

FORMS: Final[Mapping[Callback, Form]] = {
    Callback.TASTER: Form(Action.OPEN_TASTER),
    Callback.FLASH: Form(Action.OPEN_FLASH),
    Callback.REVERSE: Form(Action.OPEN_REVERSE),
    Callback.OFFER: Form(Action.OPEN_OFFER),
    Callback.INVITE: Form(Action.OPEN_INVITE),
    Callback.DECLINE: Form(Action.OPEN_DECLINE, Who.MENTOR),
    Callback.REFER: Form(Action.OPEN_REFER, Who.MENTOR),
    Callback.CONTACTS: Form(Action.NOT_FOR_A_BOT),
    Callback.SET_TIME: Form(Action.SET_TIME, given={Block.TYPED: EMPTY}),
    Callback.CANCEL_SESSION: Form(Action.CANCEL_SESSION),
    Callback.AGENDA: Form(Action.WRITE_AGENDA),
    Callback.POINT: Form(Action.ADD_POINT, Who.MENTOR),
    Callback.ACTIONS: Form(Action.ADD_ACTION),
    Callback.THANKS: Form(Action.SAY_THANKS),
    Callback.FEEDBACK: Form(Action.GIVE_FEEDBACK),
    Callback.GO_ON: Form(Action.GO_ON, given={Block.WISHES: options("again")}),
    Callback.PAUSE: Form(Action.PAUSE),
    Callback.PROFILE: Form(
        Action.OPEN_PROFILE, given={Block.BOOKING_URL: {"value": "https://cal.example.com/me"}}
    ),
    Callback.FORGET: Form(Action.OPEN_FORGET),
    Callback.SERIES: Form((Action.OPEN_SERIES, Button("{unbegun}"))),
    Callback.TASK_NOTE: Form(Action.OPEN_TASK_NOTE),
    Callback.SERIES_EDIT: Form(
        Action.EDIT_SERIES,
        Who.LEAD,
        {Block.STAGE_4: EMPTY, Block.STAGE_5: EMPTY},
    ),
    Callback.AGREEMENT: Form(Action.CHANGE_AGREEMENT),
    Callback.AGREEMENT_WORDS: Form(Callback.AGREEMENT),
    Callback.LOOK_BACK: Form(Action.END_RELATIONSHIP),
    Callback.PROGRAMME: Form(Action.OPEN_PROGRAMME, Who.LEAD),
    Callback.PROGRAMME_RULES: Form(Action.PROGRAMME_RULES, Who.LEAD, {Block.WEIGHTS: EMPTY}),
    Callback.PROGRAMME_PREVIEW: Form(Callback.PROGRAMME, Who.LEAD),
    Callback.ENROL: Form(Action.JOIN, given={Block.ROLES: options("mentor", "mentee")}),
    Callback.RERUN: Form(Action.RERUN_ROUND, Who.LEAD),
    Callback.SWAP: Form((Action.PAIR_MENU, Button(element=option("{pair}:swap"))), Who.LEAD),
    Callback.APPROVE: Form((Action.APPROVE_ROUND, Button("{table}:1")), Who.LEAD),
    Callback.QUEUE: Form(
        Action.OPEN_QUEUE, Who.LEAD, {f"{Block.MENTOR}:{{waiting}}": person(Who.MENTOR)}
    ),
    Callback.PEOPLE: Form(Action.OPEN_PEOPLE, Who.LEAD),
}

COMMANDS: Final[Mapping[Subcommand, Words]] = {
    **{word: Words(word.value) for word in Subcommand},
    Subcommand.SERIES: Words("series", CHANNEL),
    Subcommand.PROGRAMME: Words("programme", CHANNEL),
    Subcommand.QUEUE: Words("queue", CHANNEL),
    Subcommand.REPORT: Words("report", CHANNEL),
    Subcommand.PEOPLE: Words("people", CHANNEL),
    Subcommand.ROUND: Words("round now", CALM_CHANNEL),
    Subcommand.JOIN: Words("join", CHANNEL),
    Subcommand.LEAVE: Words("leave", CHANNEL),
}

SHORTCUTS: Final[Mapping[Shortcut, Chosen]] = {
    Shortcut.ASK: Chosen(),
    Shortcut.INVITE: Chosen(),
    Shortcut.ASK_AUTHOR: Chosen(
        {
            "type": "message_action",
            "message": {"user": Who.MENTOR.slack_id, "ts": "1.1", "text": "Hello"},
            "channel": {"id": CHANNEL, "name": "mentoring-circle"},
        }
    ),
}
