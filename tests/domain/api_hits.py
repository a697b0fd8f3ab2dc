"""HITs as the API makes them."""

from typing import Any

from kempelen.domain.actions import hit_types, hits
from kempelen.domain.models import HIT, HITType, Requester
from kempelen.domain.queries.tasks import Task
from kempelen.domain.questions.documents import EXTERNAL_NAMESPACE, FORM_NAMESPACES, HTML_NAMESPACE
from tests.factories import a_requester

PAGE = (
    "<!DOCTYPE html><html><body><form name='mturk_form' method='post' id='mturk_form' "
    "action='https://workersandbox.mturk.com/mturk/externalSubmit'>"
    "<input type='hidden' value='' name='assignmentId' id='assignmentId'>"
    "<p><input name='answer'></p><input type='submit' id='submitButton'></form></body></html>"
)


def html_question(page: str = PAGE, *, height: int = 400) -> str:
    """An HTMLQuestion document that shows this page."""
    return (
        f'<HTMLQuestion xmlns="{HTML_NAMESPACE}"><HTMLContent><![CDATA[{page}]]></HTMLContent>'
        f"<FrameHeight>{height}</FrameHeight></HTMLQuestion>"
    )


def external_question(url: str, *, height: int = 600) -> str:
    """An ExternalQuestion document for this address."""
    escaped = url.replace("&", "&amp;")
    return (
        f'<ExternalQuestion xmlns="{EXTERNAL_NAMESPACE}"><ExternalURL>{escaped}</ExternalURL>'
        f"<FrameHeight>{height}</FrameHeight></ExternalQuestion>"
    )


def question_form() -> str:
    """A QuestionForm document."""
    return (
        f'<QuestionForm xmlns="{FORM_NAMESPACES[0]}"><Question><QuestionIdentifier>colour'
        "</QuestionIdentifier><QuestionContent><Text>Which colour is it?</Text></QuestionContent>"
        "<AnswerSpecification><FreeTextAnswer/></AnswerSpecification></Question></QuestionForm>"
    )


def a_hit_type(requester: Requester | None = None, **properties: Any) -> HITType:
    """A HIT type; properties as `hit_type_of` takes them."""
    defaults = {
        "title": "Look at pictures",
        "description": "Say what you see.",
        "keywords": "pictures, quick",
        "reward_cents": 5,
        "assignment_duration_seconds": 600,
        "auto_approval_delay_seconds": 3600,
    }
    return hit_types.hit_type_of(requester or a_requester(), **{**defaults, **properties})


def a_new_hit(
    hit_type: HITType | None = None, *, question: str | None = None, token: str = "", **options: Any
) -> HIT:
    """A HIT as CreateHIT makes it; options as `NewHIT` takes them."""
    task = Task(question=question or html_question())
    new = hits.NewHIT(task, **{"lifetime_seconds": 3600, **options})
    return hits.create(hit_type or a_hit_type(), new, token=token)
