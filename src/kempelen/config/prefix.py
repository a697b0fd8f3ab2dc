"""A server that is reached under a path of its host, such as https://lab.example.org/kempelen."""

from collections.abc import Callable, Iterable
from typing import Any


class UnderPrefix:
    """A WSGI application that sees paths without the prefix; proxies may pass it on or cut it off."""

    def __init__(self, application: Callable[..., Iterable[bytes]], prefix: str) -> None:
        self._application = application
        self._prefix = prefix

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer the request."""
        environ["PATH_INFO"] = without(self._prefix, environ.get("PATH_INFO", "/"))
        environ["SCRIPT_NAME"] = self._prefix
        return self._application(environ, start_response)


def without(prefix: str, path: str) -> str:
    """Give the path as if the server had a host of its own; one without the prefix stays as it is."""
    if prefix and (path == prefix or path.startswith(f"{prefix}/")):
        return path.removeprefix(prefix) or "/"
    return path
