"""The addresses of the views that do next to nothing."""

from django.urls import path

from bench.inside import bare_views

urlpatterns = [
    path("page/", bare_views.page),
    path("store/", bare_views.store),
    path("nothing/", bare_views.nothing),
]
