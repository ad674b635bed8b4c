"""Who may talk to the page's own API: the page itself, on this machine's own address, alone.

The API acts as anyone, without a password. So a page from elsewhere must not reach it: neither by a
cross-site request (Origin, Sec-Fetch-Site, a header that forms cannot send) nor by a name that is
made to point here (a Host that is neither localhost nor a plain IP address).
"""

import ipaddress
from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.sandbox.screen.allowed import Refused

SLACKS_OWN = ("/api/", "/hooks/", "/upload/", "/files/", "/link", "/oauth/")
OUR_HEADER = "X-Local-Workspace"
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse strangers, and turn what Slack's client would refuse into a sentence."""
    if request.path.startswith(SLACKS_OWN):
        return await handler(request)
    if not (_local(request.host) and _same_origin(request)):
        return web.json_response({"error": "only the page itself may ask this"}, status=403)
    try:
        return await handler(request)
    except Refused as refused:
        return web.json_response({"error": str(refused)}, status=409)
    except LookupError:
        return web.json_response({"error": "that is not there any more"}, status=404)
    except ValueError as wrong:
        return web.json_response({"error": str(wrong)}, status=400)


async def with_headers(request: web.Request, response: web.StreamResponse) -> None:
    """A strict policy for what the page may load, run and be embedded in."""
    if request.path.startswith(SLACKS_OWN):
        return
    sources = [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: https:",
        f"connect-src 'self' ws://{request.host}" if _local(request.host) else "",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    ]
    response.headers.setdefault("Content-Security-Policy", "; ".join(filter(None, sources)))
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers.setdefault("Cache-Control", "no-cache")


def _local(host: str) -> bool:
    name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
    if name == "localhost":
        return True
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True


def _same_origin(request: web.Request) -> bool:
    origin = request.headers.get("Origin")
    if origin is not None and origin != f"http://{request.host}":
        return False
    if request.path == "/":
        return True  # a link to the page may stand anywhere
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return False
    return request.method in ("GET", "HEAD") or OUR_HEADER in request.headers
