"""Tokens that expire: a new one before it happens, and one in place of one that did.

One process of any number asks Slack, because a refresh token is good once
(docs/decisions/013-many-workspaces.md). The others find the new token in the database.
"""

import asyncio
from collections.abc import Coroutine
from datetime import timedelta
from functools import partial
from typing import Any, Final, Protocol

import structlog

from bot.services import renewing
from bot.services.context import Context
from bot.services.renewing import Renewable
from bot.slack.errors import Permanent, SlackError, Transient
from bot.slack.oauth import Renewed

AT_ONCE: Final = 20  # renewed in one go, so that stopping need not wait for long
LOOK_EVERY: Final = 0.2  # real seconds, while another process asks Slack
LOOKS: Final = 25
TRIES: Final = 5  # to write a new token down
AFTER_A_FAILURE: Final = timedelta(seconds=5)
AFTER_A_REFUSAL: Final = timedelta(minutes=1)
FOR_GOOD: Final = frozenset({"account_inactive", "invalid_refresh_token", "token_revoked"})

log = structlog.get_logger("bot.renewal")


class Refreshes(Protocol):
    """The part of `bot.slack.oauth.OAuth` that renews."""

    async def refresh(self, refresh_token: str) -> Renewed: ...


class Renewal:
    """Renews the tokens of all installations, each once at a time in this process."""

    def __init__(self, ctx: Context, oauth: Refreshes) -> None:
        self._ctx = ctx
        self._oauth = oauth
        self._under_way: dict[tuple[int, str], asyncio.Task[str | None]] = {}
        # Slack gave it and the database did not take it: no other process can have it again.
        self._unsaved: dict[tuple[int, int], Renewed] = {}

    async def instead_of(self, installation_id: int, expired: str) -> str | None:
        """The token to use where `expired` was refused as such; None when there will be none.

        Raises Transient when there is none yet. Whoever gives up waiting stops nothing.
        """
        key = (installation_id, expired)
        return await self._one(key, self._replace(installation_id, expired))

    async def renew_due(self) -> None:
        """Renew the tokens that will expire soon. What fails is logged, and tried again."""
        for held in await renewing.due(self._ctx, limit=AT_ONCE):
            try:
                await self._one((held.id, "due"), self._renew_if_free(held))
            except SlackError:
                continue  # it was logged where it happened
            except Exception as error:
                log.error("token_not_renewed", installation=held.id, exc_info=error)

    async def close(self) -> None:
        """Return when no refresh token is on its way any more."""
        await asyncio.gather(*self._under_way.values(), return_exceptions=True)

    async def _one(self, key: tuple[int, str], work: Coroutine[Any, Any, str | None]) -> str | None:
        """`work`, or the same that is under way already."""
        task = self._under_way.get(key)
        if task is None:
            task = self._under_way[key] = asyncio.create_task(work)
            task.add_done_callback(lambda done: self._landed(key, done))
        else:
            work.close()
        # A call that is given up must not take a refresh token with it that was just used.
        return await asyncio.shield(task)

    def _landed(self, key: tuple[int, str], task: asyncio.Task[str | None]) -> None:
        self._under_way.pop(key, None)
        if not task.cancelled():
            task.exception()  # whoever still waits gets it

    async def _replace(self, installation_id: int, expired: str) -> str | None:
        for _ in range(LOOKS):
            held = await renewing.find(self._ctx, installation_id=installation_id)
            if held is None or held.refresh_token is None or held.token != expired:
                return None if held is None or held.token == expired else held.token
            if await renewing.claim(self._ctx, held):
                return await self._renew(held)
            await asyncio.sleep(LOOK_EVERY)
        raise Transient("token_expired")

    async def _renew_if_free(self, held: Renewable) -> str | None:
        return await self._renew(held) if await renewing.claim(self._ctx, held) else None

    async def _renew(self, held: Renewable) -> str | None:
        """Use the refresh token, whose lease is ours. Raises Transient for what may yet work."""
        assert held.refresh_token is not None
        key = (held.id, held.version)
        try:
            new = self._unsaved.get(key) or await self._oauth.refresh(held.refresh_token)
        except Permanent as error:
            if error.code in FOR_GOOD:
                return await self._give_up(held, error.code)
            raise await self._put_off(held, error) from None
        except SlackError as error:
            raise await self._put_off(held, error) from None
        self._unsaved[key] = new
        is_kept = await self._keep(held, new)
        del self._unsaved[key]
        log.info("token_renewed", installation=held.id, kept=is_kept)
        return new.token if is_kept else await self._other_than(held)

    async def _keep(self, held: Renewable, new: Renewed) -> bool:
        """Write the new token down; a database that is busy just now is asked again."""
        keep = partial(
            renewing.renewed,
            self._ctx,
            held,
            token=new.token,
            refresh_token=new.refresh_token,
            expires_in=new.expires_in,
        )
        for _ in range(TRIES - 1):
            try:
                return await keep()
            except Exception as error:  # noqa: BLE001 - whatever it is, nobody else has the token
                log.warning("token_not_kept", installation=held.id, error=type(error).__name__)
                await asyncio.sleep(LOOK_EVERY)
        return await keep()

    async def _give_up(self, held: Renewable, code: str) -> str | None:
        """The token there is works until it expires; then the workspace has to install anew."""
        if await renewing.refused(self._ctx, held, why=code):
            log.error("token_not_renewable", installation=held.id, of=held.slack_id, why=code)
        return await self._other_than(held)

    async def _put_off(self, held: Renewable, error: SlackError) -> Transient:
        """A refusal that may be ours to mend, or Slack's bad day: the same will be tried again."""
        is_ours = isinstance(error, Permanent)
        named = timedelta(seconds=getattr(error, "retry_after", None) or 0)
        wait = named or (AFTER_A_REFUSAL if is_ours else AFTER_A_FAILURE)
        say = log.error if is_ours else log.warning
        say("token_not_renewed", installation=held.id, why=str(error))
        await renewing.put_off(self._ctx, held, wait=wait)
        return Transient("token_expired", wait.total_seconds())

    async def _other_than(self, held: Renewable) -> str | None:
        now = await renewing.find(self._ctx, installation_id=held.id)
        return None if now is None or now.token == held.token else now.token
