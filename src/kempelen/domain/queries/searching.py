"""Finding words in answers and in the values of rows, in SQL that both databases know."""

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, Func, Q, Value
from django.db.models.sql.compiler import SQLCompiler

from kempelen.domain.answers import storable

MOST_WORDS = 10


def has_words(text: str) -> Q:
    """Give the condition that an assignment's answers, or its HIT's values, have each of the words.

    Names of fields are not searched.  Words in quotes are looked for as they stand.  Large and small
    letters are alike, on SQLite only those of ASCII.
    """
    condition = Q()
    for word in _words(storable(text)):
        condition &= Q(HasText(F("answers"), Value(word))) | Q(HasText(F("hit__inputs"), Value(word)))
    return condition


def is_quoted(text: str) -> bool:
    """Tell whether the text is one phrase in quotes."""
    return len(text) > 2 and text.startswith('"') and text.endswith('"')


def _words(text: str) -> list[str]:
    return [text[1:-1]] if is_quoted(text) else text.split()[:MOST_WORDS]


class HasText(Func):
    """Whether any text within a JSON object has this in it; the nameless value tells of types."""

    output_field = models.BooleanField()
    conditional = True

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any
    ) -> tuple[str, Any]:
        template = (
            "EXISTS (SELECT 1 FROM json_tree(%(document)s) AS part WHERE part.type = 'text' "
            "AND part.key IS NOT '' AND instr(lower(part.atom), lower(%(text)s)) > 0)"
        )
        return self._filled(template, compiler)

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any
    ) -> tuple[str, Any]:
        template = (
            "EXISTS (SELECT 1 FROM jsonb_path_query(%(document)s - '', 'strict $.**') AS part(found) "
            "WHERE jsonb_typeof(part.found) = 'string' "
            "AND strpos(lower(part.found #>> '{}'), lower(%(text)s)) > 0)"
        )
        return self._filled(template, compiler)

    def _filled(self, template: str, compiler: SQLCompiler) -> tuple[str, Any]:
        document, text = self.get_source_expressions()
        document_sql, document_values = compiler.compile(document)
        text_sql, text_values = compiler.compile(text)
        return template % {"document": document_sql, "text": text_sql}, (*document_values, *text_values)
