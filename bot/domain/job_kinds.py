"""Every kind of job: what it is for, its manners, and how late is too late.

A job is one thing Lantern does because of time or because of somebody's act. `scheduling/jobs/` has
one file for each kind; here are the facts that hold for all of them.
"""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum, auto
from types import MappingProxyType
from typing import Final

from bot.domain.lateness import ALWAYS, Lateness
from bot.domain.manners import Manner


class JobKind(StrEnum):
    """What a job says or does."""

    # asking and offering
    REQUEST_RECEIPT = auto()
    REQUEST_NEWS = auto()
    REQUEST_RETRY = auto()
    OFFER = auto()
    OFFER_REMINDER = auto()
    OFFER_EXPIRY = auto()
    MENTOR_WELCOME = auto()
    PROPOSAL = auto()
    REFERRAL_ASK = auto()
    REFERRAL_EXPIRY = auto()
    BOARD_CARD = auto()
    REFERRAL_CARD = auto()
    REFERRAL_NEWS = auto()
    INTRO_THREE = auto()
    INTRO_FOLLOWUP = auto()
    # two people, no time yet
    INTRODUCTION = auto()
    CHECKLIST = auto()
    AGENDA_ASK = auto()
    SLOTS = auto()
    TIME_NUDGE = auto()
    # a time is set
    TIME_SET = auto()
    TIME_UNSET = auto()
    CALENDAR_FILE = auto()
    SESSION_CANCELLED = auto()
    SOMEBODY_ELSE = auto()
    MOVED_OFTEN = auto()
    CHECKLIST_NUDGE = auto()
    AGENDA_SAVED = auto()
    AGENDA_CARD = auto()
    AGENDA_NUDGE = auto()
    AGENDA_ANSWERED = auto()
    AGENDA_MISSING = auto()
    REMINDER_DAY = auto()
    REMINDER_SOON = auto()
    START_CARD = auto()
    FIVE_MINUTES = auto()
    # afterwards
    OUTCOME_ASK = auto()
    OUTCOME_NUDGE = auto()
    OUTCOME_DEADLINE = auto()
    OUTCOME_THANKS = auto()
    ACTION_ASK = auto()
    ACTION_SAVED = auto()
    ACTION_DUE = auto()
    ACTION_FOLLOWUP = auto()
    THANKS_ASK = auto()
    THANKS_NUDGE = auto()
    THANKS_SAVED = auto()
    THANKS_CARD = auto()
    PUBLIC_THANKS = auto()
    GO_ON_ASK = auto()
    GO_ON_DEADLINE = auto()
    GO_ON_NEWS = auto()
    FEEDBACK_ASK = auto()
    CLOSE = auto()
    ERASE = auto()
    # at any time
    PROMPT_CHOICE = auto()
    PLAIN_ANSWER = auto()
    ACTION_LIST = auto()
    PAUSE_CARD = auto()
    PAUSED_SILENT = auto()
    # a formal pair's series of tasks
    SERIES = auto()
    SERIES_STAGE = auto()
    TASK_DUE = auto()
    # programmes: the channel, its people, its leads
    PROGRAMME_CARD = auto()
    ENROLMENT_CARD = auto()
    LEAD_NEWS = auto()
    LEADERLESS = auto()
    # a round
    ROUND_ANNOUNCE = auto()
    ROUND_NOTICE = auto()
    ROUND_REVIEW = auto()
    ROUND_RUN = auto()
    ROUND_PAIRS = auto()
    ROUND_LEFT = auto()
    ROUND_OPEN = auto()
    UNMATCHED = auto()
    LATE_ROUND = auto()
    ROTA = auto()
    ROTA_SOON = auto()
    ROTA_AFTER = auto()
    # lists and reports for leads
    REPORT_CARD = auto()
    REPORT_FILES = auto()
    PEOPLE_FILE = auto()
    IMPORT_READ = auto()
    IMPORT_CARD = auto()
    # one's own data
    OWN_FILE = auto()
    FORGET = auto()
    FORGOTTEN = auto()
    BLANKED = auto()
    LAST_TRACES = auto()
    WORKSPACE_FORGET = auto()
    # what grows from a session
    KEEP_TURN = auto()
    KEEP_IN_TOUCH = auto()
    FORMAL_ASK = auto()
    FORMAL_NEWS = auto()
    AGREEMENT_CARD = auto()
    AGREEMENT_NUDGE = auto()
    AGREEMENT_SIGNED = auto()
    RELATIONSHIP_TURN = auto()
    REVIEW_CARD = auto()
    MOMENTUM = auto()
    MOMENTUM_AGAIN = auto()
    END_CARD = auto()


