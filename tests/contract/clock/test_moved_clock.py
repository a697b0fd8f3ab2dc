"""The clock of a server of two processes, moved while it runs."""

import http.client
import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from kempelen.rehearsal.sandbox_calls import SandboxRefused
from tests.contract.clock.rehearsed import Rehearsed, eventually
from tests.outside import KEYS, Cloud
from tests.servers import new_server

DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def _rehearsed(cloud: Cloud) -> Iterator[Rehearsed]:
    settings = {
        "KEMPELEN_NOTIFICATION_ENDPOINT_URL": cloud.endpoint,
        "KEMPELEN_NOTIFICATION_ACCESS_KEY_ID": KEYS["aws_access_key_id"],
        "KEMPELEN_NOTIFICATION_SECRET_ACCESS_KEY": KEYS["aws_secret_access_key"],
    }
    with new_server(settings=settings) as server:
        rehearsed = Rehearsed(server.start("--workers", "2"))
        yield rehearsed
        rehearsed.mturk.close()


@pytest.fixture
def rehearsed(_rehearsed: Rehearsed) -> Iterator[Rehearsed]:
    """A server of two processes; its workers go home after each test, its clock goes on."""
    yield _rehearsed
    _rehearsed.send_home()


def test_after_three_days_what_was_submitted_is_approved(rehearsed: Rehearsed) -> None:
    assignment_id = rehearsed.submitted(rehearsed.a_worker("Ann"), rehearsed.a_hit())
    assert rehearsed.status_of(assignment_id) == "Submitted"

    said = rehearsed.command("advance", "3d")

    assert "ahead of the world’s" in said
    approved = rehearsed.mturk.get_assignment(AssignmentId=assignment_id)["Assignment"]
    assert approved["AssignmentStatus"] == "Approved"
    assert approved["ApprovalTime"] == approved["AutoApprovalTime"]
    assert approved["ApprovalTime"] - approved["SubmitTime"] == 3 * DAY


def test_what_only_time_brings_is_told_though_nobody_looks(rehearsed: Rehearsed, cloud: Cloud) -> None:
    queue, kinds = cloud.new_queue(), {"AssignmentAbandoned", "AssignmentApproved", "HITExpired"}
    left, done = rehearsed.a_hit(), rehearsed.a_hit()
    hit_type = rehearsed.mturk.get_hit(HITId=left)["HIT"]["HITTypeId"]
    specification = {"Destination": queue, "Transport": "SQS", "Version": "2006-05-05"}
    rehearsed.mturk.update_notification_settings(
        HITTypeId=hit_type, Notification={**specification, "EventTypes": list(kinds)}, Active=True
    )
    worker = rehearsed.a_worker("Bea")
    rehearsed.accepted(worker, left)
    rehearsed.submitted(worker, done)

    rehearsed.clock.advance(timedelta(days=4))

    hit_of = {event["EventType"]: event["HITId"] for event in cloud.wait_for_events(queue, kinds)}
    assert hit_of["AssignmentApproved"] == done
    assert hit_of["AssignmentAbandoned"] == left


def test_a_place_that_was_held_too_long_is_free_again_and_a_hit_ends(rehearsed: Rehearsed) -> None:
    hit_id = rehearsed.a_hit()
    rehearsed.accepted(rehearsed.a_worker("Cleo"), hit_id)
    assert rehearsed.mturk.get_hit(HITId=hit_id)["HIT"]["NumberOfAssignmentsPending"] == 1

    rehearsed.clock.advance("11min")
    hit = rehearsed.mturk.get_hit(HITId=hit_id)["HIT"]
    assert (hit["NumberOfAssignmentsPending"], hit["HITStatus"]) == (0, "Assignable")
    assert rehearsed.accepted(rehearsed.a_worker("Dan"), hit_id)

    rehearsed.clock.advance(DAY)
    hit = rehearsed.mturk.get_hit(HITId=hit_id)["HIT"]
    assert (hit["NumberOfAssignmentsPending"], hit["HITStatus"]) == (0, "Reviewable")


def test_programs_are_told_the_time_and_hits_are_extended_by_it(rehearsed: Rehearsed) -> None:
    hit_id = rehearsed.a_hit()
    rehearsed.clock.advance(timedelta(days=30))
    answer = rehearsed.mturk.get_account_balance()["ResponseMetadata"]["HTTPHeaders"]
    assert abs(datetime.fromisoformat(answer["x-kempelen-time"]) - rehearsed.clock.now()) < DAY

    rehearsed.program("extend", hit_id, "--for", "3d")
    hit = rehearsed.mturk.get_hit(HITId=hit_id)["HIT"]
    assert hit["HITStatus"] == "Assignable"
    assert abs(hit["Expiration"] - rehearsed.clock.now() - 3 * DAY) < timedelta(hours=1)

    rehearsed.program("expire", hit_id)
    assert rehearsed.mturk.get_hit(HITId=hit_id)["HIT"]["HITStatus"] == "Reviewable"


