"""The qualification types that every server has, whose values come from what is known of a worker.

Their ids are MTurk's own (mturk-api.md §4.1): scripts have them written in.
"""

from dataclasses import dataclass
from enum import Enum

SANDBOX, PRODUCTION = "sandbox", "production"


class Kind(Enum):
    """What a type's values are compared by."""

    INTEGER = "integer"
    LOCALE = "locale"
    PRESENCE = "presence"


@dataclass(frozen=True)
class SystemType:
    """A qualification type that no requester owns.

    `mode` is the kind of server that has it, where they differ.  A retired one is still compared, for
    old scripts, but listed nowhere.
    """

    public_id: str
    name: str
    description: str
    kind: Kind = Kind.INTEGER
    mode: str = ""
    is_retired: bool = False


APPROVED = "00000000000000000040"
LOCALE = "00000000000000000071"
ADULT = "00000000000000000060"
PERCENT_APPROVED = "000000000000000000L0"
PERCENT_SUBMITTED = "00000000000000000000"
PERCENT_ABANDONED = "00000000000000000070"
PERCENT_RETURNED = "000000000000000000E0"
PERCENT_REJECTED = "000000000000000000S0"
MASTERS_SANDBOX = "2ARFPLSP75KLA8M8DH1HTEQVJT3SY6"
MASTERS_PRODUCTION = "2F1QJWKUDD8XADTFD2Q0G6UTO95ALH"

_MASTERS = "Workers whose work an administrator of this server vouches for."
SYSTEM_TYPES: dict[str, SystemType] = {
    known.public_id: known
    for known in (
        SystemType(MASTERS_SANDBOX, "Masters", _MASTERS, Kind.PRESENCE, SANDBOX),
        SystemType(MASTERS_PRODUCTION, "Masters", _MASTERS, Kind.PRESENCE, PRODUCTION),
        SystemType(APPROVED, "Worker_NumberHITsApproved", "How many of the worker's answers were approved."),
        SystemType(
            LOCALE, "Worker_Locale", "The country, and the US state, the worker says to be in.", Kind.LOCALE
        ),
        SystemType(ADULT, "Worker_Adult", "1 if the worker agreed to see content for adults, else 0."),
        SystemType(
            PERCENT_APPROVED,
            "Worker_PercentAssignmentsApproved",
            "How many percent of the worker's reviewed answers were approved; 100 until 100 were submitted.",
        ),
        SystemType(
            PERCENT_SUBMITTED,
            "Worker_PercentAssignmentsSubmitted",
            "How many percent of the HITs that the worker accepted were submitted.",
            is_retired=True,
        ),
        SystemType(
            PERCENT_ABANDONED,
            "Worker_PercentAssignmentsAbandoned",
            "How many percent of the HITs that the worker accepted ran out of time.",
            is_retired=True,
        ),
        SystemType(
            PERCENT_RETURNED,
            "Worker_PercentAssignmentsReturned",
            "How many percent of the HITs that the worker accepted were given back.",
            is_retired=True,
        ),
        SystemType(
            PERCENT_REJECTED,
            "Worker_PercentAssignmentsRejected",
            "How many percent of the worker's reviewed answers were rejected.",
            is_retired=True,
        ),
    )
}


def masters_of(mode: str) -> str:
    """Give the id of the Masters type of a server of this mode."""
    return MASTERS_SANDBOX if mode == SANDBOX else MASTERS_PRODUCTION


def known_to(mode: str) -> dict[str, SystemType]:
    """Give the system types of a server of this mode by their ids, retired ones too."""
    return {public_id: known for public_id, known in SYSTEM_TYPES.items() if known.mode in ("", mode)}
