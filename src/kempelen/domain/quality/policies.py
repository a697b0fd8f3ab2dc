"""Review policies: which there are, at which level, and whether one is fit to be used."""

from collections.abc import Mapping
from typing import Any

from kempelen.domain.errors import InvalidParameter
from kempelen.domain.quality import known_answers, plurality

ASSIGNMENT, HIT = "Assignment", "HIT"

_READERS = {
    ASSIGNMENT: (known_answers.NAME, known_answers.read),
    HIT: (plurality.NAME, plurality.read),
}


def check(policy: Mapping[str, Any], level: str) -> None:
    """Refuse a policy that the level ("Assignment", "HIT") does not have, or whose parameters are wrong.

    `policy` is as the API gives it: PolicyName, and Parameters with Key, Values, MapEntries.  The refusal
    is `InvalidValue` and names the parameter.
    """
    name, read = _READERS[level]
    if policy.get("PolicyName") != name:
        raise InvalidParameter("PolicyName", policy.get("PolicyName"))
    read(policy)
