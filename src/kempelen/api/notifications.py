"""Telling a requester's programs of events, and workers of whatever the requester has to say."""

from kempelen.api.callers import Caller
from kempelen.api.handlers import Role, operation
from kempelen.aws import shapes
from kempelen.domain.actions import notices, notifications
from kempelen.transports import send


@operation("UpdateNotificationSettings", role=Role.EDITOR)
def update_notification_settings(caller: Caller, request: shapes.UpdateNotificationSettingsRequest) -> None:
    """Say which events of the HITs of a type are told, and where.

    A destination to which this server may never send is refused at once (`InvalidTransportEndpoint`).
    """
    given = request.get("Notification")
    notifications.update(
        caller.requester,
        request["HITTypeId"],
        specification=_specification(given) if given is not None else None,
        is_active=request.get("Active"),
    )


@operation("SendTestEventNotification", role=Role.EDITOR)
def send_test_event_notification(caller: Caller, request: shapes.SendTestEventNotificationRequest) -> None:
    """Tell of an event that did not happen, now.

    Where the message cannot be sent, MTurk failed with an empty `InternalFailure`, which clients tried
    again and could not explain.  Here that is `RequestError` with `InvalidTransportEndpoint`, and the
    message says why.
    """
    notifications.send_test(
        caller.requester, _specification(request["Notification"]), request["TestEventType"], send=send
    )


@operation("NotifyWorkers", role=Role.REVIEWER)
def notify_workers(caller: Caller, request: shapes.NotifyWorkersRequest) -> shapes.NotifyWorkersResponse:
    """Write to workers; the answer lists whom it does not reach, and is an empty list if there is nobody.

    A call that an SDK repeats by itself, since no answer came, writes to nobody twice.
    """
    unknown = notices.notify_workers(
        caller.requester,
        request["WorkerIds"],
        subject=request["Subject"],
        text=request["MessageText"],
        by=caller.user,
        token=caller.invocation,
    )
    return {"NotifyWorkersFailureStatuses": [_failure(worker_id) for worker_id in unknown]}


def _specification(given: shapes.NotificationSpecification) -> notifications.Specification:
    return notifications.Specification(
        transport=given["Transport"],
        destination=given["Destination"],
        version=given["Version"],
        event_types=given["EventTypes"],
    )


def _failure(worker_id: str) -> shapes.NotifyWorkersFailureStatus:
    return {
        "WorkerId": worker_id,
        "NotifyWorkersFailureCode": "HardFailure",
        "NotifyWorkersFailureMessage": notices.NO_WORK_DONE,
    }
