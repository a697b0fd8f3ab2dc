"""Statements of every request, made once: a query's SQL costs Django more time than running it.

A query is written as a QuerySet with `Slot`s in place of the values that differ from run to run.  The
first run makes its SQL; later ones only fill the slots and make objects of the rows.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Expression, Model, QuerySet
from django.db.models.base import ModelState
from django.db.models.query import FlatValuesListIterable, ValuesListIterable

Row = TypeVar("Row")


def _here() -> Any:
    """Give this thread's connection; Django's `connection` looks for it anew at each use."""
    return connections[DEFAULT_DB_ALIAS]


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
    to_result: Callable[[Any, Any], Any]


class Prepared(Generic[Row]):
    """A query that is made once and run often; `make` gives it, with slots."""

    def __init__(self, make: Callable[[], QuerySet[Any, Row]]) -> None:
        self._make = make
        self._plans: dict[str, _Plan] = {}

    def first(self, **values: Any) -> Row | None:
        """Run the query with these values in its slots; give its first row, or None."""
        here = _here()
        plan = self._plan(here)
        with _cursor(here) as asking:
            asking.execute(plan.sql, _filled(plan.parameters, values, here))
            row = asking.fetchone()
        return None if row is None else plan.to_result(row, here)

    def all(self, **values: Any) -> list[Row]:
        """Run the query with these values in its slots; give its rows."""
        here = _here()
        plan = self._plan(here)
        with _cursor(here) as asking:
            asking.execute(plan.sql, _filled(plan.parameters, values, here))
            rows = asking.fetchall()
        return [plan.to_result(row, here) for row in rows]

    def _plan(self, here: Any) -> _Plan:
        plan = self._plans.get(here.vendor)
        if plan is None:
            plan = self._plans[here.vendor] = _planned(self._make(), here)
        return plan


def cursor() -> Any:
    """Give a cursor whose statements the database keeps planned, where it can (`config.postgresql`)."""
    return _cursor(_here())


def _cursor(here: Any) -> Any:
    make: Callable[[], Any] = getattr(here, "prepared_cursor", here.cursor)
    return make()


def _planned(query: QuerySet[Any, Any], here: Any) -> _Plan:
    compiler: Any = query.query.get_compiler(connection=here)
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


def _filled(parameters: tuple[str | tuple[Any], ...], values: Mapping[str, Any], here: Any) -> list[Any]:
    return [_adapted(values[one], here) if isinstance(one, str) else one[0] for one in parameters]


def _adapted(value: Any, here: Any) -> Any:
    return here.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value


def _results_of(compiler: Any, query: Any) -> Callable[[Any, Any], Any]:
    """Give what makes a result of a row: an object with those it refers to, a tuple, or a single value."""
    converters = compiler.get_converters([column[0] for column in compiler.select])

    def converted(row: Any, here: Any) -> list[Any]:
        values = list(row)
        for position, (functions, expression) in converters.items():
            if values[position] is not None:
                for function in functions:
                    values[position] = function(values[position], expression, here)
        return values

    if query._iterable_class is FlatValuesListIterable:
        return lambda row, here: converted(row, here)[0]
    if query._iterable_class is ValuesListIterable:
        return lambda row, here: tuple(converted(row, here))
    maker = _Maker(compiler.klass_info, compiler.select)
    annotations = compiler.annotation_col_map or {}

    def built(row: Any, here: Any) -> Any:
        values = converted(row, here)
        made = maker.made(values)
        for name, position in annotations.items():
            setattr(made, name, values[position])
        return made

    return built


class _Maker:
    """Makes a model's object of a row, and those that `select_related` names.

    As Django does it, less what it does for models that listen to their own making, or inherit each
    other's tables: those are none here, and it costs more than reading the row.
    """

    def __init__(self, info: Any, select: Any) -> None:
        assert not info.get("from_parent")
        self.model: Any = info["model"]
        self.start, self.end = info["select_fields"][0], info["select_fields"][-1] + 1
        self.names = [column[0].target.attname for column in select[self.start : self.end]]
        self.key = self.start + self.names.index(self.model._meta.pk.attname)
        # What is selected with it: how it is made, and what sets it here and this there.
        self.related = [
            (_Maker(its, select), its["local_setter"], its["remote_setter"])
            for its in info.get("related_klass_infos", ())
        ]

    def made(self, values: list[Any]) -> Any:
        """Give the object; None where a row that was joined is not there."""
        if values[self.key] is None:
            return None
        made = self.model.__new__(self.model)
        its = made.__dict__
        its["_state"] = state = ModelState()
        state.adding, state.db = False, DEFAULT_DB_ALIAS
        its.update(zip(self.names, values[self.start : self.end], strict=True))
        for maker, set_here, set_there in self.related:
            other = maker.made(values)
            set_here(made, other)
            if other is not None:
                set_there(other, made)
        return made


class _Table:
    """A model's table, for writing one row of it at a time."""

    def __init__(self, model: type[Model]) -> None:
        meta: Any = model._meta
        quote = _here().ops.quote_name
        self.key = quote(meta.pk.column)
        self.fields = [field for field in meta.local_concrete_fields if field is not meta.pk]
        self.by_name = {field.name: field for field in self.fields}
        self.name = quote(meta.db_table)
        self.columns = {field.name: quote(field.column) for field in self.fields}

    @cached_property
    def insert(self) -> str:
        columns = ", ".join(self.columns.values())
        marks = ", ".join(["%s"] * len(self.fields))
        return f"INSERT INTO {self.name} ({columns}) VALUES ({marks}) RETURNING {self.key}"

    @cache  # noqa: B019 (tables are kept for good)
    def update(self, names: tuple[str, ...]) -> str:
        changes = ", ".join(f"{self.columns[name]} = %s" for name in names)
        return f"UPDATE {self.name} SET {changes} WHERE {self.key} = %s"


_table = cache(_Table)


def insert(row: Model) -> None:
    """Store a new row as `row.save()` would, and give it its key."""
    table, here = _table(type(row)), _here()
    values = [field.get_db_prep_save(getattr(row, field.attname), here) for field in table.fields]
    with _cursor(here) as writing:
        writing.execute(table.insert, values)
        row.pk = writing.fetchone()[0]
    row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


def update(row: Model, *names: str) -> None:
    """Store these fields of a row that is there, as `row.save(update_fields=names)` would."""
    table, here = _table(type(row)), _here()
    fields = [table.by_name[name] for name in names]
    values = [field.get_db_prep_save(getattr(row, field.attname), here) for field in fields]
    with _cursor(here) as writing:
        writing.execute(table.update(names), [*values, row.pk])