_K, _M = JobKind, Manner

MANNERS: Final[Mapping[JobKind, Manner]] = MappingProxyType(
    {
        _K.REQUEST_RECEIPT: _M.ANSWER,  # they have just asked, and wait for a yes
        _K.REQUEST_NEWS: _M.NEWS,  # a mentor answered, or did not
        _K.REQUEST_RETRY: _M.CHORE,  # looks again for a mentor; says nothing unless one is found
        _K.OFFER: _M.NEWS,  # somebody asks for this person's help
        _K.OFFER_REMINDER: _M.NUDGE,  # only the clock asks again
        _K.OFFER_EXPIRY: _M.CHORE,  # moves the request on; the news of it is a job of its own
        _K.MENTOR_WELCOME: _M.ANSWER,  # they have just offered to mentor
        _K.PROPOSAL: _M.NEWS,  # whoever was asked suggested something shorter
        _K.REFERRAL_ASK: _M.NEWS,  # whoever was asked named somebody better placed
        _K.REFERRAL_CARD: _M.NEWS,  # the mentee would like to be introduced to them
        _K.REFERRAL_NEWS: _M.NEWS,  # somebody who was named did not come of it
        _K.INTRO_THREE: _M.NEWS,  # the last of the three said yes
        _K.INTRO_FOLLOWUP: _M.NUDGE,  # two working days are over
        _K.BOARD_CARD: _M.NEWS,  # nobody was found: the channel may know somebody
        _K.REFERRAL_EXPIRY: _M.CHORE,  # lets it go unanswered
        _K.INTRODUCTION: _M.NEWS,  # the mentor's yes, told to both
        _K.CHECKLIST: _M.NEWS,  # comes with the introduction, because of the same yes
        _K.AGENDA_ASK: _M.NEWS,  # comes with the introduction; only its repetition is a nudge
        _K.SLOTS: _M.NEWS,  # comes with the introduction, or because a time fell through
        _K.TIME_NUDGE: _M.NUDGE,  # no time found for days
        _K.TIME_SET: _M.NEWS,  # one of the two set it, both must know
        _K.TIME_UNSET: _M.NEWS,  # one of the two asked for another time
        _K.CALENDAR_FILE: _M.NEWS,  # comes with the news of a time, because of the same act
        _K.SESSION_CANCELLED: _M.NEWS,  # one of the two called it off
        _K.SOMEBODY_ELSE: _M.NEWS,  # comes with it
        _K.MOVED_OFTEN: _M.NEWS,  # one of the two moved it, a second time
        _K.CHECKLIST_NUDGE: _M.NUDGE,  # two days to go and not ready
        _K.AGENDA_SAVED: _M.ANSWER,  # the mentee has just written it
        _K.AGENDA_CARD: _M.NEWS,  # the mentee wrote or changed the agenda
        _K.AGENDA_ANSWERED: _M.NEWS,  # the mentor answered the agenda
        _K.AGENDA_NUDGE: _M.NUDGE,  # the session comes near and nothing is written
        _K.AGENDA_MISSING: _M.NUDGE,  # nobody acted: the clock is why the mentor is told
        _K.REMINDER_DAY: _M.NUDGE,  # the day before, at any good hour of it
        _K.REMINDER_SOON: _M.TIMELY,  # ten minutes before means ten minutes before
        _K.START_CARD: _M.TIMELY,  # useful at the start and at no other time
        _K.FIVE_MINUTES: _M.TIMELY,  # while there is still time to agree something
        _K.OUTCOME_ASK: _M.NUDGE,  # the end of the session is why it is asked
        _K.OUTCOME_NUDGE: _M.NUDGE,  # asked again after a day of silence
        _K.OUTCOME_DEADLINE: _M.CHORE,  # settles the session; says nothing itself
        _K.OUTCOME_THANKS: _M.ANSWER,  # they have just said how it went
        _K.ACTION_ASK: _M.NEWS,  # one of the two said that it took place
        _K.ACTION_SAVED: _M.ANSWER,  # they have just written the next steps
        _K.ACTION_DUE: _M.NUDGE,  # the date they chose has come; the hour they did not choose
        _K.ACTION_FOLLOWUP: _M.NUDGE,  # two weeks later
        _K.THANKS_ASK: _M.NEWS,  # one of the two said that it took place
        _K.THANKS_NUDGE: _M.NUDGE,  # three days without a word of thanks
        _K.THANKS_SAVED: _M.ANSWER,  # they have just written it
        _K.THANKS_CARD: _M.NEWS,  # the partner wrote a thank-you
        _K.PUBLIC_THANKS: _M.NEWS,  # the second of the two agreed to it
        _K.GO_ON_ASK: _M.NUDGE,  # the day after the talk is why
        _K.GO_ON_DEADLINE: _M.CHORE,  # compares the answers; the news of it is a job of its own
        _K.GO_ON_NEWS: _M.NEWS,  # the two answers, compared
        _K.FEEDBACK_ASK: _M.NUDGE,  # two days after the talk
        _K.CLOSE: _M.CHORE,  # changes the state, tells nobody
        _K.ERASE: _M.CHORE,  # deletes content, tells nobody
        _K.PROMPT_CHOICE: _M.ANSWER,  # they wrote something that could mean two things
        _K.PLAIN_ANSWER: _M.ANSWER,  # they wrote or clicked something, and get a sentence
        _K.ACTION_LIST: _M.NEWS,  # the partner wrote the next steps
        _K.PAUSED_SILENT: _M.NEWS,  # it changes what they are sent; a pause holds back nudges
        _K.PAUSE_CARD: _M.ANSWER,  # they asked for the pause
        _K.SERIES: _M.NEWS,  # one of the two began it
        _K.SERIES_STAGE: _M.NEWS,  # the mentee ticked the last task of a stage
        _K.TASK_DUE: _M.NUDGE,  # its day has come
        _K.PROGRAMME_CARD: _M.ANSWER,  # a lead has just pressed "post it"
        _K.ENROLMENT_CARD: _M.ANSWER,  # they have just joined, or changed what they said
        _K.LEAD_NEWS: _M.NEWS,  # something happened that somebody answers for
        _K.LEADERLESS: _M.NEWS,  # the last lead left
        _K.ROUND_ANNOUNCE: _M.CHORE,  # makes the round and plans its notices
        _K.ROUND_NOTICE: _M.NUDGE,  # the calendar is why: a round comes
        _K.ROUND_REVIEW: _M.NEWS,  # the leads' card of a round
        _K.ROUND_RUN: _M.CHORE,  # makes the plan
        _K.ROUND_PAIRS: _M.NEWS,  # the plan, under the card
        _K.ROUND_LEFT: _M.NEWS,  # whom it leaves out, and why
        _K.ROUND_OPEN: _M.CHORE,  # makes the sessions; the introductions are jobs of their own
        _K.UNMATCHED: _M.NEWS,  # the lead's yes, for whom nobody was found
        _K.LATE_ROUND: _M.CHORE,  # matches who came late with who was left
        _K.ROTA: _M.NEWS,  # the lead's yes: who sits where
        _K.ROTA_SOON: _M.TIMELY,  # ten minutes before the first turn
        _K.ROTA_AFTER: _M.NUDGE,  # the end of the hour is why
        _K.REPORT_CARD: _M.ANSWER,  # a lead asked for it
        _K.REPORT_FILES: _M.ANSWER,  # the same
        _K.PEOPLE_FILE: _M.ANSWER,  # the same
        _K.IMPORT_READ: _M.CHORE,  # reads the file; the card says what is in it
        _K.IMPORT_CARD: _M.ANSWER,  # a lead has just sent a list
        _K.OWN_FILE: _M.ANSWER,  # they asked for it
        _K.FORGET: _M.CHORE,  # forgets somebody who left long ago
        _K.FORGOTTEN: _M.ANSWER,  # they asked to be forgotten
        _K.BLANKED: _M.ANSWER,  # only ever replaces what stands there
        _K.LAST_TRACES: _M.CHORE,  # deletes rows, tells nobody
        _K.WORKSPACE_FORGET: _M.CHORE,  # nobody is left to tell
        _K.KEEP_TURN: _M.CHORE,  # plans the questions of a quarter
        _K.KEEP_IN_TOUCH: _M.NUDGE,  # the calendar is why
        _K.FORMAL_ASK: _M.NEWS,  # the partner asks whether they would go on formally
        _K.FORMAL_NEWS: _M.NEWS,  # the partner would rather not, or it was let go
        _K.AGREEMENT_CARD: _M.NEWS,  # both wish it, or one changed what it says
        _K.AGREEMENT_NUDGE: _M.NUDGE,  # days without a signature
        _K.AGREEMENT_SIGNED: _M.NEWS,  # the second of the two signed
        _K.RELATIONSHIP_TURN: _M.CHORE,  # looks at it; what it finds are jobs of their own
        _K.REVIEW_CARD: _M.NUDGE,  # the day they agreed on
        _K.MOMENTUM: _M.NUDGE,  # too long without a session
        _K.MOMENTUM_AGAIN: _M.NUDGE,  # the same, twice as long
        _K.END_CARD: _M.NEWS,  # one of the two ended it, or its time was over
    }
)
"""How each kind treats the person who receives it (docs/decisions/003-manners.md)."""

