"""`kempelen balance`."""

import typer

from kempelen.cli.mturk.options import AsJson, EndpointUrl, ProfileName
from kempelen.cli.mturk.telling import print_json
from kempelen.toolkit.connection import connect


def balance(as_json: AsJson = False, profile: ProfileName = "", endpoint_url: EndpointUrl = "") -> None:
    """Say what the requester's account has."""
    connection = connect(profile, endpoint_url)
    reply = connection.call("GetAccountBalance")
    if as_json:
        print_json({name: reply[name] for name in ("AvailableBalance", "OnHoldBalance") if name in reply})
    else:
        typer.echo(f"${reply['AvailableBalance']} on {connection.endpoint}")
