"""What buttons still do after their matter came to an end: a row for each that is about something.

An id that is not among them fails `test_stale.py`. Where an ending is not named the button is
refused with a sentence, and nothing changes. Of the tests' world: the invitation is by the third
and to the mentor, one session is of three, and the rounds are the lead's affair.
"""

from typing import Final

from bot.slack.ids import Action, Callback
from tests.contract.authorisation import Id
from tests.support.endings import Ending

ALWAYS: Final = frozenset(Ending)


class _ById(dict[str, frozenset[Ending]]):
    """By the id as Python writes it: an action and a form may have the same text."""

    def __getitem__(self, key: object) -> frozenset[Ending]:
        return super().__getitem__(repr(key))


def _these(still: frozenset[Ending], *keys: Id) -> dict[str, frozenset[Ending]]:
    return {repr(key): still for key in keys}


STILL: Final = _ById(
    {
        **_these(
            ALWAYS,
            Action.LET_GO,
            Action.TALK_TO_LEAD,
            Action.GO_ON,
            Action.KEEP_STOP,
            Action.OPEN_SERIES,
            Action.EDIT_SERIES,
            Action.OPEN_PROGRAMME,
            Action.PROGRAMME_EVERY,
            Action.PROGRAMME_RULES,
            Action.TURN_PAGE,
            Action.OPEN_QUEUE,
            Action.OPEN_REPORT,
            Action.OPEN_PEOPLE,
            Action.SEND_PEOPLE,
            Callback.GO_ON,
            Callback.SERIES_EDIT,
            Callback.PROGRAMME,
            Callback.PROGRAMME_RULES,
            Callback.PROGRAMME_PREVIEW,
        ),
        **_these(
            frozenset({Ending.ARCHIVED}),
            Action.ACCEPT_OFFER,
            Action.DECLINE_OFFER,
            Action.AGREE_REFERRAL,
            Action.DROP_REFERRAL,
            Action.WELCOME_REFERRAL,
            Action.TURN_DOWN,
            Action.TICK_SLOTS,
            Action.FORMAL_YES,
            Action.FORMAL_NO,
            Action.SIGN_AGREEMENT,
            Action.CHANGE_AGREEMENT,
            Action.START_AFRESH,
            Action.TICK_TASK,
            Action.TASK_DONE,
            Action.OPEN_TASK_NOTE,
            Callback.TASK_NOTE,
            Callback.AGREEMENT,
            Callback.AGREEMENT_WORDS,
        ),
        **_these(
            ALWAYS - {Ending.OVER, Ending.ERASED, Ending.MENTEE_BACK},
            Action.SET_TIME,
            Action.CANCEL_SESSION,
            Action.TICK,
            Action.WRITE_AGENDA,
            Action.OUTCOME_YES,
            Action.OUTCOME_NO,
            Action.OUTCOME_NOT_YET,
            Action.KEEP_YES,
            Action.KEEP_NOT_NOW,
            Callback.SET_TIME,
            Callback.CANCEL_SESSION,
            Callback.AGENDA,
        ),
        **_these(
            frozenset(
                {Ending.MENTEE_LEFT, Ending.MENTEE_BACK, Ending.MENTEE_FORGOTTEN, Ending.ARCHIVED}
            ),
            Action.OPEN_DECLINE,
            Action.PROPOSE_SHORTER,
            Action.TAKE_SHORTER,
            Action.RATHER_NOT,
            Action.OPEN_REFER,
            Action.ADD_POINT,
            Action.GOOD_AS_IT_IS,
            Action.OPEN_BEYOND,
            Callback.DECLINE,
            Callback.REFER,
            Callback.POINT,
        ),
        **_these(
            ALWAYS - {Ending.ERASED},
            Action.ADD_ACTION,
            Action.GIVE_FEEDBACK,
            Action.END_RELATIONSHIP,
            Callback.ACTIONS,
            Callback.FEEDBACK,
            Callback.LOOK_BACK,
        ),
        **_these(
            ALWAYS - {Ending.ERASED, Ending.MENTOR_LEFT, Ending.MENTOR_FORGOTTEN},
            Action.SAY_THANKS,
            Callback.THANKS,
        ),
        **_these(
            ALWAYS - {Ending.OVER, Ending.ERASED, Ending.ARCHIVED},
            Action.CANCEL_ROUND,
            Action.APPROVE_ROUND,
            Action.RERUN_ROUND,
            Action.PAIR_MENU,
            Action.TAKE_IMPORT,
            Callback.RERUN,
            Callback.APPROVE,
        ),
        **_these(
            ALWAYS - {Ending.ARCHIVED},
            Action.POST_AGAIN,
            Action.JOIN,
            Action.RUN_NOW,
            Action.POST_REPORT,
            Callback.ENROL,
            Callback.PEOPLE,
        ),
        **_these(
            frozenset({Ending.MENTOR_LEFT, Ending.MENTOR_FORGOTTEN, Ending.ARCHIVED}),
            Action.WITHDRAW,
            Action.CLAIM,
            Action.CHOOSE_PROMPT,
            Callback.SERIES,
        ),
        **_these(
            frozenset(
                {Ending.MENTOR_LEFT, Ending.MENTEE_BACK, Ending.MENTOR_FORGOTTEN, Ending.ARCHIVED}
            ),
            Action.SNOOZE,
            Action.ACTION_DONE,
            Action.ACTION_OPEN,
            Action.ACTION_DROPPED,
        ),
        **_these(
            ALWAYS - {Ending.MENTOR_LEFT, Ending.MENTOR_FORGOTTEN},
            Action.OPEN_INTRODUCE,
            Action.ASK_FORMAL,
        ),
        **_these(
            frozenset(
                {
                    Ending.MENTOR_LEFT,
                    Ending.MENTEE_LEFT,
                    Ending.MENTOR_FORGOTTEN,
                    Ending.MENTEE_FORGOTTEN,
                }
            ),
            Action.SKIP_ROUND,
            Action.TAKE_PART,
        ),
        **_these(
            ALWAYS - {Ending.ERASED, Ending.MENTEE_LEFT, Ending.MENTEE_FORGOTTEN},
            Action.FIND_SOMEBODY_ELSE,
        ),
        **_these(
            frozenset({Ending.OVER, Ending.MENTOR_LEFT, Ending.MENTEE_BACK}), Action.SHOW_THANKS
        ),
        **_these(
            frozenset({Ending.OVER, Ending.MENTOR_LEFT, Ending.MENTEE_BACK, Ending.ARCHIVED}),
            Action.KEEP_THANKS,
        ),
        **_these(frozenset({Ending.OVER, Ending.ERASED, Ending.MENTEE_BACK}), Action.ASK_AGAIN),
        **_these(
            frozenset({Ending.OVER, Ending.ERASED, Ending.MENTEE_BACK, Ending.ARCHIVED}),
            Action.TALK_AGAIN,
        ),
        **_these(ALWAYS - {Ending.MENTEE_BACK}, Action.LEAVE),
        **_these(ALWAYS - {Ending.MENTEE_FORGOTTEN}, Action.FIND_IN_ROUND),
        **_these(ALWAYS - {Ending.OVER, Ending.ERASED}, Action.DISCARD_IMPORT),
        **_these(frozenset({Ending.MENTOR_LEFT, Ending.MENTOR_FORGOTTEN}), Callback.SWAP),
        **_these(frozenset({Ending.MENTOR_FORGOTTEN, Ending.ARCHIVED}), Callback.QUEUE),
    }
)
ASKS_ANEW: Final = frozenset({Callback.QUEUE, Callback.PEOPLE, Callback.SERIES})
"""Forms that opened show what there is by then: a queue without the request, the way to the list
that may still be had, a series that goes on being read."""
