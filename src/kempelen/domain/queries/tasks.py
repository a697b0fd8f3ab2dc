"""What a HIT asks of workers: what a program says, and the page that a template makes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings

from kempelen.domain.batches import filling
from kempelen.domain.errors import InvalidParameter, MissingParameter, NotFound
from kempelen.domain.models import Requester, Template, TemplateVersion
from kempelen.domain.questions import documents, layouts


@dataclass(frozen=True)
class Task:
    """What workers will see: a question document, or a template's version and what fills it."""

    question: str = ""
    template_version: TemplateVersion | None = None
    inputs: dict[str, str] | None = None


def task_of(
    requester: Requester,
    *,
    question: str | None,
    layout_id: str | None,
    layout_parameters: Sequence[tuple[str, str]] = (),
) -> Task:
    """Give the task that the API asks for, checked: a Question, or a layout with parameters, never both.

    What a layout becomes with its parameters is an HTMLQuestion, and held against the same rules
    (question-schemas.md §8).
    """
    if question is None and layout_id is None:
        raise MissingParameter(
            "Question",
            "Your request is missing required parameters. Required parameters include Question.",
        )
    if layout_id is None:
        documents.parse(question or "")
        return Task(question=question or "")
    if question is not None:
        raise InvalidParameter(
            "HITLayoutId", layout_id, message="Give a Question or a HITLayoutId, not both."
        )
    template = Template.objects.filter(requester=requester, public_id=layout_id).first()
    if template is None:
        raise InvalidParameter("HITLayoutId", layout_id, message=str(NotFound("template", layout_id)))
    version = template.current_version
    inputs = layouts.inputs_of(version.html, layout_parameters, language=version.language)
    try:
        documents.parse(document_of(version, inputs))
    except filling.TemplateTrouble as trouble:
        raise InvalidParameter("HITLayoutId", layout_id, message=f"The layout, {trouble}") from trouble
    return Task(template_version=version, inputs=inputs)


def page_of(version: TemplateVersion, inputs: Mapping[str, str]) -> str:
    """Give the page that a template's version makes of a row, or raise `TemplateTrouble`."""
    address = settings.KEMPELEN_S3_ADDRESS
    return filling.page_of(version.html, inputs, language=version.language, s3_address=address)


def document_of(version: TemplateVersion, inputs: Mapping[str, str]) -> str:
    """Give that page as the HTMLQuestion document that programs see, or raise `TemplateTrouble`."""
    address = settings.KEMPELEN_S3_ADDRESS
    return layouts.document(version.html, inputs, language=version.language, s3_address=address)
