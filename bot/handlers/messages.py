"""What people say to Lantern in its DM, in words of their own."""

from bot.handlers import said
from bot.handlers.answers import Answer
from bot.handlers.heard import Heard
from bot.handlers.said import Sort
from bot.services import notices, people
from bot.services.sessions import words


async def message(heard: Heard) -> Answer:
    """Words are read, an edit or a file is answered with a sentence; nobody meets silence."""
    event = heard.body["event"]
    heard_words = said.read(event, heard.desk.bot_user_id)
    await _remember_dm(heard, str(event.get("channel") or ""))
    if heard_words.sort is Sort.EDIT:
        return await _tell(heard, "edit_not_read")
    if heard_words.sort is Sort.FILE:
        return await _tell(heard, "file_not_read")
    text = said.plain(heard_words.text, await _names(heard, heard_words.text))
    await words.take_words(
        heard.ctx,
        actor_id=heard.person.id,
        text=text,
        thread_ts=heard_words.thread_ts,
        receipt=heard.receipt,
    )
    if heard_words.has_file:
        # A receipt of its own: the words above have used the event's.
        await notices.tell(
            heard.ctx,
            person_id=heard.person.id,
            key="file_not_read",
            receipt=f"{heard.receipt}:file",
        )
    return Answer()


async def _tell(heard: Heard, key: str) -> Answer:
    await notices.tell(heard.ctx, person_id=heard.person.id, key=key, receipt=heard.receipt)
    return Answer()


async def _remember_dm(heard: Heard, channel: str) -> None:
    if channel and heard.person.dm_channel != channel:
        await people.remember_dm(heard.ctx, person_id=heard.person.id, channel=channel)


async def _names(heard: Heard, text: str) -> dict[str, str]:
    """The names of the people mentioned, as far as Lantern has met them."""
    names = {}
    for slack_id in said.named(text):
        person = await people.known_person(heard.ctx, team_id=heard.desk.team_id, slack_id=slack_id)
        if person is not None:
            names[slack_id] = person.name
    return names
