"""The parameters of a review policy, read one by one as the API gave them (mturk-api.md §5).

All values travel as strings, in `Values` or, for a map, in `MapEntries`.
"""

from collections.abc import Collection, Mapping
from typing import Any

from kempelen.domain import feedback
from kempelen.domain.errors import InvalidParameter, MissingParameter, OutOfRange

_FLAGS = {"T": True, "F": False, "true": True, "false": False}

YEAR_SECONDS = 31_536_000
# What a result can say of a question; MTurk's own ids have at most 64 signs.
LONGEST_QUESTION_ID = 128


class Parameters:
    """A policy's parameters; a key that the policy does not know, or knows already, is refused."""

    def __init__(self, policy: Mapping[str, Any], known: Collection[str]) -> None:
        self._by_key: dict[str, Mapping[str, Any]] = {}
        for parameter in policy.get("Parameters") or ():
            key = parameter.get("Key")
            if key not in known or key in self._by_key:
                raise InvalidParameter("Key", key)
            self._by_key[key] = parameter

    def has(self, key: str) -> bool:
        """Whether the parameter was given."""
        return key in self._by_key

    def first_of(self, *keys: str) -> str:
        """Give which of several names of one parameter was used; the first if none was."""
        used = [key for key in keys if key in self._by_key]
        if len(used) > 1:
            raise InvalidParameter("Key", used[1])
        return used[0] if used else keys[0]

    def require(self, *keys: str) -> None:
        """Refuse the policy if one of these is missing."""
        missing = [key for key in keys if key not in self._by_key]
        if missing:
            required = ",".join(keys)
            raise MissingParameter(
                missing[0],
                f"Your request is missing required parameters. Required parameters include {required}.",
            )

    def texts(self, key: str) -> list[str]:
        """Give the values of a list; empty if it was not given."""
        return list(self._by_key.get(key, {}).get("Values") or ())

    def text(self, key: str) -> str | None:
        """Give the one value, trimmed; None if it was not given."""
        if key not in self._by_key:
            return None
        values = self.texts(key)
        if len(values) != 1:
            raise InvalidParameter(key, ",".join(values))
        return values[0].strip()

    def integer(self, key: str, lowest: int, highest: int) -> int | None:
        """Give a whole number within bounds; None if it was not given."""
        text = self.text(key)
        if text is None:
            return None
        if not (text.isascii() and text.isdecimal() and len(text) < 12):
            raise InvalidParameter(key, text)
        if not lowest <= int(text) <= highest:
            raise OutOfRange(key, text, (lowest, highest))
        return int(text)

    def flag(self, key: str) -> bool:
        """Give T or F; F if it was not given."""
        text = self.text(key)
        if text is None:
            return False
        if text not in _FLAGS:
            raise InvalidParameter(key, text)
        return _FLAGS[text]

    def reason(self, key: str) -> str:
        """Give a reason that workers read; blank if it was not given."""
        text = self.text(key) or ""
        feedback.check(text, key)
        return text

    def entries(self, key: str) -> dict[str, list[str]]:
        """Give a map's entries; empty if it was not given."""
        found: dict[str, list[str]] = {}
        for entry in self._by_key.get(key, {}).get("MapEntries") or ():
            name = entry.get("Key")
            if not is_question_id(name) or name in found:
                raise InvalidParameter(key, name)
            found[name] = list(entry.get("Values") or ())
        return found


def is_question_id(text: object) -> bool:
    """Whether this can name a question."""
    return isinstance(text, str) and 1 <= len(text) <= LONGEST_QUESTION_ID
