"""Every address, by face."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

_FACES = [
    ("account/", "kempelen.web.account.urls"),
    ("r/", "kempelen.web.requester.urls"),
    ("", "kempelen.web.content.urls"),
    ("", "kempelen.web.worker.urls"),
]

handler400 = "kempelen.web.ui.errors.bad_request"
urlpatterns: list[URLPattern | URLResolver] = [
    path(prefix, include(module)) for prefix, module in _FACES if find_spec(module)
]

handler400 = "kempelen.web.ui.errors.bad_request"
