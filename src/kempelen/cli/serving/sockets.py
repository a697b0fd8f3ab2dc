"""The sockets that `kempelen serve` listens on."""

import errno
import socket
import sys
from typing import Any

from kempelen.config.data_folder import Unusable

# Only Linux spreads connections over the sockets that share a port; elsewhere processes share one socket.
_SPREADS = sys.platform == "linux"
_BACKLOG = 1024
# Where a server on these listens is told as localhost.
_LOCAL_BY_NAME = {"127.0.0.1", "localhost", "0.0.0.0"}


def listen(host: str, port: int, count: int) -> list[socket.socket]:
    """A listening socket for each of `count` processes, all on one port, or `Unusable`.

    The first is bound alone, since SO_REUSEPORT would let a second server of ours share the port; from
    then on the port is ours, and the others join it.
    """
    _refuse_neighbour(host, port)
    try:
        family, _, _, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        first = _bound(family, address, shares=False)
        sockets = [first]
        if _SPREADS and count > 1:
            first.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
            sockets += [_bound(family, first.getsockname(), shares=True) for _ in range(count - 1)]
    except OSError as error:
        raise Unusable(_remedy(error, host, port)) from error
    for listening in sockets:
        listening.listen(_BACKLOG)
    return sockets if _SPREADS else sockets * count


def _refuse_neighbour(host: str, port: int) -> None:
    """Refuse a port that another program has on IPv6: browsers may take that one for localhost."""
    if not port or host not in _LOCAL_BY_NAME or not socket.has_ipv6:
        return
    try:
        _bound(socket.AF_INET6, ("::1", port), shares=False).close()
    except OSError as error:
        # Any other error: there is no IPv6 here.
        if error.errno == errno.EADDRINUSE:
            raise Unusable(_remedy(error, "::1", port)) from error


def address_of(listening: socket.socket) -> tuple[str, int]:
    """The host and port it listens on."""
    host, port = listening.getsockname()[:2]
    return host, port


def _bound(family: int, address: Any, *, shares: bool) -> socket.socket:
    bound = socket.socket(family, socket.SOCK_STREAM)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if shares:
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        if family == socket.AF_INET6:
            bound.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        bound.bind(address)
    except OSError:
        bound.close()
        raise
    return bound


def _remedy(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} on {host} is taken by another program. Stop it, or use another: --port {port + 1}."
        )
    if error.errno == errno.EACCES:
        return f"You may not listen on port {port}. Choose one above 1023: --port 8000."
    if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
        return f"{host} is no address of this machine. Use --host 0.0.0.0 to listen on all of them."
    return f"Port {port} on {host} cannot be listened on: {error.strerror}."
