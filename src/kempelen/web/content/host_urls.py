"""Every address on the hosts of task pages, where our own pages are not."""

from django.urls import URLPattern, URLResolver, include, path

from kempelen.crowd import bundle
from kempelen.web.content import crowd, project_files, qualification_tests, stand_ins, views

_pages = [
    path(bundle.FILE_NAME, crowd.script, name="crowd_elements"),
    path("stand-ins/<slug:library>/<str:version>/<path:path>", stand_ins.file, name="stand_in"),
    path("content/draft/<str:files>/", views.draft, name="draft"),
    path("content/draft/<str:token>/<path:path>", project_files.of_draft, name="draft_file"),
    path("content/draft-form/", qualification_tests.draft, name="draft_form"),
    path("content/trial/<str:token>/", qualification_tests.trial, name="trial"),
    path("content/test/<str:token>/", qualification_tests.page, name="test"),
    path("content/<str:token>/", views.page, name="page"),
    path("content/<str:token>/<path:path>", project_files.of_page, name="page_file"),
]
urlpatterns: list[URLPattern | URLResolver] = [path("", include((_pages, "content")))]

# Our own error pages link to pages that are not here.
handler400 = "kempelen.web.content.views.no_task_here"
handler403 = "kempelen.web.content.views.no_task_here"
handler404 = "kempelen.web.content.views.no_task_here"
handler500 = "kempelen.web.content.views.server_failed"
