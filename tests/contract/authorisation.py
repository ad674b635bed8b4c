"""Who may do what: a row for every id that Slack may send back to us.

`python -m tests.contract.authorisation > docs/authorisation.md` writes the page administrators
read. `test_authorisation.py` presses every one of them as every kind of person; how each is pressed
stands in `presses.py`.
"""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from bot.slack.ids import Action, Callback, Shortcut, Subcommand
from tests.support.who import Who

NEVER: Final = frozenset({Who.GUEST, Who.DEACTIVATED, Who.BOT, Who.OUTSIDER})
"""Nobody of these may do anything at all."""
SILENCE: Final = frozenset({Who.DEACTIVATED, Who.BOT})
"""Nobody is there to read an answer, so there is none."""


@dataclass(frozen=True, slots=True)
class Right:
    """Who may: in words for an administrator, and among the people of the tests' world."""

    words: str
    who: frozenset[Who]


def _right(words: str, *who: Who) -> Right:
    return Right(words, frozenset(who))


ANYBODY: Final = Right("anybody, for themselves", frozenset(Who) - NEVER)
ASKER: Final = _right("whoever asked", Who.MENTEE)
INVITER: Final = _right(ASKER.words, Who.THIRD)
ASKED: Final = _right("the person it was put to", Who.MENTOR)
HELPERS: Final = Right("anybody but the one who asked", frozenset(Who) - NEVER - {Who.NAMED})
MENTEE: Final = _right("the mentee", Who.MENTEE)
MENTOR: Final = _right("the mentor", Who.MENTOR)
NAMED: Final = _right("the person who was named", Who.NAMED)
ALL_OF_IT: Final = _right("those whose session it is", Who.MENTEE, Who.MENTOR, Who.THIRD)
LEARNERS: Final = _right("the mentee, or either mentee of a trio", Who.MENTEE, Who.THIRD)
PAIR: Final = _right("the two whose it is", Who.MENTEE, Who.MENTOR)
OTHER_PAIR: Final = _right(PAIR.words, Who.MENTEE, Who.THIRD)
NOT_FORMAL: Final = _right("the two whose session it was", Who.MENTOR, Who.THIRD)
OTHER_OF_PAIR: Final = _right("the one of the two who was asked", Who.MENTOR)
OWNER: Final = _right("its owner", Who.MENTEE)
WHO_GOT_IT: Final = _right("who got the thank-you", Who.MENTEE)
ENROLLED: Final = _right("whoever takes part", Who.MENTEE, Who.MENTOR, Who.THIRD, Who.NAMED)
LEADS: Final = _right("a lead of the programme, or an admin", Who.LEAD, Who.ADMIN)
DRAFTER: Final = _right("the lead who filled in the form", Who.LEAD)
OWN_OR_LED: Final = Right("whoever has one, and leads", ALL_OF_IT.who | LEADS.who)
LEADERS: Final = _right("a lead, or an admin in the channel", Who.LEAD, Who.ADMIN)


@dataclass(frozen=True, slots=True)
class Row:
    """What an id does, as "may …" goes on, and who may."""

    does: str
    may: Right


