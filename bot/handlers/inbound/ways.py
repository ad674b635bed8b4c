"""The ways things come in, and how each is answered when it cannot be done.

A command is answered where it was typed, a modal at its fields, a click and a message in the DM. An
event that could not be dealt with is left unacknowledged, so that Slack brings it again.
"""

import hashlib
import json
from abc import ABC, abstractmethod
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

from bot.handlers import beside
from bot.handlers.answers import Answer, FieldErrors, Reply, Unheard, first_input, has_input
from bot.handlers.desk import Desk
from bot.handlers.heard import read_metadata
from bot.services import notices
from bot.services.errors import AlreadyDone, RuleBroken
from bot.services.views import PersonView
from bot.slack.errors import PERSON_GONE, Permanent
from bot.slack.message import Message

Body = Mapping[str, Any]
LAST_RETRY = 3  # Slack delivers an event four times at most


@dataclass(slots=True)
class Inbound:
    """What came in. `retry` counts Slack's own tries again.

    Its desk speaks the installation's language until it is known who it came from (`heard_from`).
    """

    desk: Desk
    body: Body
    retry: int = 0

    def heard_from(self, person: PersonView) -> None:
        """It came from this person: from now on they are answered in their language."""
        self.desk = self.desk.to(person.locale)


class Way(ABC):
    """One way in."""

    name: str

    @abstractmethod
    def speaker(self, body: Body) -> str:
        """The Slack id of whoever did it."""

    @abstractmethod
    def receipt(self, body: Body) -> str | None:
        """The key under which it counts once; None where doing it twice does no harm."""

    def mark(self, body: Body) -> str | None:
        """What is the same when Slack brings one and the same thing again; None where it cannot be
        told, or the receipt is enough."""
        if not body.get("trigger_id"):
            return None
        whole = json.dumps(body, sort_keys=True, default=str)
        return hashlib.sha256(whole.encode(errors="replace")).hexdigest()

    def again(self, inbound: Inbound) -> Answer:
        """It was dealt with before, and nobody here knows any more what was answered."""
        return Answer()

    @abstractmethod
    async def refuse(self, inbound: Inbound, error: RuleBroken, person_id: int | None) -> Answer:
        """A rule said no."""

    @abstractmethod
    def later(self, inbound: Inbound) -> Answer:
        """It could not be done for now, and nothing was lost."""

    @abstractmethod
    def fault(self, inbound: Inbound, reference: str) -> Answer:
        """Something is wrong with Lantern; the log has the same reference."""

    def say(self, inbound: Inbound, message: Message) -> Answer:
        """Say it in the DM, behind the acknowledgement."""
        desk = inbound.desk
        desk.flight.start(_say(desk, self.speaker(inbound.body), message))
        return Answer()


class Command(Way):
    """A slash command."""

    name = "command"

    def speaker(self, body: Body) -> str:
        return str(body["user_id"])

    def receipt(self, body: Body) -> str | None:
        return f"command:{body['trigger_id']}" if body.get("trigger_id") else None

    def again(self, inbound: Inbound) -> Answer:
        return Reply(inbound.desk.refusal("came_twice"))

    async def refuse(self, inbound: Inbound, error: RuleBroken, person_id: int | None) -> Answer:
        return Reply(inbound.desk.refusal(error.key, **error.facts))

    def later(self, inbound: Inbound) -> Answer:
        return Reply(inbound.desk.refusal("busy"))

    def fault(self, inbound: Inbound, reference: str) -> Answer:
        return Reply(inbound.desk.templates.message("fault", reference=reference))


