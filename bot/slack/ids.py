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
    SPOT = "spot"
    SESSIONS = "sessions"
    WITHDRAW = "withdraw"
    PAUSE = "pause"
    RESUME = "resume"
    SERIES = "series"
    FORMAL = "formal"
    AGREEMENT = "agreement"
    END = "end"
    # for leads, in the programme's channel
    PROGRAMME = "programme"
    QUEUE = "queue"
    REPORT = "report"
    PEOPLE = "people"
    ROUND = "round"
    # for whoever takes part, in the channel or by its name
    JOIN = "join"
    LEAVE = "leave"
    # one's own data
    EXPORT = "export"
    FORGET = "forget"
    HELP = "help"


class Action(StrEnum):
    """What a button, a tick box or a menu does."""

    OPEN_TASTER = "lantern:open_taster"
    OPEN_FLASH = "lantern:open_flash"
    OPEN_OFFER = "lantern:open_offer"
    STOP_OFFER = "lantern:stop_offer"
    TASTER_ROLE = "lantern:taster_role"
    CHOOSE_PROMPT = "lantern:choose_prompt"
    ACCEPT_OFFER = "lantern:accept_offer"
    DECLINE_OFFER = "lantern:decline_offer"
    WITHDRAW = "lantern:withdraw"
    # asking somebody by name: value is the offer's id, "<offer>:<minutes>" for something shorter,
    # and the referral's id where somebody else is named
    OPEN_INVITE = "lantern:open_invite"
    OPEN_DECLINE = "lantern:open_decline"
    PROPOSE_SHORTER = "lantern:propose_shorter"
    TAKE_SHORTER = "lantern:take_shorter"
    RATHER_NOT = "lantern:rather_not"
    OPEN_REFER = "lantern:open_refer"
    AGREE_REFERRAL = "lantern:agree_referral"
    DROP_REFERRAL = "lantern:drop_referral"
    SET_TIME = "lantern:set_time"
    CANCEL_SESSION = "lantern:cancel_session"
    TICK_SLOTS = "lantern:tick_slots"
    TICK = "lantern:tick"
    WRITE_AGENDA = "lantern:write_agenda"
    ADD_POINT = "lantern:add_point"
    GOOD_AS_IT_IS = "lantern:good_as_it_is"
    SNOOZE = "lantern:snooze"
    OUTCOME_YES = "lantern:outcome_yes"
    OUTCOME_NO = "lantern:outcome_no"
    OUTCOME_NOT_YET = "lantern:outcome_not_yet"
    ADD_ACTION = "lantern:add_action"
    ACTION_DONE = "lantern:action_done"
    ACTION_OPEN = "lantern:action_open"
    ACTION_DROPPED = "lantern:action_dropped"
    SAY_THANKS = "lantern:say_thanks"
    GIVE_FEEDBACK = "lantern:give_feedback"
    GO_ON = "lantern:go_on"
    ASK_AGAIN = "lantern:ask_again"
    PAUSE = "lantern:pause"
    RESUME = "lantern:resume"
    # a pair's series: value is the relationship's id, followed by a task's key where it is about one
    OPEN_SERIES = "lantern:open_series"
    TICK_TASK = "lantern:tick_task"
    TASK_DONE = "lantern:task_done"
    OPEN_TASK_NOTE = "lantern:open_task_note"
    EDIT_SERIES = "lantern:edit_series"
    # programmes: value is the programme's id
    OPEN_PROGRAMME = "lantern:open_programme"
    PROGRAMME_EVERY = "lantern:programme_every"
    PROGRAMME_RULES = "lantern:programme_rules"
    POST_AGAIN = "lantern:post_again"
    JOIN = "lantern:join"
    LEAVE = "lantern:leave"
    # rounds: value is the round's id, "<round>:<run>" to approve, "<pair>:<verb>" in a pair's menu
    SKIP_ROUND = "lantern:skip_round"
    TAKE_PART = "lantern:take_part"
    RUN_NOW = "lantern:run_now"
    APPROVE_ROUND = "lantern:approve_round"
    RERUN_ROUND = "lantern:rerun_round"
    CANCEL_ROUND = "lantern:cancel_round"
    TURN_PAGE = "lantern:turn_page"
    FIND_IN_ROUND = "lantern:find_in_round"
    PAIR_MENU = "lantern:pair_menu"
    # the lead's lists
    OPEN_QUEUE = "lantern:open_queue"
    FIND_MENTOR = "lantern:find_mentor"
    OPEN_REPORT = "lantern:open_report"
    POST_REPORT = "lantern:post_report"
    OPEN_PEOPLE = "lantern:open_people"
    SEND_PEOPLE = "lantern:send_people"
    TAKE_IMPORT = "lantern:take_import"
    DISCARD_IMPORT = "lantern:discard_import"
    # one's own data: the value says nothing
    EXPORT = "lantern:export"
    OPEN_FORGET = "lantern:open_forget"
    # keeping in touch: value is the tie's id, "<tie>:<quarter>" to answer
    KEEP_YES = "lantern:keep_yes"
    KEEP_NOT_NOW = "lantern:keep_not_now"
    KEEP_STOP = "lantern:keep_stop"
    # going formal: value is the relationship's id; a session's to ask, "<id>:<version>" to sign
    ASK_FORMAL = "lantern:ask_formal"
    FORMAL_YES = "lantern:formal_yes"
    FORMAL_NO = "lantern:formal_no"
    SIGN_AGREEMENT = "lantern:sign_agreement"
    CHANGE_AGREEMENT = "lantern:change_agreement"
    START_AFRESH = "lantern:start_afresh"
    END_RELATIONSHIP = "lantern:end_relationship"


