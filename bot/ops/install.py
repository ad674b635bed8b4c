"""Installing the app in a browser: to Slack's page and back, and a token sealed in the database.

Slack's OAuth 2.0 (v2). Each end is a page that says in words what came of it; a page that says
that it did not work offers to begin again.
"""

import secrets
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final
from urllib.parse import urlencode, urljoin, urlsplit

import structlog
from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient

from bot.config import Settings
from bot.ops.install_page import HEADERS, page
from bot.ops.scopes import manifest_scopes
from bot.references import bound
from bot.services import consenting, installations, installing
from bot.services.context import Context
from bot.services.errors import RuleBroken
from bot.services.installations import is_invited
from bot.services.installing import Grant
from bot.slack.errors import Permanent, SlackError
from bot.slack.oauth import OAuth, lifetime
from bot.slack.templates import Templates

INSTALL: Final = "/slack/install"
REDIRECT: Final = "/slack/oauth_redirect"
COOKIE: Final = "lantern_install"

Handler = Callable[[web.Request], Awaitable[web.Response]]
log = structlog.get_logger("bot.install")


class Refused(Exception):
    """Slack did not give a token we can use."""


class Installing:
    """The two addresses. `client` carries no token; `templates` know the words."""

    def __init__(
        self, ctx: Context, settings: Settings, client: AsyncWebClient, templates: Templates
    ) -> None:
        self._ctx = ctx
        self._settings = settings
        self._oauth = OAuth(client, settings.client_id, settings.client_secret.get_secret_value())
        self._templates = templates

    def add_routes(self, app: web.Application) -> None:
        """Serve both."""
        app.router.add_get(INSTALL, self._told(self._begin), allow_head=False)
        app.router.add_get(REDIRECT, self._told(self._end), allow_head=False)

    def _told(self, handle: Handler) -> Handler:
        """Whatever goes wrong is told on a page."""

        async def handler(request: web.Request) -> web.Response:
            with bound() as reference:
                try:
                    return await handle(request)
                except RuleBroken as broken:
                    log.info("install_refused", why=broken.key)
                    return self._again(request, broken, 400)
                except Refused as refused:
                    log.warning("install_refused", why=str(refused))
                    return self._again(request, RuleBroken("install_refused"), 502)
                except SlackError as error:
                    log.warning("install_refused", why=str(error))
                    return self._again(request, RuleBroken("install_unreachable"), 503)
                except Exception as error:
                    log.error("fault", way="install", exc_info=error)
                    return self._again(request, RuleBroken("fault", reference=reference), 500)

        return handler

    async def _begin(self, request: web.Request) -> web.Response:
        """To Slack, with a state that only this browser may bring back."""
        browser = request.cookies.get(COOKIE) or secrets.token_urlsafe(32)
        state = await consenting.begin(self._ctx, browser=browser)
        query = {
            "client_id": self._settings.client_id,
            "scope": ",".join(sorted(manifest_scopes())),
            "redirect_uri": self._redirect_uri,
            "state": state,
        }
        where = urljoin(self._settings.api_url, "../oauth/v2/authorize")
        answer = web.Response(
            status=302, headers={**HEADERS, "Location": f"{where}?{urlencode(query)}"}
        )
        answer.set_cookie(
            COOKIE,
            browser,
            max_age=int(consenting.LIVES_FOR.total_seconds()),
            path=f"{self._below}/slack",
            secure=self._settings.public_url.startswith("https://"),
            httponly=True,
            samesite="Lax",  # Slack's redirect comes from elsewhere, by a plain link
        )
        return answer

    async def _end(self, request: web.Request) -> web.Response:
        """Back from Slack, with a code or with a no."""
        state, browser = request.query.get("state", ""), request.cookies.get(COOKIE, "")
        await consenting.take(self._ctx, state=state, browser=browser)
        if request.query.get("error") == "access_denied":
            return self._again(request, RuleBroken("install_cancelled"), 200)
        if "code" not in request.query:
            raise Refused(request.query.get("error", "no code")[:60])
        grant = await self._exchange(request.query["code"])
        if not is_invited(self._settings.invited, grant.slack_id, grant.enterprise_id):
            return await self._turn_away(request, grant)
        before = await installing.remember(self._ctx, grant=grant)
        log.info("installed", slack_id=grant.slack_id, is_org=grant.is_org, again=before)
        words = self._words(request)
        said = words.sentence("install_renewed") if before else words.sentence("install_done")
        where = f"https://slack.com/app_redirect?{urlencode(_to_app(grant))}"
        link = (where, words.sentence("install_open"))
        return page(said, status=200, language=words.language, link=link)

    async def _turn_away(self, request: web.Request, grant: Grant) -> web.Response:
        """Somebody may use another Lantern, and not this one: nothing stays there either.

        Where it was installed before it was asked who may, it goes on as it was.
        """
        log.warning(
            "install_refused",
            why="not in LANTERN_MAY_INSTALL",
            slack_id=grant.slack_id,
            enterprise_id=grant.enterprise_id,
        )
        standing = await installations.serving(
            self._ctx,
            team_id="" if grant.is_org else grant.slack_id,
            enterprise_id=grant.enterprise_id,
        )
        if not standing and not grant.is_org:
            try:
                await self._oauth.remove(grant.token)
            except SlackError as error:
                log.warning("install_not_undone", slack_id=grant.slack_id, why=str(error))
        return self._again(request, RuleBroken("install_not_invited"), 403)

    async def _exchange(self, code: str) -> Grant:
        """The code for a token. Raises Refused, and SlackError when Slack cannot be asked."""
        try:
            return read_grant(await self._oauth.exchange(code, self._redirect_uri))
        except Permanent as error:
            raise Refused(error.code) from None

    @property
    def _redirect_uri(self) -> str:
        return self._settings.public_url + REDIRECT

    @property
    def _below(self) -> str:
        """What a proxy has put before our addresses, as browsers know them; empty for nothing."""
        return urlsplit(self._settings.public_url).path

    def _again(self, request: web.Request, why: RuleBroken, status: int) -> web.Response:
        """Why it came to nothing, and a link to begin again."""
        words = self._words(request)
        link = (self._below + INSTALL, words.sentence("install_again"))
        said = words.sentence(why.key, **why.facts)
        return page(said, status=status, language=words.language, link=link)

    def _words(self, request: web.Request) -> Templates:
        """In the first language that the browser asks for, if we speak it."""
        wanted = request.headers.get("Accept-Language", "").split(",")[0].split(";")[0].strip()
        return self._templates.to(wanted) if wanted else self._templates


