"""What requesters tell workers."""

import pytest

from kempelen.domain.actions import notices, people
from kempelen.domain.errors import InvalidValue
from kempelen.domain.models import Delivery, Notice, Requester, Worker
from tests.factories import an_anonymous_worker


def test_a_worker_without_an_address_finds_the_message_on_the_page_only(ada: Requester, cleo: Worker) -> None:
    notices.tell_worker(ada, cleo, " New work ", "There are more birds.")
    stored = Notice.objects.get(worker=cleo)
    assert (stored.requester, stored.subject, stored.text) == (ada, "New work", "There are more birds.")
    assert stored.read_at is None
    assert not Delivery.objects.exists()


def test_a_worker_with_an_address_gets_a_mail_too(ada: Requester, cleo: Worker) -> None:
    assert cleo.user
    people.change_details(cleo.user, name="Cleo", email="cleo@example.org")
    notices.tell_worker(ada, cleo, "New\nwork", "There are more birds.")
    mail = Delivery.objects.get()
    assert (mail.transport, mail.destination, mail.subject) == ("Email", "cleo@example.org", "New work")
    assert mail.body.startswith("There are more birds.\n\n-- \nAda wrote this to you")


def test_an_anonymous_worker_is_told_on_the_page(ada: Requester) -> None:
    worker = an_anonymous_worker()
    notices.tell_worker(ada, worker, "Thank you", "That was quick.")
    assert worker.notices.count() == 1


@pytest.mark.parametrize(("subject", "text"), [("", "x"), ("x", "  "), ("x" * 201, "x"), ("x", "x" * 4097)])
def test_a_message_has_a_subject_and_a_text_within_the_limits(
    ada: Requester, cleo: Worker, subject: str, text: str
) -> None:
    with pytest.raises(InvalidValue):
        notices.tell_worker(ada, cleo, subject, text)
    assert not Notice.objects.exists()
