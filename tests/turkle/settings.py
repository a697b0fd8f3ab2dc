"""Django settings for Turkle, whose wheel comes without; TURKLE_DATABASE_URL says where its tables are."""

import importlib.util
import os
from urllib.parse import urlsplit

_url = urlsplit(os.environ["TURKLE_DATABASE_URL"])
_HAS_API = importlib.util.find_spec("turkle.api") is not None

SECRET_KEY = "for tests only"
ALLOWED_HOSTS = ["*"]
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
USE_TZ = True
TIME_ZONE = "UTC"
ROOT_URLCONF = "tests.turkle.urls"
LOGIN_URL, LOGIN_REDIRECT_URL, LOGOUT_REDIRECT_URL = "login", "index", "index"
STATIC_URL = "/static/"
TURKLE_AUTO_ACCEPT_DEFAULT = False
DATABASES = {
    "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": _url.path}
    if _url.scheme == "sqlite"
    else {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": _url.path.lstrip("/"),
        "USER": _url.username,
        "HOST": _url.hostname,
        "PORT": _url.port,
    }
}
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "turkle",
    *(["rest_framework", "rest_framework.authtoken", "turkle.api"] if _HAS_API else []),
    "guardian",
]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "guardian.backends.ObjectPermissionBackend",
]
