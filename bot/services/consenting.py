"""Installations that were begun in a browser, until Slack sends that browser back.

The state that goes through Slack is good once, for ten minutes, and in the browser it was given to:
otherwise somebody could be led into installing what another began. Of state and cookie only hashes
are kept.
"""

import hashlib
import secrets
from datetime import timedelta

from sqlalchemy import delete
from sqlmodel import col, func, select

from bot.domain.errors import RuleBroken
from bot.services.context import Context
from bot.store.tables import OAuthState

LIVES_FOR = timedelta(minutes=10)  # real time
TOLD_FOR = timedelta(days=1)
"""How long one that ran out is known as such."""
MOST_WAITING = 2000
"""Anybody may begin; more than this at once is nobody installing."""


async def begin(ctx: Context, *, browser: str) -> str:
    """A new state for the browser with this cookie. Raises RuleBroken "install_crowded"."""
    state, wall = secrets.token_urlsafe(32), ctx.clock.wall()
    async with ctx.db.work() as work:
        await work.session.execute(
            delete(OAuthState).where(col(OAuthState.expires_at) < wall - TOLD_FOR)
        )
        waiting = select(func.count()).where(col(OAuthState.expires_at) > wall)
        if (await work.session.execute(waiting)).scalar_one() >= MOST_WAITING:
            raise RuleBroken("install_crowded")
        row = OAuthState(
            state_hash=_hash(state), browser_hash=_hash(browser), expires_at=wall + LIVES_FOR
        )
        work.session.add(row)
        await work.commit()
    return state


async def take(ctx: Context, *, state: str, browser: str) -> None:
    """Use a state up, whatever comes of it.

    Raises RuleBroken "install_unknown" (used before, or none of ours), "install_expired", or
    "install_elsewhere" for one that was given to another browser.
    """
    used = (
        delete(OAuthState)
        .where(col(OAuthState.state_hash) == _hash(state))
        .returning(col(OAuthState.browser_hash), col(OAuthState.expires_at))
    )
    async with ctx.db.work() as work:
        row = (await work.session.execute(used)).first()
        await work.commit()
    if row is None:
        raise RuleBroken("install_unknown")
    if not browser or not secrets.compare_digest(row[0], _hash(browser)):
        raise RuleBroken("install_elsewhere")
    if row[1] <= ctx.clock.wall():
        raise RuleBroken("install_expired")


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
