"""Where forms, which check shape, meet the domain, which checks rules."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.forms import BaseForm

from kempelen.domain.errors import InvalidValue


@contextmanager
def refusals_on(form: BaseForm) -> Iterator[None]:
    """Show a value that the domain refuses at its field, or above the form if the form lacks that field.

    Look at `form.errors` afterwards; any other refusal goes on to the page for refusals.
    """
    try:
        yield
    except InvalidValue as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
