"""Mail to a real mail server."""

import logging

import pytest
from django.conf import LazySettings

from kempelen import transports
from kempelen.domain.actions import deliveries
from kempelen.domain.actions.deliveries import NotSent, Reach
from kempelen.domain.models import Delivery, Requester
from tests.outside import Mailbox

pytestmark = pytest.mark.once


@pytest.fixture(autouse=True)
def mail_server(settings: LazySettings, mailbox: Mailbox) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", mailbox.port
    settings.DEFAULT_FROM_EMAIL = "kempelen@turk.example"
    settings.KEMPELEN_SENDS_MAIL = True
    mailbox.mails.clear()
    mailbox.refuses.clear()


def a_mail(to: str = "cleo@example.org") -> Delivery:
    return deliveries.new(Requester(), transport="Email", destination=to, subject="Grüße", body="Ja\u2028☃")


def test_a_mail_arrives_with_an_id_that_stays_the_same(mailbox: Mailbox) -> None:
    message = a_mail()
    transports.send(message)
    [mail] = mailbox.mails
    assert (mail["Subject"], mail["To"], mail["From"]) == (
        "Grüße",
        "cleo@example.org",
        "kempelen@turk.example",
    )
    assert mail["Message-ID"] == f"<{message.public_id}@turk.example>"
    assert mail.get_content().strip() == "Ja\u2028☃"


@pytest.mark.parametrize(("answer", "is_final"), [("550 No such user", True), ("451 Come again", False)])
def test_a_refused_recipient_stops_no_other_mail(mailbox: Mailbox, answer: str, is_final: bool) -> None:
    mailbox.refuses["nobody@example.org"] = answer
    with pytest.raises(NotSent, match=answer[4:]) as failure:
        transports.send(a_mail("nobody@example.org"))
    assert (failure.value.is_final, failure.value.reach) == (is_final, Reach.MESSAGE)


def test_a_mail_server_that_is_away_stops_all_mail_for_a_while(settings: LazySettings) -> None:
    settings.EMAIL_PORT = 9
    with pytest.raises(NotSent) as failure:
        transports.send(a_mail())
    assert (failure.value.is_final, failure.value.reach) == (False, Reach.TRANSPORT)


def test_without_a_mail_server_the_log_says_what_was_to_be_sent(
    settings: LazySettings, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.KEMPELEN_SENDS_MAIL = False
    monkeypatch.setattr(logging.getLogger("kempelen"), "propagate", True)
    with pytest.raises(NotSent, match="KEMPELEN_EMAIL_URL") as failure:
        transports.send(a_mail())
    assert failure.value.is_final
    assert "cleo@example.org: Grüße" in caplog.text
