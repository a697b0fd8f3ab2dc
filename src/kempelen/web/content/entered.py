"""What a worker entered in a task, as the fields of its page."""

from kempelen.domain import answers as answering
from kempelen.domain.answers import Field
from kempelen.domain.models import Assignment
from kempelen.domain.questions import form_answers, form_parts


def fields_of(assignment: Assignment) -> list[Field]:
    """Give what was sent; of an assignment that came to nothing, how far it came.  Reads `hit`."""
    if assignment.answers is None:
        return [(name, value) for name, value in (assignment.draft or {"fields": []})["fields"]]
    form = form_parts.form_in(assignment.hit.question)
    if form is None:
        return answering.fields_of(assignment.answers)
    return list(form_answers.fields_of(form, assignment.answers))
