"""Requests for qualifications: their answers, and the answer to them."""

import pytest

from kempelen.domain.actions import qualification_tests, qualifications
from kempelen.domain.models import Qualification, QualificationRequest
from kempelen.web.requester import qualification_requests
from tests.domain.qualification_tests import TEST, a_test_in_words, a_tested_type, ticked, typed
from tests.domain.requiring import a_type


@pytest.fixture
def here(at):
    """The address of the list."""
    return at("qualifications/requests/")


@pytest.fixture
def heard(ada):
    """A type with a test in words, which Ada judges."""
    return a_tested_type(
        ada, "Hears well", test=a_test_in_words("What do <you> hear?".replace("<", "&lt;")), answer_key=""
    )


def taken(worker, kind, answers) -> str:
    """The worker's request with these answers to the test."""
    request_id = qualifications.request(worker, kind.public_id).public_id
    return qualification_tests.submit(worker, request_id, answers).public_id


def text_of(client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_answers_are_shown_with_the_words_of_their_questions(owner, here, ada, heard, cleo):
    taken(cleo, heard, typed("A train,\nleaving"))
    numbers = a_tested_type(ada, test=TEST, answer_key="")
    taken(cleo, numbers, ticked("n2", "n7", capital="lj"))
    page = text_of(owner, here)
    assert "What do &lt;you&gt; hear?" in page
    assert "A train,\nleaving" in page
    assert "<dd>2\n7</dd>" in page
    assert "<dd>Ljubljana</dd>" in page
    assert "Hears well" not in text_of(owner, f"{here}?type={numbers.public_id}")


def test_one_is_granted_with_its_value_another_refused_with_a_reason(owner, here, heard, cleo, dan):
    first, second = taken(cleo, heard, typed("A train")), taken(dan, heard, typed("Nothing"))
    went = owner.post(f"{here}decide/", {"request": first, "decision": "grant", "value": "80"})
    assert went["Location"] == here
    sent = {"request": second, "decision": "reject", "reason": "Listen again.", "type": heard.public_id}
    assert owner.post(f"{here}decide/", sent)["Location"] == f"{here}?type={heard.public_id}"
    assert Qualification.objects.get().value == 80
    assert QualificationRequest.objects.get(public_id=second).reason == "Listen again."
    assert "Nothing waits" in text_of(owner, here)


def test_several_get_one_answer_and_those_with_one_keep_theirs(member, here, heard, cleo, dan):
    ids = [taken(cleo, heard, typed("A train")), taken(dan, heard, typed("Nothing"))]
    reviewer = member("reviewer")
    sent = {"request": [*ids, ids[0]], "decision": "grant", "value": "3"}
    assert "2 requests granted" in reviewer.post(f"{here}decide/", sent, follow=True).content.decode()
    sent["decision"] = "reject"
    late = reviewer.post(f"{here}decide/", sent, follow=True).content.decode()
    assert "0 requests refused; 2 had an answer already" in late


@pytest.mark.parametrize("value", ["", "x", "9" * 30, "1.5"])
def test_a_value_that_is_none_grants_nothing(owner, here, heard, cleo, value):
    request_id = taken(cleo, heard, typed("A train"))
    sent = {"request": request_id, "decision": "grant", "value": value}
    assert owner.post(f"{here}decide/", sent).status_code == 409
    assert owner.post(f"{here}decide/", {"decision": "reject"}).status_code == 409
    long = {"request": request_id, "decision": "reject", "reason": "a" * 2000}
    assert owner.post(f"{here}decide/", long).status_code == 409
    assert not Qualification.objects.exists()


def test_the_list_goes_on_after_the_last_one_shown(owner, here, ada, cleo, dan, monkeypatch):
    monkeypatch.setattr(qualification_requests, "PAGE", 1)
    kind = a_type(ada)
    first = qualifications.request(cleo, kind.public_id)
    qualifications.request(dan, kind.public_id)
    assert dan.public_id not in text_of(owner, here)
    page = text_of(owner, f"{here}?after={first.public_id}")
    assert dan.public_id in page
    assert cleo.public_id not in page
    assert dan.public_id not in text_of(owner, f"{here}?after=nonsense")


def test_who_only_looks_reads_answers_and_decides_nothing(member, here, heard, cleo):
    taken(cleo, heard, typed("A train"))
    page = text_of(member("viewer"), here)
    assert "A train" in page
    assert "Grant" not in page


def test_a_test_that_cannot_be_read_any_more_shows_what_was_sent(owner, here, heard, cleo):
    taken(cleo, heard, typed("A train"))
    QualificationRequest.objects.update(test="<old/>")
    assert "A train" in text_of(owner, here)
