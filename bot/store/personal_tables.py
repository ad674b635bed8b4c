"""Every table that holds something about a person, and what is sent and deleted of it.

Adding a table or a column that refers to a person, or a sealed column? Add it here: say which rows
are whose, who wrote the words in it, and what becomes of it when somebody is forgotten.
Then `python -m bot.ops.data_page > docs/data.md`.
"""

from typing import Any, Final

from sqlalchemy import ColumnElement, and_, or_, select
from sqlmodel import SQLModel, col

from bot.domain.states import ReferralState
from bot.store.personal import Fate, Held, Of, Words, table_of
from bot.store.tables import (
    ActionItem,
    Agenda,
    Agreement,
    Answer,
    Apart,
    Draft,
    Enrolment,
    Feedback,
    GoOn,
    Job,
    Lead,
    Match,
    Offer,
    PeopleImport,
    Person,
    Place,
    ProgrammeDraft,
    ProgrammeSeries,
    Referral,
    Relationship,
    Request,
    Round,
    RoundConstraint,
    RoundLeft,
    RoundPair,
    RoundReply,
    Session,
    SlotTick,
    TaskDone,
    ThankYou,
    Tick,
    Tie,
    TieReply,
)

_WAS_ASKED = (ReferralState.AGREED, ReferralState.ACCEPTED, ReferralState.DECLINED)


def _by(*columns: Any) -> Of:
    """Rows in which one of these columns is the person."""
    return lambda person_id: or_(*(col(column) == person_id for column in columns))


def _all_but(table: type[SQLModel], *shown: str) -> frozenset[str]:
    return frozenset(column.name for column in table_of(table).columns) - set(shown)


def sessions_of(person_id: int) -> Any:
    """The ids of the sessions that this person was part of, as a subquery."""
    return select(col(Session.id)).where(_IN_SESSION(person_id))


def relationships_of(person_id: int) -> Any:
    """The ids of the relationships that are this person's, as a subquery."""
    return select(col(Relationship.id)).where(_IN_RELATIONSHIP(person_id))


def requests_of(person_id: int) -> Any:
    """The ids of the requests that this person made, as a subquery."""
    return select(col(Request.id)).where(col(Request.mentee_id) == person_id)


def _session(column: Any) -> Of:
    return lambda person_id: col(column).in_(sessions_of(person_id))


def _learns(column: Any) -> Of:
    """The rows about sessions in which the person was the mentee."""
    return lambda person_id: col(column).in_(
        select(col(Session.id)).where(col(Session.mentee_id) == person_id)
    )


def _teaches(column: Any) -> Of:
    return lambda person_id: col(column).in_(
        select(col(Session.id)).where(col(Session.mentor_id) == person_id)
    )


def _thanked(person_id: int) -> ColumnElement[bool]:
    """Thank-yous to this person: to a mentor from who learned, to others from the mentor."""
    theirs = select(col(Session.id)).where(
        col(Session.id) == ThankYou.session_id,
        or_(
            col(Session.mentor_id) == person_id,
            and_(_IN_SESSION(person_id), col(Session.mentor_id) == ThankYou.from_id),
        ),
    )
    return and_(col(ThankYou.from_id) != person_id, theirs.exists())


def _declined(person_id: int) -> ColumnElement[bool]:
    """Offers that answered what this person asked of somebody by name: they were told the words."""
    by_name = select(col(Request.id)).where(
        col(Request.id) == Offer.request_id,
        col(Request.mentee_id) == person_id,
        col(Request.invited_id) == Offer.mentor_id,
    )
    return by_name.exists()


def _introduced(person_id: int) -> ColumnElement[bool]:
    """Referrals that this person knows of as the one who was named."""
    return and_(col(Referral.to_id) == person_id, col(Referral.state).in_(_WAS_ASKED))


def _and_more(first: Of, second: Of) -> Of:
    return lambda person_id: or_(first(person_id), second(person_id))


_IN_SESSION: Final = _by(Session.mentor_id, Session.mentee_id, Session.third_id)
_IN_RELATIONSHIP: Final = _by(Relationship.mentor_id, Relationship.mentee_id)
_OUT: Final = "It says nothing that counts, so it goes."
_COUNTED: Final = "It is counted; of whom it was, nothing is left."
_HISTORY: Final = "It is a partner’s history too; nothing in it says who you were."