class Click(Way):
    """A button, a tick box, a menu; and a shortcut, which is a click too."""

    name = "click"

    def speaker(self, body: Body) -> str:
        return str(body["user"]["id"])

    def receipt(self, body: Body) -> str | None:
        """Each press has a trigger of its own. It is noted where the same twice would be too much
        (two files, a count of two); most of what is pressed is a state that can only be reached
        once."""
        return f"click:{body['trigger_id']}" if body.get("trigger_id") else None

    async def refuse(self, inbound: Inbound, error: RuleBroken, person_id: int | None) -> Answer:
        if person_id is None and beside.is_among_others(inbound.body):
            who, desk = self.speaker(inbound.body), inbound.desk
            desk.flight.start(beside.turn_away(desk, inbound.body, who, error))
            return Answer()
        if person_id is None:
            return self.say(inbound, inbound.desk.refusal(error.key, **error.facts))
        if error.facts and beside.is_among_others(inbound.body):
            who, desk = self.speaker(inbound.body), inbound.desk
            desk.flight.start(beside.show(desk, inbound.body, who, person_id, error))
        else:
            key = notices.note_of(error.key, error.facts)
            await notices.tell(inbound.desk.ctx, person_id=person_id, key=key)
        return Answer()

    def later(self, inbound: Inbound) -> Answer:
        return self.say(inbound, inbound.desk.refusal("busy"))

    def fault(self, inbound: Inbound, reference: str) -> Answer:
        return self.say(inbound, inbound.desk.templates.message("fault", reference=reference))


class Submission(Click):
    """A submitted modal: what was typed stays in it until it is saved."""

    name = "submission"

    def receipt(self, body: Body) -> str | None:
        token = read_metadata(body["view"]).get("token")
        return f"modal:{token}" if token else None

    async def refuse(self, inbound: Inbound, error: RuleBroken, person_id: int | None) -> Answer:
        view, field = inbound.body["view"], error.field
        block = field if field and has_input(view, field) else first_input(view)
        if block is None:
            return await super().refuse(inbound, error, person_id)
        return FieldErrors({block: inbound.desk.sentence(error.key, **error.facts)})

    def later(self, inbound: Inbound) -> Answer:
        block = first_input(inbound.body["view"])
        if block is None:
            return super().later(inbound)
        return FieldErrors({block: inbound.desk.sentence("busy")})

    def fault(self, inbound: Inbound, reference: str) -> Answer:
        block = first_input(inbound.body["view"])
        if block is None:
            return super().fault(inbound, reference)
        return FieldErrors({block: inbound.desk.sentence("fault", reference=reference)})


class Event(Click):
    """Something that happened in Slack without anybody waiting for an answer."""

    name = "event"

    def mark(self, body: Body) -> str | None:
        return None

    def speaker(self, body: Body) -> str:
        user = body["event"]["user"]
        return str(user["id"] if isinstance(user, Mapping) else user)

    def receipt(self, body: Body) -> str | None:
        return f"event:{body['event_id']}" if body.get("event_id") else None

    async def refuse(self, inbound: Inbound, error: RuleBroken, person_id: int | None) -> Answer:
        return Answer()

    def later(self, inbound: Inbound) -> Answer:
        return Unheard()

    def fault(self, inbound: Inbound, reference: str) -> Answer:
        return Answer()


class Words(Event):
    """Something said to Lantern in its DM: a person waits for an answer."""

    name = "words"

    def speaker(self, body: Body) -> str:
        event = body["event"]
        return str(event.get("user") or event["message"]["user"])

    async def refuse(self, inbound: Inbound, error: RuleBroken, person_id: int | None) -> Answer:
        if person_id is None:
            return await Click.refuse(self, inbound, error, person_id)
        ctx, receipt = inbound.desk.ctx, self.receipt(inbound.body)
        with suppress(AlreadyDone):  # delivered twice, and refused once
            await notices.tell(ctx, person_id=person_id, key=error.key, receipt=receipt)
        return Answer()

    def later(self, inbound: Inbound) -> Answer:
        if inbound.retry < LAST_RETRY:
            return Unheard()
        return self.say(inbound, inbound.desk.refusal("busy"))

    def fault(self, inbound: Inbound, reference: str) -> Answer:
        return Click.fault(self, inbound, reference)


async def _say(desk: Desk, slack_id: str, message: Message) -> None:
    """Say it, unless there is nobody any more, or nobody of ours, to say it to."""
    try:
        await desk.say(slack_id, message)
    except Permanent as error:
        if error.code not in PERSON_GONE:
            raise


COMMAND: Final = Command()
CLICK: Final = Click()
SUBMISSION: Final = Submission()
EVENT: Final = Event()
WORDS: Final = Words()
