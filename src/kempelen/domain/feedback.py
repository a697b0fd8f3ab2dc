"""What requesters write to workers about an answer: its limits (mturk-api.md, ApproveAssignment)."""

import re

from kempelen.domain.errors import InvalidParameter

LONGEST = 1_024
# ASCII control characters but tab, line feed and carriage return; half surrogate pairs cannot be stored.
_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


def check(text: str, parameter: str = "RequesterFeedback") -> None:
    """Refuse a text that is too long or holds control characters with `InvalidParameter`."""
    if len(text) > LONGEST:
        message = f"The reason has {len(text):,} characters; at most {LONGEST:,} fit."
        raise InvalidParameter(parameter, text, message=message)
    if _UNFIT.search(text):
        message = "The reason holds control characters; write it without them."
        raise InvalidParameter(parameter, text, message=message)
