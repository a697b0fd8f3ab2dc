"""QuestionForms from the server's side: where they are shown, what is taken, what is refused."""

import json
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from kempelen.domain.actions import assignments, claims
from kempelen.domain.answers import collect
from kempelen.domain.errors import AnswersRefused
from kempelen.domain.models import HIT, Assignment, Worker
from kempelen.domain.questions import answers, form_fields
from kempelen.web.content import frames
from tests.domain.api_hits import a_new_hit, html_question, question_form
from tests.domain.questions import fixtures

NUMBER = question_form().replace(
    "<FreeTextAnswer/>",
    '<FreeTextAnswer><Constraints><IsNumeric maxValue="9"/></Constraints></FreeTextAnswer>',
)


def page_of(client: Client, url: str) -> Any:
    return client.get(url, headers={"Host": "localhost"})


def asked_at(host: str) -> Any:
    return RequestFactory().get("/", headers={"Host": host})


def send(client: Client, assignment: Assignment, fields: dict[str, str]) -> Any:
    url = reverse("worker:submit", args=[assignment.public_id])
    message = json.dumps({"fields": list(fields.items())})
    return client.post(url, message, content_type="application/json", headers={"Accept": "application/json"})


@pytest.fixture
def assignment(client: Client, cleo: Worker) -> Assignment:
    assert cleo.user
    client.force_login(cleo.user)
    return claims.accept(cleo, a_new_hit(question=NUMBER))


def test_the_page_of_a_form_runs_no_script_but_ours(client: Client, assignment: Assignment) -> None:
    page = page_of(client, frames.work_frame(asked_at("localhost"), assignment).url)
    policy = page["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'sha256-" in policy
    assert "allow-same-origin" not in policy
    assert 'name="Answer_1_FreeText"' in page.text


def test_a_bad_answer_is_refused_with_what_is_wrong_and_a_good_one_taken(
    client: Client, assignment: Assignment
) -> None:
    refused = send(client, assignment, {"QuestionMarker": "1", "Answer_1_FreeText": "12"})
    assert refused.status_code == 409
    assert refused.json() == {
        "code": "AnswersRefused",
        "message": "You have 1 error. Please correct it and try to submit your answers again.",
        "faults": {"1": "Invalid numeric value. Must be at most 9."},
    }
    assignment.refresh_from_db()
    assert assignment.status == "Accepted"
    assert send(client, assignment, {"Answer_1_FreeText": "7"}).json()["status"] == "submitted"
    assignment.refresh_from_db()
    assert assignment.answers == {"colour": "7"}


def test_a_bad_answer_posted_directly_is_refused_and_says_why(client: Client, assignment: Assignment) -> None:
    fields = {"assignmentId": assignment.public_id, "Answer_1_FreeText": "no number"}
    answer = client.post("/mturk/externalSubmit", fields)
    assert answer.status_code == 400
    assert "colour: Invalid numeric value. Must be at most 9." in answer.text
    assignment.refresh_from_db()
    assert assignment.answers is None


def test_an_answer_is_there_again_to_look_at(client: Client, assignment: Assignment) -> None:
    assignments.submit(assignment.public_id, {"Answer_1_FreeText": "7"})
    assignment.refresh_from_db()
    page = page_of(client, frames.review_frame(asked_at("localhost"), assignment).url)
    assert 'value="7"' in page.text
    assert '<fieldset class="whole" disabled>' in page.text
    kept = client.get(reverse("worker:answer", args=[assignment.public_id]))
    assert kept.context["kept"] == {"fields": [("Answer_1_FreeText", "7")]}


def test_an_answer_is_corrected_as_it_was_given(client: Client, assignment: Assignment, cleo: Worker) -> None:
    assignments.submit(assignment.public_id, {"Answer_1_FreeText": "7"})
    assignment.group.allows_corrections = True
    assignment.group.save()
    with pytest.raises(AnswersRefused):
        assignments.correct(cleo, assignment.public_id, {"Answer_1_FreeText": "70"})
    assignments.correct(cleo, assignment.public_id, {"Answer_1_FreeText": "7"})
    corrected = assignments.correct(cleo, assignment.public_id, {"Answer_1_FreeText": "8"})
    assert corrected.answers == {"colour": "8"}
    assert corrected.earlier_answers.count() == 1


def test_a_form_in_which_nothing_is_chosen_is_an_answer(cleo: Worker) -> None:
    question = fixtures.valid("every_label").replace("<IsRequired>1</IsRequired>", "")
    taken = claims.accept(cleo, a_new_hit(question=question))
    stored = assignments.submit(taken.public_id, collect([(form_fields.MARKER, "1")])).assignment
    assert stored.answers == {"birds": {"selections": []}}
    assert "<Answer><QuestionIdentifier>birds</QuestionIdentifier></Answer>" in answers.to_xml(stored.answers)


def test_a_page_of_html_that_names_the_schema_is_no_form(cleo: Worker) -> None:
    page = f"<!DOCTYPE html><title>x</title><p>{html_of_a_form()}</p>"
    taken = claims.accept(cleo, a_new_hit(question=html_question(page)))
    assert assignments.submit(taken.public_id, {"word": "knight"}).assignment.answers == {"word": "knight"}


def html_of_a_form() -> str:
    return question_form().partition(">")[0].replace("<", "&lt;")


def test_a_form_that_an_earlier_version_took_says_what_is_wrong_with_it(client: Client, cleo: Worker) -> None:
    hit = a_new_hit(question=question_form())
    HIT.objects.filter(pk=hit.pk).update(question=hit.question.replace("<FreeTextAnswer/>", ""))
    hit.refresh_from_db()
    page = page_of(client, frames.preview_frame(asked_at("localhost"), hit).url)
    assert "This form cannot be shown" in page.text
    assert "AnswerSpecification" in page.text
