"""What each element says of itself, read from the module that makes it."""

import json
import re
from functools import cache
from typing import Any

from kempelen.crowd.bundle import FOLDER

_DEFINITION = re.compile(r"^export const definition = (\{.*?^\});$", re.MULTILINE | re.DOTALL)


@cache
def definitions() -> dict[str, dict[str, Any]]:
    """Give the definition of each element by its name, in alphabetical order."""
    found = {}
    for path in sorted((FOLDER / "elements").glob("*.js")):
        match = _DEFINITION.search(path.read_text(encoding="utf-8"))
        if match:
            found[path.stem] = json.loads(match[1])
    return dict(sorted(found.items()))
