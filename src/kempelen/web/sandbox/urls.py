"""Addresses of what only a sandbox has, under /kempelen/sandbox/."""

from django.urls import path

from kempelen.web.sandbox import clock, trouble, workers

app_name = "sandbox"
urlpatterns = [
    path("clock", clock.show, name="clock"),
    path("workers", workers.workers, name="workers"),
    path("trouble", trouble.trouble, name="trouble"),
]
