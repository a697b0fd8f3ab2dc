"""`kempelen profile`."""

import sys
from dataclasses import asdict
from enum import Enum
from getpass import getpass
from typing import Annotated

import typer

from kempelen.cli.mturk.options import AsJson
from kempelen.cli.mturk.telling import is_terminal, print_json, say
from kempelen.toolkit import profiles
from kempelen.toolkit.connection import connect_as
from kempelen.toolkit.profiles import Profile
from kempelen.toolkit.troubles import Trouble


class Verb(Enum):
    """What is done with profiles."""

    ADD = "add"
    LIST = "list"
    REMOVE = "remove"


What = Annotated[
    Verb, typer.Argument(metavar="VERB", help="add: make or change one. list: name all. remove: forget one.")
]
Name = Annotated[str, typer.Argument(metavar="[NAME]", help="Its name.", show_default=False)]
Endpoint = Annotated[
    str, typer.Option("--endpoint-url", metavar="URL", help="The server’s address.", show_default=False)
]
KeyId = Annotated[
    str,
    typer.Option(
        "--key-id", metavar="ID", help="The access key’s id; the secret is asked for.", show_default=False
    ),
]
Region = Annotated[str, typer.Option(help="The region that requests are signed for.")]


def profile(
    verb: What,
    name: Name = "",
    endpoint_url: Endpoint = "",
    key_id: KeyId = "",
    region: Region = "us-east-1",
    as_json: AsJson = False,
) -> None:
    """Name a server with its access key, for `kempelen --profile NAME …`.

    The secret is read from the terminal, or from the standard input, never from arguments; it is kept in a
    file that only you can read. Without a key, AWS's own variables and files are looked at.

    Examples:

        kempelen profile add lab --endpoint-url https://turk.example.org --key-id AKIA2EXAMPLE

        kempelen --profile lab balance
    """
    if verb is Verb.LIST:
        if as_json:
            print_json({known: _without_secret(its) for known, its in sorted(profiles.read().items())})
            return
        for known, its in sorted(profiles.read().items()):
            typer.echo(f"{known}\t{its.endpoint_url}\t{its.access_key_id or 'key of the environment'}")
        return
    if not name:
        raise Trouble(f"Which one? kempelen profile {verb.value} NAME")
    if verb is Verb.REMOVE:
        profiles.forget(name)
        if as_json:
            print_json({"forgotten": name})
        else:
            say(f"Forgot {name}.")
        return
    profiles.check_name(name)
    address = endpoint_url or _asked("The server’s address (https://…): ")
    if not address:
        raise Trouble(f"Which server? kempelen profile add {name} --endpoint-url https://…")
    key = key_id or _asked("Access key id (empty: as the environment says): ")
    secret = _secret() if key else ""
    if key and not secret:
        raise Trouble("The secret is missing: type it, or give it on the standard input.")
    made = Profile(address, key, secret, region)
    # Refuses an address that is none, before anybody wonders later.
    connect_as(made)
    profiles.keep(name, made)
    if as_json:
        print_json({"kept": name, "file": str(profiles.path())})
    else:
        typer.echo(f"Kept {name} in {profiles.path()}. Try it: kempelen --profile {name} balance")


def _without_secret(its: Profile) -> dict[str, str]:
    return {name: value for name, value in asdict(its).items() if name != "secret_access_key"}


def _asked(question: str) -> str:
    if not is_terminal():
        return ""
    sys.stderr.write(question)
    sys.stderr.flush()
    return sys.stdin.readline().strip()


def _secret() -> str:
    if is_terminal():
        return getpass("Secret: ").strip()
    return sys.stdin.readline().strip() if sys.stdin is not None else ""