PERSONAL: Final[tuple[Held, ...]] = (
    Held(
        Person,
        "you",
        _by(Person.id),
        ("manager_id",),
        Fate.NAMELESS,
        "Sessions and counts refer to somebody; that somebody has no name, no Slack id, nothing.",
        hides=frozenset({"dm_channel", "workspace_id", "forgotten_at"}),
        because="They are numbers that only machines read.",
        unlinks=("manager_id",),
        clears={
            **dict.fromkeys(("name", "title", "locale", "department", "location", "country"), ""),
            "booking_url": "",
            "zone": "UTC",
            "is_admin": False,
            "is_deleted": True,
            "seniority": None,
            "away_until": None,
            "languages": [],
            "windows": [],
            "silences": 0,
            "paused_at": None,
            "paused_until": None,
        },
    ),
    Held(
        Apart,
        "whom you would rather not be matched with",
        _by(Apart.person_id),
        ("person_id", "other_id"),
        Fate.DELETED,
        "A wish about somebody who is forgotten means nothing any more.",
        gone=_by(Apart.person_id, Apart.other_id),
    ),
    Held(
        Enrolment,
        "programmes you take part in",
        _by(Enrolment.person_id),
        ("person_id",),
        Fate.DELETED,
        "What you offered and sought goes whole.",
    ),
    Held(Lead, "programmes you lead", _by(Lead.person_id), ("person_id",), Fate.DELETED, _OUT),
    Held(
        ProgrammeDraft,
        "programme forms you began",
        _by(ProgrammeDraft.by_id),
        ("by_id",),
        Fate.DELETED,
        "A form that was on its way; the programme itself stays.",
    ),
    Held(
        PeopleImport,
        "lists of people you sent",
        _by(PeopleImport.by_id),
        ("by_id",),
        Fate.NAMELESS,
        "Its counts stay; rows that were not taken over yet are thrown away.",
        words=(
            Words("rows", _by(PeopleImport.by_id)),
            Words("problems", _by(PeopleImport.by_id)),
        ),
        hides=frozenset({"rows", "problems", "file"}),
        because="The rows are about other people; the file is in Slack, with you.",
        clears={"file": ""},
    ),
    Held(
        Draft,
        "words you sent me that waited for a choice",
        _by(Draft.person_id),
        ("person_id",),
        Fate.LAST,
        "The words go at once, the empty row with the message that asked about it.",
        words=(Words("text", _by(Draft.person_id)),),
    ),
    Held(
        Request,
        "requests you made, or that were put to you by name",
        _by(Request.mentee_id, Request.invited_id),
        ("mentee_id", "invited_id"),
        Fate.NAMELESS,
        "How many asked is a count; what you asked goes.",
        gone=_by(Request.mentee_id),
        words=tuple(
            Words(column, _by(Request.mentee_id), _by(Request.invited_id))
            for column in ("topic", "hoped_for", "questions")
        ),
        clears={"windows": [], "formats": []},
    ),
    Held(
        Offer,
        "requests that were put to you as a mentor",
        _and_more(_by(Offer.mentor_id), _declined),
        ("mentor_id",),
        Fate.NAMELESS,
        "It is counted how often somebody is asked; why you fitted, and what you answered, goes.",
        gone=lambda person_id: or_(
            col(Offer.mentor_id) == person_id, col(Offer.request_id).in_(requests_of(person_id))
        ),
        words=(Words("words", _by(Offer.mentor_id), _declined),),
        clears={"reasons": []},
    ),
    Held(
        Place,
        "your places as a mentor, month by month",
        _by(Place.mentor_id),
        ("mentor_id",),
        Fate.DELETED,
        "It only kept you from being asked too often.",
    ),
    Held(
        Match,
        "whom you were put together with",
        _by(Match.mentor_id, Match.mentee_id),
        ("mentor_id", "mentee_id"),
        Fate.NAMELESS,
        _HISTORY,
        clears={"reasons": []},
    ),
    Held(
        Referral,
        "introductions you were part of",
        _and_more(_by(Referral.from_id, Referral.for_id), _introduced),
        ("from_id", "to_id", "for_id"),
        Fate.NAMELESS,
        _HISTORY,
        gone=_by(Referral.from_id, Referral.to_id, Referral.for_id),
        words=(
            Words("words", _by(Referral.from_id), _and_more(_by(Referral.for_id), _introduced)),
        ),
        hides=frozenset({"channel"}),
        because="Slack’s number of a conversation says nothing.",
    ),
    Held(
        Session,
        "sessions",
        _IN_SESSION,
        ("mentor_id", "mentee_id", "third_id", "time_set_by_id", "cancelled_by_id"),
        Fate.NAMELESS,
        _HISTORY,
        words=(
            Words("place", _IN_SESSION),
            Words("cancel_reason", _by(Session.cancelled_by_id), _IN_SESSION),
        ),
        hides=frozenset({"group_channel", "match_id", "calendar_sequence", "plan"}),
        because="They are numbers that only machines read.",
        clears={"slots": []},
    ),
    Held(
        Tick,
        "what you ticked in your checklists",
        _by(Tick.person_id),
        ("person_id",),
        Fate.NAMELESS,
        "It is counted how many came prepared.",
    ),
    Held(
        SlotTick,
        "times you said would suit you",
        _by(SlotTick.person_id),
        ("person_id",),
        Fate.DELETED,
        _OUT,
    ),
    Held(
        Agenda,
        "agendas of your sessions",
        _session(Agenda.session_id),
        (),
        Fate.NAMELESS,
        "It is counted that there was one; your part of it goes, your partner’s is theirs.",
        words=(
            Words("content", _learns(Agenda.session_id), _session(Agenda.session_id)),
            Words("points", _teaches(Agenda.session_id), _session(Agenda.session_id)),
        ),
    ),
    Held(
        Answer,
        "whether a session took place, as you said",
        _by(Answer.person_id),
        ("person_id",),
        Fate.NAMELESS,
        _COUNTED,
    ),
    Held(
        ActionItem,
        "next steps of your sessions",
        lambda person_id: or_(
            col(ActionItem.session_id).in_(sessions_of(person_id)),
            col(ActionItem.owner_id) == person_id,
            col(ActionItem.author_id) == person_id,
        ),
        ("owner_id", "author_id"),
        Fate.NAMELESS,
        "Your own steps are emptied; those of your partner stay theirs, whoever wrote them down.",
        words=(
            Words(
                "text",
                _by(ActionItem.owner_id),
                _and_more(_by(ActionItem.author_id), _session(ActionItem.session_id)),
            ),
        ),
    ),
    Held(
        ThankYou,
        "thank-yous, from you and to you",
        _and_more(_by(ThankYou.from_id), _thanked),
        ("from_id",),
        Fate.NAMELESS,
        "That somebody was thanked is a count; the words you wrote go.",
        words=(Words("text", _by(ThankYou.from_id), _thanked),),
    ),
    Held(
        Feedback,
        "private feedback you gave",
        _by(Feedback.person_id),
        ("person_id",),
        Fate.NAMELESS,
        "The rating stays in the average, the sentence goes.",
        words=(Words("text", _by(Feedback.person_id)),),
    ),
    Held(
        GoOn,
        "whether you would go on, as you said",
        _by(GoOn.person_id),
        ("person_id",),
        Fate.NAMELESS,
        "That two went on is a count; what you wished for goes.",
        words=(Words("wishes", _by(GoOn.person_id)),),
    ),
    Held(
        Tie,
        "with whom you keep in touch",
        _by(Tie.first_id, Tie.second_id),
        ("first_id", "second_id", "mentor_id", "stopped_by_id"),
        Fate.NAMELESS,
        _HISTORY,
        hides=frozenset({"stopped_at", "stopped_by_id"}),
        because="Either may stop without the other knowing.",
    ),
    Held(
        TieReply,
        "what you answered about keeping in touch",
        _by(TieReply.person_id),
        ("person_id",),
        Fate.DELETED,
        _OUT,
    ),
    Held(
        Relationship,
        "formal relationships",
        _IN_RELATIONSHIP,
        ("mentor_id", "mentee_id", "asked_by_id", "ended_by_id"),
        Fate.NAMELESS,
        _HISTORY,
        words=(Words("gained", _IN_RELATIONSHIP, keyed=True),),
        hides=frozenset({"group_channel", "ended_by_id"}),
        because="Either may end it without a fault, and whoever did is not written on it.",
    ),
    Held(
        Agreement,
        "what you and a partner agreed",
        lambda person_id: col(Agreement.relationship_id).in_(relationships_of(person_id)),
        ("by_id",),
        Fate.NAMELESS,
        "Its words are of you both, and none can be told from the other’s, so they go.",
        words=(
            Words(
                "content",
                lambda person_id: col(Agreement.relationship_id).in_(relationships_of(person_id)),
            ),
        ),
    ),
    Held(
        TaskDone,
        "tasks you did",
        lambda person_id: col(TaskDone.relationship_id).in_(
            select(col(Relationship.id)).where(col(Relationship.mentee_id) == person_id)
        ),
        (),
        Fate.NAMELESS,
        "That a task was done is a count; your note to it goes.",
        words=(
            Words(
                "note",
                lambda person_id: col(TaskDone.relationship_id).in_(
                    select(col(Relationship.id)).where(col(Relationship.mentee_id) == person_id)
                ),
            ),
        ),
    ),
    Held(
        ProgrammeSeries,
        "series of tasks that you edited last",
        _by(ProgrammeSeries.by_id),
        ("by_id",),
        Fate.NAMELESS,
        "The series is the programme’s; that you edited it is no longer written there.",
        hides=frozenset({"content"}),
        because="It is the programme’s, and is shown with `/mentoring series`.",
    ),
    Held(
        Round,
        "rounds that you approved",
        _by(Round.approved_by_id),
        ("approved_by_id",),
        Fate.NAMELESS,
        "The round took place; who said yes to it is no longer written there.",
        hides=_all_but(Round, "id", "programme_id", "number", "due_on", "approved_at"),
        because="The rest is the plan for other people.",
        unlinks=("approved_by_id",),
    ),
    Held(
        RoundReply,
        "what you answered to the notice of a round",
        _by(RoundReply.person_id),
        ("person_id",),
        Fate.DELETED,
        _OUT,
    ),
    Held(
        RoundPair,
        "plans of rounds that you were in",
        _by(RoundPair.mentee_id, RoundPair.mentor_id, RoundPair.third_id),
        ("mentee_id", "mentor_id", "third_id"),
        Fate.NAMELESS,
        _HISTORY,
        hides=_all_but(RoundPair, "id", "round_id", "turn"),
        because="A plan is the leads’ until the introductions; after them, see your sessions.",
        clears={"reasons": []},
    ),
    Held(
        RoundConstraint,
        "rounds in which a lead said something of whom you meet",
        _by(RoundConstraint.mentee_id, RoundConstraint.mentor_id),
        ("mentee_id", "mentor_id", "by_id"),
        Fate.DELETED,
        "A choice about somebody who is forgotten means nothing any more.",
        hides=_all_but(RoundConstraint, "id", "round_id", "made_at"),
        because="It is a lead’s private choice, and about somebody else as well.",
    ),
    Held(
        RoundLeft,
        "rounds that found nobody for you",
        _by(RoundLeft.person_id),
        ("person_id",),
        Fate.NAMELESS,
        _COUNTED,
        clears={"areas": [], "counts": {}},
    ),
    Held(
        Job,
        "messages I sent you",
        lambda person_id: and_(col(Job.recipient_id) == person_id, col(Job.said_at).is_not(None)),
        ("recipient_id",),
        Fate.LAST,
        "Every message of mine to you is replaced by one line, then the row goes.",
        gone=_by(Job.recipient_id),
        hides=_all_but(Job, "id", "kind", "said_at", "session_id", "programme_id"),
        because="The rest is how I work; what the messages said is in the other lists.",
    ),
)
"""Every table that refers to a person or holds their words, in the order of the file."""
