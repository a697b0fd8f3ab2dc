"""Qualification types of one's own, and who has them with which value."""

import re
from collections.abc import Mapping
from typing import Any

from kempelen.toolkit.changing import ALREADY, DONE
from kempelen.toolkit.connection import Connection
from kempelen.toolkit.troubles import Refused, Trouble

_ID = re.compile(r"[A-Z0-9]{10,64}")


def types(connection: Connection, *, of_all: bool = False) -> list[dict[str, Any]]:
    """Give one's own types; of others too, as far as workers can ask for them, with `of_all`."""
    members = {"MustBeRequestable": of_all, "MustBeOwnedByCaller": not of_all}
    return list(connection.each("ListQualificationTypes", "QualificationTypes", **members))


def type_id(connection: Connection, said: str) -> str:
    """Give the id of a type by its id or by its exact name; refuses a name that none has."""
    if _ID.fullmatch(said):
        return said
    own = {one["Name"]: str(one["QualificationTypeId"]) for one in types(connection)}
    if said not in own:
        known = ", ".join(sorted(own)) or "none yet"
        raise Trouble(f"You have no qualification {said!r} (there are: {known}).")
    return own[said]


def create(connection: Connection, name: str, members: Mapping[str, Any]) -> str:
    """Make a type that is active; gives its id.  Two of one name are refused by MTurk."""
    had = {one["Name"] for one in types(connection)}
    try:
        made = connection.call(
            "CreateQualificationType", Name=name, QualificationTypeStatus="Active", **members
        )
    except Refused as refused:
        if name in had or not refused.code.endswith("QualificationTypeAlreadyExists"):
            raise
        # An attempt that nobody heard of has made it.
        return type_id(connection, name)
    return str(made["QualificationType"]["QualificationTypeId"])


def holders(connection: Connection, of: str) -> dict[str, dict[str, Any]]:
    """Give who has the qualification now, by worker."""
    listed = connection.each(
        "ListWorkersWithQualificationType", "Qualifications", QualificationTypeId=of, Status="Granted"
    )
    return {one["WorkerId"]: one for one in listed}


def grant(
    connection: Connection, of: str, worker_id: str, value: int, *, has: Mapping[str, Any], is_told: bool
) -> str:
    """Give a worker the qualification with this value, unless the worker `has` it with that."""
    if has.get(worker_id, {}).get("IntegerValue") == value:
        return ALREADY
    connection.call(
        "AssociateQualificationWithWorker",
        QualificationTypeId=of,
        WorkerId=worker_id,
        IntegerValue=value,
        SendNotification=is_told,
    )
    return DONE


def revoke(connection: Connection, of: str, worker_id: str, reason: str, *, has: Mapping[str, Any]) -> str:
    """Take the qualification from a worker who `has` it; the worker reads the reason."""
    if worker_id not in has:
        return ALREADY
    members = {"QualificationTypeId": of, "WorkerId": worker_id, "Reason": reason}
    try:
        connection.call("DisassociateQualificationFromWorker", **members)
    except Refused as refused:
        if not refused.code.endswith(("InvalidQualificationState", "QualificationDoesNotExist")):
            raise
        # Somebody else has taken it meanwhile, or an attempt that nobody heard of.
        return ALREADY
    return DONE