FILES: Final = frozenset({_K.REPORT_FILES, _K.PEOPLE_FILE, _K.CALENDAR_FILE, _K.OWN_FILE})
"""Kinds that send files. What was sent is never put right: there is nothing to edit."""

URGENT: Final = frozenset({_K.TIME_SET, _K.TIME_UNSET, _K.SESSION_CANCELLED})
"""News without which somebody waits in an empty room. Their `expires_at` is the moment at which one
would: what cannot be said in good hours before it is said at once, and after it all the same."""

AGREED: Final = frozenset(
    {
        _K.CHECKLIST_NUDGE,
        _K.AGENDA_NUDGE,
        _K.AGENDA_MISSING,
        _K.REMINDER_DAY,
        _K.OUTCOME_ASK,
        _K.OUTCOME_NUDGE,
    }
)
"""Nudges about a talk whose time stands. A pause does not hold them back: what is agreed stays
agreed, and the partner counts on it."""

WITH_THE_START: Final = frozenset({_K.FIVE_MINUTES})
"""Timely, and no message more of the three a day: it goes with the card at the start, and the two
count as one. Otherwise the day of a talk would have no room left to ask whether it took place."""

_ANSWER = Lateness(timedelta(days=1))  # an answer to what someone did yesterday puzzles them
_SAME_DAY = Lateness(timedelta(hours=12))  # tied to a date: the next day says something else
_FEW_DAYS = Lateness(timedelta(days=3))  # still true after a long weekend, not after a week
_WEEK = Lateness(timedelta(days=7))  # a friendly question that keeps for a while

