"""The table of answers, and reviewing in it."""

import html
import re

import pytest

from kempelen.domain.actions import payments
from kempelen.domain.models import Assignment, Event
from kempelen.web.requester import results
from tests.factories import a_submitted_assignment, an_assignment, hits_of


def shown(page) -> list[str]:
    return [answer.assignment.public_id for answer in page.context["answers"]]


def test_each_answer_is_shown_as_text_with_what_was_asked(owner, at, answer):
    page = owner.get(at("batches/1/results/")).content.decode()
    for words in ("über &lt;b&gt;", "a|b", "Row 1", answer.worker.public_id, "waiting", "one"):
        assert words in page


def test_answers_come_in_the_order_of_the_rows_a_page_at_a_time(owner, at, batch, cleo, dan, monkeypatch):
    monkeypatch.setattr(results, "PAGE", 2)
    made = [a_submitted_assignment(worker, hit) for worker in (cleo, dan) for hit in hits_of(batch)[::-1]]
    expected = [a.public_id for a in sorted(made, key=lambda a: (a.hit_id, a.pk))]
    seen, after = [], ""
    while True:
        page = owner.get(at("batches/1/results/"), {"after": after})
        seen += shown(page)
        after = page.context["after"]
        if not after:
            break
    assert seen == expected


def test_answers_are_found_by_worker_hit_row_and_status(owner, at, batch, answer, dan):
    other = a_submitted_assignment(dan, hits_of(batch)[1])
    for words, found in (
        (dan.public_id[:6].lower(), other),
        (answer.hit.public_id, answer),
        (answer.public_id, answer),
        ("2", other),
    ):
        assert shown(owner.get(at("batches/1/results/"), {"q": words})) == [found.public_id]
    owner.post(at(f"batches/1/results/{other.public_id}/approve/"))
    assert shown(owner.get(at("batches/1/results/?status=approved"))) == [other.public_id]
    assert shown(owner.get(at("batches/1/results/?status=submitted"))) == [answer.public_id]


def test_work_in_hand_is_no_answer_but_can_be_listed(owner, at, batch, cleo):
    begun = an_assignment(cleo, hits_of(batch)[0])
    assert shown(owner.get(at("batches/1/results/"))) == []
    assert shown(owner.get(at("batches/1/results/?status=pending"))) == [begun.public_id]


def test_answers_of_another_batch_do_not_mix_in(owner, at, answer, dan):
    elsewhere = a_submitted_assignment(dan)
    assert shown(owner.get(at("batches/1/results/"))) == [answer.public_id]
    assert owner.post(at(f"batches/1/results/{elsewhere.public_id}/approve/")).status_code == 404


@pytest.fixture
def htmx(owner):
    return lambda address, **data: owner.post(address, data, headers={"HX-Request": "true"})


def test_approving_gives_htmx_the_row_and_others_the_page(htmx, owner, at, answer, batch, dan):
    row = htmx(at(f"batches/1/results/{answer.public_id}/approve/")).content.decode()
    assert row.strip().startswith("<tr")
    assert "approved" in row
    other = a_submitted_assignment(dan, hits_of(batch)[1])
    assert owner.post(at(f"batches/1/results/{other.public_id}/approve/"))["Location"] == at(
        "batches/1/results/"
    )
    assert set(Assignment.objects.values_list("status", flat=True)) == {"Approved"}


def test_rejecting_takes_a_reason(htmx, owner, at, answer):
    address = at(f"batches/1/results/{answer.public_id}/reject/")
    refused = htmx(address, feedback=" ")
    assert refused.status_code == 422
    assert "Say why you reject" in refused.content.decode()
    assert "Say why" in str(*owner.post(address, follow=True).context["messages"])
    assert htmx(address, feedback="x" * 1025).status_code == 422
    assert "“No bird”" in htmx(address, feedback="No bird").content.decode()
    answer.refresh_from_db()
    assert (answer.status, answer.feedback) == ("Rejected", "No bird")


def test_a_rejection_can_be_taken_back(htmx, at, answer):
    htmx(at(f"batches/1/results/{answer.public_id}/reject/"), feedback="No")
    htmx(at(f"batches/1/results/{answer.public_id}/approve/"))
    answer.refresh_from_db()
    assert answer.status == "Approved"


def test_an_undo_in_the_table_is_of_the_decision_that_was_seen(htmx, member, at, answer):
    address = at(f"batches/1/results/{answer.public_id}/")
    row = htmx(f"{address}reject/", feedback="No").content.decode()
    (seen,) = re.findall(r'name="decided" value="([^"]+)"', row)
    member("reviewer").post(f"{address}approve/", {"seen": "Rejected"})
    assert htmx(f"{address}undo/", decided=html.unescape(seen)).status_code == 409
    answer.refresh_from_db()
    assert answer.status == "Approved"


def test_without_scripts_a_decision_leads_back_to_the_same_filter(owner, at, answer):
    page = owner.get(at("batches/1/results/?status=submitted")).content.decode()
    (action,) = re.findall(r'action="([^"]+/approve/[^"]*)"', page)
    assert owner.post(html.unescape(action))["Location"] == at("batches/1/results/?status=submitted")


def test_an_approval_is_written_down_with_who_gave_it(htmx, at, answer, ada):
    htmx(at(f"batches/1/results/{answer.public_id}/approve/"))
    assert Event.objects.get(kind="AssignmentApproved").user_pk == ada.memberships.get().user_id


def test_an_approved_answer_is_not_rejected(htmx, at, answer):
    htmx(at(f"batches/1/results/{answer.public_id}/approve/"))
    refused = htmx(at(f"batches/1/results/{answer.public_id}/reject/"), feedback="No")
    assert refused.status_code == 409
    assert "cannot be rejected" in refused["HX-Trigger"]


def test_who_only_views_has_no_buttons(member, at, answer):
    page = member("viewer").get(at("batches/1/results/")).content.decode()
    assert "approve/" not in page
    assert "Reject…" not in page


def test_bonuses_are_shown_at_the_answer(owner, at, batch, ada, cleo):
    answer = a_submitted_assignment(cleo, hits_of(batch)[0])
    payments.send_bonus(
        ada, answer.public_id, worker_id=cleo.public_id, amount_cents=75, reason="A <great> answer"
    )
    page = owner.get(at("batches/1/results/")).content.decode()
    assert "$0.75 bonus" in page
    assert "A &lt;great&gt; answer" in page


def test_a_table_takes_the_same_few_queries_however_long_it_is(
    owner, at, batch, cleo, dan, django_assert_max_num_queries
):
    for hit in hits_of(batch):
        a_submitted_assignment(cleo, hit)
    with django_assert_max_num_queries(18):
        owner.get(at("batches/1/results/"))