def test_every_process_follows_when_the_clock_has_been_moved(rehearsed: Rehearsed) -> None:
    for days in range(1, 20):
        rehearsed.clock.run(0)
        stands = rehearsed.clock.advance(timedelta(days=days))
        assert {rehearsed.clock.now() for _ in range(8)} == {stands}
    rehearsed.clock.run(1)


def test_the_command_shows_and_moves_and_says_what_is_wrong(rehearsed: Rehearsed) -> None:
    shown = json.loads(rehearsed.command("show", "--json"))
    assert set(shown) == {"now", "factor", "offset"}
    assert "It runs 100 times as fast." in rehearsed.command("run", "x100")
    assert "It stands still." in rehearsed.command("run", "x0")
    rehearsed.command("run", "1")
    rehearsed.clock.advance("1h")
    rehearsed.a_hit()
    assert "does not go back" in rehearsed.command("reset", status=1)
    assert "2027-01-01T09:00Z" in rehearsed.command("set", "soon", status=2)
    assert "kempelen clock advance 3d" in rehearsed.command("advance", "much", status=2)


def test_people_who_are_logged_in_stay_so_and_pages_show_the_clock(rehearsed: Rehearsed) -> None:
    worker = rehearsed.a_worker("Eve")

    rehearsed.clock.advance(timedelta(days=400))

    page = worker.get("/history/")
    assert page.status == 200
    assert "Eve" in page.text


def test_a_server_that_starts_again_goes_on_with_its_clock(rehearsed: Rehearsed) -> None:
    stood = rehearsed.clock.now()

    rehearsed.server.stop()
    rehearsed.server.start("--workers", "2")

    assert rehearsed.clock.now() > stood


def test_a_production_server_has_no_clock_to_move(rehearsed: Rehearsed) -> None:
    rehearsed.server.stop()
    rehearsed.server.environment["KEMPELEN_MODE"] = "production"
    try:
        rehearsed.server.start()
        with pytest.raises(SandboxRefused, match="production"):
            rehearsed.clock.advance("3d")
        assert "production" in rehearsed.command("advance", "3d", status=1)
        made = rehearsed.mturk.create_hit_type(
            Title="x", Description="x", Reward="0.01", AssignmentDurationInSeconds=60
        )
        assert made["HITTypeId"]
        # Nor has it for a shell beside it which does not say what it is.
        del rehearsed.server.environment["KEMPELEN_MODE"]
        with pytest.raises(AssertionError, match="is a production server’s"):
            rehearsed.server.run("clock", "advance", "3d")
    finally:
        rehearsed.server.stop()
        rehearsed.server.environment.pop("KEMPELEN_MODE", None)
        rehearsed.server.start("--workers", "2")


def test_a_kill_while_the_clock_is_moved_loses_nothing_that_was_answered(rehearsed: Rehearsed) -> None:
    answered = rehearsed.clock.run(0)
    for moves in (3, 5, 8):
        answered = moved_until_killed(rehearsed, answered, moves=moves)
        rehearsed.server.start("--workers", "2")
        assert rehearsed.clock.now() - answered in (timedelta(), timedelta(hours=1))


def moved_until_killed(rehearsed: Rehearsed, answered: datetime, *, moves: int) -> datetime:
    """Kill the server while its clock is moved, after so many moves; gives the last time that it answered."""
    for _ in range(moves):
        answered = rehearsed.clock.advance("1h")
    killer = threading.Thread(target=rehearsed.server.kill)
    killer.start()
    with pytest.raises((SandboxRefused, http.client.HTTPException)):
        while True:
            answered = rehearsed.clock.advance("1h")
    killer.join()
    return answered


def test_a_command_on_the_data_folder_moves_a_running_server_too(rehearsed: Rehearsed) -> None:
    rehearsed.clock.run(0)
    before = rehearsed.clock.now()

    rehearsed.server.run("clock", "advance", "2h")

    assert eventually(lambda: rehearsed.clock.now() == before + timedelta(hours=2))
    assert rehearsed.clock.now() > datetime.now(tz=UTC)
