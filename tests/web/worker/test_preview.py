import re

from kempelen.domain.actions import batches
from kempelen.domain.models import WorkerGroup
from tests.factories import a_batch, a_hit, a_project, a_submitted_assignment, an_assignment, hits_of


def test_the_preview_shows_the_task_in_its_contained_frame(as_cleo, db):
    hit = a_hit(title="Letters", html="<p>Read ${text}</p><input name=answer>")
    page = as_cleo.get(f"/hits/{hit.public_id}/").content.decode()
    frame = re.search(r'<iframe[^>]* src="([^"]+)" sandbox="([^"]+)"', page)
    assert frame
    assert "allow-same-origin" not in frame[2]
    assert "Read one" in as_cleo.get(frame[1].replace("&amp;", "&")).content.decode()


def test_the_preview_offers_to_accept_skip_and_go_back(as_cleo, db):
    hit = a_hit(reward_cents=12)
    page = as_cleo.get(f"/hits/{hit.public_id}/").content.decode()
    for text in ("/accept/", "/skip/", f"/groups/{hit.group.public_id}/", "$0.12"):
        assert text in page


def test_looking_at_a_hit_takes_no_place(as_cleo, db):
    hit = a_hit()
    as_cleo.get(f"/hits/{hit.public_id}/")
    hit.refresh_from_db()
    assert hit.places_left == 1


def test_a_hit_in_hand_opens_as_work_and_one_done_as_an_answer(as_cleo, cleo):
    first, second, _ = hits_of(a_batch())
    mine, done = an_assignment(cleo, first), a_submitted_assignment(cleo, second)
    assert as_cleo.get(f"/hits/{first.public_id}/")["Location"] == f"/work/{mine.public_id}/"
    assert as_cleo.get(f"/hits/{second.public_id}/")["Location"] == f"/history/{done.public_id}/"


def test_a_hit_whose_places_are_taken_cannot_be_accepted(as_cleo, dan):
    hit = a_hit()
    an_assignment(dan, hit)
    page = as_cleo.get(f"/hits/{hit.public_id}/").content.decode()
    assert "All places are taken" in page
    assert "/accept/" not in page


def test_an_expired_or_paused_hit_says_so(as_cleo, moving_clock, db):
    batch = a_batch(lifetime_seconds=60)
    hit = hits_of(batch)[0]
    batches.pause(batch)
    assert "Paused" in as_cleo.get(f"/hits/{hit.public_id}/").content.decode()
    batches.resume(batch)
    moving_clock.forward(61)
    assert "Expired" in as_cleo.get(f"/hits/{hit.public_id}/").content.decode()


def test_a_hit_for_others_does_not_exist_for_me(as_cleo, client, ada):
    trained = WorkerGroup.objects.create(requester=ada, name="Trained")
    hit = hits_of(a_batch(a_project(ada, audience="groups", groups=[trained])))[0]
    assert as_cleo.get(f"/hits/{hit.public_id}/").status_code == 404
    assert "/account/login/" in client.get(f"/hits/{hit.public_id}/")["Location"]


def test_a_hit_that_does_not_exist_is_not_found(as_cleo):
    assert as_cleo.get("/hits/3NOBODY/").status_code == 404


def test_our_page_around_the_task_keeps_its_strict_policy(as_cleo, db):
    response = as_cleo.get(f"/hits/{a_hit().public_id}/")
    assert "script-src 'self'" in response["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
