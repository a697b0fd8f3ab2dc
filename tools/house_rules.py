"""House rules that no linter knows.  Each rule yields a line for each breach: where, and what to do.

Run it to see them all: python -m tools.house_rules
"""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
SOURCES = {".py", ".js", ".css", ".html"}
# Made of files that are short.
MADE = ROOT / "docs/crowd-elements/crowd-html-elements.js"
LONGEST_FILE, LONGEST_FUNCTION = 400, 50
DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc"}
INLINE = {
    r"<style\b": "move the style into a file under static/",
    r"\sstyle=": "use a class; styles live in static/",
    r"\son[a-z]+=": "listen in a component under static/",
    r"javascript:": "listen in a component under static/",
    r"<script(?![^>]*\bsrc=)": "move the script into a file under static/",
}
# Ada is of the tests' cast and has no machine.
MACHINE_PATH = re.compile(
    r"(?<![\w./])/(?:home|Users|root)/(?!ada\b)\w{2,}|/work/(?:main|shared)\b|[A-Z]:\\Users"
)
REGISTRY_HOST = re.compile(r"\b(?:pypi\.org|pythonhosted\.org|registry\.npmjs|deb\.debian\.org|crates\.io)")


# What rules of the domain are read in; programs of the requester and settings have the world's time.
TIMED = ("api", "domain", "jobs", "transports", "turkle_api", "web")
OTHER_CLOCK = re.compile(
    r"\b(?:datetime\.(?:now|utcnow|today)|date\.today|timezone\.now|time\.time(?:_ns)?)\b|\bauto_now|"
    r"\bNow\(\)|\bCURRENT_(?:TIMESTAMP|DATE)\b|\blocal(?:date|time)\(\)|\bstrftime\('%s', 'now'|\{% now "
)


def main() -> int:
    """Print each breach; 1 if there is one."""
    breaches = [breach for rule in RULES for breach in rule()]
    print("\n".join(breaches) or "The house rules are kept.")
    return 1 if breaches else 0


def files(*suffixes: str, under: str = "") -> list[Path]:
    """The files of this repository, tracked or about to be."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", under or "."]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    found = [ROOT / name for name in listed.splitlines()]
    return [path for path in found if path.is_file() and (not suffixes or path.suffix in suffixes)]


def files_are_short() -> Iterator[str]:
    """No source file over 400 lines: one subject has fewer."""
    for path in files(*SOURCES):
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > LONGEST_FILE and "migrations" not in path.parts and path != MADE:
            yield f"{_name(path)}: {lines} lines, at most {LONGEST_FILE}; split it by subject"


def functions_are_short() -> Iterator[str]:
    """No function over 50 lines, docstring left out."""
    for path in [*files(".py", under="src"), *files(".py", under="tools")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or 0) - node.lineno + 1 - _docstring_lines(node)
                if lines > LONGEST_FUNCTION:
                    where = f"{_name(path)}:{node.lineno}: {node.name}"
                    yield f"{where}: {lines} lines, at most {LONGEST_FUNCTION}"


def modules_are_named_for_their_subject() -> Iterator[str]:
    """No drawer for what has no name."""
    for path in files(".py", ".js"):
        if {part.lower() for part in path.relative_to(ROOT).with_suffix("").parts} & DRAWERS:
            yield f"{_name(path)}: name it for its subject"


def pages_have_nothing_inline() -> Iterator[str]:
    """Our pages run under a Content-Security-Policy that stops inline styles, scripts and handlers."""
    for path in files(".html", under="src/kempelen/web"):
        for pattern, remedy in INLINE.items():
            yield from _found(re.compile(pattern, re.IGNORECASE), path, remedy)


def time_is_the_domains() -> Iterator[str]:
    """Who reads a clock asks `domain.clock`: a sandbox's time is moved there, and nowhere else."""
    own = {ROOT / "src/kempelen/domain/clock.py"}
    for path in (one for package in TIMED for one in files(".py", ".html", under=f"src/kempelen/{package}")):
        if path not in own and "migrations" not in path.parts:
            yield from _found(OTHER_CLOCK, path, "ask clock.now(), or clock.real_now() for the world's time")


def no_machine_is_named() -> Iterator[str]:
    """No path of somebody's machine, no host of a package registry: both differ elsewhere."""
    for path in files():
        if path.suffix in {*SOURCES, ".md", ".toml", ".sh", ".yaml", ".yml", ".cfg", ".csv", ""}:
            yield from _found(MACHINE_PATH, path, "this path is of one machine only")
            yield from _found(REGISTRY_HOST, path, "leave the registry to each machine's own configuration")


def _found(pattern: re.Pattern[str], path: Path, remedy: str) -> Iterator[str]:
    text = path.read_text(encoding="utf-8", errors="replace")
    for match in pattern.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        yield f"{_name(path)}:{line}: {match[0].strip()}: {remedy}"


def _docstring_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    first = node.body[0]
    is_docstring = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    return (first.end_lineno or 0) - first.lineno + 1 if is_docstring else 0


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


RULES = (
    files_are_short,
    functions_are_short,
    modules_are_named_for_their_subject,
    pages_have_nothing_inline,
    time_is_the_domains,
    no_machine_is_named,
)

if __name__ == "__main__":
    sys.exit(main())
