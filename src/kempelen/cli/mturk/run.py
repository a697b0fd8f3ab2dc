"""`kempelen run`."""

import os
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from kempelen.cli.mturk.options import EndpointUrl, ProfileName
from kempelen.cli.mturk.telling import say
from kempelen.toolkit.connection import connect
from kempelen.toolkit.running import authority, child, proxy, variables
from kempelen.toolkit.running.forwarding import Endpoint

Command = Annotated[list[str], typer.Argument(metavar="COMMAND…", help="The program with its arguments.")]


def run(command: Command, profile: ProfileName = "", endpoint_url: EndpointUrl = "") -> None:
    """Run a program that calls Amazon's MTurk, unchanged, against your own server.

    What it sends to mturk-requester.us-east-1.amazonaws.com and
    mturk-requester-sandbox.us-east-1.amazonaws.com is answered by your server; all other hosts it reaches
    as ever. For this it finds a proxy and a certificate in its environment, which boto3, the aws command,
    requests, curl and others heed; both end with it. A program that ignores them cannot be led, and at the
    end it is said that nothing came.

    Its exit status is that of the program, and signals are passed on to it.

    Examples:

        kempelen run -- python my_hits.py

        kempelen --profile lab run -- aws mturk list-hits
    """
    connection = connect(profile, endpoint_url)
    keys = connection.keys()
    with tempfile.TemporaryDirectory(prefix="kempelen-run-") as name:
        folder = Path(name)
        context, certificate = authority.found(folder)
        (folder / "authority.pem").write_text(certificate, encoding="utf-8")
        bundle = folder / "bundle.pem"
        bundle.write_text(f"{variables.trusted(os.environ)}\n{certificate}", encoding="utf-8")
        endpoint = Endpoint(connection.endpoint, keys, str(bundle))
        with proxy.listening(endpoint, context) as listening:
            environment = variables.given(
                os.environ,
                proxy=listening.url,
                bundle=bundle,
                authority=folder / "authority.pem",
                keys=keys,
                region=connection.region,
            )
            status = _status_of(command, environment)
    if status not in {child.NOT_FOUND, child.NOT_RUNNABLE}:
        _tell(listening, command[0])
    raise typer.Exit(status)


def _status_of(command: list[str], environment: dict[str, str]) -> int:
    """Run it; a program that is not there has the status that shells give."""
    try:
        return child.run(command, environment)
    except FileNotFoundError:
        say(f"There is no program {command[0]}.")
        return child.NOT_FOUND
    except OSError as problem:
        say(f"{command[0]} cannot be run: {problem.strerror}.")
        return child.NOT_RUNNABLE


def _tell(listening: proxy.Proxy, program: str) -> None:
    """Say what did not go as it should."""
    if listening.trouble:
        say(f"kempelen run: {listening.trouble}")
    if listening.seen["distrusted"]:
        say(
            f"kempelen run: {program} did not believe the certificate made for this run. It heeds none of "
            "AWS_CA_BUNDLE, REQUESTS_CA_BUNDLE, CURL_CA_BUNDLE, SSL_CERT_FILE and NODE_EXTRA_CA_CERTS: give "
            "it your server’s address in place of Amazon’s."
        )
    elif not listening.seen:
        say(
            f"kempelen run: nothing came from {program} for Amazon’s hosts. Either it called none of them, "
            "or it ignores HTTPS_PROXY: then give it your server’s address in place of Amazon’s."
        )
