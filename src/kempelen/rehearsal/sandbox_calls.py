"""Calls of what only a sandbox has, with an administrator's token: JSON in, JSON out."""

import http.client
import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from typing import Any

from kempelen.toolkit.troubles import Trouble

_PATIENCE_SECONDS = 60
_ADMIN_TOKEN = (
    "This needs an administrator’s token of the server: make one there with `kempelen token create --admin`, "
    "and give it as admin_token."
)
_NO_SANDBOX = "The server has no sandbox: it runs as production (KEMPELEN_MODE), or is an older Kempelen."


class SandboxRefused(Trouble):
    """The server does not do what was asked; `str()` says why and what to do."""


def ask(
    url: str,
    admin_token: str,
    what: str,
    arguments: Mapping[str, Any] | None = None,
    *,
    method: str | None = None,
) -> dict[str, Any]:
    """POST to `/kempelen/sandbox/WHAT`, or GET without arguments; gives the answer, or `SandboxRefused`.

    `method` is for what is asked for neither way.
    """
    if not admin_token:
        raise SandboxRefused(_ADMIN_TOKEN)
    body = None if arguments is None else json.dumps(arguments).encode()
    headers = {"Authorization": f"Bearer {admin_token}", "Content-Type": "application/json"}
    request = urllib.request.Request(f"{url}/kempelen/sandbox/{what}", body, headers, method=method)
    try:
        # No proxy: the server is on this machine, or in this house.
        with _OPENER.open(request, timeout=_PATIENCE_SECONDS) as answer:
            told = json.load(answer)
    except urllib.error.HTTPError as error:
        with error:
            raise SandboxRefused(_message_in(error)) from error
    except (OSError, http.client.HTTPException) as error:
        raise SandboxRefused(f"{url} does not answer: {error}. Is the server running?") from error
    except ValueError:
        told = None
    if not isinstance(told, dict) or not told:
        raise SandboxRefused(f"What answers at {url} is no Kempelen server.")
    return told


class _NowhereElse(urllib.request.HTTPRedirectHandler):
    """The token is for this address only; and a POST that is sent on would be a GET, which moves nothing."""

    def redirect_request(self, *args: Any) -> None:
        """Let the answer stand as it is, an error."""


_OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}), _NowhereElse)


def _message_in(error: urllib.error.HTTPError) -> str:
    if there := error.headers.get("Location"):
        return f"The server sends on to {there}: name the address that answers by itself."
    try:
        return str(json.load(error)["message"])
    except (ValueError, KeyError, TypeError):
        return _NO_SANDBOX if error.code == 404 else f"The server answered with status {error.code}."
