"""Who may make which call of the API for Turkle's programs: a row for each method of each address.

The columns are `CALLERS`: nobody; tokens of the worker whose work it is, of the owner of another requester,
of a viewer, a reviewer, an editor and the owner of the requester, and of an administrator of the site as any
user; and an administrator's token in the scope of administrators.

    yes     it is done
    login   a token is asked for
    none    it looks as if there were nothing of that id
    role    they read what it takes
    wrong   what is named in the body is nothing that they could name
"""

from typing import Any, NamedTuple

CALLERS = ("nobody", "worker", "other", "viewer", "reviewer", "editor", "owner", "admin", "administrator")


class Call(NamedTuple):
    """What comes of a call for each of `CALLERS`, and what is sent; values in braces are the world's."""

    outcomes: tuple[str, ...]
    sends: Any = None


def _all(sends: Any = None) -> Call:
    """For everybody with a token; what they read is theirs."""
    return Call(("login", *["yes"] * 8), sends)


def _read() -> Call:
    """About Ada's; for all her members."""
    return Call(("login", "none", "none", "yes", "yes", "yes", "yes", "none", "yes"))


def _edited(sends: Any, *, strangers: str = "none") -> Call:
    """Changes what is Ada's; for her editors."""
    return Call(("login", strangers, strangers, "role", "role", "yes", "yes", strangers, "yes"), sends)


def _made(sends: Any) -> Call:
    """Makes something in the requester of whoever calls."""
    return Call(("login", "role", "yes", "role", "role", "yes", "yes", "role", "yes"), sends)


_USER = {"username": "smith", "password": "horse-battery-staple"}
_NAMED = {"first_name": "x"}
_PROJECT = {"name": "x", "filename": "x.html", "html_template": "<input name=a>"}
_BATCH = {"name": "x", "project": "{project}", "filename": "x.csv", "csv_text": "text\na\n"}
_PEOPLE = {"users": ["{cleo}"], "groups": ["{group}"]}
# The administrator's token works in Ada's requester by the address; the others name none.
CALLS: dict[str, Call] = {
    "get root": _all(),
    "get schema": Call(("yes",) * 9),
    "get users": _all(),
    "post users": Call(("login", "role", "yes", "role", "role", "role", "yes", "role", "yes"), _USER),
    "get user": _read(),
    "put user": Call(("login", "none", "none", *["role"] * 4, "none", "yes"), _USER | _NAMED),
    "patch user": Call(("login", "none", "none", *["role"] * 4, "none", "yes"), _NAMED),
    "get username": Call(("login", "none", "none", *["yes"] * 4, "none", "yes")),
    "get groups": _all(),
    "post groups": _made({"name": "x", "users": []}),
    "get group": _read(),
    "get group_name": _read(),
    "post group_users": _edited({"users": ["{cleo}"]}),
    "get projects": _all(),
    "post projects": _made(_PROJECT),
    "get project": _read(),
    "put project": _edited(_PROJECT),
    "patch project": _edited({"name": "Mine"}),
    "get project_batches": _read(),
    "get project_permissions": _read(),
    "post project_permissions": _edited(_PEOPLE),
    "put project_permissions": _edited(_PEOPLE),
    "get batches": _all(),
    "post batches": _edited(_BATCH, strangers="wrong"),
    "get batch": _read(),
    "patch batch": _edited({"name": "Mine"}),
    "post batch_tasks": _edited({"csv_text": "text\nz\n"}),
    "get batch_input": _read(),
    "get batch_results": _read(),
    "get batch_progress": _read(),
    "get batch_permissions": _read(),
    "post batch_permissions": _edited(_PEOPLE),
    "put batch_permissions": _edited(_PEOPLE),
}