ACTIONS: Final[Mapping[Action, Row]] = {
    # asking and offering
    Action.OPEN_TASTER: Row("open the form for a taster", ANYBODY),
    Action.OPEN_FLASH: Row("open the form for a flash session", ANYBODY),
    Action.OPEN_REVERSE: Row("open the form for reverse mentoring", ANYBODY),
    Action.OPEN_OFFER: Row("open the form to offer mentoring", ANYBODY),
    Action.OPEN_INVITE: Row("open the form to ask somebody by name", ANYBODY),
    Action.STOP_OFFER: Row("stop offering", ANYBODY),
    Action.TASTER_ROLE: Row("choose a role in the taster’s form", ANYBODY),
    Action.NOT_FOR_A_BOT: Row("turn to the contacts instead", ANYBODY),
    Action.ACCEPT_OFFER: Row("accept a request", ASKED),
    Action.DECLINE_OFFER: Row("decline a request", ASKED),
    Action.WITHDRAW: Row("take a request back", ASKER),
    Action.CLAIM: Row("take up a request from the open board", HELPERS),
    # asked by name
    Action.OPEN_DECLINE: Row("open the form to decline an invitation", ASKED),
    Action.PROPOSE_SHORTER: Row("propose something shorter", ASKED),
    Action.TAKE_SHORTER: Row("take the shorter one", INVITER),
    Action.RATHER_NOT: Row("rather not have it shorter", INVITER),
    Action.OPEN_REFER: Row("open the form to name somebody better placed", ASKED),
    Action.AGREE_REFERRAL: Row("agree to somebody who was named", MENTEE),
    Action.DROP_REFERRAL: Row("decline somebody who was named", MENTEE),
    Action.WELCOME_REFERRAL: Row("welcome an introduction", NAMED),
    Action.TURN_DOWN: Row("turn an introduction down", NAMED),
    # a session
    Action.SET_TIME: Row("open the form for its time and place", ALL_OF_IT),
    Action.CANCEL_SESSION: Row("open the form to call it off", ALL_OF_IT),
    Action.TICK_SLOTS: Row("tick the times that suit", ALL_OF_IT),
    Action.FIND_SOMEBODY_ELSE: Row("look for somebody else after it was called off", MENTEE),
    Action.TICK: Row("tick their checklist", ALL_OF_IT),
    Action.WRITE_AGENDA: Row("open the form for the agenda", LEARNERS),
    Action.ADD_POINT: Row("open the form to add a point to the agenda", MENTOR),
    Action.GOOD_AS_IT_IS: Row("find the agenda good as it is", MENTOR),
    Action.OPEN_BEYOND: Row("open the form to refer it to somebody else", MENTOR),
    Action.OPEN_INTRODUCE: Row("open the form to introduce somebody", MENTOR),
    Action.SNOOZE: Row("be reminded later", OWNER),
    Action.CHOOSE_PROMPT: Row("say what their words were meant for", OWNER),
    Action.OUTCOME_YES: Row("say that it took place", ALL_OF_IT),
    Action.OUTCOME_NO: Row("say that it did not take place", ALL_OF_IT),
    Action.OUTCOME_NOT_YET: Row("say that it has not taken place yet", ALL_OF_IT),
    Action.LET_GO: Row("let it go after it did not take place", ALL_OF_IT),
    Action.TALK_TO_LEAD: Row("ask whom to talk to about it", ALL_OF_IT),
    Action.ADD_ACTION: Row("open the form for next steps", ALL_OF_IT),
    Action.ACTION_DONE: Row("say that a next step is done", OWNER),
    Action.ACTION_OPEN: Row("keep a next step open", OWNER),
    Action.ACTION_DROPPED: Row("drop a next step", OWNER),
    Action.SAY_THANKS: Row("open the form for thanks", ALL_OF_IT),
    Action.SHOW_THANKS: Row("let a thank-you be shown in the channel", WHO_GOT_IT),
    Action.KEEP_THANKS: Row("keep a thank-you private", WHO_GOT_IT),
    Action.GIVE_FEEDBACK: Row("open the form for feedback", ALL_OF_IT),
    Action.GO_ON: Row("open the form about going on", PAIR),
    Action.ASK_AGAIN: Row("ask the same mentor again", MENTEE),
    # oneself
    Action.PAUSE: Row("open the form to pause", ANYBODY),
    Action.RESUME: Row("come back from a pause", ANYBODY),
    Action.OPEN_PROFILE: Row("open their profile", ANYBODY),
    Action.EXPORT: Row("have their data sent", ANYBODY),
    Action.OPEN_FORGET: Row("open the form to be forgotten", ANYBODY),
    # keeping in touch, going formal, a series
    Action.KEEP_YES: Row("say yes to this quarter", PAIR),
    Action.KEEP_NOT_NOW: Row("say not now", PAIR),
    Action.KEEP_STOP: Row("stop keeping in touch", PAIR),
    Action.ASK_FORMAL: Row("ask to go on formally", NOT_FORMAL),
    Action.FORMAL_YES: Row("say yes to going on formally", OTHER_OF_PAIR),
    Action.FORMAL_NO: Row("not go on formally", PAIR),
    Action.SIGN_AGREEMENT: Row("sign the agreement", PAIR),
    Action.CHANGE_AGREEMENT: Row("open the form to change the agreement", PAIR),
    Action.START_AFRESH: Row("start afresh", PAIR),
    Action.END_RELATIONSHIP: Row("open the form to end it", PAIR),
    Action.TALK_AGAIN: Row("open the form to ask their former partner for a talk", PAIR),
    Action.OPEN_SERIES: Row("open their series", PAIR),
    Action.TICK_TASK: Row("tick the tasks of a stage", MENTEE),
    Action.TASK_DONE: Row("say that a task is done", MENTEE),
    Action.OPEN_TASK_NOTE: Row("open the form for a note on a task", MENTEE),
    Action.EDIT_SERIES: Row("open the programme’s series to edit", LEADS),
    # a programme
    Action.OPEN_PROGRAMME: Row("open the programme’s form", LEADS),
    Action.PROGRAMME_EVERY: Row("choose how often, in the form", LEADS),
    Action.PROGRAMME_RULES: Row("open the rules from the preview", DRAFTER),
    Action.POST_AGAIN: Row("post the programme’s card again", LEADS),
    Action.JOIN: Row("open the form to join a programme", ANYBODY),
    Action.LEAVE: Row("leave a programme", ENROLLED),
    # a round
    Action.SKIP_ROUND: Row("skip a round", ENROLLED),
    Action.TAKE_PART: Row("take part in a round", ENROLLED),
    Action.RUN_NOW: Row("start a round", LEADS),
    Action.CANCEL_ROUND: Row("call a round off", LEADS),
    Action.APPROVE_ROUND: Row("approve a round’s plan", LEADS),
    Action.RERUN_ROUND: Row("open the form to plan a round again", LEADS),
    Action.TURN_PAGE: Row("turn the pages of a plan", LEADS),
    Action.FIND_IN_ROUND: Row("look for somebody in a plan", LEADS),
    Action.PAIR_MENU: Row("lock, veto or swap a pair", LEADS),
    # lists
    Action.OPEN_QUEUE: Row("open the queue", LEADS),
    Action.FIND_MENTOR: Row("choose in the queue’s form, which counts when it is sent", ANYBODY),
    Action.OPEN_REPORT: Row("have the report made", LEADS),
    Action.POST_REPORT: Row("post the report in the channel", LEADS),
    Action.OPEN_PEOPLE: Row("open the form for the list of people", LEADS),
    Action.SEND_PEOPLE: Row("have the list of people sent", LEADS),
    Action.TAKE_IMPORT: Row("take over a list of people", LEADS),
    Action.DISCARD_IMPORT: Row("throw a list of people away", LEADS),
}

