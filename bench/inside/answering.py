"""A program that does what it is asked on its input, a line of JSON each, and answers on its output."""

import json
import sys
from collections.abc import Callable, Mapping
from typing import Any


def answer(verbs: Mapping[str, Callable[..., Any]]) -> None:
    """Do what is asked until the input ends."""
    # What anything prints by the way must not stand between the answers.
    answers, sys.stdout = sys.stdout, sys.stderr
    for line in sys.stdin:
        asked = json.loads(line)
        print(json.dumps(verbs[asked["do"]](**asked["with"])), file=answers, flush=True)
