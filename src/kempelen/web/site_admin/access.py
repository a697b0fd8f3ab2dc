"""Who may open the pages of the server's administrators: superusers; to others there are no such pages."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from kempelen.domain.models import User

View = Callable[..., HttpResponseBase]


class AdministratorRequest(HttpRequest):
    """A request that `administrator_required` has let through."""

    user: User


def administrator_required(view: View) -> View:
    """Let administrators in; visitors are sent to log in, everybody else hears 404."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not request.user.is_superuser:
            raise Http404
        return view(cast(AdministratorRequest, request), *args, **kwargs)

    return guarded
