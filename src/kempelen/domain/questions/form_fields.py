"""The names and values of a QuestionForm's fields: those of MTurk's own page (question-schemas.md §7.2).

Identifiers may be any text, so that fields are named by the question's number N, counted from 1:

    QuestionMarker       N, once a question, so that a form in which nothing is chosen sends something too
    Answer_N_FreeText    what was typed
    Answer_N             a choice each: "Selection_" and the identifier in base64, or "OtherSelection"
    Answer_N_OtherSelection  what was typed for the other choice
    Answer_N_FileUpload  a file
"""

from base64 import urlsafe_b64encode

MARKER = "QuestionMarker"
OTHER = "OtherSelection"


def text(number: int) -> str:
    """Name the field of a question that is answered in words."""
    return f"Answer_{number}_FreeText"


def choice(number: int) -> str:
    """Name the fields of a question that is answered by choosing."""
    return f"Answer_{number}"


def other(number: int) -> str:
    """Name the field for what is not among the choices."""
    return f"Answer_{number}_OtherSelection"


def upload(number: int) -> str:
    """Name the field of a question that is answered with a file."""
    return f"Answer_{number}_FileUpload"


def value(identifier: str) -> str:
    """Give the value that stands for a choice."""
    return "Selection_" + urlsafe_b64encode(identifier.encode()).decode()
