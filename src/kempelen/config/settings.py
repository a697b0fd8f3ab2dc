"""Django's settings, made from the KEMPELEN_… variables; importing them touches no file."""

import os
import secrets
from typing import Any
from urllib.parse import urlsplit

from kempelen.config import data_folder, databases, env, file_storage, hosts, mail

_values = env.read(os.environ)
_folder = data_folder.find(os.environ)

KEMPELEN_DATA_DIR = _folder
# The path that everything is under, which addresses made by `reverse` begin with; empty or like /kempelen.
KEMPELEN_PREFIX = urlsplit(_values[env.URL]).path
KEMPELEN_URL = _values[env.URL].removesuffix(KEMPELEN_PREFIX)
KEMPELEN_CONTENT_ORIGIN = _values[env.CONTENT_ORIGIN]
KEMPELEN_MODE = _values[env.MODE]
KEMPELEN_API_BODY_LIMIT = _values[env.API_BODY_LIMIT]
KEMPELEN_API_RATE = _values[env.API_RATE]
KEMPELEN_API_CORS_ORIGINS = _values[env.API_CORS_ORIGINS]
KEMPELEN_SIGNUP = _values[env.SIGNUP]
KEMPELEN_NEW_REQUESTERS = _values[env.NEW_REQUESTERS]
KEMPELEN_SITE_NAME = _values[env.SITE_NAME]
KEMPELEN_HEAD_FILE = _values[env.HEAD_FILE]
KEMPELEN_NOTICE_FILE = _values[env.NOTICE_FILE]
KEMPELEN_TEMPLATE_LIMIT = _values[env.TEMPLATE_LIMIT]
KEMPELEN_ANONYMOUS_WORK = _values[env.ANONYMOUS_WORK]
KEMPELEN_TRUSTED_PROXIES = _values[env.TRUSTED_PROXIES]
KEMPELEN_UPLOAD_LIMIT = _values[env.UPLOAD_LIMIT]
KEMPELEN_FILE_LIMIT = _values[env.FILE_LIMIT]
KEMPELEN_FILES_LIMIT = _values[env.FILES_LIMIT]
KEMPELEN_LOCAL_COPIES = _values[env.LOCAL_COPIES]
KEMPELEN_S3_ADDRESS = _values[env.S3_ADDRESS]
KEMPELEN_NEXT_HIT_ON_SUBMIT = _values[env.NEXT_HIT_ON_SUBMIT]
KEMPELEN_NEXT_HIT_RANDOM = _values[env.NEXT_HIT_RANDOM]
KEMPELEN_SENDS_MAIL = bool(_values[env.EMAIL_URL])
KEMPELEN_NOTIFICATION_ENDPOINT_URL = _values[env.NOTIFICATION_ENDPOINT_URL]
KEMPELEN_NOTIFICATION_REGION = _values[env.NOTIFICATION_REGION]
KEMPELEN_NOTIFICATION_ACCESS_KEY_ID = _values[env.NOTIFICATION_ACCESS_KEY_ID]
KEMPELEN_NOTIFICATION_SECRET_ACCESS_KEY = _values[env.NOTIFICATION_SECRET_ACCESS_KEY]
# Who tells administrators of settings and of what is lacking: the web does not know this package.
KEMPELEN_TELLS_SETTINGS = "kempelen.config.shown.settings"
KEMPELEN_TELLS_LACKS = "kempelen.config.checks.findings"

DEBUG = False
# Commands keep a key before they start Django; tools that only read settings get one for the moment.
SECRET_KEY = _values[env.SECRET_KEY] or data_folder.kept_secret_key(_folder) or secrets.token_urlsafe(50)
SECRET_KEY_FALLBACKS = _values[env.SECRET_KEY_FALLBACKS]
ALLOWED_HOSTS = hosts.allowed(_values[env.ALLOWED_HOSTS], KEMPELEN_URL, KEMPELEN_CONTENT_ORIGIN)
ROOT_URLCONF = "kempelen.config.urls"
WSGI_APPLICATION = "kempelen.config.wsgi.application"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "kempelen.domain",
    "kempelen.web",
]
MIDDLEWARE = [
    # Calls of the API have neither cookies nor pages: they go no further.
    "kempelen.api.endpoint.Calls",
    "django.middleware.security.SecurityMiddleware",
    "kempelen.web.security.ContentSecurityPolicy",
    "kempelen.web.content.origins.ContentHosts",
    # Calls with tokens have neither cookies nor pages either.
    "kempelen.turkle_api.endpoint.TurkleCalls",
    "kempelen.web.received.NothingWithNul",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "kempelen.web.worker.identity.WorkerIdentity",
    "kempelen.web.ui.formats.LocalFormats",
    "kempelen.web.refusals.RefusalsShown",
]
if KEMPELEN_MODE == "sandbox":
    # It decides what becomes of requests before anything else is asked.  No production server has it.
    MIDDLEWARE.insert(0, "kempelen.web.sandbox.troubled.TroubleMaker")
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "kempelen.web.ui.context.page_frame",
            ],
            "libraries": {"kempelen_ui": "kempelen.web.ui.templatetags.kempelen_ui"},
        },
    }
]

