"""Our own scripts and styles without what only people read: they stand in every task page."""

import re

_BLOCK_COMMENT = re.compile(r"^[ \t]*/\*(?:(?!\*/).)*\*/[ \t]*\n", re.DOTALL | re.MULTILINE)


def compact(source: str) -> str:
    """Give the source without indentation, empty lines, and comments that have lines to themselves.

    Each statement keeps its line, so that nothing has to be understood of the language.  Sources whose
    strings span lines are not for this; ours have none, which a test sees to.
    """
    lines = (line.strip() for line in _BLOCK_COMMENT.sub("", source).splitlines())
    return "".join(f"{line}\n" for line in lines if line and not line.startswith("//"))
