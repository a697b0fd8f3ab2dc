"""Addresses of the worker's pages."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

app_name = "worker"


def _to_come(request: HttpRequest, **_named: str) -> HttpResponse:
    raise Http404(f"{request.path} is still to come.")


def _home(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("Find work")


urlpatterns = [
    path("", _home, name="home"),
    path("groups/<slug:group_id>/", _to_come, name="group"),
    path("groups/<slug:group_id>/preview/", _to_come, name="preview_next"),
    path("groups/<slug:group_id>/accept/", _to_come, name="accept_next"),
    path("hits/<slug:hit_id>/", _to_come, name="preview"),
    path("hits/<slug:hit_id>/accept/", _to_come, name="accept"),
    path("hits/<slug:hit_id>/skip/", _to_come, name="skip"),
    path("work/<slug:assignment_id>/", _to_come, name="work"),
    path("work/<slug:assignment_id>/submit/", _to_come, name="submit"),
    path("work/<slug:assignment_id>/return/", _to_come, name="return"),
    path("work/<slug:assignment_id>/skip/", _to_come, name="skip_assignment"),
    path("auto-accept/", _to_come, name="auto_accept"),
    path("queue/", _to_come, name="queue"),
    path("history/", _to_come, name="history"),
    path("history/<slug:assignment_id>/", _to_come, name="answer"),
    # Links that people still have: MTurk's own to a group, by HITGroupId or HITTypeId (mturk-api.md §3.6).
    path("mturk/preview", _to_come, name="mturk_preview"),
    path("projects/<slug:public_id>/tasks", _to_come, name="mturk_tasks"),
]
