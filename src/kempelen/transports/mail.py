"""Mail, by KEMPELEN_EMAIL_URL."""

import logging
import smtplib

from django.conf import settings
from django.core.mail import EmailMessage

from kempelen.domain.actions.deliveries import NotSent, Reach
from kempelen.domain.models import Delivery

log = logging.getLogger("kempelen.deliveries")


def send(message: Delivery) -> None:
    """Mail the message; where no mail is sent, the log says that it was to go out."""
    if not settings.KEMPELEN_SENDS_MAIL:
        log.info("No mail is sent to %s: %s", message.destination, message.subject)
        raise NotSent("This server sends no mail: KEMPELEN_EMAIL_URL is not set.", is_final=True)
    # The same id with each attempt: some mail servers drop what they have already.
    headers = {"Message-ID": f"<{message.public_id}@{settings.DEFAULT_FROM_EMAIL.rpartition('@')[2]}>"}
    mail = EmailMessage(message.subject, message.body, to=[message.destination], headers=headers)
    try:
        mail.send()
    except smtplib.SMTPRecipientsRefused as refused:
        code, reason = next(iter(refused.recipients.values()))
        raise NotSent(_said(code, reason), reach=Reach.MESSAGE, is_final=code >= 500) from refused
    except smtplib.SMTPNotSupportedError as refused:
        raise NotSent(
            f"The mail server cannot send to this address: {refused}", reach=Reach.MESSAGE, is_final=True
        ) from refused
    except smtplib.SMTPDataError as refused:
        raise NotSent(_said(refused.smtp_code, refused.smtp_error), reach=Reach.MESSAGE) from refused
    except (smtplib.SMTPException, OSError) as failure:
        raise NotSent(f"The mail server did not take it: {failure}", reach=Reach.TRANSPORT) from failure


def _said(code: int, reason: bytes | str) -> str:
    text = reason.decode(errors="replace") if isinstance(reason, bytes) else reason
    return f"The mail server said: {code} {text}"
