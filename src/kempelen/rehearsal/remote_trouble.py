"""Making trouble at a server in sandbox mode, to see whether a client of it is robust."""

from collections.abc import Mapping, Sequence
from typing import Any

from kempelen.rehearsal import sandbox_calls

_TROUBLE = "trouble"
Seconds = tuple[float, float]


class RemoteTrouble:
    """The trouble that a sandbox server makes on demand; changing it takes an administrator's token."""

    def __init__(self, url: str, admin_token: str) -> None:
        self._url = url.rstrip("/")
        self._token = admin_token

    def set(
        self,
        *,
        seed: int = 0,
        throttling: float = 0.0,
        errors: float = 0.0,
        dropped: float = 0.0,
        slow: float | Seconds = 0.0,
        slow_seconds: Seconds | None = None,
        doubled: float = 0.0,
        late: float | Seconds = 0.0,
        late_seconds: Seconds | None = None,
        when: str | Sequence[str] = (),
        operations: Sequence[str] = (),
    ) -> dict[str, Any]:
        """Make this trouble instead of any other, at rates from 0 to 1, and count anew; gives `show`.

        `slow` and `late` may be the shortest and the longest time in seconds, for everything.  `when` limits
        errors and dropped connections to some of before, after, midway and truncated.  `operations` names
        what meets trouble: operations of the API (all of them unless any is named), externalSubmit, pages.
        """
        return self.make(
            wanted(
                seed=seed,
                throttling=throttling,
                errors=errors,
                dropped=dropped,
                slow=slow,
                slow_seconds=slow_seconds,
                doubled=doubled,
                late=late,
                late_seconds=late_seconds,
                when=when,
                operations=operations,
            )
        )

    def make(self, wanted: Mapping[str, Any]) -> dict[str, Any]:
        """Make the trouble that `settings` of `show` describe; gives `show`."""
        return sandbox_calls.ask(self._url, self._token, _TROUBLE, wanted)

    def stop(self) -> dict[str, Any]:
        """Make no more trouble; gives what `show` does, and what was counted stays."""
        return sandbox_calls.ask(self._url, self._token, _TROUBLE, method="DELETE")

    def show(self) -> dict[str, Any]:
        """Give `is_on`, `since`, `settings` and `counts`."""
        return sandbox_calls.ask(self._url, self._token, _TROUBLE)

    def counts(self) -> dict[str, dict[str, int]]:
        """Give how many `requests` came since trouble was set, by operation, and how many met each kind."""
        counts: dict[str, dict[str, int]] = self.show()["counts"]
        return counts


def wanted(
    *,
    slow: float | Seconds = 0.0,
    slow_seconds: Seconds | None = None,
    late: float | Seconds = 0.0,
    late_seconds: Seconds | None = None,
    when: str | Sequence[str] = (),
    operations: Sequence[str] = (),
    **others: float,
) -> dict[str, Any]:
    """Give what `RemoteTrouble.set` sends."""
    found: dict[str, Any] = {**others, "operations": list(operations)}
    for name, given, seconds in (("slow", slow, slow_seconds), ("late", late, late_seconds)):
        rate, limits = (1.0, given) if isinstance(given, tuple) else (given, seconds)
        found[name] = rate
        if limits is not None:
            found[f"{name}_seconds"] = list(limits)
    if when:
        found["when"] = [when] if isinstance(when, str) else list(when)
    return found
