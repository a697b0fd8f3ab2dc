"""What the domain refuses.

Refusal
├── NotFound            the thing does not exist, or not for who asks
├── NotAllowed          who asks has no right to it
├── NotQualified        the worker does not meet what the HIT requires
├── InvalidValue        a value breaks a limit; names its field
│   ├── InvalidParameter    a value means nothing here
│   ├── OutOfRange          a number is beyond MTurk's limits
│   ├── WrongLength         a text is too short or too long
│   ├── MissingParameter    something that is needed was not given
│   └── DocumentRefused     a question document cannot be used
├── NoPlaceLeft         all places on the HIT are taken
├── NoWorkLeft          the queue has nothing for this worker
├── AlreadyWorkedOn     the worker has or had this HIT
├── HITNotAvailable     the HIT is expired, paused, hidden or withdrawn
├── NameTaken           another of the requester's things is called so
├── WrongState          the thing is not in the state that the action needs
├── RepeatedRequest     a token for doing something once was used before
├── EmptyAnswer         a submission without any field
├── AnswersRefused      answers that a QuestionForm does not take; names the fault of each
├── FileRefused         an uploaded file has problems; lists them
└── LinkNotValid        a log-in or invitation link is used up, too old or wrong
"""

from collections.abc import Mapping, Sequence


class Refusal(Exception):
    """The domain's rules forbid what was asked; nothing was changed.

    `str()` is fit to show to whoever asked.  What MTurk's clients branch on is here too: `code`, the
    `TurkErrorCode` less its prefix, `family`, the error's `__type`, and `mturk_message`, MTurk's own
    wording where it is known (mturk-api.md §1.3), else the same as `str()`.
    """

    code = "InvalidRequest"
    family = "RequestError"

    @property
    def mturk_message(self) -> str:
        """What MTurk said in this case, without the time at its end."""
        return str(self)

    @property
    def turk_error_code(self) -> str:
        """MTurk's whole TurkErrorCode; a few, which `code` then has whole, are AWS's own."""
        return self.code if self.code.startswith("AWS.") else f"AWS.MechanicalTurk.{self.code}"


class NotFound(Refusal):
    """What was asked for does not exist, or belongs to somebody else: the two look alike."""

    code = "DoesNotExist"
    _MTURK = {
        "HIT": ("HITDoesNotExist", "Hit {} does not exist."),
        "assignment": ("AssignmentDoesNotExist", "Assignment {} does not exist."),
        "qualification": (
            "QualificationDoesNotExist",
            "You requested a Qualification that does not exist.",
        ),
        "qualification request": (
            "QualificationRequestDoesNotExist",
            "QualificationRequest {} does not exist.",
        ),
        "qualification type": ("QualificationTypeDoesNotExist", "QualificationType {} does not exist."),
    }

    def __init__(self, what: str, public_id: object) -> None:
        super().__init__(f"There is no {what} {public_id}.")
        self._id = public_id
        self.code, self._wording = self._MTURK.get(what, (self.code, str(self).replace("{", "{{")))

    @property
    def mturk_message(self) -> str:
        """MTurk's wording, which differs by the kind of thing."""
        return self._wording.format(self._id)


class NotAllowed(Refusal):
    """Who asks has no right to do this."""

    code = "NotAllowed"


class NotQualified(Refusal):
    """The worker does not meet what the HIT requires; says what, in plain words."""

    code = "DoesNotMeetRequirements"

    def __init__(self, missing: Sequence[str]) -> None:
        super().__init__("You do not meet what this work requires. " + "; ".join(missing) + ".")


class InvalidValue(Refusal):
    """A value breaks a limit; `field` is the name of the property in our own words."""

    code = "InvalidParameterValue"
    family = "ParameterValidationError"

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class InvalidParameter(InvalidValue):
    """A value that means nothing here, such as the id of a worker whom nobody knows.

    `message` is for people where more can be said than MTurk does.
    """

    def __init__(self, parameter: str, value: object, *, message: str = "") -> None:
        self._wording = f'The value "{value}" is not valid for the parameter {parameter}.'
        super().__init__(parameter, message or self._wording)

    @property
    def mturk_message(self) -> str:
        """MTurk's wording, which names the parameter."""
        return self._wording


