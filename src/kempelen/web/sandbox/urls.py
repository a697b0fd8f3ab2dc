"""Addresses of what only a sandbox has, under /kempelen/sandbox/."""

from django.urls import path

from kempelen.web.sandbox import clock

app_name = "sandbox"
urlpatterns = [
    path("clock", clock.show, name="clock"),
]
