"""An answer in the task that it was given in, as its requester's members see it."""

from typing import Any

from django.test import Client

from kempelen.domain.actions import assignments, claims
from kempelen.domain.models import Assignment, Batch, Requester, Worker
from kempelen.domain.questions import form_fields
from tests.domain.api_hits import a_hit_type, a_new_hit
from tests.domain.questions import fixtures
from tests.factories import a_submitted_assignment, a_user, hits_of
from tests.web.requester.conftest import logged_in

BIRDS = fixtures.valid("every_label")


def a_form_answered(ada: Requester, cleo: Worker) -> Assignment:
    taken = claims.accept(cleo, a_new_hit(a_hit_type(ada), question=BIRDS))
    return assignments.submit(taken.public_id, {"Answer_1": form_fields.value("heron")}).assignment


def test_an_answer_to_a_form_is_seen_in_the_form(
    owner: Client, at: Any, ada: Requester, cleo: Worker
) -> None:
    sent = a_form_answered(ada, cleo)
    results = at(f"groups/{sent.group.public_id}/results/")
    address = f"{results}{sent.public_id}/"
    assert f'href="{address}"' in owner.get(results).text
    page = owner.get(address)
    assert page.context["kept"] == {"fields": [("Answer_1", form_fields.value("heron"))]}
    shown = owner.get(page.context["frame"].url).text
    assert f'value="{form_fields.value("heron")}" checked' in shown
    assert '<fieldset class="whole" disabled>' in shown


def test_an_answer_to_a_template_is_seen_in_it(owner: Client, at: Any, batch: Batch, cleo: Worker) -> None:
    sent = a_submitted_assignment(cleo, hits_of(batch)[0], answers={"answer": "yes"})
    page = owner.get(at(f"batches/{batch.number}/results/{sent.public_id}/"))
    assert page.context["kept"] == {"fields": [("answer", "yes")]}
    assert 'data-mode="review"' in owner.get(page.context["frame"].url).text


def test_nobody_sees_the_answers_of_others_or_what_was_not_sent(
    owner: Client, at: Any, ada: Requester, batch: Batch, cleo: Worker
) -> None:
    sent = a_form_answered(ada, cleo)
    elsewhere = at(f"batches/{batch.number}/results/{sent.public_id}/")
    assert owner.get(elsewhere).status_code == 404
    own = at(f"groups/{sent.group.public_id}/results/{sent.public_id}/")
    assert logged_in(a_user("Eve")).get(own).status_code == 404
    in_hand = claims.accept(cleo, hits_of(batch)[0])
    assert owner.get(at(f"batches/{batch.number}/results/{in_hand.public_id}/")).status_code == 404
