"""`kempelen access-key`."""

import json as json_format
from enum import Enum
from typing import Annotated

import typer

from kempelen.cli import choices, start
from kempelen.cli.options import DataDir, MemberName, RequesterSlug
from kempelen.domain.actions import access_keys
from kempelen.domain.errors import InvalidValue, NotFound
from kempelen.domain.models import AccessKey, Requester


class Verb(Enum):
    """What is done with keys."""

    CREATE = "create"
    LIST = "list"
    REVOKE = "revoke"


What = Annotated[
    Verb,
    typer.Argument(
        metavar="VERB",
        help="create: make a key and print it with its secret, which is shown this once. "
        "list: the keys that work. revoke: let a key never work again.",
    ),
]
KeyId = Annotated[str, typer.Argument(metavar="KEY", help="The key to revoke, such as AKIA….")]
AsJson = Annotated[bool, typer.Option("--json", help="For programs: JSON.")]


def access_key(
    verb: What,
    key: KeyId = "",
    requester: RequesterSlug = "",
    user: MemberName = "",
    json: AsJson = False,
    data_dir: DataDir = None,
) -> None:
    """Make, list and revoke access keys, with which a member's programs call the API.

    A key may do what its member's role may. The list has every member's keys, or those of --user.

    Examples:

        kempelen access-key create

        kempelen access-key list --requester my-lab

        kempelen access-key revoke AKIAEXAMPLEEXAMPLE12
    """
    start.database()
    asking = choices.requester(requester)
    if verb is Verb.CREATE:
        _create(asking, user, is_json=json)
    elif verb is Verb.LIST:
        _list(asking, user, is_json=json)
    else:
        _revoke(asking, key)


def _create(requester: Requester, username: str, *, is_json: bool) -> None:
    key, secret = access_keys.create(choices.member(requester, username))
    if is_json:
        told = {"AccessKeyId": key.public_id, "SecretAccessKey": secret, "UserName": _username(key)}
        typer.echo(json_format.dumps(told, indent=2))
        return
    typer.echo(f"AWS_ACCESS_KEY_ID={key.public_id}")
    typer.echo(f"AWS_SECRET_ACCESS_KEY={secret}")
    typer.echo(
        f"A key of {_username(key)} for {requester}. Keep its secret: it is shown this once.", err=True
    )


def _list(requester: Requester, username: str, *, is_json: bool) -> None:
    keys = access_keys.working().filter(membership__requester=requester).order_by("pk")
    if username:
        keys = keys.filter(membership=choices.member(requester, username))
    if is_json:
        typer.echo(json_format.dumps([_told(key) for key in keys], indent=2))
        return
    for key in keys:
        used = f"last used {key.last_used_at:%Y-%m-%d %H:%M}" if key.last_used_at else "never used"
        made = f"made {key.created_at:%Y-%m-%d}"
        typer.echo(f"{key.public_id}  {_username(key)}  {key.membership.role}  {made}  {used}")
    if not keys:
        typer.echo("There are no keys. Make one with kempelen access-key create.", err=True)


def _told(key: AccessKey) -> dict[str, str | None]:
    return {
        "AccessKeyId": key.public_id,
        "UserName": _username(key),
        "Role": key.membership.role,
        "CreateDate": key.created_at.isoformat(),
        "LastUsedDate": key.last_used_at.isoformat() if key.last_used_at else None,
    }


def _revoke(requester: Requester, public_id: str) -> None:
    if not public_id:
        raise InvalidValue("key", "Name the key to revoke: kempelen access-key revoke AKIA….")
    key = access_keys.working().filter(membership__requester=requester, public_id=public_id).first()
    if key is None:
        raise NotFound("access key", f"{public_id} of {requester} that works")
    access_keys.revoke(key)
    typer.echo(f"{key.public_id} works no more.")


def _username(key: AccessKey) -> str:
    return key.membership.user.username
