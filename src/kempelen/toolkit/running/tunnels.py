"""Ordinary tunnels to hosts that are none of ours, through the proxy of this network if it has one."""

import base64
import select
import socket
from urllib.parse import unquote, urlsplit
from urllib.request import getproxies, proxy_bypass

_CONNECT_SECONDS = 30
_CHUNK = 65536


def connected(host: str, port: int) -> socket.socket:
    """Give a connection to the host; raises `OSError` where there is none."""
    proxy = "" if proxy_bypass(host) else getproxies().get("https", "")
    if not proxy:
        return _patient(socket.create_connection((host, port), timeout=_CONNECT_SECONDS))
    address = urlsplit(proxy if "://" in proxy else f"http://{proxy}")
    through = socket.create_connection((address.hostname or "", address.port or 80), timeout=_CONNECT_SECONDS)
    try:
        _ask_proxy(through, f"{host}:{port}", address.username, address.password)
    except OSError:
        through.close()
        raise
    return _patient(through)


def join(one: socket.socket, other: socket.socket) -> None:
    """Carry bytes both ways until both sides have ended."""
    ends = {one: other, other: one}
    reading = {one, other}
    while reading:
        for here in select.select(list(reading), [], [])[0]:
            data = here.recv(_CHUNK)
            if data:
                ends[here].sendall(data)
            else:
                reading.discard(here)
                ends[here].shutdown(socket.SHUT_WR)


def _patient(connection: socket.socket) -> socket.socket:
    connection.settimeout(None)
    return connection


def _ask_proxy(through: socket.socket, to: str, user: str | None, password: str | None) -> None:
    lines = [f"CONNECT {to} HTTP/1.1", f"Host: {to}"]
    if user is not None:
        secret = base64.b64encode(f"{unquote(user)}:{unquote(password or '')}".encode()).decode()
        lines.append(f"Proxy-Authorization: Basic {secret}")
    through.sendall("\r\n".join([*lines, "", ""]).encode())
    answer = b""
    while not answer.endswith(b"\r\n\r\n"):
        # One by one: what comes after belongs to the tunnel.
        byte = through.recv(1)
        if not byte or len(answer) > _CHUNK:
            raise OSError("the proxy of this network gave no answer")
        answer += byte
    if answer.split(None, 2)[1:2] != [b"200"]:
        raise OSError(f"the proxy of this network refused: {answer.splitlines()[0].decode('latin-1')}")