CALLBACKS: Final[Mapping[Callback, Row]] = {
    Callback.TASTER: Row("ask for a taster", ANYBODY),
    Callback.FLASH: Row("ask for a flash session", ANYBODY),
    Callback.REVERSE: Row("ask to learn from somebody earlier in their career", ANYBODY),
    Callback.OFFER: Row("offer mentoring", ANYBODY),
    Callback.INVITE: Row("ask somebody by name", ANYBODY),
    Callback.DECLINE: Row("decline an invitation, with words", ASKED),
    Callback.REFER: Row("name somebody better placed", ASKED),
    Callback.CONTACTS: Row("close the page of contacts", ANYBODY),
    Callback.SET_TIME: Row("set the time and place of a session", ALL_OF_IT),
    Callback.CANCEL_SESSION: Row("call a session off", ALL_OF_IT),
    Callback.AGENDA: Row("write the agenda", LEARNERS),
    Callback.POINT: Row("add a point to the agenda", MENTOR),
    Callback.ACTIONS: Row("agree next steps", ALL_OF_IT),
    Callback.THANKS: Row("say thanks", ALL_OF_IT),
    Callback.FEEDBACK: Row("give feedback", ALL_OF_IT),
    Callback.GO_ON: Row("say whether they would go on", PAIR),
    Callback.PAUSE: Row("pause", ANYBODY),
    Callback.PROFILE: Row("save their profile", ANYBODY),
    Callback.FORGET: Row("be forgotten", ANYBODY),
    Callback.SERIES: Row("begin a series", OTHER_PAIR),
    Callback.TASK_NOTE: Row("keep a note on a task", MENTEE),
    Callback.SERIES_EDIT: Row("save the programme’s series", LEADS),
    Callback.AGREEMENT: Row("go on to the agreement’s second page", PAIR),
    Callback.AGREEMENT_WORDS: Row("change the agreement", PAIR),
    Callback.LOOK_BACK: Row("end a relationship, or look back on it", PAIR),
    Callback.PROGRAMME: Row("see what a programme would be", LEADS),
    Callback.PROGRAMME_RULES: Row("save the rules in the draft", DRAFTER),
    Callback.PROGRAMME_PREVIEW: Row("make or change the programme", DRAFTER),
    Callback.ENROL: Row("join a programme, or change what they said there", ANYBODY),
    Callback.RERUN: Row("plan a round again", LEADS),
    Callback.SWAP: Row("swap a pair", LEADS),
    Callback.APPROVE: Row("approve the tables of a group flash", LEADS),
    Callback.QUEUE: Row("put a waiting request to a mentor", LEADS),
    Callback.PEOPLE: Row("send a list of people in", LEADS),
}