DATABASES: dict[str, dict[str, Any]] = {
    "default": databases.configuration(_values[env.DATABASE_URL], _folder / data_folder.DATABASE)
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "kempelen.User"
AUTHENTICATION_BACKENDS = ["kempelen.web.account.backend.WithWorker"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account:login"
LOGIN_REDIRECT_URL = "worker:home"
LOGOUT_REDIRECT_URL = "worker:home"

USE_TZ = True
TIME_ZONE = _values[env.TIME_ZONE]
LANGUAGE_CODE = "en"
USE_I18N = True

FORCE_SCRIPT_NAME = KEMPELEN_PREFIX or None
STATIC_URL = f"{KEMPELEN_PREFIX}/static/"
# `kempelen serve` uses `kempelen.config.serving`, which has collected files; here they are found in place.
WHITENOISE_USE_FINDERS = True
MEDIA_ROOT = _folder / data_folder.UPLOADS
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # What workers send; kept apart, and never under an address of its own.
    "files": file_storage.configuration(_values, _folder / data_folder.FILES),
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# An answer may have many fields and long texts; files go to disk and have limits of their own.  What comes
# elsewhere than where answers come is bounded before it gets here (cli/serving/web_server.py).
DATA_UPLOAD_MAX_MEMORY_SIZE = 32 * 10**6
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
DATA_UPLOAD_MAX_NUMBER_FILES = 500

_has_tls = urlsplit(KEMPELEN_URL).scheme == "https"
SESSION_ENGINE = "kempelen.web.account.sessions"
SESSION_COOKIE_SECURE = _has_tls
CSRF_COOKIE_SECURE = _has_tls
if _has_tls and not KEMPELEN_PREFIX:
    # A neighbour under the same domain, such as a task page's host, cannot set cookies of these names.
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
if KEMPELEN_PREFIX:
    # Other programs on the host, such as Turkle, have cookies of Django's own names, and are not sent ours.
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "kempelen_sessionid", "kempelen_csrftoken"
    SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = f"{KEMPELEN_PREFIX}/"
SESSION_COOKIE_AGE = _values[env.LOGIN_DAYS] * 24 * 60 * 60
CSRF_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = [KEMPELEN_URL] if KEMPELEN_URL else []
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_REFERRER_POLICY = "same-origin"

EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = _values[env.EMAIL_FROM] or mail.default_sender(KEMPELEN_URL)
SERVER_EMAIL = DEFAULT_FROM_EMAIL
_mail = mail.configuration(_values[env.EMAIL_URL])
EMAIL_BACKEND = _mail.backend
EMAIL_HOST = _mail.host
EMAIL_PORT = _mail.port
EMAIL_HOST_USER = _mail.user
EMAIL_HOST_PASSWORD = _mail.password
EMAIL_USE_TLS = _mail.starts_tls
EMAIL_USE_SSL = _mail.is_tls

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["kempelen.turkle_api.callers.ByToken"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["kempelen.turkle_api.parsing.BoundedJSON"],
    "DEFAULT_THROTTLE_CLASSES": ["kempelen.turkle_api.throttling.PerToken"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "kempelen.turkle_api.refusals.told",
    "UNAUTHENTICATED_USER": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Kempelen API",
    "VERSION": "1.0",
    "DESCRIPTION": "What programs made for Turkle 3.1 know, with rights.",
    "COMPONENT_SPLIT_REQUEST": True,
    "SERVE_PUBLIC": True,
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "masked": {"()": "kempelen.config.logs.Masked"},
        "refused": {"()": "kempelen.config.logs.Refused"},
        "unknown_host": {"()": "kempelen.config.logs.UnknownHost"},
    },
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["masked"]},
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "django.request": {"filters": ["refused"]},
        "django.security.csrf": {"filters": ["refused"]},
        "django.security.DisallowedHost": {"filters": ["unknown_host"]},
        "kempelen": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        # waitress warns of every request that has to wait for a thread.
        "waitress.queue": {"level": "ERROR"},
    },
}
