"""Files that a worker adds to an answer, one request each, which the work page sends for the task."""

from django.http import Http404, JsonResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_POST, require_safe

from kempelen.domain.actions import files, uploading
from kempelen.domain.errors import InvalidValue
from kempelen.domain.models import Worker
from kempelen.domain.queries import files as stored
from kempelen.web.file_download import attachment
from kempelen.web.worker.identity import WorkerRequest


@require_POST
def upload(request: WorkerRequest, assignment_id: str) -> JsonResponse:
    """Store `file` for the answer's `field`; gives the file as answers have it."""
    worker = _worker(request)
    content = request.FILES.get("file")
    if content is None:
        raise InvalidValue("file", "No file came.")
    field = request.POST.get("field", "")
    uploaded = uploading.upload(assignment_id, content, field=field, name=content.name or "", worker=worker)
    return JsonResponse(files.as_answer(uploaded))


@require_POST
def discard(request: WorkerRequest, assignment_id: str, file_id: str) -> JsonResponse:
    """Remove a file that the worker did not want after all, or put another in place of."""
    return JsonResponse({"removed": uploading.discard(_worker(request), assignment_id, file_id)})


@require_safe
def download(request: WorkerRequest, file_id: str) -> HttpResponseBase:
    """Send a worker one of their own files."""
    return attachment(stored.of_worker(_worker(request), file_id))


def _worker(request: WorkerRequest) -> Worker:
    if request.worker is None:
        raise Http404("There is no such assignment, or it is not yours.")
    return request.worker