SUBCOMMANDS: Final[Mapping[Subcommand, Row]] = {
    Subcommand.TASTER: Row("ask for a taster", ANYBODY),
    Subcommand.FLASH: Row("ask for a flash session", ANYBODY),
    Subcommand.OFFER: Row("offer mentoring", ANYBODY),
    Subcommand.SPOT: Row("ask somebody by name", ANYBODY),
    Subcommand.REVERSE: Row("ask for reverse mentoring", ANYBODY),
    Subcommand.SESSIONS: Row("see what is open for them", ANYBODY),
    Subcommand.WITHDRAW: Row("take back their own request", ANYBODY),
    Subcommand.PAUSE: Row("pause", ANYBODY),
    Subcommand.RESUME: Row("come back", ANYBODY),
    Subcommand.PROFILE: Row("open their profile", ANYBODY),
    Subcommand.MENTORS: Row("see their own mentors by area", ANYBODY),
    Subcommand.SERIES: Row("open their own series, or as a lead the programme’s", OWN_OR_LED),
    Subcommand.FORMAL: Row("see whom they could ask formally", ANYBODY),
    Subcommand.AGREEMENT: Row("see their own agreements", ANYBODY),
    Subcommand.END: Row("end their own relationship", ANYBODY),
    Subcommand.PROGRAMME: Row("open the channel’s programme", LEADERS),
    Subcommand.QUEUE: Row("open the channel’s queue", LEADERS),
    Subcommand.REPORT: Row("have the channel’s report made", LEADERS),
    Subcommand.PEOPLE: Row("open the channel’s list of people", LEADERS),
    Subcommand.ROUND: Row("see the channel’s round, and start one", LEADERS),
    Subcommand.JOIN: Row("join the channel’s programme", ANYBODY),
    Subcommand.LEAVE: Row("leave the channel’s programme", ENROLLED),
    Subcommand.EXPORT: Row("have their data sent", ANYBODY),
    Subcommand.FORGET: Row("be forgotten", ANYBODY),
    Subcommand.HELP: Row("read what there is", ANYBODY),
}

SHORTCUTS: Final[Mapping[Shortcut, Row]] = {
    Shortcut.ASK: Row("ask for a taster", ANYBODY),
    Shortcut.INVITE: Row("ask somebody by name", ANYBODY),
    Shortcut.ASK_AUTHOR: Row("ask whoever wrote a message", ANYBODY),
}

Id = Action | Callback | Subcommand | Shortcut
TABLES: Final[tuple[tuple[str, str, Mapping[Any, Row]], ...]] = (
    ("Buttons, boxes and menus", "`{}`", ACTIONS),
    ("Forms that are sent", "`{}`", CALLBACKS),
    ("Commands", "`/mentoring {}`", SUBCOMMANDS),
    ("Shortcuts", "`{}`", SHORTCUTS),
)
ALL: Final[tuple[Id, ...]] = (*ACTIONS, *CALLBACKS, *SUBCOMMANDS, *SHORTCUTS)


def row_of(key: Id) -> Row:
    """The row of an id. An action and a form may have the same text."""
    match key:
        case Action():
            return ACTIONS[key]
        case Callback():
            return CALLBACKS[key]
        case Subcommand():
            return SUBCOMMANDS[key]
        case _:
            return SHORTCUTS[key]


_INTRODUCTION: Final = """\
# Who may do what

<!-- Made by `python -m tests.contract.authorisation > docs/authorisation.md`. Do not edit. -->

Lantern asks who presses, every time; that a button stands on somebody's screen gives nobody a
right. Each line below is pressed by the test suite as every kind of person, with the ids of other
people's objects, of other workspaces' and of none: where it is not allowed nothing changes, and
nothing of what it is about is told. Where several companies use one Lantern, each line is pressed
in one of them with the ids of another, all of them and one at a time: the other company is neither
called nor changed, none of its words are read, and no row of one leads to a row of the other.

Whatever is about something is pressed as well after that came to its end: everything settled, its
words deleted, somebody gone, back or forgotten, the channels archived. Then it is refused with a
sentence, or does what is still right; nothing that was over begins again.

These may never do anything:

- **guests** are told kindly that Lantern is for the workspace's own people;
- **people of other workspaces** (Slack Connect) are told that it is for this workspace's people;
- **deactivated people and other apps** get no answer: nobody is there to read one.

A **lead** leads one programme: leads of another have no more rights in it than anybody else.
An **admin** of the workspace may do what the leads of any of its programmes may, and sees no more
than they do. Nobody but the people of a session sees what they wrote to each other: not leads, not
admins.
"""


def page() -> str:
    """docs/authorisation.md."""
    lines = [_INTRODUCTION]
    for title, style, rows in TABLES:
        lines += [f"## {title}", "", "| id | may | who |", "|---|---|---|"]
        lines += [
            f"| {style.format(key.value)} | {row.does} | {row.may.words} |"
            for key, row in rows.items()
        ]
        lines.append("")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.stdout.write(page())