def read_grant(answer: Mapping[str, Any]) -> Grant:
    """What oauth.v2.access answered. Raises Refused for what is no bot token, or one that expires
    and cannot be renewed."""
    whole, enterprise = answer.get("is_enterprise_install"), answer.get("enterprise") or {}
    where: Mapping[str, Any] = (enterprise if whole else answer.get("team")) or {}
    token = str(answer.get("access_token") or "")
    if not where.get("id") or not token.removeprefix("xoxe.").startswith("xoxb-"):
        raise Refused("no bot token")
    expires_in, refresh_token = lifetime(answer), str(answer.get("refresh_token") or "") or None
    if (expires_in is None) != (refresh_token is None):
        raise Refused("half a pair of tokens")
    return Grant(
        slack_id=str(where["id"]),
        is_org=bool(whole),
        enterprise_id=str(enterprise.get("id") or ""),
        name=str(where.get("name") or ""),
        app_id=str(answer.get("app_id") or ""),
        bot_user_id=str(answer.get("bot_user_id") or ""),
        scopes=str(answer.get("scope") or ""),
        token=token,
        installed_by=str((answer.get("authed_user") or {}).get("id") or ""),
        refresh_token=refresh_token,
        expires_in=expires_in,
    )


def _to_app(grant: Grant) -> dict[str, str]:
    found = {"app": grant.app_id}
    return found if grant.is_org else found | {"team": grant.slack_id}
