"""`kempelen token`."""

import json as json_format
from enum import Enum
from typing import Annotated

import typer

from kempelen.cli import choices, first_start, start
from kempelen.cli.options import DataDir
from kempelen.domain.actions import api_tokens
from kempelen.domain.errors import InvalidValue, NotFound
from kempelen.domain.models import ApiToken, User


class Verb(Enum):
    """What is done with tokens."""

    CREATE = "create"
    LIST = "list"
    REVOKE = "revoke"


What = Annotated[
    Verb,
    typer.Argument(
        metavar="VERB",
        help="create: make a token and print it; it is shown this once. list: the tokens that work. "
        "revoke: let a token never work again.",
    ),
]
Which = Annotated[str, typer.Argument(metavar="TOKEN", help="The token to revoke, or its number.")]
UserName = Annotated[
    str, typer.Option("--user", metavar="NAME", help="Whose token: it may do what this user may.")
]
IsAdmin = Annotated[
    bool,
    typer.Option(
        "--admin", help="A token that may do everything; of --user, else of the first administrator."
    ),
]
TokenName = Annotated[str, typer.Option("--name", help="What the token is for, for the list.")]
AsJson = Annotated[bool, typer.Option("--json", help="For programs: JSON.")]


def token(
    verb: What,
    which: Which = "",
    user: UserName = "",
    admin: IsAdmin = False,
    name: TokenName = "",
    json: AsJson = False,
    data_dir: DataDir = None,
) -> None:
    """Make, list and revoke tokens, with which programs made for Turkle use the API under /api/.

    create prints the token and nothing else, so that a script can keep it.

    Examples:

        kempelen token create --user ada

        turkle-client config token "$(kempelen token create --admin)"

        kempelen token revoke 3
    """
    start.database()
    if verb is Verb.CREATE:
        _create(user, name, is_admin=admin, is_json=json)
    elif verb is Verb.LIST:
        _list(user, is_json=json)
    else:
        _revoke(which)


def _create(username: str, name: str, *, is_admin: bool, is_json: bool) -> None:
    if not username and not is_admin:
        raise InvalidValue("user", "Say whose token it is: --user NAME, or --admin for an administrator's.")
    owner = choices.user(username) if username else _administrator()
    scope = ApiToken.Scope.ADMINISTRATOR if is_admin else ApiToken.Scope.USER
    made, key = api_tokens.create(owner, scope=scope, name=name)
    typer.echo(json_format.dumps({"Token": key, **_told(made)}, indent=2) if is_json else key)


def _administrator() -> User:
    """Give the server's first administrator; on a new data folder there is one from the first start on."""
    first_start.owner_to_welcome()
    found = User.objects.filter(is_superuser=True, is_active=True).order_by("pk").first()
    if found is None:
        raise NotFound("administrator", "yet: name one with kempelen administrators --add NAME")
    return found


def _list(username: str, *, is_json: bool) -> None:
    tokens = api_tokens.working().order_by("pk")
    if username:
        tokens = tokens.filter(user=choices.user(username))
    if is_json:
        typer.echo(json_format.dumps([_told(one) for one in tokens], indent=2))
        return
    for one in tokens:
        used = f"last used {one.last_used_at:%Y-%m-%d %H:%M}" if one.last_used_at else "never used"
        words = [
            str(one.pk),
            f"…{one.ending}",
            one.user.username,
            one.scope,
            f"made {one.created_at:%Y-%m-%d}",
        ]
        typer.echo("  ".join([*words, used, one.name]).rstrip())
    if not tokens:
        typer.echo("There are no tokens. Make one with kempelen token create --user NAME.", err=True)


def _told(one: ApiToken) -> dict[str, str | int | None]:
    return {
        "Number": one.pk,
        "Ending": one.ending,
        "UserName": one.user.username,
        "Scope": one.scope,
        "Name": one.name,
        "CreateDate": one.created_at.isoformat(),
        "LastUsedDate": one.last_used_at.isoformat() if one.last_used_at else None,
    }


def _revoke(which: str) -> None:
    if not which:
        raise InvalidValue("token", "Name the token to revoke, or its number: kempelen token revoke 3.")
    is_number = which.isdecimal() and len(which) < 15
    found = api_tokens.working().filter(pk=int(which)).first() if is_number else api_tokens.of_key(which)
    if found is None:
        raise NotFound("token", f"{which if is_number else 'of this key'} that works")
    api_tokens.revoke(found)
    typer.echo(f"Token {found.pk} (…{found.ending}) works no more.")
