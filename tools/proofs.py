"""Which conformance test proves which operation, read from the tests themselves.

A test proves an operation if it calls it, itself or by what it uses, and if its docstring or that of its
module names it.  So a test need not say anything twice, and what it only needs to get ready does not count.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from kempelen.aws.model import OPERATIONS

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "tests/contract/api"
_PACKAGE = "tests.contract.api"
# Words of a test's name that are written otherwise in a sentence.
_WRITTEN = {
    "api": "API",
    "aws": "AWS",
    "hit": "HIT",
    "hits": "HITs",
    "html": "HTML",
    "htmlquestion": "HTMLQuestion",
    "id": "ID",
    "javascript": "JavaScript",
    "mturk": "MTurk",
    "node": "Node",
    "sns": "SNS",
    "sqs": "SQS",
    "xml": "XML",
}


@dataclass(frozen=True)
class Proof:
    """One test: its file, and what its name says."""

    file: str
    name: str

    @property
    def sentence(self) -> str:
        """The name as it reads."""
        words = [_WRITTEN.get(word, word) for word in self.name.removeprefix("test_").split("_")]
        text = " ".join(words)
        return text[0].upper() + text[1:]


class Module:
    """A file of tests, or of what tests use: its functions, and what each one mentions."""

    def __init__(self, path: Path) -> None:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        self.path = path
        self.says = ast.get_docstring(tree) or ""
        self.functions = {node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
        self.taken_from = dict(_imports(tree))

    @cached_property
    def tests(self) -> list[ast.FunctionDef]:
        """The tests in their order."""
        return [node for name, node in self.functions.items() if name.startswith("test_")]


@cache
def by_operation() -> dict[str, list[Proof]]:
    """Give every operation's proofs, in the order of files and of tests in them."""
    modules = read()
    proofs: dict[str, list[Proof]] = {name: [] for name in sorted(OPERATIONS)}
    for module in modules.values():
        for test in module.tests:
            said = f"{module.says} {ast.get_docstring(test) or ''}"
            for name in sorted(_calls(modules, module, test.name, set())):
                if re.search(rf"\b{name}\b", said):
                    proofs[name].append(Proof(module.path.name, test.name))
    return proofs


def of_files(pattern: str) -> list[Proof]:
    """Give the tests of the files that match."""
    return [
        Proof(module.path.name, test.name)
        for module in read().values()
        if module.path.match(pattern)
        for test in module.tests
    ]


@cache
def read() -> dict[str, Module]:
    """Read all files of the conformance suite, by name."""
    return {path.stem: Module(path) for path in sorted(FOLDER.glob("*.py"))}


def snake_case(operation: str) -> str:
    """Give an operation's name as boto3 has it: `list_assignments_for_hit`."""
    words = re.findall(r"HITs|HIT|URL|[A-Z][a-z]+", operation)
    return "_".join(words).lower()


_BY_CALL = {snake_case(name): name for name in OPERATIONS}


def _calls(modules: dict[str, Module], module: Module, function: str, seen: set[tuple[str, str]]) -> set[str]:
    """Give the operations that a function calls, also by other functions and by fixtures."""
    if (module.path.stem, function) in seen or function not in module.functions:
        return set()
    seen.add((module.path.stem, function))
    found: set[str] = set()
    # What is named may be of this module, taken from another, or stand behind a module's name: hits.a_hit(…).
    places = [module, *(modules[name] for name in set(module.taken_from.values()) if name in modules)]
    for word in _words(module.functions[function]):
        if operation := _BY_CALL.get(word.replace("-", "_")):
            found.add(operation)
        if place := next((place for place in places if word in place.functions), None):
            found |= _calls(modules, place, word, seen)
    return found


def _words(function: ast.FunctionDef) -> Iterator[str]:
    """Give the names and short texts in a function, with its parameters, which may be fixtures."""
    for node in ast.walk(function):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _imports(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Give each imported name and the module of the suite that it is from, or is."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith(_PACKAGE):
            inner = node.module.removeprefix(_PACKAGE).lstrip(".")
            for alias in node.names:
                yield alias.asname or alias.name, inner or alias.name
