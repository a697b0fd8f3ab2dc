"""What pages may send, and what is kept of it."""

import json

import pytest

from kempelen.domain.errors import InvalidValue
from kempelen.web.content import fields

pytestmark = pytest.mark.once


def test_fields_keep_their_order_and_repeated_names_all_their_values():
    sent = fields.from_json(json.dumps({"fields": [["b", "1"], ["a", "2"], ["b", "3"]]}).encode())

    assert sent is not None
    assert fields.answers_of(sent) == {"b": ["1", "3"], "a": "2"}
    assert list(fields.answers_of(sent)) == ["b", "a"]


def test_null_instead_of_fields_only_asks():
    assert fields.from_json(b'{"fields": null}') is None


def test_reserved_fields_are_no_answers():
    sent = [("assignmentId", "3A"), ("hitId", "3H"), ("workerId", "A1"), ("turkSubmitTo", "x"), ("a", "1")]

    assert fields.answers_of(sent) == {"a": "1"}


def test_line_ends_become_newlines_whichever_way_they_came():
    assert fields.answers_of([("a", "one\r\ntwo\rthree\nfour")]) == {"a": "one\ntwo\nthree\nfour"}


@pytest.mark.parametrize(
    "body", [b"", b"[]", b'{"fields": 1}', b'{"fields": [["a"]]}', b'{"fields": [["a", 1]]}', b"\xff"]
)
def test_what_is_no_list_of_fields_is_refused(body):
    with pytest.raises(InvalidValue):
        fields.from_json(body)
