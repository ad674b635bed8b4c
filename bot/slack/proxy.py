"""The way out of a network that has a proxy, as the environment tells it.

The SDK takes `HTTPS_PROXY` or `HTTP_PROXY` for every address. What `NO_PROXY` names, and this
machine itself, where the local workspace is, would so be asked of a proxy that cannot know them.
"""

from ipaddress import ip_address
from urllib.parse import urlsplit
from urllib.request import getproxies_environment, proxy_bypass


def proxy_for(url: str) -> str | None:
    """The proxy to reach `url` (http, https, ws or wss) by; None to go there directly."""
    host = urlsplit(url).hostname or ""
    if _is_this_machine(host) or proxy_bypass(host):
        return None
    named = getproxies_environment()
    return named.get("https") or named.get("http") or None


def _is_this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
