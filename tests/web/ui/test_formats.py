"""Numbers and dates in the reader's own language."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client, RequestFactory

from kempelen.domain.actions import people
from kempelen.web.ui import formats, words

MOMENT = datetime(2026, 11, 21, 21, 5, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _english_again():
    yield
    formats.use(formats.DEFAULT)


@pytest.mark.parametrize(
    ("language", "amount", "count", "moment"),
    [
        ("en", "$1,234.50", "12,345", "21 Nov 2026, 21:05 UTC"),
        ("de", "$1.234,50", "12.345", "21. November 2026, 21:05 UTC"),
        ("fr", "$1\xa0234,50", "12\xa0345", "21 novembre 2026, 21:05 UTC"),
        ("ja", "$1,234.50", "12,345", "2026年11月21日, 21:05 UTC"),
    ],
)
def test_numbers_amounts_and_moments_follow_the_language(language, amount, count, moment):
    formats.use(language)
    assert (words.money(123450), words.number(12345), words.exact(MOMENT)) == (amount, count, moment)


@pytest.mark.parametrize("language", formats.LANGUAGES)
def test_every_language_on_the_list_has_formats_and_can_be_stored(language, cleo):
    formats.use(language)
    assert "2026" in formats.day(date(2026, 11, 21))
    assert formats.number(1234567.5, places=1).replace("5", "").strip(".,") != ""
    people.set_preferences(cleo, uses_shortcuts=True, language=language)


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "en"),
        ("de-AT,de;q=0.9,en;q=0.8", "de"),
        ("xx,pt-BR;q=0.9", "pt-br"),
        ("zh-TW", "zh-hant"),
        ("no", "nb"),
        ("*", "en"),
        ("'><script>", "en"),
    ],
)
def test_the_browser_is_asked_first(header, language):
    request = RequestFactory().get("/", headers={"Accept-Language": header})
    assert formats.asked_by(request) == language


def test_the_words_stay_english_and_one_request_leaves_no_trace_in_the_next(client: Client, db):
    german = client.get("/history/", headers={"Accept-Language": "de"}).content.decode()
    assert "$0,00" in german
    assert "My history" in german
    assert 'data-formats="de"' in german
    assert "$0.00" in client.get("/history/").content.decode()
