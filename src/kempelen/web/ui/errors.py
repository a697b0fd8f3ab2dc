"""What is shown for requests that Django itself refuses; named in config.urls.

403 and a failed CSRF check show their templates by Django's own views, as does 500 (without any context,
since anything may be broken then).
"""

from django.core.exceptions import DisallowedHost, RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, or 413 where the body was larger than the server takes."""
    if isinstance(exception, RequestDataTooBig):
        return render(request, "413.html", status=413)
    if isinstance(exception, DisallowedHost):
        return render(request, "400_host.html", status=400)
    return render(request, "400.html", status=400)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404.  Django's own view reads the form that was sent, if any, and fails where that is broken."""
    return render(request, "404.html", status=404)
