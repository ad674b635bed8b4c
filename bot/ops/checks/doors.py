"""Of many workspaces: whether each still lets us in, and lets us do enough."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.config import Settings, variable
from bot.ops.checks import Wrong
from bot.ops.install import INSTALL
from bot.ops.scopes import manifest_scopes
from bot.services import installations as installed
from bot.services.context import Context
from bot.services.installations import Installed
from bot.slack.errors import Permanent, SlackError
from bot.slack.gateway import Gateway, new_client

MOST_TEAMS = 50


@dataclass(slots=True)
class _Found:
    """The workspaces that something is amiss with, by name."""

    refused: list[str] = field(default_factory=list)
    unheard: list[str] = field(default_factory=list)
    short: list[str] = field(default_factory=list)
    expired: list[str] = field(default_factory=list)
    uninvited: list[str] = field(default_factory=list)


async def installations(settings: Settings, ctx: Context) -> str:
    """Asks Slack for each; a token that has expired is left to whoever renews it."""
    settings.need_many()
    standing = await installed.standing(ctx)
    found, lost = _Found(), await installed.not_renewable(ctx)
    found.uninvited = [
        each.name or each.slack_id
        for each in standing
        if not installed.is_invited(settings.invited, each.slack_id, each.enterprise_id)
    ]
    for each in standing[:MOST_TEAMS]:
        if each.expires_at is None or each.expires_at > ctx.clock.wall():
            await _ask(settings, each, found)
        elif (each.name or each.slack_id) not in lost:
            found.expired.append(each.name or each.slack_id)
    where = settings.public_url + INSTALL
    if amiss := list(_told(found, lost, min(len(standing), MOST_TEAMS), where)):
        raise Wrong(" ".join(amiss))
    who = "only those of the list may" if settings.invited else "whoever has the address may"
    return f"{len(standing)} workspaces have installed it; {who}."


def _told(found: _Found, lost: list[str], looked_at: int, where: str) -> Iterator[str]:
    """A sentence for each thing that is amiss; `where` is the address of an installation."""
    if found.refused or found.short:
        yield (
            f"of {looked_at} looked at, {_some(found.refused)} are refused by Slack and "
            f"{_some(found.short)} lack a scope of manifest.yml: an admin there has to install the "
            f"app again at {where}."
        )
    if found.unheard:
        yield f"Slack cannot be reached for {_some(found.unheard)}: look at the network first."
    if lost:
        yield (
            f"Slack will not renew the token of {_some(lost)}: an admin there has to install the "
            f"app again at {where}, at best before the token expires (docs/install.md)."
        )
    if found.expired:
        yield (
            f"the tokens of {_some(found.expired)} have expired and were not renewed: is Lantern "
            "running? If it is, look in the log for token_not_renewed."
        )
    if found.uninvited:
        yield (
            f"{_some(found.uninvited)} have installed it and are not in {variable('may_install')}: "
            "put them in, or ask an admin there to remove it; until then they are served."
        )


async def _ask(settings: Settings, each: Installed, found: _Found) -> None:
    try:
        identity = await Gateway(new_client(each.token, settings.api_url)).whoami()
    except Permanent:
        found.refused.append(each.name or each.slack_id)
        return
    except SlackError:
        found.unheard.append(each.name or each.slack_id)
        return
    if identity.scopes and manifest_scopes() - identity.scopes:
        found.short.append(each.name or each.slack_id)


def _some(names: list[str]) -> str:
    """How many, and the first few by name."""
    return f"{len(names)} ({', '.join(names[:5])})" if names else "0"
