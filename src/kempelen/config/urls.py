"""Every address, by face."""

from django.urls import URLPattern, URLResolver, include, path

from kempelen.web.ui.health import health
from kempelen.web.ui.site_texts import dismiss_notice

handler400 = "kempelen.web.ui.errors.bad_request"
handler404 = "kempelen.web.ui.errors.not_found"
urlpatterns: list[URLPattern | URLResolver] = [
    path("health/", health, name="health"),
    path("notice/", dismiss_notice, name="dismiss_notice"),
    path("account/", include("kempelen.web.account.urls")),
    path("r/", include("kempelen.web.requester.urls")),
    path("site/", include("kempelen.web.site_admin.urls")),
    path("kempelen/sandbox/", include("kempelen.web.sandbox.urls")),
    path("", include("kempelen.web.content.urls")),
    path("", include("kempelen.web.worker.urls")),
]
