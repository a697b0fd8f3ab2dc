"""The access key that a signature names, with its member and requester: asked for by every call of the API.

Written out and read by hand: through the model the one row takes ten times as long, most of it for
making the same SQL again.
"""

from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Model

from kempelen.domain.models import AccessKey, Membership, Requester, User

_MODELS: tuple[type[Model], ...] = (AccessKey, Membership, Requester, User)
_KEYS, _MEMBERS, _REQUESTERS, _USERS = (model._meta.db_table for model in _MODELS)
_FIELDS = [field for model in _MODELS for field in model._meta.concrete_fields]
_COLUMNS = ", ".join(f'"{field.model._meta.db_table}"."{field.column}"' for field in _FIELDS)
_WORKING = f"""
    SELECT {_COLUMNS} FROM {_KEYS}
    JOIN {_MEMBERS} ON {_MEMBERS}.id = {_KEYS}.membership_id
    JOIN {_REQUESTERS} ON {_REQUESTERS}.id = {_MEMBERS}.requester_id
    JOIN {_USERS} ON {_USERS}.id = {_MEMBERS}.user_id
    WHERE {_KEYS}.public_id = %s AND {_KEYS}.revoked_at IS NULL AND {_USERS}.is_active"""


def working(public_id: str) -> AccessKey | None:
    """Give the key if it opens something now, with its membership's requester and user."""
    with connection.cursor() as cursor:
        cursor.execute(_WORKING, [public_id])
        row = cursor.fetchone()
    if row is None:
        return None
    key: AccessKey
    key, membership, requester, user = _models(row)
    membership.requester, membership.user = requester, user
    key.membership = membership
    return key


def _models(row: Sequence[Any]) -> Any:
    """The instances that stand side by side in a row."""
    values = list(row)
    for place, convert in _converters(connection.vendor):
        values[place] = convert(values[place])
    start, made = 0, []
    for model in _MODELS:
        names = [field.attname for field in model._meta.concrete_fields]
        made.append(model.from_db(DEFAULT_DB_ALIAS, names, values[start : start + len(names)]))
        start += len(names)
    return made


@cache
def _converters(vendor: str) -> Sequence[tuple[int, Callable[[Any], Any]]]:
    """What makes Python's values of those of this database, by the column's place."""
    columns = [field.get_col(field.model._meta.db_table) for field in _FIELDS]
    return [
        (place, partial(convert, expression=column, connection=connection))
        for place, column in enumerate(columns)
        for convert in (
            *connection.ops.get_db_converters(column),
            *column.target.get_db_converters(connection),
        )
    ]
