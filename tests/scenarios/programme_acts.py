"""What leads and members of a programme do again and again, with the words on their screens."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from bot.sandbox.people import PersonSpec
from bot.sandbox.screen.seen import Seen
from tests.support.company import Company

NAME = "Circle"
CHANNEL = "circle"
NOTICE = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)  # Wednesday, one working day ahead
RUN = datetime(2026, 11, 26, 10, 0, tzinfo=UTC)  # Thursday, the round's hour in London
MENTOR, MENTEE = "Mentor: I help others", "Mentee: I would like help"
DESIGN, DATA, HIRING = "Design and research", "Data and analysis", "Hiring"

LEADS = (
    PersonSpec("lea", "Lea Lang", title="Head of People"),
    PersonSpec("pia", "Pia Park", title="People Partner"),
)


def people(*handles: str, tz: str = "Europe/London", **facts: Any) -> tuple[PersonSpec, ...]:
    """Colleagues named after their handles: "max" is called Max."""
    return tuple(PersonSpec(each, each.capitalize(), tz=tz, **facts) for each in handles)


async def channel_of(
    company: Company, *handles: str, lead: str = "lea", name: str = CHANNEL, app: bool = True
) -> str:
    """A channel that `lead` made, with these people and Lantern in it; its name."""
    invited = (*handles, *((company.workspace.bot_user_id,) if app else ()))
    await company[lead].creates_channel(name)
    for handle in invited:
        await company[lead].invites(handle, name)
    await company.settle()
    return name


async def previews(
    company: Company,
    lead: str = "lea",
    *,
    every: str = "Every week",
    day: str = "Thursday",
    name: str = CHANNEL,
    rules: Mapping[str, Any] | None = None,
    **answers: Any,
) -> None:
    """A lead fills in the form in the channel, and looks at its preview; `rules` by label."""
    person = company[lead]
    await person.types("/mentoring programme", name)
    await person.reads("Nothing is posted yet", where="modal")
    if every != "Every four weeks":
        await person.picks("How often I bring people together", every)
        await company.settle()
    if every not in ("On request only", "Every month"):
        answers = {"Day of the week": day, **answers}
    typed = {label.replace("_", " "): answer for label, answer in answers.items()}
    await person.fills({"Name": NAME, **typed}, submit=True)
    await company.settle()
    await person.reads("Nothing is posted before you say so.", where="modal")
    if rules is not None:
        await person.clicks("Rules and hours")
        await person.reads("All of this is set sensibly already.", where="modal")
        await person.fills(rules, submit=True)
        await company.settle()


async def makes_programme(
    company: Company,
    *handles: str,
    lead: str = "lea",
    name: str = CHANNEL,
    rules: Mapping[str, Any] | None = None,
    **answers: Any,
) -> Seen:
    """A channel, its programme (every Thursday at 10 in London) and its card, which is returned."""
    if not any(c.name == name for c in company.workspace.conversations.values()):
        await channel_of(company, *handles, lead=lead, name=name)
    await previews(company, lead, name=name, rules=rules, **answers)
    await company[lead].clicks("Post it")
    await company.settle()
    assert company[lead].modal is None, company[lead].modal
    return await company[lead].reads("Joining takes two minutes", where=f"#{name}")


async def joins(
    company: Company,
    handle: str,
    *,
    roles: Sequence[str] | None = (MENTEE,),
    offers: Sequence[str] = (),
    seeks: Sequence[str] = (),
    name: str = CHANNEL,
    **answers: Any,
) -> None:
    """Somebody presses Join in the channel and sends the form; no `roles` among peers."""
    person = company[handle]
    if not any(s.where == f"#{name}" for s in person.screen()):
        await person.joins(name)
    await person.clicks("Join", in_message="Joining takes two minutes")
    await person.reads("brings together people who fit", where="modal")
    typed = {label.replace("_", " "): answer for label, answer in answers.items()}
    if roles is not None:
        typed["I take part as"] = list(roles)
    typed["What I can help with"] = list(offers) or None
    typed["What I would like to talk about"] = list(seeks) or None
    await person.fills(typed, submit=True)
    await company.settle()
    assert person.modal is None, person.modal


async def mentors(company: Company, handles: Iterable[str], *areas: str, **answers: Any) -> None:
    """These people join as mentors who offer these areas."""
    for handle in handles:
        await joins(company, handle, roles=(MENTOR,), offers=areas or (DESIGN,), **answers)


async def mentees(company: Company, handles: Iterable[str], *areas: str, **answers: Any) -> None:
    """These people join as mentees who seek these areas."""
    for handle in handles:
        await joins(company, handle, roles=(MENTEE,), seeks=areas or (DESIGN,), **answers)


def card(company: Company, lead: str = "lea", fragment: str = "Round 1") -> Seen:
    """The leads' newest card of a round, as it is now."""
    found = [s for s in _from_lantern(company, lead) if s.has(fragment) and _is_card(s)]
    assert found, [str(s) for s in company[lead].screen()]
    return found[-1]


def thread(company: Company, lead: str = "lea", fragment: str = "Round 1") -> list[str]:
    """What stands below that card: the pairs, then who is left out."""
    root = card(company, lead, fragment)
    below = [s for s in _from_lantern(company, lead) if s.thread_ts == root.ts and s.ts != root.ts]
    return [s.text for s in sorted(below, key=lambda s: s.ts)]


def pairs_in(company: Company, lead: str = "lea") -> set[tuple[str, str]]:
    """Mentee and mentor of every pair in the newest list of a plan, by first names."""
    lists = [
        s
        for s in _from_lantern(company, lead)
        if s.text.startswith("Who meets whom") and s.thread_ts != s.ts
    ]
    lines = max(lists, key=lambda s: s.ts).text.splitlines() if lists else []
    found = (line.split("·")[0].split(" – ") for line in lines if line.startswith("@"))
    return {(_plain(two[0]), _plain(two[1])) for two in found if len(two) == 2}


async def approves(company: Company, lead: str = "lea") -> None:
    """A lead says yes to the plan, and everything that follows at once has happened."""
    await company[lead].clicks("Approve", in_message="the same seed on the same data")
    await company.settle()


def partners(company: Company, handle: str) -> set[str]:
    """Everybody, by first name, with whom this person shares an introduction."""
    mine, users = company[handle], company.workspace.users
    rooms = {s.channel for s in mine.screen("group") if s.has("together, ") and s.has("meet")}
    return {
        users[one].name.split()[0]
        for room in rooms
        for one in company.workspace.conversations[room].members
        if one not in (mine.id, company.workspace.bot_user_id)
    }


def to_her_alone(company: Company, handle: str, fragment: str = "") -> list[str]:
    """What Lantern said in the direct messages of one person, oldest first."""
    return [s.text for s in _from_lantern(company, handle) if s.where == "dm" and s.has(fragment)]


def _from_lantern(company: Company, handle: str) -> list[Seen]:
    return [s for s in company[handle].screen() if s.author == "Lantern"]


def _is_card(seen: Seen) -> bool:
    return not seen.ephemeral and seen.where in ("dm", "group") and seen.thread_ts in ("", seen.ts)


def _plain(mention: str) -> str:
    return mention.strip().removeprefix("@").split()[0]
