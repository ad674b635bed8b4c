"""The small page on which an installation begins and ends: words, perhaps a link, no script."""

import base64
import hashlib
from html import escape
from typing import Final

from aiohttp import web

_STYLE: Final = (
    "body{margin:15vh auto;max-width:32em;padding:0 1em;font:1.1em/1.5 system-ui,sans-serif;"
    "color:#222;background:#fff}a{color:#4a3f6b}"
    "@media(prefers-color-scheme:dark){body{color:#eee;background:#1a1a1a}a{color:#c5b8ee}}"
)
_PAGE: Final = (
    '<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width"><title>Lantern</title>'
    "<style>{style}</style></head>"
    "<body><main><h1>Lantern</h1><p>{words}</p>{link}</main></body></html>\n"
)
_OWN_STYLE: Final = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
HEADERS: Final = {
    "Content-Security-Policy": f"default-src 'none'; style-src 'sha256-{_OWN_STYLE}'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",  # the address holds a code
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def page(
    words: str, *, status: int, language: str, link: tuple[str, str] | None = None
) -> web.Response:
    """The page with these words; `link` is an address and what stands on it."""
    shown = ""
    if link is not None:
        shown = f'<p><a href="{escape(link[0])}">{escape(link[1])}</a></p>'
    html = _PAGE.format(style=_STYLE, language=language, words=escape(words), link=shown)
    return web.Response(text=html, status=status, content_type="text/html", headers=HEADERS)
