"""Who the client is when a reverse proxy stands between: only proxies that were named are believed."""

import ipaddress
from collections.abc import Callable, Iterable
from typing import Any

from kempelen.config.readers import Network

_FORWARDED = ("X_FORWARDED_FOR", "X_FORWARDED_PROTO", "X_FORWARDED_HOST", "X_FORWARDED_PORT", "FORWARDED")


class TrustedProxies:
    """A WSGI application that sees the client's own address, scheme and host."""

    def __init__(self, application: Callable[..., Iterable[bytes]], trusted: list[Network]) -> None:
        self._application = application
        self._trusted = trusted

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer the request as if there were no proxy."""
        said = {name: environ.pop(f"HTTP_{name}", "") for name in _FORWARDED}
        if self._is_trusted(environ.get("REMOTE_ADDR", "")):
            self._believe(environ, said)
        return self._application(environ, start_response)

    def _believe(self, environ: dict[str, Any], said: dict[str, str]) -> None:
        chain = [address.strip() for address in said["X_FORWARDED_FOR"].split(",") if address.strip()]
        strangers = [address for address in chain if not self._is_trusted(address)]
        if strangers:
            environ["REMOTE_ADDR"] = strangers[-1]
        scheme = _nearest(said["X_FORWARDED_PROTO"]).lower()
        if scheme in {"http", "https"}:
            environ["wsgi.url_scheme"] = scheme
        if host := _nearest(said["X_FORWARDED_HOST"]):
            environ["HTTP_HOST"] = host

    def _is_trusted(self, text: str) -> bool:
        try:
            address = ipaddress.ip_address(text)
        except ValueError:
            return False
        plain = getattr(address, "ipv4_mapped", None) or address
        return any(plain in network for network in self._trusted)


def _nearest(header: str) -> str:
    """What the proxy next to us said; earlier entries are the client's word."""
    return header.rpartition(",")[2].strip()
