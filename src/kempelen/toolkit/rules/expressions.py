"""Conditions over answers in a small language: Python's syntax, of which only what is listed here exists.

    answer.label == "cat" and seconds >= 20
    number(answer.count) in [3, 4] or matches(answer.note, "unclear|blurred")

Nothing is run that a listed operator or function does not do: there are no attributes, calls, loops or names
but these, and each part is looked at once, so that the time is bounded.  Answers are strangers' texts.
"""

import ast
import operator
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from math import isfinite
from typing import Any, NoReturn

import regex

from kempelen.toolkit.rules.work import Done, Verdict, Work
from kempelen.toolkit.troubles import Trouble

_LONGEST = 2_000
_PATTERN_SECONDS = 0.5
# Of so many answers the pattern may take too long; answers that are made to be slow are many.
_MOST_SLOW = 20
_LONGEST_NUMBER = 40
_SOURCES = ("answer", "input")
_Value = Any
_Part = Callable[[Work], _Value]


class _Open(Exception):
    """What is asked cannot be told of this work; `str()` says why."""


@dataclass(frozen=True)
class Expression:
    """A condition that work has to meet; what was not answered, or is no number, leaves it open."""

    text: str
    fields: frozenset[str]
    columns: frozenset[str]
    condition: _Part

    @classmethod
    def read(cls, text: str) -> "Expression":
        """Compile a condition; refuses (`Trouble`) what the language does not have."""
        if len(text) > _LONGEST:
            raise Trouble(f"The expression is longer than {_LONGEST:,} characters.")
        reader = _Reader(text)
        try:
            condition = reader.part(ast.parse(text, mode="eval").body)
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            raise Trouble(f"{text!r} is no expression: {getattr(error, 'msg', None) or error}.") from error
        return cls(text, frozenset(reader.names["answer"]), frozenset(reader.names["input"]), condition)

    def verdict(self, work: Work, done: Done) -> Verdict:
        """Tell whether the condition holds."""
        try:
            found = self.condition(work)
        except _Open as why:
            return Verdict(None, str(why))
        if not isinstance(found, bool):
            return Verdict(None, "the expression gives no yes or no")
        return Verdict(found, self.text if found else f"not: {self.text}")


