"""Reading a task as a browser would, and answering its real form: for a simulated crowd.

`read` gives the controls of a page, `answer` what a browser would post when somebody (a `Chooser`) has
answered each of them; `fill` gives that with the files, and what was entered.
"""

from kempelen.rehearsal.filling.choosers import (
    Blank,
    Confused,
    First,
    Truthful,
    Uniform,
    any_value,
    is_taken,
    truth_of,
    wrong_value,
)
from kempelen.rehearsal.filling.controls import (
    Choice,
    Chooser,
    Control,
    File,
    Kind,
    NoForm,
    NotTaken,
    Value,
)
from kempelen.rehearsal.filling.elsewhere import go_on, size_at
from kempelen.rehearsal.filling.reading import read
from kempelen.rehearsal.filling.tasks import Filled, Task, answer, fill

__all__ = [
    "Blank",
    "Choice",
    "Chooser",
    "Confused",
    "Control",
    "File",
    "Filled",
    "First",
    "Kind",
    "NoForm",
    "NotTaken",
    "Task",
    "Truthful",
    "Uniform",
    "Value",
    "answer",
    "any_value",
    "fill",
    "go_on",
    "is_taken",
    "read",
    "size_at",
    "truth_of",
    "wrong_value",
]
