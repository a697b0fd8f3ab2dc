"""Which sandbox a command means: a server elsewhere, by its address and a token, or the data folder here."""

import os
from typing import Annotated, NamedTuple

import typer

from kempelen.toolkit import connection
from kempelen.toolkit.connection import connect
from kempelen.toolkit.troubles import Trouble

ADMIN_TOKEN = "KEMPELEN_ADMIN_TOKEN"
ProfileName = Annotated[
    str,
    typer.Option("--profile", metavar="NAME", help="The profile of a server elsewhere.", show_default=False),
]
EndpointUrl = Annotated[
    str, typer.Option("--endpoint-url", metavar="URL", help="A server elsewhere.", show_default=False)
]


class Elsewhere(NamedTuple):
    """A sandbox server that is spoken to over HTTP."""

    url: str
    admin_token: str


def elsewhere(profile: str, endpoint_url: str) -> Elsewhere | None:
    """Give the server that options and the environment name; None where the data folder here is meant.

    An administrator's token for it is in `KEMPELEN_ADMIN_TOKEN`, never among the arguments.  With the token
    alone the server is the one that programs call: `AWS_ENDPOINT_URL_MTURK` and AWS's own files count too.
    """
    names_one = profile or endpoint_url or os.environ.get("KEMPELEN_PROFILE")
    token = os.environ.get(ADMIN_TOKEN, "").strip()
    if not (names_one or os.environ.get(connection.ENDPOINT_URL) or token):
        return None
    url = connect(profile, endpoint_url).endpoint
    if not token:
        raise Trouble(
            f"An administrator’s token for {url} is missing. Make one there with `kempelen token create "
            f"--admin` and put it into {ADMIN_TOKEN}."
        )
    return Elsewhere(url.rstrip("/"), token)