class _Reader:
    """Makes functions of the parts of an expression, and notes which answers and columns they read."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.names: dict[str, set[str]] = {source: set() for source in _SOURCES}

    def part(self, node: ast.expr) -> _Part:
        """Give what makes the value of a part."""
        make = _PARTS.get(type(node))
        if make is None:
            self.refuse(node)
        found: _Part = make(self, node)
        return found

    def refuse(self, node: ast.expr, remedy: str = "") -> NoReturn:
        """Complain of a part that the language does not have."""
        shown = ast.get_source_segment(self.text, node) or self.text
        remedy = remedy or "There are answer.NAME, input.NAME, seconds, worker and " + ", ".join(_FUNCTIONS)
        raise Trouble(f"The expression cannot have {shown!r}. {remedy}.")

    def constant(self, node: ast.Constant) -> _Part:
        """A text, a number, True or False."""
        value = node.value
        if not isinstance(value, str | int | float):
            self.refuse(node)
        return lambda work: value

    def named(self, node: ast.expr) -> _Part:
        """`seconds`, `answer.category.label`, `answer["a name with spaces"]`."""
        parts: list[str] = []
        inner = node
        while not isinstance(inner, ast.Name):
            if isinstance(inner, ast.Attribute):
                parts.append(inner.attr)
                inner = inner.value
            elif isinstance(inner, ast.Subscript) and isinstance(inner.slice, ast.Constant):
                parts.append(str(inner.slice.value))
                inner = inner.value
            else:
                self.refuse(node)
        name = ".".join(reversed(parts))
        if inner.id in _SOURCES and name:
            self.names[inner.id].add(name)
            return _answer(name) if inner.id == "answer" else _cell(name)
        if inner.id not in _OWN_PARTS or name:
            self.refuse(node)
        return _OWN_PARTS[inner.id]

    def several(self, node: ast.List | ast.Tuple | ast.Set) -> _Part:
        """A list of values, to look for one in."""
        parts = [self.part(one) for one in node.elts]
        return lambda work: [part(work) for part in parts]

    def both(self, node: ast.BoolOp) -> _Part:
        """`and`, `or`: what is open stays open unless another part decides."""
        parts = [self.part(one) for one in node.values]
        decides = isinstance(node.op, ast.Or)

        def value(work: Work) -> bool:
            opened: _Open | None = None
            for part in parts:
                try:
                    if _yes_or_no(part(work)) is decides:
                        return decides
                except _Open as why:
                    opened = opened or why
            if opened is not None:
                raise opened
            return not decides

        return value

    def signed(self, node: ast.UnaryOp) -> _Part:
        """`not`, `-`."""
        inner = self.part(node.operand)
        if isinstance(node.op, ast.Not):
            return lambda work: not _yes_or_no(inner(work))
        if not isinstance(node.op, ast.USub):
            self.refuse(node)
        return lambda work: -_number(inner(work))

    def counted(self, node: ast.BinOp) -> _Part:
        """`+ - * /` of numbers; there are no powers, and texts are not multiplied."""
        left, right, do = self.part(node.left), self.part(node.right), _ARITHMETIC.get(type(node.op))
        if do is None:
            self.refuse(node)

        def value(work: Work) -> float:
            try:
                found: float = do(_number(left(work)), _number(right(work)))
            except (ZeroDivisionError, OverflowError) as error:
                raise _Open("the expression cannot be counted out") from error
            return found

        return value

    def compared(self, node: ast.Compare) -> _Part:
        """`== != < <= > >= in`, also in chains; beside a number a text is read as one."""
        parts = [self.part(one) for one in (node.left, *node.comparators)]
        tests = [_COMPARISONS.get(type(op)) for op in node.ops]
        if None in tests:
            self.refuse(node)
        steps = [test for test in tests if test is not None]

        def value(work: Work) -> bool:
            values = [part(work) for part in parts]
            return all(step(*pair) for step, pair in zip(steps, pairwise(values), strict=True))

        return value

    def called(self, node: ast.Call) -> _Part:
        """One of the functions that there are."""
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if node.keywords or name not in _FUNCTIONS or len(node.args) != (2 if name == "matches" else 1):
            self.refuse(node)
        if name == "answered":
            return _is_there(self.part(node.args[0]))
        if name == "matches":
            return self._matching(node)
        inner, do = self.part(node.args[0]), _FUNCTIONS[name]
        return lambda work: do(inner(work))

    def _matching(self, node: ast.Call) -> _Part:
        inner, pattern = self.part(node.args[0]), node.args[1]
        if not isinstance(pattern, ast.Constant) or not isinstance(pattern.value, str):
            self.refuse(node, "The second thing that matches() takes is a pattern in quotes")
        try:
            compiled = regex.compile(pattern.value)
        except regex.error as error:
            self.refuse(node, f"Its pattern is none: {error}")

        slow: list[str] = []

        def value(work: Work) -> bool:
            try:
                return compiled.search(str(inner(work)), timeout=_PATTERN_SECONDS) is not None
            except TimeoutError as error:
                slow.append(work.assignment_id)
                if len(slow) > _MOST_SLOW:
                    raise Trouble(
                        f"The pattern {pattern.value!r} takes too long for many answers. Write one without "
                        "repetitions inside of repetitions. Nothing was done."
                    ) from error
                raise _Open("the pattern takes too long") from error

        return value


def _answer(name: str) -> _Part:
    def value(work: Work) -> str:
        if name not in work.fields:
            raise _Open(f"{name} was not answered")
        return work.fields[name]

    return value


def _cell(name: str) -> _Part:
    return lambda work: work.inputs.get(name, "")


def _is_there(part: _Part) -> _Part:
    def value(work: Work) -> bool:
        try:
            return bool(part(work))
        except _Open:
            return False

    return value


def _yes_or_no(value: _Value) -> bool:
    if not isinstance(value, bool):
        raise _Open("the expression gives no yes or no")
    return value


def _number(value: _Value) -> float:
    if isinstance(value, int | float):
        return value
    try:
        # Longer ones are no numbers that a person entered, and slow to read.
        found = float(value) if len(value) <= _LONGEST_NUMBER else _no_number()
    except (TypeError, ValueError):
        _no_number()
    return found if isfinite(found) else _no_number()


def _no_number() -> NoReturn:
    raise _Open("an answer is no number")


def _alike(left: _Value, right: _Value) -> tuple[_Value, _Value]:
    """Give both as numbers if one is."""
    if isinstance(left, list) or isinstance(right, list):
        raise _Open("a list is compared with a value")
    if isinstance(left, str) and isinstance(right, str):
        return left, right
    return _number(left), _number(right)


def _is_in(left: _Value, right: _Value) -> bool:
    if isinstance(right, list):
        return any(operator.eq(*_alike(left, one)) for one in right)
    return str(left) in str(right)


def _by(test: Callable[[_Value, _Value], bool]) -> Callable[[_Value, _Value], bool]:
    return lambda left, right: test(*_alike(left, right))


_COMPARISONS: dict[type[ast.cmpop], Callable[[_Value, _Value], bool]] = {
    ast.Eq: _by(operator.eq),
    ast.NotEq: _by(operator.ne),
    ast.Lt: _by(operator.lt),
    ast.LtE: _by(operator.le),
    ast.Gt: _by(operator.gt),
    ast.GtE: _by(operator.ge),
    ast.In: _is_in,
    ast.NotIn: lambda left, right: not _is_in(left, right),
}
_ARITHMETIC: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: lambda left, right: float(left) * right,
    ast.Div: operator.truediv,
}
_FUNCTIONS: dict[str, Callable[[_Value], _Value]] = {
    "number": _number,
    "length": lambda value: len(str(value)),
    "words": lambda value: len(str(value).split()),
    "lower": lambda value: str(value).lower(),
    "answered": bool,
    "matches": bool,
}
_OWN_PARTS: dict[str, _Part] = {
    "seconds": lambda work: work.seconds,
    "worker": lambda work: work.worker_id,
    "hit": lambda work: work.hit_id,
    "status": lambda work: work.status,
}
_PARTS: dict[type[ast.expr], Callable[[_Reader, Any], _Part]] = {
    ast.Constant: _Reader.constant,
    ast.Name: _Reader.named,
    ast.Attribute: _Reader.named,
    ast.Subscript: _Reader.named,
    ast.List: _Reader.several,
    ast.Tuple: _Reader.several,
    ast.Set: _Reader.several,
    ast.BoolOp: _Reader.both,
    ast.UnaryOp: _Reader.signed,
    ast.BinOp: _Reader.counted,
    ast.Compare: _Reader.compared,
    ast.Call: _Reader.called,
}
