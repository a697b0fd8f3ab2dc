"""Qualification types on the requester's pages: the list, who holds one, and its end."""

import pytest

from kempelen.domain.actions import qualifications
from kempelen.domain.models import Qualification, QualificationType
from tests.domain.qualification_tests import a_tested_type
from tests.domain.requiring import a_type, granted


def text_of(client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def heard(ada):
    """A type of Ada's that workers ask for."""
    return a_type(ada, "Hears <well>")


@pytest.fixture
def its_page(at, heard):
    """The address of its page."""
    return at(f"qualifications/types/{heard.public_id}/")


def test_all_types_of_the_requester_are_listed_and_no_others(owner, at, ada, ben, heard, cleo):
    a_tested_type(ada, "Knows primes")
    a_type(ben, "Somebody else's")
    qualifications.request(cleo, heard.public_id)
    page = text_of(owner, at("qualifications/"))
    assert "Hears &lt;well&gt;" in page
    assert "by a test, scored at once" in page
    assert "1 waiting" in page
    assert "Somebody else" not in page
    assert "Knows primes" not in text_of(owner, at("qualifications/?q=hears"))
    assert "No type fits" in text_of(owner, at("qualifications/?status=deleted"))


def test_the_list_goes_on_page_by_page(owner, at, ada):
    kinds = [a_type(ada, f"Type {number:02}") for number in range(27)]
    first = text_of(owner, at("qualifications/"))
    assert "Type 26" in first
    assert "Type 01<" not in first
    assert "Type 01<" in text_of(owner, at(f"qualifications/?after={kinds[2].pk}"))
    assert "Type 26" in text_of(owner, at("qualifications/?after=" + "9" * 40))


def test_the_list_takes_as_many_queries_for_many_types(owner, at, ada, django_assert_max_num_queries):
    for number in range(20):
        a_type(ada, f"Type {number}")
    with django_assert_max_num_queries(8):
        owner.get(at("qualifications/"))


def test_workers_get_it_another_value_and_lose_it(owner, its_page, heard, cleo, dan):
    owner.post(f"{its_page}grant/", {"workers": f"{cleo.public_id}, {dan.public_id}", "value": "5"})
    assert set(Qualification.objects.values_list("value", flat=True)) == {5}
    owner.post(f"{its_page}grant/", {"workers": cleo.public_id, "value": "-7", "tells": "on"})
    page = text_of(owner, its_page)
    assert cleo.public_id in page
    assert 'value="-7"' in page
    owner.post(f"{its_page}revoke/", {"worker": cleo.public_id, "reason": "Too loud."})
    assert cleo.public_id not in text_of(owner, its_page)
    assert "Too loud." in text_of(owner, f"{its_page}?show=revoked")
    assert dan.public_id in text_of(owner, f"{its_page}?q={dan.public_id[:4].lower()}")


def test_what_cannot_be_given_is_said_at_its_field(owner, its_page):
    answers = [
        owner.post(f"{its_page}grant/", sent)
        for sent in ({"workers": "AZZZ", "value": "1"}, {"workers": "AZZZ", "value": "9" * 30}, {})
    ]
    assert [answer.status_code for answer in answers] == [422, 422, 422]
    assert "Nobody has the WorkerId AZZZ" in answers[0].content.decode()
    assert owner.post(f"{its_page}revoke/").status_code == 409


def test_a_deleted_type_is_looked_at_and_no_more(owner, at, its_page, heard, cleo):
    granted(cleo, heard)
    assert owner.post(f"{its_page}dispose/")["Location"] == at("qualifications/")
    page = text_of(owner, its_page)
    assert cleo.public_id in page
    assert "Give it to workers" not in page
    assert owner.get(f"{its_page}edit/").status_code == 409
    assert owner.post(f"{its_page}dispose/").status_code == 409
    assert owner.post(f"{its_page}grant/", {"workers": cleo.public_id, "value": "1"}).status_code == 404
    assert QualificationType.objects.get().status == "Disposed"
    assert "Hears" in text_of(owner, at("qualifications/?status=deleted"))


def test_who_only_looks_finds_nothing_to_press(member, at, its_page, heard, cleo):
    granted(cleo, heard)
    page = text_of(member("viewer"), its_page)
    assert cleo.public_id in page
    assert "Give it to workers" not in page
    assert its_page + "grant/" not in page
    assert "New type" not in text_of(member("reviewer"), at("qualifications/"))