class Block(StrEnum):
    """Where in a modal an answer, or an error about it, belongs.

    The names are those of the fields that rules complain about (`RuleBroken.field`).
    """

    # asking
    ROLE = "role"
    TOPIC = "topic"
    HOPED_FOR = "hoped_for"
    QUESTIONS = "questions"
    REASON = "reason"
    AREAS = "areas"
    FORMATS = "formats"
    LENGTH = "length"
    WINDOWS = "windows"
    PERSON = "person"
    # offering
    TOPICS = "topics"
    CAPACITY = "capacity"
    TASTER_ONLY = "taster_only"
    STOP = "stop"
    # a time and a place
    STARTS_AT = "starts_at"
    TYPED = "typed"
    FORMAT = "format"
    PLACE = "place"
    # cancelling
    NEXT = "next"
    WHY = "why"
    # the agenda
    AGENDA_TOPICS = "agenda_topics"
    OUTCOME = "outcome"
    READING = "reading"
    OFF_LIMITS = "off_limits"
    POINTS = "points"
    # next steps
    STEP_1 = "step_1"
    DUE_1 = "due_1"
    OWNER_1 = "owner_1"
    STEP_2 = "step_2"
    DUE_2 = "due_2"
    OWNER_2 = "owner_2"
    STEP_3 = "step_3"
    DUE_3 = "due_3"
    OWNER_3 = "owner_3"
    # thanks and pause
    THANKS = "thanks"
    WISHES = "wishes"
    RATING = "rating"
    SENTENCE = "sentence"
    UNTIL = "until"
    # a series of tasks; TASK in messages is followed by the relationship's id and the stage's key
    SERIES = "series"
    TASK = "task"
    NOTE = "note"
    SHARED = "shared"
    STAGE_1 = "stage_1"
    STAGE_2 = "stage_2"
    STAGE_3 = "stage_3"
    STAGE_4 = "stage_4"
    STAGE_5 = "stage_5"
    # where a request goes
    PROGRAMME = "programme"
    # a programme
    NAME = "name"
    KINDS = "kinds"
    SHAPE = "shape"
    ROUND_KIND = "round_kind"
    EVERY = "every"
    WEEKDAY = "weekday"
    MONTH_DAY = "month_day"
    RUNS_AT = "runs_at"
    ZONE = "zone"
    APPROVAL = "approval"
    ANNOUNCEMENT = "announcement"
    CONTACTS = "contacts"
    LEADS = "leads"
    OPT_IN = "opt_in"
    MUST_DIFFER = "must_differ"
    MUST_SHARE = "must_share"
    REPEAT_WINDOW = "repeat_window"
    WEIGHTS = "weights"
    TRIOS = "trios"
    COUNTRY = "country"
    OPENS_AT = "opens_at"
    CLOSES_AT = "closes_at"
    # joining one
    ROLES = "roles"
    SOUGHT = "sought"
    SENIORITY = "seniority"
    DEPARTMENT = "department"
    LANGUAGES = "languages"
    LOCATION = "location"
    MANAGER = "manager"
    APART = "apart"
    LEAVE = "leave"
    # reviewing a round
    SEED = "seed"
    PARTNER = "partner"
    MEETS_AT = "meets_at"
    # lists
    FILE = "file"
    MENTOR = "mentor"
    # in messages: followed by a colon and a row's id; MENTOR in the queue's form too
    TICK = "tick"
    SLOTS = "slots"  # the session's, and the number of its search for a time
    FIND = "find"
    # an agreement, and its end
    OBJECTIVE = "objective"
    GOALS = "goals"
    SUPPORT = "support"
    ACTIVITIES = "activities"
    MONTHS = "months"
    AVAILABILITY = "availability"
    CANCELLING = "cancelling"
    AGENDA_AHEAD = "agenda_ahead"
    CONFIDENTIALITY = "confidentiality"
    ENDING = "ending"
    AREA = "area"
    GAINED = "gained"
    KEEPS = "keeps"


class Callback(StrEnum):
    """Which modal was submitted or closed."""

    TASTER = "lantern:taster"
    FLASH = "lantern:flash"
    OFFER = "lantern:offer"
    INVITE = "lantern:invite"
    DECLINE = "lantern:decline"
    REFER = "lantern:refer"
    SET_TIME = "lantern:set_time"
    CANCEL_SESSION = "lantern:cancel_session"
    AGENDA = "lantern:agenda"
    POINT = "lantern:point"
    ACTIONS = "lantern:actions"
    THANKS = "lantern:thanks"
    FEEDBACK = "lantern:feedback"
    GO_ON = "lantern:go_on"
    PAUSE = "lantern:pause"
    SERIES = "lantern:series"
    TASK_NOTE = "lantern:task_note"
    SERIES_EDIT = "lantern:series_edit"
    PROGRAMME = "lantern:programme"
    PROGRAMME_RULES = "lantern:programme_rules"
    PROGRAMME_PREVIEW = "lantern:programme_preview"
    ENROL = "lantern:enrol"
    RERUN = "lantern:rerun"
    SWAP = "lantern:swap"
    APPROVE = "lantern:approve"
    PEOPLE = "lantern:people"
    QUEUE = "lantern:queue"
    FORGET = "lantern:forget"
    AGREEMENT = "lantern:agreement"
    AGREEMENT_WORDS = "lantern:agreement_words"
    LOOK_BACK = "lantern:look_back"


class Shortcut(StrEnum):
    """The shortcuts of the manifest."""

    ASK = "lantern:ask"
    INVITE = "lantern:invite_somebody"
    ASK_AUTHOR = "lantern:ask_author"
