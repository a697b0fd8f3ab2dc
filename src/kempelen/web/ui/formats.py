"""The language of numbers and dates on the page at hand; the words around them stay as they are.

A worker may choose it; else it is what the browser asks for.  It is Django's own knowledge of formats,
without its translations: half a page of German words would help nobody.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, time
from functools import lru_cache

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import formats, numberformat, translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header

DEFAULT = "en"
LANGUAGES = {
    "en": "English",
    "bg": "Български",
    "ca": "Català",
    "cs": "Čeština",
    "da": "Dansk",
    "de": "Deutsch",
    "el": "Ελληνικά",
    "es": "Español",
    "fi": "Suomi",
    "fr": "Français",
    "hu": "Magyar",
    "id": "Indonesia",
    "it": "Italiano",
    "ja": "日本語",
    "ko": "한국어",
    "nb": "Norsk bokmål",
    "nl": "Nederlands",
    "pl": "Polski",
    "pt": "Português",
    "pt-br": "Português do Brasil",
    "ro": "Română",
    "ru": "Русский",
    "sk": "Slovenčina",
    "sv": "Svenska",
    "tr": "Türkçe",
    "uk": "Українська",
    "vi": "Tiếng Việt",
    "zh-hans": "简体中文",
    "zh-hant": "繁體中文",
}
# What browsers say in place of the names above.
_ALSO_CALLED = {
    "no": "nb",
    "nn": "nb",
    "zh": "zh-hans",
    "zh-cn": "zh-hans",
    "zh-sg": "zh-hans",
} | dict.fromkeys(("zh-tw", "zh-hk", "zh-mo"), "zh-hant")
# English as it is read everywhere, where Django has the American way.
_ENGLISH_DATE, _ENGLISH_TIME = "j M Y", "H:i"

_current: ContextVar[str] = ContextVar("language of numbers and dates", default=DEFAULT)


class LocalFormats:
    """Middleware that takes the language of numbers and dates from the worker, else from the browser."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request."""
        use(asked_by(request))
        response = self.get_response(request)
        patch_vary_headers(response, ["Accept-Language"])
        return response

    def process_view(self, request: HttpRequest, _view: object, _args: object, _kwargs: object) -> None:
        """Let the worker's own choice win, once it is known whose request it is."""
        chosen = getattr(getattr(request, "worker", None), "language", "")
        if chosen in LANGUAGES:
            use(chosen)


def use(language: str) -> None:
    """Write numbers and dates this way from now on, in this thread."""
    _current.set(language)


@contextmanager
def used(language: str) -> Iterator[None]:
    """Write numbers and dates this way within the block."""
    before = _current.set(language)
    try:
        yield
    finally:
        _current.reset(before)


def current() -> str:
    """Give the language in which numbers and dates are written now."""
    return _current.get()


def asked_by(request: HttpRequest) -> str:
    """Give the first language that the browser asks for and that is known here."""
    for tag, _ in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        for name in (tag, tag.partition("-")[0]):
            known = _ALSO_CALLED.get(name, name)
            if known in LANGUAGES:
                return known
    return DEFAULT


def number(value: float, *, places: int = 0) -> str:
    """Give a number with its thousands apart and so many decimal places: `12,345.60`."""
    language = _current.get()
    return numberformat.format(
        f"{value:.{places}f}",
        formats.get_format("DECIMAL_SEPARATOR", language, use_l10n=True),
        decimal_pos=places,
        grouping=formats.get_format("NUMBER_GROUPING", language, use_l10n=True) or 3,
        thousand_sep=formats.get_format("THOUSAND_SEPARATOR", language, use_l10n=True),
        force_grouping=True,
        use_l10n=True,
    )


def day(value: date) -> str:
    """Give a day: `21 Nov 2026`, or as the language has it."""
    return _formatted(value, _ENGLISH_DATE, "DATE_FORMAT")


def time_of_day(value: time) -> str:
    """Give a time: `21:05`, or as the language has it."""
    return _formatted(value, _ENGLISH_TIME, "TIME_FORMAT")


def day_and_month(value: date) -> str:
    """Give a day without its year: `21 Nov`, or as the language has it."""
    return _formatted(value, "j M", "MONTH_DAY_FORMAT")


def month(value: date) -> str:
    """Give the month of a day, in short: `Nov`."""
    return _formatted(value, "M", "M")


def month_and_year(value: date) -> str:
    """Give the month of a day and its year: `November 2026`."""
    return _formatted(value, "F Y", "YEAR_MONTH_FORMAT")


def weekday(value: date) -> str:
    """Give the day of the week, in short: `Mon`."""
    return _formatted(value, "D", "D")


def _formatted(value: date | time, english: str, name: str) -> str:
    return _written(value, english, name, _current.get())


# A calendar of a year writes hundreds of days.
@lru_cache(maxsize=4096)
def _written(value: date | time, english: str, name: str, language: str) -> str:
    with translation.override(language):
        template = english if language == DEFAULT else name
        show = formats.time_format if isinstance(value, time) else formats.date_format
        return str(show(value, template, use_l10n=True))  # type: ignore[arg-type]
