"""Addresses of the worker's pages."""

from django.urls import path

from kempelen.web.worker import (
    accepting,
    correcting,
    drafts,
    groups,
    history,
    home,
    inbox,
    preferences,
    previews,
    qualification_page,
    qualification_tests,
    qualifications,
    queue,
    statistics,
    telling,
    uploads,
    work,
)

app_name = "worker"

urlpatterns = [
    path("", home.home, name="home"),
    path("groups/<slug:group_id>/", groups.group, name="group"),
    path("groups/<slug:group_id>/preview/", groups.preview_next, name="preview_next"),
    path("groups/<slug:group_id>/accept/", accepting.accept_next, name="accept_next"),
    path("hits/<slug:hit_id>/", previews.preview, name="preview"),
    path("hits/<slug:hit_id>/accept/", accepting.accept, name="accept"),
    path("hits/<slug:hit_id>/skip/", accepting.skip, name="skip"),
    path("hits/<slug:hit_id>/tell/", telling.tell, name="tell"),
    path("messages/", inbox.messages, name="messages"),
    path("messages/read/", inbox.read_all, name="read_all"),
    path("messages/<slug:notice_id>/read/", inbox.read, name="read"),
    path("work/<slug:assignment_id>/", work.work, name="work"),
    path("work/<slug:assignment_id>/submit/", work.submit, name="submit"),
    path("work/<slug:assignment_id>/draft/", drafts.draft, name="draft"),
    path("work/<slug:assignment_id>/return/", work.return_assignment, name="return"),
    path("work/<slug:assignment_id>/skip/", work.skip_assignment, name="skip_assignment"),
    path("work/<slug:assignment_id>/files/", uploads.upload, name="upload"),
    path("work/<slug:assignment_id>/files/<slug:file_id>/remove/", uploads.discard, name="discard"),
    path("my-files/<slug:file_id>/", uploads.download, name="file"),
    path("auto-accept/", work.auto_accept, name="auto_accept"),
    path("preferences/", preferences.preferences, name="preferences"),
    path("preferences/shortcuts/", preferences.shortcuts, name="shortcuts"),
    path("qualifications/", qualifications.qualifications, name="qualifications"),
    path("qualifications/<slug:type_id>/", qualification_page.qualification, name="qualification"),
    path("qualifications/<slug:type_id>/ask/", qualifications.ask, name="ask_qualification"),
    path("tests/<slug:request_id>/", qualification_tests.test, name="test"),
    path("tests/<slug:request_id>/submit/", qualification_tests.submit, name="submit_test"),
    path("queue/", queue.queue, name="queue"),
    path("history/", history.history, name="history"),
    path("statistics/", statistics.statistics, name="statistics"),
    path("history/<slug:assignment_id>/", history.answer, name="answer"),
    path("history/<slug:assignment_id>/correct/", correcting.correct, name="correct"),
    # Links that people still have: MTurk's own to a group, by HITGroupId or HITTypeId (mturk-api.md §3.6).
    path("mturk/preview", groups.mturk_link, name="mturk_preview"),
    path("projects/<slug:public_id>/tasks", groups.mturk_link, name="mturk_tasks"),
]
