"""Addresses of task pages, and MTurk's own for answers."""

from django.urls import path

from kempelen.web.content import external_submit, linked_files, qualification_tests, views

app_name = "content"
urlpatterns = [
    path("content/draft/", views.draft, name="draft"),
    path("content/test/<str:token>/", qualification_tests.page, name="test"),
    path("content/<str:token>/", views.page, name="page"),
    path("files/<str:token>/", linked_files.linked, name="file"),
    path("mturk/externalSubmit", external_submit.external_submit, name="external_submit"),
]
