"""Completion of what is typed: which command it is about, so that its module is imported and no other.

The shells call the program with `_KEMPELEN_COMPLETE` and the words so far (Typer's convention).
"""

import shlex
from collections.abc import Mapping

from typer import _completion_classes, _completion_shared

VARIABLE = "_KEMPELEN_COMPLETE"
SHELLS = ("bash", "zsh", "fish")
# bash says it by the first of them, the others by the second.
_WORDS = ("COMP_WORDS", "_TYPER_COMPLETE_ARGS")


def is_asked_for(environment: Mapping[str, str]) -> bool:
    """Whether a shell asks what could stand next."""
    return VARIABLE in environment


def words_so_far(environment: Mapping[str, str]) -> list[str]:
    """Give the words after the program's name; of quotes that are still open, what is there."""
    line = next((environment[name] for name in _WORDS if name in environment), "")
    try:
        words = shlex.split(line)
    except ValueError:
        words = line.split()
    return words[1:]


def prepare() -> None:
    """Let Typer answer shells."""
    _completion_classes.completion_init()


def script_for(shell: str) -> str:
    """Give what a shell has to read, so that it asks."""
    return _completion_shared.get_completion_script(prog_name="kempelen", complete_var=VARIABLE, shell=shell)
