"""What an application can ask of our server for one answer, beyond what WSGI knows.

`kempelen serve` puts a `Fault` into the environment of each request in a sandbox, and does what it says
when the answer is made.  Other servers have none.
"""

from dataclasses import dataclass

FAULT = "kempelen.fault"


@dataclass
class Fault:
    """What is to become of the answer: held back, left unsaid, or known to be shorter than it says it is.

    Whatever is left unsaid or is too short ends with its connection; one that is reset is seen to be broken.
    """

    hold_seconds: float = 0.0
    is_silent: bool = False
    is_short: bool = False
    is_reset: bool = False
