"""Who may make or change the programme of a channel, and who can be a lead of one (2.1)."""

from pydantic import BaseModel
from sqlmodel import col, select

from bot.domain.errors import RuleBroken
from bot.domain.programmes import LEADS_MOST
from bot.services.access import lead_rows, may_lead, names_of
from bot.services.programmes.programme_form import ProgrammeForm
from bot.store.tables import Person, Programme
from bot.store.work import Work


class ChannelFacts(BaseModel, frozen=True):
    """What Slack says of the channel in which somebody speaks of a programme."""

    slack_id: str
    name: str = ""
    creator_slack_id: str = ""
    is_archived: bool = False
    is_member: bool = True  # Lantern is in it
    is_direct: bool = False  # a conversation of people, not a channel


async def entitled(work: Work, actor: Person, channel: ChannelFacts) -> Programme | None:
    """The channel's programme, if this person may change it; None if they may create it.

    Raises RuleBroken "not_a_channel", "channel_archived", "not_in_channel" (Lantern is not),
    "not_a_lead" (`leads`: who may), and "not_the_creator" (`creator`, as far as Lantern knows them)
    in a channel that has no programme yet.
    """
    if channel.is_direct or not channel.slack_id.startswith(("C", "G")):
        raise RuleBroken("not_a_channel")
    if channel.is_archived:
        raise RuleBroken("channel_archived")
    if not channel.is_member:
        raise RuleBroken("not_in_channel")
    row = await programme_in(work, actor.workspace_id, channel.slack_id)
    leads = await lead_rows(work, row.id) if row else []
    founds = actor.slack_id == channel.creator_slack_id and not leads
    if founds or may_lead(actor, leads):
        return row
    creator = await _by_slack_id(work, actor.workspace_id, channel.creator_slack_id)
    creators = [creator] if creator and _may_be_lead(creator) else []
    if row is None:
        raise RuleBroken("not_the_creator", creator=names_of(creators))
    raise RuleBroken("not_a_lead", leads=names_of(leads or creators))


async def programme_in(work: Work, workspace_id: int, channel: str) -> Programme | None:
    """The programme of a channel, by Slack's id."""
    statement = select(Programme).where(
        Programme.workspace_id == workspace_id, Programme.channel == channel
    )
    return (await work.session.execute(statement)).scalar_one_or_none()


async def _by_slack_id(work: Work, workspace_id: int, slack_id: str) -> Person | None:
    statement = select(Person).where(
        Person.workspace_id == workspace_id, Person.slack_id == slack_id
    )
    return (await work.session.execute(statement)).scalar_one_or_none()


async def first_leads(work: Work, actor: Person, channel: ChannelFacts | None) -> list[Person]:
    """The channel's creator, as far as Lantern knows them, and whoever makes the programme."""
    creator = channel.creator_slack_id if channel else ""
    found = await _by_slack_id(work, actor.workspace_id, creator) if creator else None
    first = [found] if found and _may_be_lead(found) else []
    return [*first, *([] if actor in first else [actor])]


def _may_be_lead(person: Person) -> bool:
    return not (person.is_bot or person.is_guest or person.is_deleted)


async def with_leads(
    work: Work, actor: Person, form: ProgrammeForm, first: list[Person]
) -> ProgrammeForm:
    """The form with leads who can be leads, each once; `first` are leads in any case."""
    ids = tuple(dict.fromkeys([*(lead.id for lead in first), *form.lead_ids]))
    if not ids:
        raise RuleBroken("no_leads", field="leads")
    if len(ids) > LEADS_MOST:
        raise RuleBroken("too_many_leads", field="leads", limit=LEADS_MOST)
    found = await work.session.execute(select(Person).where(col(Person.id).in_(ids)))
    people = {person.id: person for person in found.scalars()}
    for each in ids:
        person = people.get(each)
        if person is None or person.workspace_id != actor.workspace_id:
            raise RuleBroken("unknown_choice", field="leads")
        if not _may_be_lead(person):
            raise RuleBroken("lead_unfit", field="leads", name=person.name)
    return form.model_copy(update={"lead_ids": ids})
