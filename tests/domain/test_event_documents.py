"""The message as MTurk wrote it (mturk-api.md §6, "Message body", S9)."""

from datetime import UTC, datetime, timedelta, timezone

from kempelen.domain.event_documents import Told, account_of, epoch_milliseconds, write

AT = datetime(2019, 8, 9, 21, 17, 16, 809_000, tzinfo=UTC)


def test_the_members_come_in_the_recorded_order_without_blanks() -> None:
    told = Told("AssignmentSubmitted", AT, "3HIT", "3TYPE", assignment_id="3ASSIGNMENT")
    text = write([told], document_id="ab" * 20, customer_id="AUYKYIHQXG6XR", version="2006-05-05")
    assert text == (
        '{"Events":[{"EventType":"AssignmentSubmitted","EventTimestamp":"2019-08-09T21:17:16Z",'
        '"HITId":"3HIT","AssignmentId":"3ASSIGNMENT","HITTypeId":"3TYPE"}],'
        f'"EventDocId":"{"ab" * 20}","SourceAccount":"{account_of("AUYKYIHQXG6XR")}",'
        '"CustomerId":"AUYKYIHQXG6XR","EventDocVersion":"2006-05-05"}'
    )


def test_events_of_hits_name_no_assignment_and_times_are_in_utc() -> None:
    at = AT.astimezone(timezone(timedelta(hours=2)))
    text = write([Told("HITExpired", at, "3HIT", "3TYPE")], document_id="0", customer_id="A", version="1")
    assert text.startswith(
        '{"Events":[{"EventType":"HITExpired","EventTimestamp":"2019-08-09T21:17:16Z","HITId":"3HIT","HITTypeId"'
    )


def test_the_account_has_twelve_digits_and_is_the_requesters_own() -> None:
    accounts = {account_of(f"A{number}") for number in range(500)}
    assert len(accounts) == 500
    assert all(len(account) == 12 and account.isdecimal() for account in accounts)


def test_the_subject_of_sns_messages_is_the_time_in_milliseconds() -> None:
    assert epoch_milliseconds(AT) == "1565385436809"
