"""`kempelen hit`."""

from typing import Annotated

import typer

from kempelen.cli.mturk.options import AsJson, EndpointUrl, ProfileName
from kempelen.cli.mturk.telling import print_json, tell_fields
from kempelen.toolkit.connection import connect

HitId = Annotated[str, typer.Argument(metavar="HIT", help="Its id.")]
_QUESTION = "Question"


def hit(
    hit_id: HitId, as_json: AsJson = False, profile: ProfileName = "", endpoint_url: EndpointUrl = ""
) -> None:
    """Show a HIT: its properties, its places and, at the end, its question.

    Example:

        kempelen hit 3X4JMASXCM8CEX94IM0KEYA
    """
    found = connect(profile, endpoint_url).call("GetHIT", HITId=hit_id)["HIT"]
    if as_json:
        print_json(found)
        return
    tell_fields({name: value for name, value in found.items() if name != _QUESTION})
    typer.echo(f"\n{found.get(_QUESTION, '')}")
