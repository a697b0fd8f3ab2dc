from kempelen.domain.models import Assignment, Worker
from kempelen.web.worker.identity import COOKIE, COOKIE_LASTS_SECONDS
from tests.factories import a_group, a_hit, a_submitted_assignment, an_assignment


def test_looking_makes_nobody_a_worker(client, db):
    hit = a_hit(audience="anonymous")
    for path in ("/", f"/groups/{hit.group.public_id}/", f"/hits/{hit.public_id}/", "/queue/", "/history/"):
        assert client.get(path).status_code == 200
    assert not Worker.objects.exists()
    assert COOKIE not in client.cookies


def test_the_first_accept_makes_an_anonymous_worker_whom_a_cookie_knows(client, db):
    hit = a_hit(audience="anonymous")
    client.post(f"/hits/{hit.public_id}/accept/")
    cookie = client.cookies[COOKIE]
    assert Assignment.objects.get().worker == Worker.objects.get()
    assert Worker.objects.get().is_anonymous
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", COOKIE_LASTS_SECONDS)
    assert not cookie["secure"]


def test_the_cookie_is_only_sent_over_tls_where_there_is_tls(client, db):
    hit = a_hit(audience="anonymous")
    client.post(f"/hits/{hit.public_id}/accept/", secure=True)
    assert client.cookies[COOKIE]["secure"]


def test_the_secret_itself_is_not_stored(client, db):
    client.post(f"/hits/{a_hit(audience='anonymous').public_id}/accept/")
    assert client.cookies[COOKIE].value not in str(Worker.objects.values_list())


def test_an_anonymous_browser_stays_the_same_worker(client, db):
    group = a_group(audience="anonymous")
    client.post(f"/groups/{group.public_id}/accept/")
    client.post(f"/groups/{group.public_id}/accept/", {"another": "1"})
    assert Worker.objects.count() == 1
    assert Assignment.objects.count() == 2


def test_a_browser_whose_cookies_are_cleared_is_a_new_worker(client, db):
    hit = a_hit(audience="anonymous", places=2)
    client.post(f"/hits/{hit.public_id}/accept/")
    client.cookies.clear()
    client.post(f"/hits/{hit.public_id}/accept/")
    assert Worker.objects.count() == 2


def test_a_refused_accept_still_hands_the_new_worker_its_cookie(client, db):
    hit = a_hit(audience="anonymous")
    an_assignment(hit=hit)
    assert client.post(f"/hits/{hit.public_id}/accept/").status_code == 409
    assert COOKIE in client.cookies


def test_logging_in_does_not_merge_the_browsers_worker_with_the_users(client, cleo):
    group = a_group(audience="anonymous")
    client.post(f"/groups/{group.public_id}/accept/")
    client.force_login(cleo.user)
    client.post(f"/groups/{group.public_id}/accept/")
    assert Assignment.objects.filter(worker=cleo).count() == 1
    assert Assignment.objects.exclude(worker=cleo).get().worker.is_anonymous


def test_logged_in_the_history_says_that_the_browsers_own_work_is_elsewhere(client, cleo):
    client.post(f"/groups/{a_group(audience='anonymous').public_id}/accept/")
    client.force_login(cleo.user)
    assert "before you logged in" in client.get("/history/").content.decode()


def test_a_users_worker_is_made_by_the_first_accept(client, eve):
    client.force_login(eve)
    hit = a_hit()
    client.get(f"/hits/{hit.public_id}/")
    assert not Worker.objects.filter(user=eve).exists()
    client.post(f"/hits/{hit.public_id}/accept/")
    assert Assignment.objects.get().worker.user == eve


def test_a_cookie_that_was_made_up_is_nobody(client, db):
    client.cookies[COOKIE] = "made-up"
    assert client.get("/history/").status_code == 200
    assert not Worker.objects.exists()


def test_the_cookie_of_one_browser_does_not_open_anothers_answers(client, db):
    done = a_submitted_assignment()
    client.post(f"/hits/{a_hit(audience='anonymous').public_id}/accept/")
    assert client.get(f"/history/{done.public_id}/").status_code == 404
