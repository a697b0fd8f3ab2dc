"""What the domain refuses.

Refusal
├── NotFound            the thing does not exist, or not for who asks
├── NotAllowed          who asks has no right to it
├── InvalidValue        a value breaks a limit; names its field
├── NoPlaceLeft         all places on the HIT are taken
├── NoWorkLeft          the queue has nothing for this worker
├── AlreadyWorkedOn     the worker has or had this HIT
├── HITNotAvailable     the HIT is expired, paused, hidden or withdrawn
├── WrongState          the thing is not in the state that the action needs
├── EmptyAnswer         a submission without any field
├── FileRefused         an uploaded file has problems; lists them
└── LinkNotValid        a log-in or invitation link is used up, too old or wrong
"""

from collections.abc import Sequence


class Refusal(Exception):
    """The domain's rules forbid what was asked; nothing was changed.

    `str()` is fit to show to whoever asked.  `code` is MTurk's `TurkErrorCode`, less its prefix.
    """

    code = "InvalidRequest"


class NotFound(Refusal):
    """What was asked for does not exist, or belongs to somebody else: the two look alike."""

    code = "DoesNotExist"

    def __init__(self, what: str, public_id: object) -> None:
        super().__init__(f"There is no {what} {public_id}.")


class NotAllowed(Refusal):
    """Who asks has no right to do this."""

    code = "NotAllowed"


class InvalidValue(Refusal):
    """A value breaks a limit; `field` is the name of the property in our own words."""

    code = "InvalidParameterValue"

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class NoPlaceLeft(Refusal):
    """All places on the HIT are taken."""

    code = "HITNotAvailable"

    def __init__(self, hit_id: str) -> None:
        super().__init__(f"All places on HIT {hit_id} are taken.")


class NoWorkLeft(Refusal):
    """The queue holds nothing more for this worker now."""

    code = "NoWorkLeft"

    def __init__(self) -> None:
        super().__init__("There is no more work for you in this group now.")


class AlreadyWorkedOn(Refusal):
    """A worker does a HIT once."""

    code = "HITAlreadyAccepted"

    def __init__(self, hit_id: str) -> None:
        super().__init__(f"You already have HIT {hit_id}, or have done it.")


class HITNotAvailable(Refusal):
    """The HIT is not given out: expired, paused, withdrawn, or not for this worker."""

    code = "HITNotAvailable"


class WrongState(Refusal):
    """The thing is not in the state that this needs."""

    code = "InvalidState"


class EmptyAnswer(Refusal):
    """A submission needs at least one field beside the reserved ones (mturk-api.md §8.2)."""

    code = "EmptyAnswer"

    def __init__(self) -> None:
        super().__init__("The answer is empty: the page sent no field.")


class FileRefused(Refusal):
    """An uploaded file has problems; `problems` are sentences that name each place."""

    code = "InvalidFile"

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = list(problems)


class LinkNotValid(Refusal):
    """A log-in link or an invitation is used up, too old, or was never made."""

    code = "LinkNotValid"
