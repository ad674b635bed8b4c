"""Finding a port that nobody uses."""

import socket

PREFERRED = 8765
LOOK_AT = 50


def is_free(host: str, port: int) -> bool:
    """Whether a server could listen there now."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((host, port))
        except OSError:
            return False
    return True


def free_port(host: str, wanted: int = PREFERRED) -> int:
    """`wanted`, or the first free one after it; raises OSError when there is none near."""
    for port in range(wanted, min(wanted + LOOK_AT, 65_536)):
        if is_free(host, port):
            return port
    raise OSError(f"no port from {wanted} to {wanted + LOOK_AT - 1} is free on {host}")


def taken(host: str, port: int) -> str:
    """What to tell somebody whose port is taken: the fact, and another one."""
    try:
        other = f"--port {free_port(host, port + 1)} is free"
    except OSError:
        other = "--port 0 takes any free one"
    return f"Port {port} on {host} is taken, perhaps by another local workspace; {other}."
