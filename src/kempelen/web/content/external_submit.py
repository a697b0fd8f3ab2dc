"""MTurk's own way to send an answer: a form posted to `/mturk/externalSubmit` (mturk-api.md §8.2).

It comes from other people's pages on other origins, so without a cookie: the AssignmentId is the
capability.  Documentation asked for POST; GET worked for years, and pages rely on it.
"""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from kempelen.domain.actions import assignments, uploading
from kempelen.domain.answers import storable, with_one_line_end
from kempelen.domain.errors import NotFound, Refusal
from kempelen.web.content import fields
from kempelen.web.content.pages import NO_ASSIGNMENT

# The page is shown wherever the task was, so whoever frames the task may frame it; it has no button, and
# without our origin it has nothing that a page of somebody else's could reach through it.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; base-uri 'none'; form-action 'none'; "
    "sandbox allow-scripts"
)

_STORED = "Your answer has been sent. Thank you."
_TOO_LATE = (
    "The time for this HIT was over, and its place has gone to somebody else. "
    "Your answer is kept as a draft, but it does not count."
)
_PREVIEW = "You must ACCEPT the HIT before you can submit the results."
_NO_ASSIGNMENT = "The form has no assignmentId that belongs to an accepted HIT."


@csrf_exempt
@xframe_options_exempt
@require_http_methods(["GET", "POST"])
def external_submit(request: HttpRequest) -> HttpResponse:
    """Store the answer, once; a repeat gets the same page."""
    try:
        sent = list(fields.from_form(request))
        files = fields.files_in(request)
    except (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent):
        megabytes = (settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0) // 10**6
        return _problem(request, f"The answer is too large: more than {megabytes} MB, or too many fields.")
    assignment_id = storable(next((value for name, value in sent if name == "assignmentId"), ""))
    if assignment_id == NO_ASSIGNMENT:
        return _problem(request, _PREVIEW)
    try:
        with_files = [(name, uploading.Incoming(file, file.name or "")) for name, file in files]
        submission = uploading.submit(assignment_id, map(with_one_line_end, sent), with_files)
    except NotFound:
        return _problem(request, _NO_ASSIGNMENT)
    except Refusal as refusal:
        return _problem(request, str(refusal))
    is_late = submission.outcome is assignments.Outcome.TOO_LATE
    return _page(request, message=_TOO_LATE if is_late else _STORED)


def _problem(request: HttpRequest, reason: str) -> HttpResponse:
    return _page(request, message=reason, is_problem=True, status=400)


def _page(request: HttpRequest, *, message: str, is_problem: bool = False, status: int = 200) -> HttpResponse:
    context = {"message": message, "is_problem": is_problem}
    response = render(request, "content/submitted.html", context, status=status)
    response["Content-Security-Policy"] = _POLICY
    response["Cache-Control"] = "no-store"
    return response
