"""Addresses of task pages, and MTurk's own for answers."""

from django.urls import path

from kempelen.crowd import bundle
from kempelen.web.content import (
    crowd,
    external_submit,
    linked_files,
    project_files,
    qualification_tests,
    stand_ins,
    views,
)

app_name = "content"
urlpatterns = [
    path("content/draft/<str:files>/", views.draft, name="draft"),
    path("content/draft/<str:token>/<path:path>", project_files.of_draft, name="draft_file"),
    path("content/draft-form/", qualification_tests.draft, name="draft_form"),
    path("content/trial/<str:token>/", qualification_tests.trial, name="trial"),
    path("content/test/<str:token>/", qualification_tests.page, name="test"),
    path("content/<str:token>/", views.page, name="page"),
    path("content/<str:token>/<path:path>", project_files.of_page, name="page_file"),
    path(bundle.FILE_NAME, crowd.script, name="crowd_elements"),
    path("stand-ins/<slug:library>/<str:version>/<path:path>", stand_ins.file, name="stand_in"),
    path("files/<str:token>/", linked_files.linked, name="file"),
    path("mturk/externalSubmit", external_submit.external_submit, name="external_submit"),
]
