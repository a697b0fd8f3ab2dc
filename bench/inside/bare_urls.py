"""The addresses of the views that do nothing, and those that pages' frames and middleware name."""

from django.urls import include, path

from bench.inside import bare_views

urlpatterns = [
    path("bare/", bare_views.bare),
    path("", include("kempelen.config.urls")),
]
