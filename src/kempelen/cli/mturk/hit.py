"""`kempelen hit`."""

from typing import Annotated

import typer

from kempelen.cli.mturk.options import AsJson, EndpointUrl, ProfileName
from kempelen.cli.mturk.telling import plain, print_json, tell_fields
from kempelen.toolkit.connection import connect

HitId = Annotated[str, typer.Argument(metavar="HIT", help="Its id.")]
_QUESTION = "Question"
_LAID_OUT_BY = "\n\t"


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
    typer.echo(f"\n{plain(found.get(_QUESTION, ''), keeps=_LAID_OUT_BY)}")
