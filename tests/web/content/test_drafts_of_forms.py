"""A form while it is written, and a test while it is tried, in the frame of task pages."""

import pytest
from django.urls import reverse

from kempelen.web.content import tokens
from tests.domain.qualification_tests import TEST, a_tested_type


@pytest.fixture
def shown(client, ada):
    """A function that gives the page of a form that is not saved."""
    token = tokens.make_draft_right(tokens.DraftRight(ada.public_id, ""))

    def show(test: str) -> str:
        answer = client.post(reverse("content:draft_form"), {"token": token, "test": test})
        assert answer.status_code == 200
        assert answer["Content-Security-Policy"].startswith("sandbox ")
        return answer.content.decode()

    return show


def test_a_form_is_shown_as_it_is_written_and_cannot_be_filled_in(shown):
    page = shown(TEST)
    assert "Capital of Slovenia?" in page
    assert '<fieldset class="whole" disabled>' in page


@pytest.mark.parametrize(
    ("test", "said"), [("", "No test yet"), ("<a", "Not ready"), ("x" * 70_000, "Not ready")]
)
def test_what_is_no_form_is_said(shown, test, said):
    assert said in shown(test)


def test_nobody_shows_forms_under_our_name_without_leave(client, db):
    answer = client.post(reverse("content:draft_form"), {"token": "x", "test": TEST})
    assert answer.status_code == 410
    assert "Capital" not in answer.content.decode()


def test_a_trial_can_be_filled_in_with_its_token_alone(client, ada):
    token = tokens.make_trial(a_tested_type(ada).public_id, "")
    page = client.get(reverse("content:trial", args=[token])).content.decode()
    assert '<fieldset class="whole">' in page
    assert client.get(reverse("content:trial", args=["x"])).status_code == 410
    other = tokens.make_test("x", "")
    assert client.get(reverse("content:trial", args=[other])).status_code == 410
