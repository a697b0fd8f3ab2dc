"""Which trouble is wanted: kinds, rates, and what it is made to; read from JSON, and checked."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Final

from kempelen.domain.errors import InvalidValue

# When an error or a dropped connection comes: nothing has happened yet, it has happened, half of the answer
# is out.  An answer that is truncated ends in its middle as if it were whole: boto3 takes it for that, and
# gives it with members missing, so that this comes only where it is asked for.
BEFORE, AFTER, MIDWAY, TRUNCATED = "before", "after", "midway", "truncated"
MOMENTS: Final = (BEFORE, AFTER, MIDWAY, TRUNCATED)
# What is no operation of the API: what workers look at, and the answers that other people's pages send.
PAGES, EXTERNAL_SUBMIT, NOTIFICATIONS = "pages", "externalSubmit", "notifications"
# What `operations` may name beside operations.
ALSO: Final = (PAGES, EXTERNAL_SUBMIT)
LONGEST_SECONDS: Final = 300.0
_MOST_NAMED: Final = 10
_LARGEST_SEED: Final = 2**63 - 1
_RATES: Final = ("throttling", "errors", "dropped", "slow", "doubled", "late")


@dataclass(frozen=True)
class Wanted:
    """Rates from 0 to 1 for each kind of trouble, and the seed that decides whom it meets.

    An answer has at most one of `throttling`, `errors` and `dropped`; it may be slow besides.  `when` is for
    errors and dropped connections.  `operations` are the only ones that trouble is made to: all those of the
    API if empty.  `doubled` and `late` are for notifications, whatever `operations` says.
    """

    seed: int = 0
    throttling: float = 0.0
    errors: float = 0.0
    dropped: float = 0.0
    slow: float = 0.0
    slow_seconds: tuple[float, float] = (0.5, 2.0)
    doubled: float = 0.0
    late: float = 0.0
    late_seconds: tuple[float, float] = (1.0, 10.0)
    when: tuple[str, ...] = (BEFORE, AFTER, MIDWAY)
    operations: tuple[str, ...] = ()

    @property
    def is_any(self) -> bool:
        """Whether anything would ever be done."""
        return any(getattr(self, name) for name in _RATES)

    @property
    def moments_of_errors(self) -> tuple[str, ...]:
        """When errors come: an answer that is on its way has its status already."""
        return tuple(moment for moment in self.when if moment in (BEFORE, AFTER))

    def meets(self, target: str) -> bool:
        """Tell whether trouble is made to what is asked: an operation, or one of `ALSO`."""
        return target in self.operations if self.operations else target not in ALSO

    def as_json(self) -> dict[str, Any]:
        """Give what `read` reads."""
        return asdict(self)


def read(given: object, operations: Collection[str]) -> Wanted:
    """Give what JSON asks for, or refuse with `InvalidValue`, which names the member.

    `operations` are the names that the API has.
    """
    if not isinstance(given, Mapping):
        raise InvalidValue("", 'Send a JSON object, such as {"throttling": 0.1, "seed": 7}.')
    known = [field.name for field in fields(Wanted)]
    for name in given:
        if name not in known:
            raise InvalidValue(str(name), f"{str(name)[:100]} is unknown here; there are {', '.join(known)}.")
    values: dict[str, Any] = {name: _rate(name, given[name]) for name in _RATES if name in given}
    for name in ("slow_seconds", "late_seconds"):
        if name in given:
            values[name] = _seconds(name, given[name])
    if "seed" in given:
        values["seed"] = _seed(given["seed"])
    if "when" in given:
        values["when"] = _names("when", given["when"], MOMENTS)
    if "operations" in given:
        values["operations"] = _names("operations", given["operations"], (*operations, *ALSO))
    wanted = Wanted(**values)
    _check_together(wanted)
    return wanted


def kept(found: Mapping[str, Any]) -> Wanted:
    """Give what `as_json` wrote."""
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in found.items()
    }
    return Wanted(**values)


def _check_together(wanted: Wanted) -> None:
    if wanted.throttling + wanted.errors + wanted.dropped > 1 + 1e-9:
        raise InvalidValue("throttling", "throttling, errors and dropped are together more than 1.")
    if not wanted.when:
        raise InvalidValue("when", f"when is empty: give some of {', '.join(MOMENTS)}.")
    if wanted.errors and not wanted.moments_of_errors:
        raise InvalidValue("when", "Errors come before or after: only connections are dropped otherwise.")
    if not wanted.is_any:
        raise InvalidValue("", f"No rate is above 0: give one of {', '.join(_RATES)}, or stop the trouble.")


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _rate(name: str, value: Any) -> float:
    if not _is_number(value) or not 0 <= value <= 1:
        raise InvalidValue(name, f"{name} is a rate: a number from 0 to 1.")
    return float(value)


def _seconds(name: str, value: Any) -> tuple[float, float]:
    is_pair = isinstance(value, list | tuple) and len(value) == 2 and all(map(_is_number, value))
    if not is_pair or not 0 <= value[0] <= value[1] <= LONGEST_SECONDS:
        raise InvalidValue(
            name, f"{name} is the shortest and the longest time, from 0 to {LONGEST_SECONDS:.0f}: [0.2, 1.5]."
        )
    return float(value[0]), float(value[1])


def _seed(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) > _LARGEST_SEED:
        raise InvalidValue("seed", "seed is a whole number of at most 63 bits.")
    return value


def _names(name: str, value: Any, known: Collection[str]) -> tuple[str, ...]:
    if not isinstance(value, list | tuple):
        raise InvalidValue(name, f"{name} is a list of names.")
    for one in value:
        if one not in known:
            named = ", ".join(known) if len(known) < _MOST_NAMED else f"MTurk’s operations, {', '.join(ALSO)}"
            raise InvalidValue(name, f"{str(one)[:100]} is not one of {named}.")
    return tuple(dict.fromkeys(value))
