"""Statements of every request, made once: a query's SQL costs Django more time than running it.

A query is written as a QuerySet with `Slot`s in place of the values that differ from run to run.  The
first run makes its SQL; later ones only fill the slots and make objects of the rows.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Expression, Model, QuerySet
from django.db.models import query as django_query
from django.db.models.query import FlatValuesListIterable, ValuesListIterable

Row = TypeVar("Row")

# The stubs know a later Django's.
_populators_of: Any = django_query.get_related_populators


class Slot(Expression):
    """The place of a value in a prepared query: `filter(public_id=Slot("id"))`."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """Give a placeholder, and the slot itself for its value."""
        return "%s", [self]


@dataclass(frozen=True)
class _Plan:
    """What is kept of a query: its SQL, what fills its placeholders, and how a row becomes a result."""

    sql: str
    # Slots' names; or a value that is always the same, in a tuple.
    parameters: tuple[str | tuple[Any], ...]
    to_result: Callable[[Any], Any]


class Prepared(Generic[Row]):
    """A query that is made once and run often; `make` gives it, with slots."""

    def __init__(self, make: Callable[[], QuerySet[Any, Row]]) -> None:
        self._make = make
        self._plans: dict[str, _Plan] = {}

    def first(self, **values: Any) -> Row | None:
        """Run the query with these values in its slots; give its first row, or None."""
        plan = self._plan()
        with cursor() as asking:
            asking.execute(plan.sql, _filled(plan.parameters, values))
            row = asking.fetchone()
        return None if row is None else plan.to_result(row)

    def all(self, **values: Any) -> list[Row]:
        """Run the query with these values in its slots; give its rows."""
        plan = self._plan()
        with cursor() as asking:
            asking.execute(plan.sql, _filled(plan.parameters, values))
            rows = asking.fetchall()
        return [plan.to_result(row) for row in rows]

    def _plan(self) -> _Plan:
        plan = self._plans.get(connection.vendor)
        if plan is None:
            plan = self._plans[connection.vendor] = _planned(self._make())
        return plan


def cursor() -> Any:
    """Give a cursor whose statements the database keeps planned, where it can (`config.postgresql`)."""
    make: Callable[[], Any] = getattr(connection, "prepared_cursor", connection.cursor)
    return make()


def _planned(query: QuerySet[Any, Any]) -> _Plan:
    compiler: Any = query.query.get_compiler(connection=connection)
    sql, raw_parameters = compiler.as_sql()
    pieces = sql.split("%s")
    assert len(pieces) == len(raw_parameters) + 1, sql
    parameters: list[str | tuple[Any]] = []
    text = pieces[0]
    for parameter, piece in zip(raw_parameters, pieces[1:], strict=True):
        if isinstance(parameter, Slot):
            parameters.append(parameter.name)
            text += f"%s{piece}"
        elif _is_plain(parameter):
            # Written out, since an index with a condition is only used for values known when planning.
            text += f"'{parameter}'{piece}" if isinstance(parameter, str) else f"{parameter}{piece}"
        else:
            parameters.append((parameter,))
            text += f"%s{piece}"
    return _Plan(text, tuple(parameters), _results_of(compiler, query))


def _is_plain(value: Any) -> bool:
    """Whether a value may stand in SQL as it is: whole numbers, and words of letters."""
    return type(value) is int or (isinstance(value, str) and value.isascii() and value.isalpha())


def _filled(parameters: tuple[str | tuple[Any], ...], values: Mapping[str, Any]) -> list[Any]:
    return [_adapted(values[one]) if isinstance(one, str) else one[0] for one in parameters]


def _adapted(value: Any) -> Any:
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value


def _results_of(compiler: Any, query: Any) -> Callable[[Any], Any]:
    """Give what makes a result of a row: an object with those it refers to, a tuple, or a single value."""
    converters = compiler.get_converters([column[0] for column in compiler.select])

    def converted(row: Any) -> list[Any]:
        values = list(row)
        for position, (functions, expression) in converters.items():
            for function in functions:
                values[position] = function(values[position], expression, connection)
        return values

    if query._iterable_class is FlatValuesListIterable:
        return lambda row: converted(row)[0]
    if query._iterable_class is ValuesListIterable:
        return lambda row: tuple(converted(row))
    info = compiler.klass_info
    start, end = info["select_fields"][0], info["select_fields"][-1] + 1
    names = [column[0].target.attname for column in compiler.select[start:end]]
    populators = _populators_of(info, compiler.select, connection.alias)
    annotations = compiler.annotation_col_map or {}

    def built(row: Any) -> Any:
        values = converted(row)
        made = info["model"].from_db(connection.alias, names, values[start:end])
        for populator in populators:
            populator.populate(values, made)
        for name, position in annotations.items():
            setattr(made, name, values[position])
        return made

    return built


class _Table:
    """A model's table, for writing one row of it at a time."""

    def __init__(self, model: type[Model]) -> None:
        meta: Any = model._meta
        self.key = connection.ops.quote_name(meta.pk.column)
        self.fields = [field for field in meta.local_concrete_fields if field is not meta.pk]
        self.by_name = {field.name: field for field in self.fields}
        self.name = connection.ops.quote_name(meta.db_table)

    @cached_property
    def insert(self) -> str:
        columns = ", ".join(connection.ops.quote_name(field.column) for field in self.fields)
        marks = ", ".join(["%s"] * len(self.fields))
        return f"INSERT INTO {self.name} ({columns}) VALUES ({marks}) RETURNING {self.key}"

    @cache  # noqa: B019 (tables are kept for good)
    def update(self, names: tuple[str, ...]) -> str:
        changes = ", ".join(f"{connection.ops.quote_name(self.by_name[name].column)} = %s" for name in names)
        return f"UPDATE {self.name} SET {changes} WHERE {self.key} = %s"


_table = cache(_Table)


def insert(row: Model) -> None:
    """Store a new row as `row.save()` would, and give it its key."""
    table = _table(type(row))
    values = [field.get_db_prep_save(getattr(row, field.attname), connection) for field in table.fields]
    with cursor() as writing:
        writing.execute(table.insert, values)
        row.pk = writing.fetchone()[0]
    row._state.adding, row._state.db = False, connection.alias


def update(row: Model, *names: str) -> None:
    """Store these fields of a row that is there, as `row.save(update_fields=names)` would."""
    table = _table(type(row))
    fields = [table.by_name[name] for name in names]
    values = [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
    with cursor() as writing:
        writing.execute(table.update(names), [*values, row.pk])
