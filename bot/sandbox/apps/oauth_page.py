"""/oauth/v2/authorize: the page on which somebody allows an app, or does not."""

from html import escape
from typing import Final
from urllib.parse import urlencode, urlsplit, urlunsplit

from aiohttp import web

from bot.sandbox.apps.shared_app import SharedApp
from bot.sandbox.workspace import Workspace

PATH: Final = "/oauth/v2/authorize"
_PAGE = """<!DOCTYPE html>
<html lang="en"><head><title>{title}</title></head>
<body><h1>{title}</h1>{body}</body></html>
"""
_FORM = """<p>It will be able to: {scopes}.</p>
<form method="post">
<label>Workspace <select name="team">{teams}</select></label>
<button name="choice" value="allow">Allow</button>
<button name="choice" value="cancel">Cancel</button>
</form>"""


class OAuthPage:
    """The page for one app. The query of the link that led there stays in the address."""

    def __init__(self, app: SharedApp) -> None:
        self._app = app

    def add_routes(self, site: web.Application) -> None:
        """Serve it."""
        site.router.add_get(PATH, self._show)
        site.router.add_post(PATH, self._choose)

    async def _show(self, request: web.Request) -> web.Response:
        if trouble := self._trouble(request):
            return _page("Something went wrong", f"<p>{trouble}</p>", 400)
        name = escape(self._app.teams[0].manifest.app_name)
        scopes = escape(request.query["scope"].replace(",", ", "))
        teams = "".join(self._options())
        title = f"{name} wants to be installed"
        return _page(title, _FORM.format(scopes=scopes, teams=teams), 200)

    async def _choose(self, request: web.Request) -> web.Response:
        """`team` is a team's id, or an organisation's for all of its teams; `user` may name who
        it is (a handle), otherwise it is the first person there is."""
        if trouble := self._trouble(request):
            return _page("Something went wrong", f"<p>{trouble}</p>", 400)
        form = await request.post()
        uri = request.query["redirect_uri"]
        if form.get("choice") != "allow":
            return _back(request, uri, error="access_denied")
        team, whole_org = self._chosen(str(form.get("team") or ""))
        user = team.user(str(form.get("user"))) if form.get("user") else team.people[0]
        scopes = request.query["scope"]
        code = self._app.issue(team, user.id, uri, scopes, whole_org=whole_org)
        return _back(request, uri, code=code)

    def _trouble(self, request: web.Request) -> str:
        if request.query.get("client_id") != self._app.client_id:
            return "invalid_client_id"
        if not self._app.may_return_to(request.query.get("redirect_uri", "")):
            return "bad_redirect_uri"
        asked = {scope for scope in request.query.get("scope", "").split(",") if scope}
        if not asked:
            return "no_scopes"
        return "" if asked <= self._app.teams[0].manifest.scopes else "invalid_scope"

    def _options(self) -> list[str]:
        found = {team.team_id: team.name for team in self._app.teams}
        for team in self._app.teams:
            if team.organisation is not None:
                found[team.organisation.id] = f"{team.organisation.name} (all of it)"
        return [f'<option value="{key}">{escape(name)}</option>' for key, name in found.items()]

    def _chosen(self, slack_id: str) -> tuple[Workspace, bool]:
        for team in self._app.teams:
            if team.organisation is not None and team.organisation.id == slack_id:
                return team, True
        try:
            return self._app.team(slack_id), False
        except KeyError:
            raise web.HTTPBadRequest(text="team_not_found") from None


def _page(title: str, body: str, status: int) -> web.Response:
    html = _PAGE.format(title=title, body=body)
    return web.Response(text=html, status=status, content_type="text/html")


def _back(request: web.Request, uri: str, **brings: str) -> web.Response:
    parts = urlsplit(uri)
    query = urlencode(brings | {"state": request.query.get("state", "")})
    raise web.HTTPFound(urlunsplit(parts._replace(query=query)))
