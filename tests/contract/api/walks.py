"""Listings that are paged through while items come and go."""

from dataclasses import dataclass, field
from typing import Any


@dataclass
class Walk:
    """One listing on its way; `must` is what was and still is there, and has to be met."""

    who: int
    operation: str
    given: dict[str, Any]
    must: set[str]
    seen: list[str] = field(default_factory=list)

    def go_on(self, page: dict[str, Any]) -> bool:
        """Take the next page; true at the end, where nothing is missing.  Nothing ever comes twice."""
        self.seen += [hit["HITId"] for hit in page["HITs"]]
        assert len(set(self.seen)) == len(self.seen), self
        if page["HITs"]:
            self.given["NextToken"] = page["NextToken"]
            return False
        assert self.must <= set(self.seen), self
        return True