class OutOfRange(InvalidValue):
    """A number beyond MTurk's limits; `parameter` is MTurk's name of it, `message` says it to people."""

    code = "AWS.ParameterOutOfRange"

    def __init__(
        self, parameter: str, value: object, limits: tuple[int, int], *, field: str = "", message: str = ""
    ) -> None:
        lowest, highest = limits
        self._wording = (
            f"The value {value} is invalid for {parameter}. Valid values range from {lowest} to {highest}."
        )
        super().__init__(field or parameter, message or self._wording)

    @property
    def mturk_message(self) -> str:
        """MTurk's wording, which names the parameter."""
        return self._wording


class WrongLength(InvalidValue):
    """A text that is empty or too long; MTurk's wording has two spaces."""

    def __init__(
        self, parameter: str, *, limit: int, kind: str = "maximum", field: str = "", message: str = ""
    ) -> None:
        self._wording = f"Your request parameter {parameter}  has a {kind} length of {limit}."
        super().__init__(field or parameter, message or self._wording)

    @property
    def mturk_message(self) -> str:
        """MTurk's wording, which names the parameter."""
        return self._wording


class MissingParameter(InvalidValue):
    """Something that the request needs was not given."""

    code = "AWS.MissingParameters"


class DocumentRefused(InvalidValue):
    """A question document that cannot be used; the message says what is wrong with it and where."""

    def __init__(self, message: str, *, code: str) -> None:
        super().__init__("Question", message)
        self.code = code


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
    """The thing is not in the state that this needs.

    `mturk_message` is for a case in which MTurk's wording differs from ours, `code` for its name of it.
    """

    code = "InvalidState"

    def __init__(self, message: str, *, code: str = "", mturk_message: str = "") -> None:
        super().__init__(message)
        self.code = code or self.code
        self._wording = mturk_message or message

    @property
    def mturk_message(self) -> str:
        """MTurk's wording if it was given."""
        return self._wording


class RepeatedRequest(Refusal):
    """A token for doing something once was used before; `result_id` names what came of it then."""

    code = "RequestAlreadyProcessed"

    def __init__(self, token: str, result_id: str) -> None:
        super().__init__(f'The idempotency token "{token}" has already been processed.')
        self.result_id = result_id


class HITAlreadyExists(RepeatedRequest):
    """The token has made a HIT before."""

    code = "HitAlreadyExists"

    def __init__(self, repeated: RepeatedRequest) -> None:
        Refusal.__init__(self, f'The HIT with ID "{repeated.result_id}" already exists.')
        self.result_id = repeated.result_id


class NameTaken(Refusal):
    """A requester's qualification types have different names."""

    code = "QualificationTypeAlreadyExists"

    def __init__(self, name: str) -> None:
        super().__init__(f"You have a qualification type named “{name}” already; choose another name.")

    @property
    def mturk_message(self) -> str:
        """MTurk's wording, which does not say the name."""
        return (
            "You have already created a QualificationType with this name. A QualificationType's name must be "
            "unique among all of the QualificationTypes created by the same user."
        )


class EmptyAnswer(Refusal):
    """A submission needs at least one field beside the reserved ones (mturk-api.md §8.2)."""

    code = "EmptyAnswer"

    def __init__(self) -> None:
        super().__init__("The answer is empty: the page sent no field.")


class AnswersRefused(Refusal):
    """A QuestionForm does not take these answers; `faults` says why, by the question's number in the form.

    `names` are the questions' in the same order; the first line of `str()` is the sentence that MTurk's
    page had for it (question-schemas.md §7.3).
    """

    code = "AnswersRefused"

    def __init__(self, faults: Mapping[int, str], names: Sequence[str]) -> None:
        many = len(faults) > 1
        count, them = (f"{len(faults)} errors", "them") if many else ("1 error", "it")
        self.summary = f"You have {count}. Please correct {them} and try to submit your answers again."
        lines = [f"{name}: {fault}" for name, fault in zip(names, faults.values(), strict=True)]
        super().__init__("\n".join([self.summary, *lines]))
        self.faults = dict(faults)


class FileRefused(Refusal):
    """An uploaded file has problems; `problems` are sentences that name each place."""

    code = "InvalidFile"

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = list(problems)


class LinkNotValid(Refusal):
    """A log-in link or an invitation is used up, too old, or was never made."""

    code = "LinkNotValid"