LATENESS: Final[Mapping[JobKind, Lateness]] = MappingProxyType(
    {
        _K.REQUEST_RECEIPT: ALWAYS,  # the requester is always told what happens next
        _K.REQUEST_NEWS: ALWAYS,  # the same
        _K.REQUEST_RETRY: ALWAYS,  # a request must never wait because we were down
        _K.OFFER: ALWAYS,  # the re-check drops an offer that is no longer open
        _K.OFFER_REMINDER: _SAME_DAY,  # half the time is over; later, the expiry is too near
        _K.OFFER_EXPIRY: ALWAYS,  # a request must never hang because we were down
        _K.MENTOR_WELCOME: ALWAYS,  # says what is expected of a mentor; they need it
        _K.PROPOSAL: ALWAYS,  # the re-check drops one that is settled; it expires by itself
        _K.REFERRAL_ASK: ALWAYS,  # the same
        _K.REFERRAL_CARD: ALWAYS,  # the re-check drops one that is settled; it expires by itself
        _K.REFERRAL_NEWS: _WEEK,  # after a week they have seen it for themselves
        _K.INTRO_THREE: ALWAYS,  # without it the three do not meet
        _K.INTRO_FOLLOWUP: _FEW_DAYS,  # promptly, or not at all
        _K.BOARD_CARD: ALWAYS,  # the re-check drops it once the request no longer waits
        _K.REFERRAL_EXPIRY: ALWAYS,  # a request must never hang because we were down
        _K.INTRODUCTION: ALWAYS,  # without it the two do not know of each other
        _K.CHECKLIST: ALWAYS,  # the re-check drops it once the session is over
        _K.AGENDA_ASK: ALWAYS,  # the re-check drops it once an agenda is written
        _K.SLOTS: ALWAYS,  # the re-check drops it once a time is set
        _K.TIME_NUDGE: _FEW_DAYS,  # the second one is three working days away
        _K.TIME_SET: ALWAYS,  # the re-check knows the start
        _K.TIME_UNSET: ALWAYS,  # both must know, however late
        _K.CALENDAR_FILE: ALWAYS,  # it expires with its start
        _K.SESSION_CANCELLED: ALWAYS,  # nobody should wait in an empty room
        _K.SOMEBODY_ELSE: _WEEK,  # after a week they have asked, or let it be
        _K.MOVED_OFTEN: _FEW_DAYS,  # then it is about something else
        _K.CHECKLIST_NUDGE: _SAME_DAY,  # the day after, the reminder of the session comes
        _K.AGENDA_SAVED: _ANSWER,  # a receipt; the agenda itself is safe
        _K.AGENDA_CARD: ALWAYS,  # the mentor must have it; the re-check knows the start
        _K.AGENDA_ANSWERED: ALWAYS,  # the re-check knows the start
        _K.AGENDA_NUDGE: _SAME_DAY,  # afterwards the mentor has been told already
        _K.AGENDA_MISSING: _SAME_DAY,  # afterwards the session itself is there
        _K.REMINDER_DAY: _SAME_DAY,  # "tomorrow" would no longer be true
        _K.REMINDER_SOON: Lateness(timedelta(minutes=9)),  # after the start it only annoys
        _K.START_CARD: Lateness(timedelta(minutes=15)),  # by then they are deep in talk
        _K.FIVE_MINUTES: Lateness(timedelta(minutes=4)),  # after the end they have gone
        _K.OUTCOME_ASK: _FEW_DAYS,  # by then the deadline has settled it
        _K.OUTCOME_NUDGE: _FEW_DAYS,  # the same
        _K.OUTCOME_DEADLINE: ALWAYS,  # a session must not stay open because we were down
        _K.OUTCOME_THANKS: _ANSWER,  # a receipt
        _K.ACTION_ASK: _WEEK,  # after a week the next steps are known or forgotten
        _K.ACTION_SAVED: _ANSWER,  # a receipt; the next steps are safe
        _K.ACTION_DUE: _WEEK,  # the follow-up comes a week after that
        _K.ACTION_FOLLOWUP: _WEEK,  # one week more and it is an old story
        _K.THANKS_ASK: _WEEK,  # thanks may be late, a request for them may not
        _K.THANKS_NUDGE: _FEW_DAYS,  # said once, or left
        _K.THANKS_SAVED: _ANSWER,  # a receipt
        _K.THANKS_CARD: ALWAYS,  # a thank-you never comes too late
        _K.PUBLIC_THANKS: ALWAYS,  # a thank-you never comes too late
        _K.GO_ON_ASK: _FEW_DAYS,  # it expires when the answers are compared
        _K.GO_ON_DEADLINE: ALWAYS,  # both were told when
        _K.GO_ON_NEWS: ALWAYS,  # they wait for it
        _K.FEEDBACK_ASK: _WEEK,  # an impression keeps for a while
        _K.CLOSE: ALWAYS,  # retention starts here; without it a session would never end
        _K.ERASE: ALWAYS,  # a promise
        _K.PROMPT_CHOICE: _ANSWER,  # the conversation has moved on
        _K.PLAIN_ANSWER: _ANSWER,  # the same
        _K.ACTION_LIST: _WEEK,  # after a week the first of them are asked about
        _K.PAUSED_SILENT: ALWAYS,  # they must know that they are paused, and the way back
        _K.PAUSE_CARD: ALWAYS,  # they must know that they are paused, and the way back
        _K.SERIES: ALWAYS,  # the card on which tasks are ticked
        _K.SERIES_STAGE: _WEEK,  # after a week they are deep in the next one
        _K.TASK_DUE: _WEEK,  # after a week the card itself says it
        _K.PROGRAMME_CARD: ALWAYS,  # without it nobody can join
        _K.ENROLMENT_CARD: _ANSWER,  # a receipt; the enrolment itself is safe
        _K.LEAD_NEWS: _WEEK,  # after a week they have seen it for themselves
        _K.LEADERLESS: ALWAYS,  # it stays true until somebody takes over
        _K.ROUND_ANNOUNCE: ALWAYS,  # a round must not fail because we were down
        _K.ROUND_NOTICE: _FEW_DAYS,  # it expires with the round, a day later
        _K.ROUND_REVIEW: ALWAYS,  # a plan waits for its yes
        _K.ROUND_RUN: ALWAYS,  # the same as its announcement
        _K.ROUND_PAIRS: ALWAYS,  # part of the card
        _K.ROUND_LEFT: ALWAYS,  # the same
        _K.ROUND_OPEN: ALWAYS,  # what was approved must happen
        _K.UNMATCHED: _WEEK,  # after a week the next round is nearer than the last
        _K.LATE_ROUND: ALWAYS,  # it expires with the next round's announcement
        _K.ROTA: ALWAYS,  # it expires with its hour
        _K.ROTA_SOON: Lateness(timedelta(minutes=9)),  # after the start it only annoys
        _K.ROTA_AFTER: _FEW_DAYS,  # then the hour is forgotten
        _K.REPORT_CARD: _ANSWER,  # they would ask again
        _K.REPORT_FILES: _ANSWER,  # the same
        _K.PEOPLE_FILE: _ANSWER,  # the same
        _K.IMPORT_READ: ALWAYS,  # the lead waits for its card, or for the reason why not
        _K.IMPORT_CARD: _ANSWER,  # the same
        _K.OWN_FILE: ALWAYS,  # what somebody asks about themselves is owed to them
        _K.FORGET: ALWAYS,  # a promise
        _K.FORGOTTEN: ALWAYS,  # they must know that it is done
        _K.BLANKED: ALWAYS,  # a promise
        _K.LAST_TRACES: ALWAYS,  # a promise
        _K.WORKSPACE_FORGET: ALWAYS,  # a promise
        _K.KEEP_TURN: ALWAYS,  # the next quarter hangs on it
        _K.KEEP_IN_TOUCH: _WEEK,  # the next quarter asks again
        _K.FORMAL_ASK: ALWAYS,  # somebody waits for the answer
        _K.FORMAL_NEWS: ALWAYS,  # the same
        _K.AGREEMENT_CARD: ALWAYS,  # without it nobody can sign
        _K.AGREEMENT_NUDGE: _WEEK,  # by then they have seen the card
        _K.AGREEMENT_SIGNED: ALWAYS,  # what holds must be known
        _K.RELATIONSHIP_TURN: ALWAYS,  # every next session hangs on it
        _K.REVIEW_CARD: _WEEK,  # there is another before the end
        _K.MOMENTUM: _WEEK,  # later there is the other one
        _K.MOMENTUM_AGAIN: _WEEK,  # after a week something has happened
        _K.END_CARD: ALWAYS,  # both must know
    }
)
"""How late each kind may still be said."""

WITHOUT_SLACK: Final = frozenset(
    {JobKind.ERASE, JobKind.FORGET, JobKind.LAST_TRACES, JobKind.WORKSPACE_FORGET}
)
"""Promises about data, kept also where Lantern is not installed any more."""
